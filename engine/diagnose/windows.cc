// Correlations over the hits of one observation, and absence: what lies in a window, or does not.
#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "diagnose/strands.h"

namespace assay {

// From the earliest hit whose window holds enough, all that its window holds; then on after it.
std::vector<Moments> find_counts(const Correlation& correlation, const Line& line) {
  const std::uint64_t enough = std::max<std::uint64_t>(correlation.at_least, 1);
  std::vector<Moments> matches;
  std::size_t end = 0;
  for (std::size_t begin = 0; begin < line.size();) {
    while (end < line.size() && within_window(correlation, line[begin], line[end])) ++end;
    if (end - begin < enough) {
      ++begin;
      continue;
    }
    matches.push_back(Moments(line.begin() + static_cast<std::ptrdiff_t>(begin),
                              line.begin() + static_cast<std::ptrdiff_t>(end)));
    begin = end;
  }
  return matches;
}

std::vector<Moments> find_distinct(const Correlation& correlation, const Line& line, std::size_t capture) {
  const std::uint64_t enough = std::max<std::uint64_t>(correlation.at_least, 1);
  Line valued;
  std::copy_if(line.begin(), line.end(), std::back_inserter(valued), [&](const Moment& moment) {
    return capture < moment.hit->captures.size() && !moment.hit->captures[capture].empty();
  });
  const auto value = [&](std::size_t at) { return std::string_view(valued[at].hit->captures[capture]); };

  std::vector<Moments> matches;
  std::unordered_map<std::string_view, std::size_t> inside;  // how often each value is in the window
  std::size_t end = 0;
  for (std::size_t begin = 0; begin < valued.size();) {
    for (; end < valued.size() && within_window(correlation, valued[begin], valued[end]); ++end) {
      ++inside[value(end)];
    }
    if (inside.size() < enough) {
      const auto leaving = inside.find(value(begin++));
      if (--leaving->second == 0) inside.erase(leaving);
      continue;
    }
    matches.push_back(Moments(valued.begin() + static_cast<std::ptrdiff_t>(begin),
                              valued.begin() + static_cast<std::ptrdiff_t>(end)));
    inside.clear();
    begin = end;
  }
  return matches;
}

namespace {

bool before(const Moment& left, const Moment& right) {
  if (left.hit->time && right.hit->time) return *left.hit->time < *right.hit->time;
  return left.event < right.event;
}

// True if one of `others` other than the anchor's own event lies after it, at the same time included, and
// within the window.
bool any_after(const Correlation& correlation, const Moment& anchor, const Line& others) {
  const auto begin = std::partition_point(others.begin(), others.end(),
                                          [&](const Moment& other) { return before(other, anchor); });
  const auto found =
      std::find_if(begin, others.end(), [&](const Moment& other) { return other.event != anchor.event; });
  return found != others.end() && within_window(correlation, anchor, *found);
}

bool any_before(const Correlation& correlation, const Moment& anchor, const Line& others) {
  const auto end = std::partition_point(others.begin(), others.end(),
                                        [&](const Moment& other) { return !before(anchor, other); });
  const auto found = std::find_if(std::make_reverse_iterator(end), others.rend(),
                                  [&](const Moment& other) { return other.event != anchor.event; });
  return found != others.rend() && within_window(correlation, *found, anchor);
}

}  // namespace

std::vector<Moments> find_absences(const Correlation& correlation, const Line& anchors, const Line& others) {
  std::vector<Moments> matches;
  for (const Moment& anchor : anchors) {
    const bool there = correlation.direction == Correlation::Direction::after
                           ? any_after(correlation, anchor, others)
                           : any_before(correlation, anchor, others);
    if (!there) matches.push_back({anchor});
  }
  return matches;
}

bool is_open(const Correlation& correlation, const Moment& anchor, const Reach& reach) {
  if (!correlation.within || !anchor.hit->time) return false;
  const std::int64_t window = correlation.within->count();
  const std::int64_t time = anchor.hit->time->microseconds;
  std::int64_t end = 0;  // one that cannot be counted so far lies beyond everything
  if (correlation.direction == Correlation::Direction::after) {
    return reach.last && (__builtin_add_overflow(time, window, &end) || end > reach.last->microseconds);
  }
  return reach.first && (__builtin_sub_overflow(time, window, &end) || end < reach.first->microseconds);
}

}  // namespace assay
