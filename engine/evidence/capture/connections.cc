// A connection is followed from its first byte until it is known what it is; if it is not TLS, or nothing
// more can be learned from it, only its name is kept, so that its bytes are let go at once.
//
// One of which no beginning was seen may have begun in a capture that comes later in the archive: its first
// segments, and what they tell by themselves, are kept until all captures are read. If the beginning is
// found, the segments are read once more behind it.
#include "evidence/capture/connections.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <tuple>
#include <utility>

#include "evidence/certificates/certificate_reader.h"
#include "evidence/tls/prologue.h"

namespace assay {
namespace {

// Both bounds are far above what a real capture of 20 MB a file holds.
constexpr std::size_t kMostConnections = 100'000;
constexpr std::size_t kMostHandshakes = 20'000;
// Bytes held for all connections together, waiting or half read.
constexpr std::size_t kMostHeld = 48U << 20;
// Bytes of handshakes that are over: their certificates, each once, and what the hellos offered.
constexpr std::size_t kMostKept = 64U << 20;
// Of a connection that begins in the middle. A handshake that runs across two captures is shorter.
constexpr std::size_t kMostMiddle = 16;
constexpr std::size_t kMostMiddleBytes = 24U << 10;
constexpr std::size_t kMostFaultsInAll = 1'000;

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

std::size_t memory_of(const std::vector<std::string>& names) {
  std::size_t bytes = 0;
  for (const std::string& name : names) {
    constexpr std::size_t kInside = 15;  // short strings need no memory of their own
    bytes += sizeof(std::string) + (name.size() > kInside ? name.size() + 1 + sizeof(void*) : 0);
  }
  return bytes;
}

std::size_t memory_of(const Handshake& handshake) {
  return sizeof(SeenHandshake) + memory_of(handshake.offered_versions) +
         memory_of(handshake.offered_ciphers) + handshake.offered_cipher_numbers.capacity() * sizeof(int) +
         memory_of(handshake.signature_algorithms) + memory_of(handshake.groups) +
         handshake.alerts.size() * sizeof(Alert);
}

}  // namespace

// ---- bounds over all captures --------------------------------------------------------------------------

const CaptureMemory::Presented& CaptureMemory::presented(const std::string& der) {
  const auto at = presented_.find(der);
  if (at != presented_.end()) return at->second;
  // The key here, the bytes in the certificate, and about as much of words.
  constexpr std::size_t kCopies = 3;
  kept += kCopies * der.size();
  return presented_.emplace(der, Presented{read_der(der), flaw_of(der)}).first->second;
}

// The captures that were read before are the first to give way.
void CaptureMemory::hold_bounds(Connections& growing) {
  if (held <= kMostHeld) return;
  for (Connections* table : tables) {
    if (table == &growing) continue;
    while (held > kMostHeld && table->forget_oldest()) {
    }
  }
  while (held > kMostHeld && growing.forget_oldest()) {
  }
}

// ---- connections -------------------------------------------------------------------------------------

std::size_t Connections::HashKey::operator()(const Key& key) const {
  std::uint64_t hash = 0;
  const auto mix = [&](const PacketEndpoint& endpoint) {
    std::array<std::uint64_t, 2> words{};
    static_assert(sizeof words == sizeof endpoint.address);
    std::memcpy(words.data(), endpoint.address.data(), sizeof words);
    for (const std::uint64_t word : {words[0], words[1], std::uint64_t{endpoint.port}}) {
      hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
      hash ^= hash >> 32;
    }
  };
  mix(key.low);
  mix(key.high);
  return static_cast<std::size_t>(hash);
}

Connections::Connections(CaptureMemory& memory, bool may_go_on) : memory_(memory), may_go_on_(may_go_on) {
  memory_.tables.insert(this);
}

Connections::~Connections() {
  for (const auto& [key, flow] : flows_) memory_.held -= flow.held;
  memory_.tables.erase(this);
}

void Connections::segment(const TcpSegment& segment, const Origin& origin) {
  const bool source_low = segment.source < segment.target;
  const Key key{source_low ? segment.source : segment.target, source_low ? segment.target : segment.source};
  const auto at = flows_.find(key);
  const bool known = at != flows_.end();
  const bool has_bytes = !segment.payload.empty() || segment.cut_bytes > 0;
  if (!known && !segment.syn && !has_bytes) return;

  Flow& flow = touch(key, known ? &at->second : nullptr);
  // Of one that begins with a ClientHello an earlier capture may hold the SYN.
  const bool in_the_middle = !segment.syn && (may_go_on_ || !begins_client_hello(segment.payload));
  if (known ? is_new(flow, segment) : !in_the_middle) {
    end(flow, false);  // the ports are used again
    begin(flow, segment, origin);
  }
  if (!known && in_the_middle) flow.is_gathering = true;
  if (flow.followed) {
    follow(flow, segment, origin);
  } else if (flow.is_gathering) {
    keep_middle(flow, segment, origin);
  }
  memory_.hold_bounds(*this);
}

Connections::Flow& Connections::touch(const Key& key, Flow* known) {
  if (known != nullptr) {
    recent_.splice(recent_.end(), recent_, known->recent);
    return *known;
  }
  if (flows_.size() >= kMostConnections) forget_oldest();
  Flow& flow = flows_[key];
  flow.recent = recent_.insert(recent_.end(), key);
  return flow;
}

bool Connections::forget_oldest() {
  if (recent_.empty()) return false;
  const auto at = flows_.find(recent_.front());
  if (at->second.followed) ++forgotten_connections_;
  end(at->second, true);
  flows_.erase(at);
  recent_.pop_front();
  return true;
}

// A SYN on a connection that is known: another one on the same ports, or this one's, come late or again.
bool Connections::is_new(const Flow& flow, const TcpSegment& segment) const {
  if (!segment.syn || segment.ack || flow.syn == segment.sequence) return false;
  if (flow.followed) return !flow.followed->began_with(segment.source, segment.sequence);
  return std::none_of(flow.middle.begin(), flow.middle.end(), [&](const KeptSegment& kept) {
    return kept.header.source == segment.source && kept.header.sequence == segment.sequence + 1;
  });
}

void Connections::begin(Flow& flow, const TcpSegment& segment, const Origin& origin) {
  const bool client = source_is_client(segment) || begins_client_hello(segment.payload);
  flow.followed = std::make_unique<Connection>(client ? segment.source : segment.target,
                                               client ? segment.target : segment.source, origin, segment.syn);
  flow.syn = std::nullopt;
  if (segment.syn) flow.syn = segment.ack ? segment.acknowledged - 1 : segment.sequence;
}

void Connections::follow(Flow& flow, const TcpSegment& segment, const Origin& origin) {
  if (segment.cut_bytes > 0 && cut_segments_++ == 0) first_cut_ = origin;
  const bool more = flow.followed->segment(segment, origin);
  count_held(flow);
  if (!more) let_go(flow, false);
}

void Connections::keep_middle(Flow& flow, const TcpSegment& segment, const Origin& origin) {
  flow.middle.emplace_back(segment, origin);
  std::size_t bytes = 0;
  for (const KeptSegment& kept : flow.middle) bytes += kept.memory();
  memory_.held = memory_.held - flow.held + bytes;
  flow.held = bytes;
  if (flow.middle.size() >= kMostMiddle || bytes > kMostMiddleBytes) follow_middle(flow);
}

// As if its beginning were lost: it begins with the first byte that was seen of each side.
void Connections::follow_middle(Flow& flow) {
  flow.is_gathering = false;
  const std::vector<KeptSegment> middle = may_go_on_ ? flow.middle : std::exchange(flow.middle, {});
  const KeptSegment& first = middle.front();
  begin(flow, first.header, first.origin);
  for (const PacketEndpoint& side : {first.header.source, first.header.target}) {
    std::optional<std::uint32_t> start;
    for (const KeptSegment& kept : middle) {
      if (kept.header.source != side || (kept.payload.empty() && kept.header.cut_bytes == 0)) continue;
      if (!start || sequence_distance(*start, kept.header.sequence) < 0) start = kept.header.sequence;
    }
    if (start) flow.followed->starts(side, *start);
  }
  for (const KeptSegment& kept : middle) {
    if (flow.followed) follow(flow, kept.segment(), kept.origin);
  }
}

void Connections::count_held(Flow& flow) {
  std::size_t now = flow.followed ? flow.followed->memory() : 0;
  for (const KeptSegment& kept : flow.middle) now += kept.memory();
  memory_.held = memory_.held - flow.held + now;
  flow.held = now;
}

// Takes what was learned of a connection and keeps its name only, and what an earlier capture may need.
void Connections::let_go(Flow& flow, bool capture_ended) {
  if (flow.is_gathering) follow_middle(flow);
  if (const std::unique_ptr<Connection> connection = std::move(flow.followed)) {
    if (auto wire = connection->finish(capture_ended)) flow.told = keep(*connection, std::move(*wire));
  }
  if (flow.middle.empty() && flow.told) {
    handshakes_.push_back(std::move(*flow.told));
    flow.told.reset();
  }
  count_held(flow);
}

// Nothing more is to come, neither behind it nor before.
void Connections::end(Flow& flow, bool capture_ended) {
  if (flow.is_gathering) follow_middle(flow);
  flow.middle.clear();
  let_go(flow, capture_ended);
}

void Connections::append(Connections& later) {
  while (!later.recent_.empty()) {
    auto theirs = later.flows_.extract(later.recent_.front());
    later.recent_.pop_front();
    take_over(theirs.key(), theirs.mapped());
  }
  for (SeenHandshake& seen : later.handshakes_) handshakes_.push_back(std::move(seen));
  for (const auto& [what, fault] : later.faults_) {
    SeenFault& mine = faults_[what];
    const std::uint64_t count = mine.count + fault.count;
    if (mine.count == 0 || fault.origin.packet < mine.origin.packet) mine = fault;
    mine.count = count;
  }
  forgotten_connections_ += later.forgotten_connections_;
  forgotten_handshakes_ += later.forgotten_handshakes_;
  if (cut_segments_ == 0) first_cut_ = later.first_cut_;
  cut_segments_ += later.cut_segments_;
}

void Connections::take_over(const Key& key, Flow& theirs) {
  const auto at = flows_.find(key);
  if (at != flows_.end() && !theirs.middle.empty()) return go_on(key, theirs);
  Flow& mine = touch(key, at == flows_.end() ? nullptr : &at->second);
  end(mine, false);
  theirs.recent = mine.recent;
  mine = std::move(theirs);
}

// What stands behind the first segments of `theirs` was not kept, unless they are all.
void Connections::go_on(const Key& key, Flow& theirs) {
  theirs.followed.reset();
  memory_.held -= theirs.held;
  for (const KeptSegment& kept : theirs.middle) segment(kept.segment(), kept.origin);
  const auto mine = flows_.find(key);
  if (!theirs.is_gathering && mine != flows_.end()) let_go(mine->second, true);
}

void Connections::finish() {
  for (const Key& key : recent_) end(flows_.at(key), true);
  flows_.clear();
  recent_.clear();
}

// ---- what was learned --------------------------------------------------------------------------------

std::optional<SeenHandshake> Connections::keep(Connection& connection, WireHandshake wire) {
  Handshake& handshake = wire.handshake;
  handshake.begin = connection.first();
  handshake.end = connection.last();
  handshake.client = endpoint_of(connection.client());
  handshake.server = endpoint_of(connection.server());
  for (const WireFault& fault : connection.faults()) {
    note_fault(std::string(fault.what.code), fault.what.words, fault.origin, handshake);
  }
  if (handshakes_.size() >= kMostHandshakes || memory_.kept > kMostKept) {
    ++forgotten_handshakes_;
    return std::nullopt;
  }
  memory_.kept += memory_of(handshake);
  // Of a ClientHello that was not read nobody knows which name it asked for.
  const bool has_hello = !handshake.offered_versions.empty();
  handshake.asked_name = handshake.sni.empty() && has_hello ? handshake.server.address : handshake.sni;
  handshake.server_certificates =
      chain(wire.server_chain, connection.chain_origin(Peer::server), Peer::server, handshake);
  handshake.client_certificates =
      chain(wire.client_chain, connection.chain_origin(Peer::client), Peer::client, handshake);
  return SeenHandshake{.member = connection.origin().member,
                       .packet = connection.origin().packet,
                       .offset = connection.origin().offset,
                       .handshake = std::move(handshake)};
}

std::vector<CertificatePointer> Connections::chain(const std::vector<std::string>& ders, const Origin& origin,
                                                   Peer from, const Handshake& handshake) {
  std::vector<CertificatePointer> result;
  for (const std::string& der : ders) {
    const CaptureMemory::Presented& presented = memory_.presented(der);
    result.push_back(presented.certificate);
    if (!presented.flaw.empty()) {
      note_fault(
          "tls-malformed",
          fmt::format("a certificate from the {} that is not sound ({})", to_string(from), presented.flaw),
          origin, handshake);
    }
    if (result.back()->unreadable.empty()) continue;
    note_fault("tls-certificate-unreadable",
               fmt::format("a certificate from the {} that cannot be read ({})", to_string(from),
                           result.back()->unreadable),
               origin, handshake);
  }
  return result;
}

void Connections::note_fault(std::string code, std::string words, const Origin& origin,
                             const Handshake& handshake) {
  const auto key = std::tuple(origin.member, std::move(code), std::move(words));
  if (faults_.size() >= kMostFaultsInAll && !faults_.contains(key)) return;
  SeenFault& fault = faults_[key];
  ++fault.count;
  if (fault.count > 1 && fault.origin.packet <= origin.packet) return;
  fault.origin = origin;
  fault.connection = fmt::format("{} -> {}", to_string(handshake.client), to_string(handshake.server));
}

}  // namespace assay
