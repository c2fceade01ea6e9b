// Orders hits by when and where they were seen.
#include "diagnose/event_order.h"

namespace assay {

std::weak_ordering EventOrder::compare(const Hit& left, const Hit& right) const {
  if (left.time.has_value() != right.time.has_value()) {
    return left.time ? std::weak_ordering::less : std::weak_ordering::greater;
  }
  if (left.time && *left.time != *right.time) return *left.time <=> *right.time;
  if (left.place.member != right.place.member) {
    if (left.place.member < member_paths_.size() && right.place.member < member_paths_.size()) {
      const int paths = member_paths_[left.place.member].compare(member_paths_[right.place.member]);
      if (paths != 0) return paths < 0 ? std::weak_ordering::less : std::weak_ordering::greater;
    }
    return left.place.member <=> right.place.member;
  }
  return left.place.offset <=> right.place.offset;
}

bool EventOrder::operator()(const Hit* left, const Hit* right) const {
  const std::weak_ordering order = compare(*left, *right);
  if (order != std::weak_ordering::equivalent) return order == std::weak_ordering::less;
  if (left->observation != right->observation) return left->observation < right->observation;
  return left->captures < right->captures;
}

}  // namespace assay
