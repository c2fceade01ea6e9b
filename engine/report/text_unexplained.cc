// One numbered entry for each group: how often, where first, and the example.
#include "report/text_unexplained.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "report/layout.h"

namespace assay {
namespace {

constexpr std::size_t kUnexplainedShown = 10;
constexpr std::size_t kExampleShown = 300;

// "ERROR" of a traffic server as it stands; of Finesse and its kin, who write a digit, "ERROR (3)".
std::string level_of(const UnexplainedGroup& group) {
  constexpr std::array<std::string_view, 5> kBySeverity{"EMERGENCY", "ALERT", "CRITICAL", "ERROR", "WARNING"};
  std::string level = printable(group.level);
  if (level.size() != 1 || level.front() < '0' || level.front() > '4') return level;
  return fmt::format("{} ({})", kBySeverity[static_cast<std::size_t>(level.front() - '0')], level);
}

std::string how_often(const UnexplainedGroup& group, const Headings& headings) {
  std::string words = group.count == 1 ? std::string(headings.once) : fill(headings.times, group.count);
  if (group.first && group.last) {
    words += "  " + (*group.first == *group.last
                         ? to_string(*group.first)
                         : fill(headings.from_to, to_string(*group.first), to_string(*group.last)));
  }
  const std::string level = level_of(group);
  return fmt::format("{}{}{}  {}", level, level.empty() ? "" : "  ", words, printable(group.node));
}

}  // namespace

void write_unexplained(const UnexplainedEvents& unexplained, const Headings& headings, bool all, Page& page) {
  if (unexplained.count == 0) return;
  page.heading(fill(headings.unexplained, unexplained.count));
  const std::size_t shown =
      all ? unexplained.groups.size() : std::min(unexplained.groups.size(), kUnexplainedShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const UnexplainedGroup& group = unexplained.groups[i];
    page.item(fmt::format("{:>2}. ", i + 1), group.shape, 2);
    page.paragraph(how_often(group, headings), 6);
    const std::string place =
        group.place.line == 0 ? group.place.path : fmt::format("{}:{}", group.place.path, group.place.line);
    page.paragraph(place, 6, Paint::dim);
    const std::string example = printable_prose(without_carriage_returns(group.text));
    page.paragraph(shortened(example, kExampleShown), 6, Paint::dim);
  }
  const std::size_t left = unexplained.groups.size() - shown;
  if (left > 0) page.paragraph(fill(headings.more_unexplained, left), 2, Paint::dim);
  std::uint64_t listed = 0;
  for (const UnexplainedGroup& group : unexplained.groups) listed += group.count;
  if (unexplained.count > listed) {
    page.paragraph(fill(headings.rare_unexplained, unexplained.count - listed), 2, Paint::dim);
  }
}

}  // namespace assay
