// A bundle holds the captures of an interface as several files, in which the oldest may have been written
// over by the latest: neither their names nor their places in the archive tell their order, but the times of
// their packets do. A file that goes on where the last one ended is read on with its connections; any other
// begins a run of its own, and all runs are put one behind the other when everything is read.
#include "evidence/capture/capture_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "evidence/capture/capture_file.h"
#include "evidence/capture/packet.h"

namespace assay {

namespace {
// The packets of one second may stand in any order at the border of two files.
constexpr std::int64_t kBorder = 1'000'000;
constexpr std::string_view kTakeWhole =
    "The capture was made with too small a snap length; make it again without one (tcpdump -s 0)";

// What is no tunnel, or one that nobody can look into, and is told only so that nobody misses it.
struct PassedOver {
  std::string_view what;
  const char* code;
  std::string_view packets;
  std::string_view advice;
};
constexpr std::string_view kReadIsTcp = "What is read is TLS over TCP";
constexpr std::array<PassedOver, 3> kPassedOver = {{
    {.what = kDtls, .code = "capture-dtls", .packets = "ClientHellos of DTLS", .advice = kReadIsTcp},
    {.what = kQuic,
     .code = "capture-quic",
     .packets = "Packets that open connections of QUIC",
     .advice = kReadIsTcp},
    {.what = kEsp,
     .code = "capture-esp",
     .packets = "Encrypted packets (ESP)",
     .advice = "If what they carry is looked for, take the capture where they are decrypted"},
}};
}  // namespace

// A capture without times goes on where the one before it in number ends.
CaptureReader::Run& CaptureReader::run_of(std::optional<Time> first, std::optional<int> number) {
  for (const std::unique_ptr<Run>& run : runs_) {
    const bool next = !number || !run->number || *number == *run->number + 1;
    const bool too_early = first && run->last && run->last->microseconds > first->microseconds + kBorder;
    if (next && !too_early) {
      run->number = number;
      return *run;
    }
  }
  return *runs_.emplace_back(
      std::make_unique<Run>(Run{.connections = std::make_unique<Connections>(memory_, number.has_value()),
                                .fragments = {},
                                .first = first,
                                .last = first,
                                .number = number}));
}

void CaptureReader::packet(Run& run, const CapturedPacket& packet, std::uint32_t member, Left& left) {
  std::vector<std::uint8_t> whole;
  DecodedPacket decoded = decode_packet(packet.link_type, packet.bytes);
  if (decoded.kind == PacketKind::fragment && run.fragments.take(decoded.network, whole)) {
    decoded = decode_network(whole);
  }
  const auto leave_out = [&](Unusable& unusable) {
    if (unusable.count++ == 0) unusable = {.count = 1, .packet = packet.number, .offset = packet.offset};
  };
  switch (decoded.kind) {
    case PacketKind::tcp:
      return run.connections->segment(
          decoded.segment,
          {.member = member, .packet = packet.number, .offset = packet.offset, .time = packet.time});
    case PacketKind::malformed:
      return leave_out(packet.cut_bytes > 0 ? left.cut : left.malformed);
    case PacketKind::unknown_link:
      return leave_out(left.unknown_link);
    case PacketKind::unread:
      return leave_out(left.unread[decoded.unread]);
    case PacketKind::fragment:
    case PacketKind::other:
      return;
  }
}

void CaptureReader::read(ByteStream& content, std::uint32_t member, const std::string& path,
                         std::optional<int> number, std::vector<Problem>& problems) {
  paths_[member] = path;
  Left left;
  Run* run = nullptr;
  const CaptureEnd end = for_each_packet(content, [&](const CapturedPacket& captured) {
    if (run == nullptr) run = &run_of(captured.time, number);
    run->last = std::max(run->last, captured.time);
    packet(*run, captured, member, left);
  });
  report_left(end, left, path, problems);
}

void CaptureReader::report_left(const CaptureEnd& end, const Left& left, const std::string& path,
                                std::vector<Problem>& problems) {
  const auto report = [&](const char* code, const Unusable& packets, std::string message) {
    if (packets.count == 0) return;
    problems.push_back({.code = code,
                        .path = path,
                        .message = std::move(message),
                        .offset = packets.offset,
                        .packet = packets.packet});
  };
  const auto number_of = [&](const Unusable& packets) {
    return fmt::format("{} of {}, packet {} first", packets.count, end.packets, packets.packet);
  };
  if (!end.error.empty()) {
    const bool is_begun = end.offset > 0;  // the header of the file could be read
    report("capture-cut", {.count = 1, .packet = is_begun ? end.packets + 1 : 0, .offset = end.offset},
           fmt::format("The capture cannot be read behind packet {}: {}; the packets up to there are used",
                       end.packets, end.error));
  }
  report("capture-malformed-packets", left.malformed,
         fmt::format("Packets with unsound headers were left out: {}", number_of(left.malformed)));
  report("capture-link-type", left.unknown_link,
         fmt::format("Packets of an unknown link type were left out: {}. Known are Ethernet, VLAN, Linux "
                     "cooked, loopback and raw IP",
                     number_of(left.unknown_link)));
  report("capture-snap-length", left.cut,
         fmt::format("Packets without the end of their headers were left out: {}. {}", number_of(left.cut),
                     kTakeWhole));
  for (const auto& [what, packets] : left.unread) {
    const auto* const known = std::find_if(kPassedOver.begin(), kPassedOver.end(),
                                           [kind = what](const PassedOver& one) { return one.what == kind; });
    if (known != kPassedOver.end()) {
      report(known->code, packets,
             fmt::format("{} were passed over: {}. {}", known->packets, number_of(packets), known->advice));
      continue;
    }
    report("capture-unread-packets", packets,
           fmt::format("Packets in a tunnel that is not read were passed over ({}): {}. Take the capture "
                       "behind the end of the tunnel",
                       what, number_of(packets)));
  }
}

std::vector<SeenHandshake> CaptureReader::finish(std::vector<Problem>& problems) {
  if (runs_.empty()) return {};
  std::stable_sort(runs_.begin(), runs_.end(),
                   [](const auto& a, const auto& b) { return a->first < b->first; });
  Connections& all = *runs_.front()->connections;
  for (std::size_t i = 1; i < runs_.size(); ++i) all.append(*runs_[i]->connections);
  all.finish();
  std::vector<SeenHandshake> handshakes = all.take_handshakes();
  std::sort(handshakes.begin(), handshakes.end(), [](const SeenHandshake& a, const SeenHandshake& b) {
    return std::pair(a.member, a.packet) < std::pair(b.member, b.packet);
  });
  for (const auto& [what, fault] : all.faults()) {
    const auto& [member, code, words] = what;
    problems.push_back(
        {.code = code,
         .path = paths_[member],
         .message = fmt::format("{}: {} {}, first in packet {} on {}", words, fault.count,
                                fault.count == 1 ? "time" : "times", fault.origin.packet, fault.connection),
         .offset = fault.origin.offset,
         .packet = fault.origin.packet});
  }
  if (all.cut_segments() > 0) {
    const Origin& first = all.first_cut();
    problems.push_back(
        {.code = "capture-snap-length",
         .path = paths_[first.member],
         .message = fmt::format("Segments that were needed are not whole: {}, packet {} first. {}",
                                all.cut_segments(), first.packet, kTakeWhole),
         .offset = first.offset,
         .packet = first.packet});
  }
  const auto forgotten = [&](std::uint64_t count, const char* what) {
    if (count == 0) return;
    problems.push_back({.code = "capture-too-many",
                        .path = paths_.begin()->second,
                        .message = fmt::format(
                            "The captures hold more than is kept in memory; {} {} were let go. Give fewer "
                            "captures at a time",
                            count, what),
                        .offset = 0});
  };
  forgotten(all.forgotten_connections(), "connections that were not finished");
  forgotten(all.forgotten_handshakes(), "handshakes");
  runs_.clear();
  paths_.clear();
  return handshakes;
}

}  // namespace assay
