// In order is the rule, so bytes in order go through without being copied. Only what arrives early is handed
// to libtins' tracker, which keeps it sorted and cuts off what overlaps.
//
// Who waits forever is never answered: once too much has come behind a hole, the hole is taken for lost.
#include "evidence/capture/reassembly.h"

#include <tins/tcp_ip/data_tracker.h>

#include <algorithm>

namespace assay {
namespace {

constexpr std::size_t kMostWaiting = 256 * 1024;
constexpr std::uint32_t kMostSegmentsWaiting = 64;

// RFC 793: sequence numbers go round.
std::int32_t distance(std::uint32_t from, std::uint32_t to) {
  return static_cast<std::int32_t>(to - from);
}

}  // namespace

struct OrderedBytes::Waiting {
  Tins::TCPIP::DataTracker tracker;
  std::uint32_t segments = 0;
};

OrderedBytes::OrderedBytes() = default;
OrderedBytes::~OrderedBytes() = default;
OrderedBytes::OrderedBytes(OrderedBytes&&) noexcept = default;
OrderedBytes& OrderedBytes::operator=(OrderedBytes&&) noexcept = default;

void OrderedBytes::start(std::uint32_t sequence) {
  next_ = sequence;
}

std::size_t OrderedBytes::waiting() const {
  return waiting_ ? waiting_->tracker.total_buffered_bytes() : 0;
}

void OrderedBytes::segment(std::uint32_t sequence, Bytes payload, std::size_t cut_bytes, const Out& out) {
  if (!next_) next_ = sequence;
  const std::int32_t ahead = distance(*next_, sequence);
  if (ahead > 0) {
    if (!waiting_) waiting_ = std::make_unique<Waiting>(Waiting{Tins::TCPIP::DataTracker(*next_), 0});
    waiting_->tracker.process_payload(sequence, {payload.begin(), payload.end()});
    ++waiting_->segments;
    if (waiting() > kMostWaiting || waiting_->segments > kMostSegmentsWaiting) flush(out);
    return;
  }
  const auto known = static_cast<std::size_t>(-static_cast<std::int64_t>(ahead));
  if (known < payload.size()) {
    const Bytes fresh = payload.subspan(known);
    next_ = *next_ + static_cast<std::uint32_t>(fresh.size());
    out.bytes(fresh);
  }
  if (cut_bytes > 0 && known <= payload.size()) {
    next_ = *next_ + static_cast<std::uint32_t>(cut_bytes);
    out.gap(cut_bytes);
  }
  deliver_waiting(out);
}

// What waited and is next now.
void OrderedBytes::deliver_waiting(const Out& out) {
  if (!waiting_) return;
  auto& tracker = waiting_->tracker;
  tracker.advance_sequence(*next_);
  tracker.process_payload(*next_, {});
  if (!tracker.payload().empty()) {
    next_ = tracker.sequence_number();
    out.bytes(tracker.payload());
    tracker.payload().clear();
  }
  if (tracker.buffered_payload().empty()) waiting_.reset();
}

void OrderedBytes::flush(const Out& out) {
  while (waiting_ && !waiting_->tracker.buffered_payload().empty()) {
    // The map is in order of the plain numbers, which go round: the nearest one behind the hole is wanted.
    const auto& buffered = waiting_->tracker.buffered_payload();
    const auto nearest = std::min_element(
        buffered.begin(), buffered.end(),
        [&](const auto& a, const auto& b) { return distance(*next_, a.first) < distance(*next_, b.first); });
    const std::int32_t hole = distance(*next_, nearest->first);
    if (hole > 0) {
      out.gap(static_cast<std::uint64_t>(hole));
      next_ = nearest->first;
    }
    const std::size_t before = buffered.size();
    deliver_waiting(out);
    if (waiting_ && waiting_->tracker.buffered_payload().size() == before) waiting_.reset();
  }
  waiting_.reset();
}

}  // namespace assay
