// From packets to handshakes. A connection is followed from its first byte until it is known what it is; if
// it is not TLS, or nothing more can be learned from it, only its name is kept, so that its bytes are let go
// at once.
#include "evidence/capture/capture_reader.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <tins/ip.h>
#include <tins/ip_reassembler.h>

#include <algorithm>
#include <array>
#include <list>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "evidence/capture/capture_file.h"
#include "evidence/capture/packet.h"
#include "evidence/capture/reassembly.h"
#include "evidence/certificates/certificate_reader.h"

namespace assay {
namespace {

// Both bounds are far above what a real capture of 20 MB a file holds.
constexpr std::size_t kMostConnections = 100'000;
constexpr std::size_t kMostHandshakes = 20'000;
// Bytes held for all connections together, waiting or half read.
constexpr std::size_t kMostHeld = 48U << 20;
// Bytes of handshakes that are over: their certificates, each once, and what the hellos offered.
constexpr std::size_t kMostKept = 64U << 20;
// IPv4 fragments that libtins may gather before those that never become whole are dropped.
constexpr std::size_t kMostFragments = 4096;

// The two ends of a connection, in an order that is the same for both directions.
struct FlowKey {
  PacketEndpoint low;
  PacketEndpoint high;
  bool operator==(const FlowKey&) const = default;
};

struct HashFlow {
  std::size_t operator()(const FlowKey& key) const {
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
    const auto mix = [&](const PacketEndpoint& endpoint) {
      for (const std::uint8_t byte : endpoint.address) hash = (hash ^ byte) * 1099511628211ULL;
      hash = (hash ^ endpoint.port) * 1099511628211ULL;
    };
    mix(key.low);
    mix(key.high);
    return hash;
  }
};

struct Origin {
  std::uint32_t member = 0;
  std::uint64_t packet = 0;
  std::uint64_t offset = 0;
  Time time;
};

// A connection of which something is still to be learned.
struct Followed {
  Origin origin;
  PacketEndpoint client;
  PacketEndpoint server;
  HandshakeReader reader;
  OrderedBytes from_client;
  OrderedBytes from_server;
  HandshakeReader::Verdict verdict = HandshakeReader::Verdict::undecided;
  Time last;
  std::size_t held = 0;  // bytes of it, as they were counted last
};

struct Flow {
  std::unique_ptr<Followed> followed;  // none: let go
  std::optional<std::uint32_t> syn;    // sequence number, to tell a repeated one from a new connection
  std::list<FlowKey>::iterator recent;
};

Endpoint endpoint_of(const PacketEndpoint& packet) {
  static constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  const bool v4 = std::equal(kMapped.begin(), kMapped.end(), packet.address.begin());
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(v4 ? AF_INET : AF_INET6, packet.address.data() + (v4 ? kMapped.size() : 0), text.data(),
            text.size());
  return {.address = text.data(), .port = packet.port};
}

// Without a SYN the side with the lower port is taken for the server, as services have low ports.
bool source_is_client(const TcpSegment& segment) {
  if (segment.syn) return !segment.ack;
  return segment.source.port >= segment.target.port;
}

}  // namespace

struct CaptureReader::Inside {
  std::unordered_map<FlowKey, Flow, HashFlow> flows;
  std::list<FlowKey> recent;  // of all flows, the latest last
  std::size_t held = 0;
  std::size_t kept = 0;
  std::vector<SeenHandshake> handshakes;
  std::map<std::string, CertificatePointer, std::less<>> certificates;  // by DER
  Tins::IPv4Reassembler fragments;
  std::size_t fragments_seen = 0;  // since it was emptied
  std::uint64_t packets = 0;
  std::uint64_t forgotten_connections = 0;
  std::uint64_t forgotten_handshakes = 0;

