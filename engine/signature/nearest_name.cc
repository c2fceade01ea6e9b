// Distance: letters inserted, removed, replaced, or swapped with their neighbour. A difference in case costs
// nothing, so that "Severity" finds "severity".
#include "signature/nearest_name.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "characters.h"

namespace assay {

namespace {

// Longer ones are not names, and would cost time.
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kFew = 13;
// Of a shorter one too little is left, if a letter is wrong, to be sure of what was meant.
constexpr std::size_t kShortestSure = 3;

// `enough`: as soon as there are as many, how many more does not matter.
std::size_t edits(std::string_view a, std::string_view b, std::size_t enough) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
      const bool swapped =
          i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    if (*std::min_element(row.begin(), row.end()) >= enough) return enough;
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string_view nearest_name(std::string_view wrong, std::span<const std::string_view> names) {
  if (wrong.size() > kLongestName) return {};
  std::string_view nearest;
  std::size_t fewest = std::max<std::size_t>(1, wrong.size() / 3) + 1;  // a third of the letters may be wrong
  for (const std::string_view name : names) {
    if (name.size() > kLongestName) continue;
    if (std::max(name.size(), wrong.size()) - std::min(name.size(), wrong.size()) >= fewest) continue;
    const std::size_t distance = edits(wrong, name, fewest);
    if (distance < fewest) {
      fewest = distance;
      nearest = name;
    }
  }
  return nearest;
}

std::string_view only_near_name(std::string_view wrong, std::span<const std::string_view> names) {
  if (wrong.size() < kShortestSure) return {};
  const std::string_view nearest = nearest_name(wrong, names);
  if (nearest.empty()) return {};
  const std::size_t distance = edits(wrong, nearest, kLongestName);
  const bool unsure = std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return name != nearest && name.size() <= kLongestName && edits(wrong, name, distance + 1) <= distance;
  });
  return unsure ? std::string_view() : nearest;
}

std::string suggestion(std::string_view wrong, std::span<const std::string_view> names) {
  const std::string_view nearest = nearest_name(wrong, names);
  if (!nearest.empty()) return fmt::format("; did you mean '{}'?", nearest);
  std::vector<std::string_view> few;
  for (const std::string_view name : names) {
    if (std::find(few.begin(), few.end(), name) == few.end()) few.push_back(name);
    if (few.size() > kFew) return {};
  }
  if (few.empty()) return {};
  const std::string_view last = few.back();
  few.pop_back();
  return few.empty() ? fmt::format("; it can be {}", last)
                     : fmt::format("; it can be {} or {}", fmt::join(few, ", "), last);
}

}  // namespace assay
