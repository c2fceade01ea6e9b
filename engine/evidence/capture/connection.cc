// Captures hold packets in the order in which they were copied, which is not always that in which they were
// sent. Within a direction the sequence numbers put them right. Between the directions the acknowledgements
// do: who acknowledges bytes has received them, so what it says was said behind them. A segment that
// acknowledges what has not come yet waits; how a handshake ended is told from who said what first.
//
// If what it waits for does not come, the capture lost it: then there is a gap.
#include "evidence/capture/connection.h"

#include <algorithm>
#include <utility>

#include "evidence/tls/peers.h"

namespace assay {
namespace {

constexpr std::size_t kMostEarly = 32;
constexpr std::size_t kMostEarlyBytes = 128U << 10;
// Nothing on its way is further ahead than this; such an acknowledgement is not sound.
constexpr std::int64_t kFarthestAhead = 16 << 20;

}  // namespace

KeptSegment::KeptSegment(const TcpSegment& from, const Origin& seen)
    : header(from), payload(from.payload.begin(), from.payload.end()), origin(seen) {
  header.payload = {};
}

TcpSegment KeptSegment::segment() const {
  TcpSegment result = header;
  result.payload = payload;
  return result;
}

Connection::Connection(const PacketEndpoint& client, const PacketEndpoint& server, const Origin& origin,
                       bool from_start)
    : client_(client),
      server_(server),
      origin_(origin),
      first_(origin.time),
      last_(origin.time),
      reader_(from_start) {}

bool Connection::began_with(const PacketEndpoint& endpoint, std::uint32_t syn) const {
  const OrderedBytes& bytes = side(peer_of(endpoint)).bytes;
  return bytes.started() && bytes.first() == syn + 1;
}

std::size_t Connection::memory() const {
  return sizeof(Connection) + reader_.memory() + sides_[0].bytes.waiting() + sides_[1].bytes.waiting() +
         early_bytes_;
}

bool Connection::segment(const TcpSegment& segment, const Origin& origin) {
  if (origin.time && (!first_ || *origin.time < *first_)) first_ = origin.time;
  last_ = std::max(last_, origin.time);
  if (segment.syn) {
    bytes_of(segment.source).start(segment.sequence + 1);
    if (segment.ack) bytes_of(segment.target).start(segment.acknowledged);
  }
  if (opens_unheard(segment)) bytes_of(segment.target).start(segment.acknowledged);
  if (not_heard(segment) <= 0) {
    take(segment, origin);
  } else {
    // The other side's acknowledgements must be told from it, too, whether its SYN was seen or not.
    if (!segment.payload.empty()) bytes_of(segment.source).start(segment.sequence);
    early_.emplace_back(segment, origin);
    early_bytes_ += early_.back().memory();
  }
  take_ready();
  while (listening() && (early_.size() > kMostEarly || early_bytes_ > kMostEarlyBytes)) {
    give_up_first();
    take_ready();
  }
  const bool closed = sides_[0].closed && sides_[1].closed;
  const auto was_reset = [](const Side& one) { return one.closed && one.end && one.end->reset; };
  return listening() && !closed && !was_reset(sides_[0]) && !was_reset(sides_[1]);
}

// The third segment of a connection. If the second was not captured, and perhaps nothing else of that side,
// this one tells where its bytes begin: what is acknowledged behind is missing.
bool Connection::opens_unheard(const TcpSegment& segment) const {
  const OrderedBytes& mine = side(peer_of(segment.source)).bytes;
  const OrderedBytes& others = side(other(peer_of(segment.source))).bytes;
  return segment.ack && !segment.syn && !segment.fin && !segment.rst && segment.payload.empty() &&
         mine.started() && mine.next() == mine.first() && segment.sequence == mine.first() &&
         !others.started();
}

// How many bytes the segment acknowledges that have not come yet; a FIN counts like a byte.
std::int64_t Connection::not_heard(const TcpSegment& segment) const {
  const Side& heard = side(other(peer_of(segment.source)));
  if (!segment.ack || !heard.bytes.started()) return 0;
  const std::int64_t ahead = sequence_distance(heard.bytes.next(), segment.acknowledged);
  if (ahead > kFarthestAhead) return 0;
  const bool is_fin_heard = heard.closed && !heard.end->reset;
  return ahead - (is_fin_heard ? 1 : 0);
}

void Connection::take(const TcpSegment& segment, const Origin& origin) {
  const Peer from = peer_of(segment.source);
  Side& mine = side(from);
  current_ = origin;
  const std::uint32_t first = segment.sequence + (segment.syn ? 1 : 0);
  if (!segment.payload.empty() || segment.cut_bytes > 0) {
    mine.bytes.segment(first, segment.payload, segment.cut_bytes, out(from));
  }
  if (segment.fin || segment.rst) {
    const std::size_t size = segment.payload.size() + segment.cut_bytes;
    note_end(mine, {.sequence = first + static_cast<std::uint32_t>(size), .reset = segment.rst});
  }
  close_if_there(from);
}

// A RST stands behind a FIN, though it may be captured before.
void Connection::note_end(Side& mine, const End& end) {
  const bool is_earlier = !mine.end || sequence_distance(mine.end->sequence, end.sequence) < 0;
  if (is_earlier && !mine.closed) mine.end = end;
}

// A FIN counts where it stands in the stream, not when it was captured.
void Connection::close_if_there(Peer peer) {
  Side& mine = side(peer);
  if (!mine.end || mine.closed) return;
  if (mine.bytes.started() && sequence_distance(mine.bytes.next(), mine.end->sequence) > 0) return;
  mine.closed = true;
  reader_.closed(peer);
}

void Connection::take_ready() {
  for (std::size_t i = 0; i < early_.size();) {
    if (not_heard(early_[i].header) > 0) {
      ++i;
      continue;
    }
    const KeptSegment kept = std::move(early_[i]);
    early_bytes_ -= kept.memory();
    early_.erase(early_.begin() + static_cast<std::ptrdiff_t>(i));
    take(kept.segment(), kept.origin);
    i = 0;  // it may be what another one waited for
  }
}

// The first that waits has waited long enough: what it acknowledges was lost.
void Connection::give_up_first() {
  const KeptSegment& first = early_.front();
  const Peer from = peer_of(first.header.source);
  Side& heard = side(other(from));
  current_ = first.origin;
  if (not_heard(first.header) == 1 && !heard.end) {
    heard.end = {.sequence = heard.bytes.next(), .reset = false};  // no data are as short as a FIN
  } else {
    heard.bytes.lose_until(first.header.acknowledged, out(other(from)));
  }
  close_if_there(other(from));
}

// What should stand before its FIN or RST is not in the capture.
void Connection::close_with_gap(Peer peer) {
  Side& mine = side(peer);
  if (!mine.end || mine.closed) return;
  const std::int64_t missing =
      mine.bytes.started() ? sequence_distance(mine.bytes.next(), mine.end->sequence) : 0;
  const bool is_fin = missing == 1 && mine.end->reset;
  if (!is_fin && missing <= kFarthestAhead && listening())
    mine.bytes.lose_until(mine.end->sequence, out(peer));
  reader_.closed(peer);
}

OrderedBytes::Out Connection::out(Peer from) {
  return {.bytes =
              [this, from](Bytes data) {
                if (listening()) verdict_ = reader_.bytes(from, data, current_.time);
                note(current_);
              },
          .gap =
              [this, from](std::uint64_t count) {
                if (listening()) verdict_ = reader_.gap(from, count, current_.time);
                note(current_);
              }};
}

// Remembers which packet brought what the reader has just noticed.
void Connection::note(const Origin& origin) {
  for (std::size_t i = faults_.size(); i < reader_.faults().size(); ++i) {
    faults_.push_back({.what = reader_.faults()[i], .origin = origin});
  }
  for (const Peer peer : {Peer::client, Peer::server}) {
    Origin& seen = chain_origin_[peer == Peer::client ? 0 : 1];
    if (seen.packet == 0 && reader_.has_chain(peer)) seen = origin;
  }
}

std::optional<WireHandshake> Connection::finish(bool capture_ended) {
  if (listening()) {
    while (!early_.empty() && listening()) {
      give_up_first();
      take_ready();
    }
    for (const Peer peer : {Peer::client, Peer::server}) {
      if (listening()) side(peer).bytes.flush(out(peer));
    }
    for (const Peer peer : {Peer::client, Peer::server}) close_with_gap(peer);
  }
  if (verdict_ != Verdict::tls && verdict_ != Verdict::done) return std::nullopt;
  return reader_.finish(capture_ended);
}

}  // namespace assay
