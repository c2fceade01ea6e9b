// Most parts come in order and are put at the back.
#include "evidence/http_part_order.h"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

namespace assay {
namespace {

constexpr std::size_t kMaxSpare = 1'024;

// The number of a Txn-id, so that 9 comes before 10.
std::uint64_t number_of(std::string_view id) {
  std::uint64_t number = 0;
  std::from_chars(id.data(), id.data() + id.size(), number);
  return number;
}

// True if `a` happened after `b`. Only at the very end does the place count: the same records in another
// order give the same transactions.
bool later(const HttpPart& a, const HttpPart& b) {
  if (moment(a) != moment(b)) return moment(a) > moment(b);
  if (a.step != b.step) return a.step > b.step;
  const auto key = [](const HttpPart& part) {
    return std::tuple(number_of(part.id), part.id, part.text, part.place.offset);
  };
  return key(a) > key(b);
}

}  // namespace

void HttpPartOrder::push(const HttpPart& part, const PassOn& pass_on) {
  std::unique_ptr<KeptHttpPart> kept = take_spare();
  kept->keep(part);
  if (!part.time) kept->part().time = Time{latest_};
  latest_ = none_yet_ ? moment(kept->part()) : std::max(latest_, moment(kept->part()));
  none_yet_ = false;
  bytes_ += kept->bytes();
  auto at = parts_.end();
  if (!parts_.empty() && later(parts_.back()->part(), kept->part())) {
    at = std::upper_bound(parts_.begin(), parts_.end(), kept,
                          [](const auto& a, const auto& b) { return later(b->part(), a->part()); });
  }
  parts_.insert(at, std::move(kept));
  while (moment(parts_.front()->part()) < latest_ - kGrace || parts_.size() > kMaxWaiting ||
         bytes_ > kMaxWaitingBytes) {
    pop(pass_on);
  }
}

void HttpPartOrder::flush(const PassOn& pass_on) {
  while (!parts_.empty()) pop(pass_on);
}

std::unique_ptr<KeptHttpPart> HttpPartOrder::take_spare() {
  if (spare_.empty()) return std::make_unique<KeptHttpPart>();
  std::unique_ptr<KeptHttpPart> kept = std::move(spare_.back());
  spare_.pop_back();
  return kept;
}

void HttpPartOrder::pop(const PassOn& pass_on) {
  std::unique_ptr<KeptHttpPart> kept = std::move(parts_.front());
  parts_.pop_front();
  bytes_ -= kept->bytes();
  pass_on(kept->part());
  if (spare_.size() < kMaxSpare) spare_.push_back(std::move(kept));
}

}  // namespace assay