  void packet(const CapturedPacket& packet, std::uint32_t member,
              std::map<std::string, std::uint64_t>& unusable);
  bool fragment(Bytes network, std::vector<std::uint8_t>& whole);
  void segment(const TcpSegment& segment, const Origin& origin);
  Flow& flow_of(const FlowKey& key);
  void begin(Flow& flow, const TcpSegment& segment, const Origin& origin);
  void follow(Flow& flow, const TcpSegment& segment, Time time);
  void count_held(Followed& followed);
  void let_go(Flow& flow, bool capture_ended);
  void forget_oldest();
  CertificatePointer certificate(const std::string& der);
  std::vector<CertificatePointer> chain(const std::vector<std::string>& ders);
};

// ---- packets -----------------------------------------------------------------------------------------

void CaptureReader::Inside::packet(const CapturedPacket& packet, std::uint32_t member,
                                   std::map<std::string, std::uint64_t>& unusable) {
  ++packets;
  TcpSegment tcp;
  Bytes network;
  std::vector<std::uint8_t> whole;
  PacketKind kind = decode_packet(packet.link_type, packet.bytes, tcp, network);
  if (kind == PacketKind::fragment && fragment(network, whole)) kind = decode_network(whole, tcp);
  switch (kind) {
    case PacketKind::tcp:
      return segment(
          tcp, {.member = member, .packet = packet.number, .offset = packet.offset, .time = packet.time});
    case PacketKind::malformed:
      ++unusable["malformed"];
      return;
    case PacketKind::unknown_link:
      ++unusable["unknown-link"];
      return;
    case PacketKind::fragment:
    case PacketKind::other:
      return;
  }
}

// True if this was the last missing piece; `whole` is the datagram then.
bool CaptureReader::Inside::fragment(Bytes network, std::vector<std::uint8_t>& whole) {
  if (++fragments_seen > kMostFragments) {
    fragments.clear_streams();
    fragments_seen = 1;
  }
  try {
    Tins::IP ip(network.data(), static_cast<std::uint32_t>(network.size()));
    if (fragments.process(ip) != Tins::IPv4Reassembler::REASSEMBLED) return false;
    whole = ip.serialize();
    return true;
  } catch (
      const std::exception&) {  // libtins' word for a packet that it cannot read; it stays a lost fragment
    return false;
  }
}

// ---- connections -------------------------------------------------------------------------------------

Flow& CaptureReader::Inside::flow_of(const FlowKey& key) {
  const auto [at, added] = flows.try_emplace(key);
  if (added) {
    at->second.recent = recent.insert(recent.end(), key);
    if (flows.size() > kMostConnections) forget_oldest();
  } else {
    recent.splice(recent.end(), recent, at->second.recent);
  }
  return at->second;
}

void CaptureReader::Inside::forget_oldest() {
  const auto at = flows.find(recent.front());
  if (at->second.followed) ++forgotten_connections;
  let_go(at->second, true);
  flows.erase(at);
  recent.pop_front();
}

void CaptureReader::Inside::segment(const TcpSegment& segment, const Origin& origin) {
  const bool source_low = segment.source < segment.target;
  const FlowKey key{source_low ? segment.source : segment.target,
                    source_low ? segment.target : segment.source};
  const bool opens = segment.syn && !segment.ack;
  const bool has_bytes = !segment.payload.empty() || segment.cut_bytes > 0;
  if (!opens && !has_bytes && !flows.contains(key)) return;

  const bool known = flows.contains(key);
  Flow& flow = flow_of(key);
  const bool repeated = opens && flow.syn == segment.sequence;
  if (!known || (opens && !repeated)) {
    let_go(flow, false);  // the ports are used again
    begin(flow, segment, origin);
  }
  if (flow.followed) follow(flow, segment, origin.time);
  while (held > kMostHeld && !recent.empty()) forget_oldest();
}

void CaptureReader::Inside::begin(Flow& flow, const TcpSegment& segment, const Origin& origin) {
  const bool client = source_is_client(segment);
  flow.followed = std::make_unique<Followed>();
  flow.followed->origin = origin;
  flow.followed->client = client ? segment.source : segment.target;
  flow.followed->server = client ? segment.target : segment.source;
  flow.syn = segment.syn && !segment.ack ? std::optional(segment.sequence) : std::nullopt;
}

void CaptureReader::Inside::follow(Flow& flow, const TcpSegment& segment, Time time) {
  using Verdict = HandshakeReader::Verdict;
  Followed& followed = *flow.followed;
  const Peer from = segment.source == followed.client ? Peer::client : Peer::server;
  OrderedBytes& bytes = from == Peer::client ? followed.from_client : followed.from_server;
  const auto hear = [&](Verdict verdict) {
    if (followed.verdict != Verdict::done && followed.verdict != Verdict::not_tls) followed.verdict = verdict;
  };
  const auto listening = [&] {
    return followed.verdict == Verdict::undecided || followed.verdict == Verdict::tls;
  };
  const OrderedBytes::Out out{.bytes =
                                  [&](Bytes data) {
                                    if (listening()) hear(followed.reader.bytes(from, data, time));
                                  },
                              .gap =
                                  [&](std::uint64_t count) {
                                    if (listening()) hear(followed.reader.gap(from, count, time));
                                  }};
  followed.last = time;
  const std::uint32_t first = segment.sequence + (segment.syn ? 1 : 0);
  if (segment.syn) bytes.start(first);
  if (!segment.payload.empty() || segment.cut_bytes > 0) {
    bytes.segment(first, segment.payload, segment.cut_bytes, out);
  }
  if (segment.fin || segment.rst) followed.reader.closed(from, segment.rst, time);
  count_held(followed);
  if (!listening() || segment.rst) let_go(flow, false);
}

void CaptureReader::Inside::count_held(Followed& followed) {
  const std::size_t now =
      followed.reader.memory() + followed.from_client.waiting() + followed.from_server.waiting();
  held = held - followed.held + now;
  followed.held = now;
}

// Takes what was learned of a connection and keeps its name only.
void CaptureReader::Inside::let_go(Flow& flow, bool capture_ended) {
  using Verdict = HandshakeReader::Verdict;
  if (!flow.followed) return;
  const std::unique_ptr<Followed> followed = std::move(flow.followed);
  held -= followed->held;
  const auto flush = [&](Peer from, OrderedBytes& bytes) {
    const Time time = followed->last;
    bytes.flush(
        {.bytes = [&](Bytes data) { followed->verdict = followed->reader.bytes(from, data, time); },
         .gap = [&](std::uint64_t count) { followed->verdict = followed->reader.gap(from, count, time); }});
  };
  if (followed->verdict != Verdict::not_tls && followed->verdict != Verdict::done) {
    flush(Peer::client, followed->from_client);
    flush(Peer::server, followed->from_server);
  }
  if (followed->verdict != Verdict::tls && followed->verdict != Verdict::done) return;
  if (handshakes.size() >= kMostHandshakes || kept > kMostKept) {
    ++forgotten_handshakes;
    return;
  }
  const bool swapped = followed->reader.swapped();
  WireHandshake wire = followed->reader.finish(capture_ended);
  Handshake& handshake = wire.handshake;
  kept += sizeof(SeenHandshake) +
          sizeof(std::string) * (handshake.offered_ciphers.size() + handshake.signature_algorithms.size() +
                                 handshake.groups.size() + handshake.offered_versions.size());
  handshake.begin = followed->origin.time;
  handshake.end = followed->last;
  handshake.client = endpoint_of(swapped ? followed->server : followed->client);
  handshake.server = endpoint_of(swapped ? followed->client : followed->server);
  handshake.asked_name = handshake.sni.empty() ? handshake.server.address : handshake.sni;
  handshake.server_certificates = chain(wire.server_chain);
  handshake.client_certificates = chain(wire.client_chain);
  handshakes.push_back({.member = followed->origin.member,
                        .packet = followed->origin.packet,
                        .offset = followed->origin.offset,
                        .handshake = std::move(handshake)});
}

CertificatePointer CaptureReader::Inside::certificate(const std::string& der) {
  const auto at = certificates.find(der);
  if (at != certificates.end()) return at->second;
  constexpr std::size_t kCopies =
      3;  // the key here, the bytes in the certificate, and about as much of words
  kept += kCopies * der.size();
  return certificates.emplace(der, read_der(der)).first->second;
}

std::vector<CertificatePointer> CaptureReader::Inside::chain(const std::vector<std::string>& ders) {
  std::vector<CertificatePointer> result;
  for (const std::string& der : ders) result.push_back(certificate(der));
  return result;
}

// ---- the interface -----------------------------------------------------------------------------------

CaptureReader::CaptureReader(const Limits&) : inside_(std::make_unique<Inside>()) {}
CaptureReader::~CaptureReader() = default;

std::uint64_t CaptureReader::packets() const {
  return inside_->packets;
}

void CaptureReader::read(ByteStream& content, std::uint32_t member, const std::string& path,
                         std::vector<Problem>& problems) {
  std::map<std::string, std::uint64_t> unusable;
  const CaptureEnd end = for_each_packet(
      content, [&](const CapturedPacket& packet) { inside_->packet(packet, member, unusable); });
  if (!end.error.empty()) {
    problems.push_back(
        {.code = "capture-cut",
         .path = path,
         .message = fmt::format("the capture cannot be read behind packet {}: {}; the packets up to "
                                "there are used",
                                end.packets, end.error),
         .offset = end.offset});
  }
  if (const auto malformed = unusable["malformed"]; malformed > 0) {
    problems.push_back(
        {.code = "capture-malformed-packets",
         .path = path,
         .message = fmt::format("{} of {} packets have headers that are not sound; they are left out",
                                malformed, end.packets),
         .offset = 0});
  }
  if (const auto unknown = unusable["unknown-link"]; unknown > 0) {
    problems.push_back(
        {.code = "capture-link-type",
         .path = path,
         .message = fmt::format("{} packets are of a link type that assay does not know; they are left "
                                "out. Ethernet, VLAN, Linux cooked, loopback and raw IP are known",
                                unknown),
         .offset = 0});
  }
}

std::vector<SeenHandshake> CaptureReader::finish(std::vector<Problem>& problems) {
  Inside& inside = *inside_;
  for (auto& [key, flow] : inside.flows) inside.let_go(flow, true);
  std::vector<SeenHandshake> handshakes = std::move(inside.handshakes);
  std::sort(handshakes.begin(), handshakes.end(), [](const SeenHandshake& a, const SeenHandshake& b) {
    return std::pair(a.member, a.packet) < std::pair(b.member, b.packet);
  });
  const auto forgotten = [&](std::uint64_t count, const char* what) {
    if (count == 0) return;
    problems.push_back(
        {.code = "capture-too-many",
         .path = "",
         .message = fmt::format("{} {} were let go because the captures hold more than fit into memory",
                                count, what),
         .offset = 0});
  };
  forgotten(inside.forgotten_connections, "connections that were not finished");
  forgotten(inside.forgotten_handshakes, "handshakes");
  inside_ = std::make_unique<Inside>();
  return handshakes;
}

}  // namespace assay
