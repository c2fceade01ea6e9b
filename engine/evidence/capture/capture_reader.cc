// A bundle holds the captures of an interface as several files, in which the oldest may have been written
// over by the latest: neither their names nor their places in the archive tell their order, but the times of
// their packets do. A file that goes on where the last one ended is read on with its connections; any other
// begins a run of its own, and all runs are put one behind the other when everything is read.
#include "evidence/capture/capture_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "evidence/capture/capture_file.h"
#include "evidence/capture/packet.h"

namespace assay {

namespace {
// The packets of one second may stand in any order at the border of two files.
constexpr std::int64_t kBorder = 1'000'000;
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
  TcpSegment tcp;
  Bytes network;
  std::vector<std::uint8_t> whole;
  PacketKind kind = decode_packet(packet.link_type, packet.bytes, tcp, network);
  if (kind == PacketKind::fragment && run.fragments.take(network, whole)) kind = decode_network(whole, tcp);
  const auto leave_out = [&](Unusable& unusable) {
    if (unusable.count++ == 0) unusable = {.count = 1, .packet = packet.number, .offset = packet.offset};
  };
  switch (kind) {
    case PacketKind::tcp:
      return run.connections->segment(
          tcp, {.member = member, .packet = packet.number, .offset = packet.offset, .time = packet.time});
    case PacketKind::malformed:
      return leave_out(left.malformed);
    case PacketKind::unknown_link:
      return leave_out(left.unknown_link);
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
  const auto report = [&](const char* code, std::uint64_t offset, std::string message) {
    problems.push_back({.code = code, .path = path, .message = std::move(message), .offset = offset});
  };
  if (!end.error.empty()) {
    report("capture-cut", end.offset,
           fmt::format("The capture cannot be read behind packet {}: {}; the packets up to there are used",
                       end.packets, end.error));
  }
  if (const Unusable& malformed = left.malformed; malformed.count > 0) {
    report("capture-malformed-packets", malformed.offset,
           fmt::format("Packets with unsound headers were left out: {} of {}, packet {} first",
                       malformed.count, end.packets, malformed.packet));
  }
  if (const Unusable& unknown = left.unknown_link; unknown.count > 0) {
    report("capture-link-type", unknown.offset,
           fmt::format("Packets of an unknown link type were left out: {} of {}, packet {} first. Known are "
                       "Ethernet, VLAN, Linux cooked, loopback and raw IP",
                       unknown.count, end.packets, unknown.packet));
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
         .offset = fault.origin.offset});
  }
  if (all.cut_segments() > 0) {
    const Origin& first = all.first_cut();
    problems.push_back(
        {.code = "capture-snap-length",
         .path = paths_[first.member],
         .message = fmt::format("Segments that were needed are not whole: {}, packet {} first. The "
                                "capture was made with too small a snap length; make it again "
                                "without one (tcpdump -s 0)",
                                all.cut_segments(), first.packet),
         .offset = first.offset});
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
