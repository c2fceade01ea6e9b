// In order is the rule, so bytes in order go through without being copied. What arrives early is kept by its
// place in the stream, counted in 64 bits from the first byte: sequence numbers go round, places do not.
//
// libtins has a tracker for this (Tins::TCPIP::DataTracker); it forgets a waiting segment that begins before
// the next byte but reaches beyond it, so it is not used.
//
// Who waits forever is never answered: once too much has come behind a hole, the hole is taken for lost.
#include "evidence/capture/reassembly.h"

#include <algorithm>

namespace assay {
namespace {

constexpr std::size_t kMostWaiting = 256U << 10;
constexpr std::size_t kMostSegmentsWaiting = 64;

}  // namespace

void OrderedBytes::start(std::uint32_t sequence) {
  const bool is_untouched = position_ == 0 && waiting_.empty();
  if (!first_ || (is_untouched && sequence_distance(*first_, sequence) < 0)) first_ = sequence;
}

void OrderedBytes::segment(std::uint32_t sequence, Bytes payload, std::size_t cut_bytes, const Out& out) {
  if (!first_) first_ = sequence;
  const std::int64_t ahead = sequence_distance(next(), sequence);
  if (ahead < 0) {
    const auto known = static_cast<std::size_t>(-ahead);
    if (known >= payload.size() + cut_bytes) return;
    const std::size_t known_payload = std::min(known, payload.size());
    payload = payload.subspan(known_payload);
    cut_bytes -= known - known_payload;
  }
  const std::uint64_t position = position_ + static_cast<std::uint64_t>(std::max<std::int64_t>(ahead, 0));
  if (position > position_) {
    wait(position, payload, cut_bytes);
    // Only the first hole is given up: what is missing further on may still be on its way.
    while (waiting_bytes_ > kMostWaiting || waiting_.size() > kMostSegmentsWaiting) skip_hole(out);
    return;
  }
  deliver(position, payload, cut_bytes, out);
  deliver_waiting(out);
}

// Of two segments at the same place the one that holds more is kept.
void OrderedBytes::wait(std::uint64_t position, Bytes payload, std::size_t cut_bytes) {
  Piece& piece = waiting_[position];
  if (payload.size() < piece.bytes.size()) return;
  if (payload.size() == piece.bytes.size() && payload.size() + cut_bytes <= piece.size()) return;
  waiting_bytes_ += payload.size() - piece.bytes.size();
  piece = {.bytes = {payload.begin(), payload.end()}, .cut_bytes = cut_bytes};
}

// Hands out what is not known yet of a segment at `position`, which is not behind the next byte.
void OrderedBytes::deliver(std::uint64_t position, Bytes payload, std::size_t cut_bytes, const Out& out) {
  const std::uint64_t end_of_payload = position + payload.size();
  if (end_of_payload > position_) {
    const Bytes fresh = payload.subspan(static_cast<std::size_t>(position_ - position));
    position_ = end_of_payload;
    out.bytes(fresh);
  }
  const std::uint64_t end = end_of_payload + cut_bytes;
  if (cut_bytes == 0 || end <= position_) return;
  // Somebody else may hold what the capture cut off here.
  const auto next = waiting_.lower_bound(position_);
  const std::uint64_t gap_end = next == waiting_.end() ? end : std::min(end, next->first);
  const std::uint64_t missing = gap_end - position_;
  if (missing == 0) return;
  position_ = gap_end;
  out.gap(missing);
}

// What waited and is next now.
void OrderedBytes::deliver_waiting(const Out& out) {
  while (!waiting_.empty() && waiting_.begin()->first <= position_) {
    const auto node = waiting_.extract(waiting_.begin());
    waiting_bytes_ -= node.mapped().bytes.size();
    deliver(node.key(), node.mapped().bytes, node.mapped().cut_bytes, out);
  }
}

void OrderedBytes::skip_hole(const Out& out) {
  const std::uint64_t nearest = waiting_.begin()->first;
  if (nearest > position_) {
    const std::uint64_t hole = nearest - position_;
    position_ = nearest;
    out.gap(hole);
  }
  deliver_waiting(out);
}

void OrderedBytes::lose_until(std::uint32_t sequence, const Out& out) {
  while (first_) {
    const std::int64_t ahead = sequence_distance(next(), sequence);
    if (ahead <= 0) return;
    const std::uint64_t wanted = position_ + static_cast<std::uint64_t>(ahead);
    if (!waiting_.empty() && waiting_.begin()->first <= wanted) {
      skip_hole(out);
      continue;
    }
    position_ = wanted;
    out.gap(static_cast<std::uint64_t>(ahead));
    return;
  }
}

void OrderedBytes::flush(const Out& out) {
  while (!waiting_.empty()) skip_hole(out);
}

}  // namespace assay
