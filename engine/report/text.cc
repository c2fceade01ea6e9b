// The report for people: the verdict first, then each finding, then what could not be checked and why, then
// the problems of the inputs (or where nothing was found, these first), and last the counts of the rest.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "assay/formats.h"
#include "report/headings.h"
#include "report/page.h"
#include "report/text_finding.h"
#include "report/text_not_checked.h"
#include "report/text_unexplained.h"

namespace assay {
namespace {

constexpr std::size_t kProblemsShown = 20;

struct Counts {
  std::size_t issues = 0;
  std::size_t potential_problems = 0;
  std::size_t not_checked = 0;  // missing information, or an error
  std::size_t no_issue = 0;
  std::size_t hidden = 0;
};

Counts count(const Report& report) {
  Counts counts;
  for (const Finding& finding : report.findings) {
    if (!finding.hidden_by.empty()) {
      ++counts.hidden;
    } else {
      counts.issues += finding.status == Status::issue ? 1U : 0U;
      counts.potential_problems += finding.status == Status::potential_problem ? 1U : 0U;
      counts.not_checked +=
          finding.status == Status::missing_information || finding.status == Status::error ? 1U : 0U;
      counts.no_issue += finding.status == Status::no_issue ? 1U : 0U;
    }
  }
  return counts;
}

bool is_shown_whole(const Finding& finding) {
  return finding.hidden_by.empty() &&
         (finding.status == Status::issue || finding.status == Status::potential_problem);
}

std::string found_words(const Counts& counts, const Headings& headings) {
  std::string words;
  if (counts.issues > 0)
    words = fill(counts.issues == 1 ? headings.one_issue : headings.issues, counts.issues);
  if (counts.potential_problems > 0) {
    const bool is_one = counts.potential_problems == 1;
    const std::string more = fill(is_one ? headings.one_potential_problem : headings.potential_problems,
                                  counts.potential_problems);
    words = words.empty() ? more : fmt::format(fmt::runtime(headings.both), words, more);
  }
  return fill(headings.found, words);
}

void write_verdict(const Report& report, const Headings& headings, Page& page) {
  const Counts counts = count(report);
  if (counts.issues + counts.potential_problems > 0) {
    page.paragraph(found_words(counts, headings), 0, counts.issues > 0 ? Paint::red : Paint::yellow);
    if (!report.complete) page.paragraph(headings.incomplete, 0, Paint::yellow);
  } else if (report.findings.empty() && report.nodes.empty() && report.members == 0) {
    page.paragraph(headings.nothing_read, 0, Paint::yellow);
  } else if (report.findings.empty()) {
    page.paragraph(headings.no_signatures, 0, Paint::yellow);
  } else if (counts.not_checked > 0 && !has_evidence(report)) {
    page.paragraph(headings.nothing_checkable, 0, Paint::yellow);
  } else if (counts.not_checked > 0 || !report.complete) {
    page.paragraph(headings.found_nothing_incomplete, 0, Paint::yellow);
  } else if (counts.no_issue == 0) {
    page.paragraph(headings.nothing_applies, 0);
  } else {
    page.paragraph(headings.found_nothing, 0, Paint::green);
  }
}

std::string fact_of(const Node& node, std::string_view name) {
  for (const Fact& fact : node.facts) {
    if (fact.name == name) return printable(fact.value);
  }
  return "";
}

// What was looked at: "vcsc.example.com  expressway-c X14.2".
void write_nodes(const Report& report, Page& page) {
  if (report.nodes.empty()) return;
  page.blank();
  for (const Node& node : report.nodes) {
    std::string line = printable(node.name);
    std::string product = fact_of(node, "product.role");
    if (product.empty()) product = fact_of(node, "product.name");
    if (product.empty()) product = fact_of(node, "product.family");
    const std::string version = fact_of(node, "product.version");
    if (!product.empty() || !version.empty()) {
      line += fmt::format("  {}{}{}", product, product.empty() || version.empty() ? "" : " ", version);
    }
    page.paragraph(line, 2);
  }
}

// One line for each thing that is wrong: how wrong, what, where.
void write_overview(const Report& report, const Headings& headings, Page& page) {
  std::vector<std::vector<std::string>> rows;
  std::vector<Paint> paints;
  std::vector<std::string> titles;
  for (const Finding& finding : report.findings) {
    if (!is_shown_whole(finding)) continue;
    std::vector<std::string> row{std::string(label_of(finding.status, headings)),
                                 std::string(label_of(finding.severity, headings)), printable(finding.id)};
    if (report.nodes.size() > 1) {
      row.push_back(finding.node.empty() ? std::string(headings.whole_case) : printable(finding.node));
    }
    titles.push_back(finding.title);
    rows.push_back(std::move(row));
    paints.push_back(paint_of(finding.status));
  }
  page.blank();
  page.rows(rows, 2, paints, titles);
}

void write_not_evaluated(const Report& report, const Headings& headings, Page& page) {
  bool is_first = true;
  for (const Finding& finding : report.findings) {
    if (finding.status != Status::error) continue;
    if (is_first) page.heading(headings.not_evaluated);
    is_first = false;
    page.paragraph(finding.id, 2);
    for (const std::string& note : finding.notes) page.item("- ", note, 4);
  }
}

void write_problems(const Report& report, const Headings& headings, bool all, Page& page) {
  if (report.problems.empty()) return;
  page.heading(headings.problems);
  const std::size_t shown = all ? report.problems.size() : std::min(report.problems.size(), kProblemsShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const Problem& problem = report.problems[i];
    std::string place = problem.path;
    if (problem.packet != 0) place += ' ' + fill(headings.at_packet, problem.packet);
    if (problem.offset != 0) place += ' ' + fill(headings.at_byte, problem.offset);
    page.item("- ", fmt::format("{}  [{}]", place, problem.code), 2);
    page.paragraph(problem.message, 4);
  }
  const std::size_t left = report.problems.size() - shown;
  if (left > 0) page.paragraph(fill(headings.more_problems, left), 2, Paint::dim);
}

// The rest as counts, or each with its title.
void write_rest(const Report& report, const Headings& headings, bool all, Page& page) {
  std::map<std::string_view, std::size_t> counts;
  std::vector<std::vector<std::string>> rows;
  for (const Finding& finding : report.findings) {
    const bool is_hidden = !finding.hidden_by.empty();
    const bool is_quiet = finding.status == Status::no_issue || finding.status == Status::not_applicable;
    if (!is_hidden && !is_quiet) continue;
    const std::string_view label = label_of(finding.status, headings);
    ++counts[is_hidden ? headings.hidden : label];
    rows.push_back({is_hidden ? fill(headings.hidden_by, printable(finding.hidden_by)) : std::string(label),
                    printable(finding.id), printable(finding.node), printable(finding.title)});
  }
  if (rows.empty()) return;
  std::string words;
  for (const std::string_view label :
       {label_of(Status::no_issue, headings), label_of(Status::not_applicable, headings), headings.hidden}) {
    if (counts[label] == 0) continue;
    words +=
        fmt::format("{}{} {}", words.empty() ? std::string_view() : headings.separator, counts[label], label);
  }
  page.blank();
  page.paragraph(fmt::format("{}: {}", headings.rest, words), 0);
  if (all) page.rows(rows, 2, {});
}

std::string size_words(std::uint64_t bytes) {
  constexpr std::string_view kUnits[] = {"kB", "MB", "GB", "TB"};
  if (bytes < 1000) return fmt::format("{} B", bytes);
  double size = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  for (; size >= 999.95 && unit + 1 < std::size(kUnits); ++unit) size /= 1000;
  return fmt::format("{:.1f} {}", size, kUnits[unit]);
}

}  // namespace

std::string to_text(const Report& report, const TextStyle& style) {
  const Headings& headings = headings_in(style.language);
  Page page(style);
  write_verdict(report, headings, page);
  write_nodes(report, page);
  write_overview(report, headings, page);
  // Where nothing was found, what is wrong with the inputs is the news, and much may be unchecked for it.
  const bool found = std::any_of(report.findings.begin(), report.findings.end(), is_shown_whole);
  if (!found) write_problems(report, headings, style.all, page);
  for (const Finding& finding : report.findings) {
    if (is_shown_whole(finding)) write_finding(finding, headings, style, page);
  }
  write_not_checked(report, headings, style.all, page);
  write_not_evaluated(report, headings, page);
  write_unexplained(report.unexplained, headings, style.all, page);
  if (found) write_problems(report, headings, style.all, page);
  write_rest(report, headings, style.all, page);
  page.blank();
  page.paragraph(fmt::format(fmt::runtime(headings.read), report.members, size_words(report.bytes),
                             report.records, report.transaction_count),
                 0, Paint::dim);
  return page.take();
}

}  // namespace assay
