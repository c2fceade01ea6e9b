// The one order of hits: time (those without one last), path, member, offset.
//
// Hits of one place are one event, whichever observations they belong to. Between hits of one event the
// order goes on by observation and captures, so that it never depends on how the hits were handed over.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "match/hit.h"

namespace assay {

class EventOrder {
 public:
  // Refers to `member_paths`; a member that has no path there is ordered by its number alone.
  explicit EventOrder(const std::vector<std::string>& member_paths) : member_paths_(member_paths) {}

  // equal: the same event.
  std::weak_ordering compare(const Hit& left, const Hit& right) const;

  // Strict weak order; hits that it cannot tell apart are alike in everything that a report shows of them
  // but their text.
  bool operator()(const Hit* left, const Hit* right) const;

 private:
  const std::vector<std::string>& member_paths_;
};

}  // namespace assay
