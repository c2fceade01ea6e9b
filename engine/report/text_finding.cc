// One finding as people read it: what it is, when it comes about, what to do, and the evidence with its
// place.
#include "report/text_finding.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/layout.h"
#include "report/utf8.h"

namespace assay {
namespace {

constexpr std::size_t kGroupsShown = 20;
constexpr std::size_t kLinesOfEvidence = 10;

void write_words(std::string_view evidence, const Headings& headings, std::size_t indent, Page& page) {
  const std::string text = printable_prose(without_carriage_returns(evidence));
  const std::vector<std::string> lines = wrap(text, page.width() - indent);
  std::size_t shown = 0;
  for (std::size_t i = 0; i < std::min(lines.size(), kLinesOfEvidence); ++i) {
    page.line(lines[i].empty() ? "" : std::string(indent, ' ') + lines[i]);
    shown += lines[i].size() + 1;
  }
  if (lines.size() <= kLinesOfEvidence) return;
  const std::size_t left = text.size() > shown ? text.size() - shown : 1;
  page.paragraph(fill(headings.more_bytes, std::to_string(left)), indent, Paint::dim);
}

void write_evidence(const Evidence& evidence, const Headings& headings, Page& page) {
  std::string place = evidence.place.path;
  if (evidence.place.line != 0) place += fmt::format(":{}", evidence.place.line);
  if (evidence.place.line == 0 && evidence.place.offset != 0) {
    place += ' ' + fill(headings.at_byte, std::to_string(evidence.place.offset));
  }
  if (evidence.time) place += "  " + to_string(*evidence.time);
  page.paragraph(place, 4, Paint::dim);
  write_words(evidence.text, headings, 6, page);
}

std::string captures_line(const Group& group, std::string_view separator) {
  std::string line;
  for (const auto& [name, value] : group.captures) {
    if (value.empty()) continue;
    if (!line.empty()) line += separator;
    line += printable(name) + ": " + printable(value);
  }
  return line;
}

std::string how_often(const Group& group, const Headings& headings) {
  std::string text =
      group.count == 1 ? std::string(headings.once) : fill(headings.times, std::to_string(group.count));
  if (!group.first || !group.last) return text;
  const std::string first = to_string(*group.first);
  const std::string last = to_string(*group.last);
  text += headings.separator;
  text += first == last ? first : fmt::format(fmt::runtime(headings.from_to), first, last);
  return text;
}

// Of what stands on absence there is nothing to show.
bool stands_on_hits(const Finding& finding) {
  return std::any_of(finding.groups.begin(), finding.groups.end(),
                     [](const Group& group) { return group.count > 0 || !group.captures.empty(); });
}

void write_groups(const Finding& finding, const Headings& headings, bool all, Page& page) {
  if (!stands_on_hits(finding)) return;
  page.heading(headings.evidence);
  const std::size_t shown = all ? finding.groups.size() : std::min(finding.groups.size(), kGroupsShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const Group& group = finding.groups[i];
    if (i > 0) page.blank();
    const std::string captures = captures_line(group, headings.separator);
    if (!captures.empty()) page.paragraph(captures, 2);
    std::string often = how_often(group, headings);
    if (group.status != finding.status) {
      often = fmt::format("{}{}{}", label_of(group.status, headings), headings.separator, often);
    }
    page.paragraph(often, 2);
    for (const Evidence& evidence : group.evidence) write_evidence(evidence, headings, page);
  }
  const std::size_t left = finding.groups.size() - shown;
  if (left > 0) page.paragraph(fill(headings.more_groups, std::to_string(left)), 2, Paint::dim);
}

void write_section(std::string_view heading, std::string_view text, Page& page) {
  if (text.find_first_not_of(" \n") == std::string_view::npos) return;
  page.heading(heading);
  page.paragraph(text, 2);
}

void write_list(std::string_view heading, const std::vector<std::string>& list, Page& page) {
  if (list.empty()) return;
  page.heading(heading);
  for (const std::string& text : list) page.item("- ", text, 2);
}

void write_actions(const Finding& finding, const Headings& headings, Page& page) {
  if (finding.actions.empty()) return;
  page.heading(headings.actions);
  std::size_t number = 0;
  for (const std::string& action : finding.actions) page.item(fmt::format("{}. ", ++number), action, 2);
}

void write_head(const Finding& finding, const Headings& headings, Page& page) {
  const std::string_view separator = headings.separator;
  std::string nature = fmt::format("{}{}{}", headings.kind[static_cast<std::size_t>(finding.kind)], separator,
                                   label_of(finding.severity, headings));
  if (finding.maturity == Maturity::experimental)
    nature += fmt::format("{}{}", separator, headings.experimental);
  if (finding.maturity == Maturity::deprecated) nature += fmt::format("{}{}", separator, headings.deprecated);
  const std::string_view label = label_of(finding.status, headings);
  const std::string id = printable(finding.id);
  const std::string painted = page.painted(label, paint_of(finding.status));
  if (columns_of(label) + columns_of(id) + columns_of(nature) + 4 <= page.width()) {
    page.line(fmt::format("{}  {}  {}", painted, page.painted(id, Paint::bold), nature));
  } else {
    page.line(painted);
    page.paragraph(id, 0, Paint::bold);
    page.paragraph(nature, 0);
  }
  page.paragraph(finding.title, 0, Paint::bold);
  const bool is_case = finding.node.empty();
  std::string about = fmt::format("{}: {}", headings.node,
                                  is_case ? std::string(headings.whole_case) : printable(finding.node));
  for (std::size_t i = 0; i < finding.also_known_as.size(); ++i) {
    about += i == 0 ? fmt::format("   {}: ", headings.also_known_as) : std::string(separator);
    about += printable(finding.also_known_as[i]);
  }
  page.paragraph(about, 0);
}

void write_missing(const Finding& finding, const Headings& headings, Page& page) {
  if (finding.missing.empty()) return;
  page.heading(headings.could_not_check);
  for (const Missing& one : finding.missing) {
    page.item("- ", one.message.empty() ? one.what : one.message, 2);
    if (!one.how_to_get.empty()) page.paragraph(fill(headings.how_to_get, one.how_to_get), 4);
  }
}

}  // namespace

std::string_view label_of(Status status, const Headings& headings) {
  return headings.status[static_cast<std::size_t>(status)];
}

std::string_view label_of(Severity severity, const Headings& headings) {
  return headings.severity[static_cast<std::size_t>(severity)];
}

Paint paint_of(Status status) {
  switch (status) {
    case Status::issue:
    case Status::error:
      return Paint::red;
    case Status::potential_problem:
    case Status::missing_information:
      return Paint::yellow;
    case Status::no_issue:
      return Paint::green;
    case Status::not_applicable:
      return Paint::plain;
  }
  return Paint::plain;
}

void write_finding(const Finding& finding, const Headings& headings, const TextStyle& style, Page& page) {
  page.rule();
  write_head(finding, headings, page);
  write_section(headings.description, finding.description, page);
  write_section(headings.condition, finding.condition, page);
  write_section(headings.further_information, finding.further_information, page);
  write_actions(finding, headings, page);
  write_groups(finding, headings, style.all, page);
  write_missing(finding, headings, page);
  write_list(headings.notes, finding.notes, page);
  write_list(headings.references, finding.references, page);
}

}  // namespace assay
