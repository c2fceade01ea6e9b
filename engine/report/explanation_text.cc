// An explanation for people: the status of each node, and step by step how it came about.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "assay/formats.h"
#include "report/headings.h"
#include "report/layout.h"
#include "report/page.h"
#include "report/text_finding.h"

namespace assay {
namespace {

constexpr std::size_t kStep = 2;
// Of an event that nearly was a hit, and of the test that it did not pass: enough to see what it is.
constexpr std::size_t kTextShown = 400;
constexpr std::size_t kTestShown = 100;
constexpr std::size_t kMembersShown = 50;

std::string_view status_words(Status status) {
  return label_of(status, headings_in("en"));
}

Paint paint_of(Truth value) {
  return value == Truth::yes ? Paint::green : value == Truth::unknown ? Paint::yellow : Paint::dim;
}

std::string mark_of(Truth value) {
  return fmt::format("[{}] ", to_string(value));
}

std::string at_line(std::uint32_t line) {
  return line == 0 ? "" : fmt::format("  (line {})", line);
}

std::string number_of(std::uint64_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string place_words(const Place& place, std::string_view container) {
  const std::string path = place.path.substr(place.path.starts_with(container) ? container.size() : 0);
  return place.line == 0 ? path : fmt::format("{}:{}", path, place.line);
}

// The front of the paths that all members share, up to the end of an archive; "" if they do not.
std::string_view container_of(const std::vector<ExplainedMember>& members) {
  constexpr std::string_view kInside = "!/";
  if (members.empty()) return "";
  const std::string_view first = members.front().path;
  for (std::size_t end = first.rfind(kInside); end != std::string_view::npos && end > 0;
       end = first.rfind(kInside, end - 1)) {
    const std::string_view front = first.substr(0, end + kInside.size());
    const bool is_shared = std::all_of(members.begin(), members.end(), [&](const ExplainedMember& member) {
      return member.path.starts_with(front);
    });
    if (is_shared) return front;
  }
  return "";
}

void write_members(const Explanation& explanation, std::string_view container, Page& page) {
  page.heading("What was read");
  if (!container.empty()) page.paragraph(fmt::format("all of it in {}", container), kStep);
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> below;
  const std::size_t shown = std::min(explanation.members.size(), kMembersShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const ExplainedMember& member = explanation.members[i];
    rows.push_back({member.reader.empty() ? "no reader" : printable(member.reader),
                    member.records == 0 ? "" : number_of(member.records, "record"), printable(member.node),
                    printable(member.path.substr(container.size()))});
    const bool is_unknown = member.reader.empty() && member.problems.empty();
    below.push_back(is_unknown ? "it is nothing that assay knows, by its name and by its content"
                               : fmt::format("{}", fmt::join(member.problems, "\n")));
  }
  page.rows(rows, kStep, {}, below);
  const std::size_t left = explanation.members.size() - shown;
  if (left > 0) page.paragraph(fmt::format("and {} more", left), kStep, Paint::dim);
}

void write_condition(const ExplainedCondition& condition, std::size_t indent, Page& page) {
  std::string words = condition.words;
  if (!condition.because.empty()) words += fmt::format(": {}", condition.because);
  page.item(mark_of(condition.value), words + at_line(condition.line), indent, paint_of(condition.value));
  for (const ExplainedCondition& part : condition.parts) write_condition(part, indent + kStep, page);
}

void write_test(const ExplainedTest& test, std::size_t indent, Page& page) {
  page.item(fmt::format("[{} of {}] ", test.held, test.reached), test.words, indent,
            test.held == 0 ? Paint::dim : Paint::plain);
  for (const ExplainedTest& part : test.parts) write_test(part, indent + kStep, page);
}

void write_near(const NearMiss& near, std::string_view container, std::size_t indent, Page& page) {
  std::string where = place_words(near.place, container);
  if (near.time) where += fmt::format("  {}", to_string(*near.time));
  page.item("near: ", where, indent, Paint::yellow);
  page.item("not passed: ", shortened(near.failed, kTestShown), indent + kStep);
  if (!near.value.empty()) {
    page.item("it has: ", shortened(near.value, kTextShown), indent + kStep);
  } else {
    page.paragraph(shortened(near.text, kTextShown), indent + kStep, Paint::dim);
  }
}

void write_observation(const ExplainedObservation& observation, std::string_view container, Page& page) {
  page.paragraph(fmt::format("{}: {} {}{}", observation.name, observation.hits,
                             observation.hits == 1 ? "hit" : "hits", at_line(observation.line)),
                 2 * kStep, observation.hits > 0 ? Paint::green : Paint::plain);
  const std::size_t indent = 3 * kStep;
  std::string seen = fmt::format("{} {} read", number_of(observation.events, observation.kind + " event"),
                                 observation.events == 1 ? "was" : "were");
  if (!observation.each.empty()) seen += fmt::format("; each {} of theirs is tried", observation.each);
  page.paragraph(seen, indent);
  if (!observation.literals.empty() && observation.events > 0) {
    page.paragraph(fmt::format("{} of them have one of its literals: {}", observation.with_literals,
                               fmt::join(observation.literals, " | ")),
                   indent);
  }
  if (observation.events > 0) write_test(observation.test, indent, page);
  // Where there are hits, the nearest of the others are mostly those of the signature's other observations.
  if (observation.hits > 0) return;
  for (const NearMiss& near : observation.nearest) write_near(near, container, indent, page);
}

void write_join(const ExplainedJoin& join, Page& page) {
  page.paragraph(fmt::format("{} of {} hits took one in, of {} offered{}", join.joined, join.hits,
                             join.offered, at_line(join.line)),
                 2 * kStep, join.joined > 0 ? Paint::green : Paint::plain);
  page.paragraph(join.words, 3 * kStep);
  if (!join.lacks.empty()) page.item("lacks: ", join.lacks, 3 * kStep, Paint::yellow);
}

void write_correlation(const ExplainedCorrelation& correlation, Page& page) {
  const bool holds = correlation.matches > 0;
  page.paragraph(fmt::format("{}: {} {}{}", correlation.name, correlation.matches,
                             correlation.matches == 1 ? "match" : "matches", at_line(correlation.line)),
                 2 * kStep, holds ? Paint::green : Paint::plain);
  page.paragraph(correlation.words, 3 * kStep);
  if (!holds) page.item("lacks: ", correlation.lacks, 3 * kStep, Paint::yellow);
}

std::string candidate_words(const ExplainedCandidate& candidate) {
  std::vector<std::string> values;
  for (const auto& [name, value] : candidate.values) values.push_back(fmt::format("{} {}", name, value));
  return values.empty() ? "everything together" : fmt::format("{}", fmt::join(values, ", "));
}

void write_candidate(const ExplainedCandidate& candidate, Status status, Page& page) {
  std::string words = candidate_words(candidate);
  if (candidate.decided_before) {
    page.paragraph(words + ": an earlier conclusion has decided", 3 * kStep, Paint::dim);
    return;
  }
  if (candidate.gives_group) {
    words += fmt::format(": {}", status_words(status));
  } else if (candidate.condition.value == Truth::yes) {
    words += ": holds by absence alone, and evidence that is needed is missing";
  }
  page.paragraph(words, 3 * kStep, candidate.gives_group ? Paint::red : Paint::plain);
  write_condition(candidate.condition, 4 * kStep, page);
}

void write_conclusions(const ExplainedVerdict& verdict, Page& page) {
  page.blank();
  page.paragraph("Conclusions, the first that holds decides", kStep, Paint::bold);
  for (const ExplainedConclusion& conclusion : verdict.conclusions) {
    page.paragraph(fmt::format("{}, when{}", status_words(conclusion.status), at_line(conclusion.line)),
                   2 * kStep);
    for (const ExplainedCandidate& candidate : conclusion.candidates) {
      write_candidate(candidate, conclusion.status, page);
    }
  }
}

void write_verdict(const ExplainedVerdict& verdict, std::string_view container, Page& page) {
  page.rule();
  page.paragraph(
      fmt::format("{}: {}", verdict.node.empty() ? "the case" : verdict.node, status_words(verdict.status)),
      0, paint_of(verdict.status));
  if (!verdict.finding.hidden_by.empty()) {
    page.paragraph(
        fmt::format("hidden by {}, which explains the same evidence better", verdict.finding.hidden_by),
        kStep);
  }
  for (const std::string& note : verdict.finding.notes) page.item("- ", note, kStep);
  page.blank();
  page.paragraph("Does it apply?", kStep, Paint::bold);
  if (verdict.applies) {
    write_condition(*verdict.applies, 2 * kStep, page);
  } else {
    page.paragraph("to everything", 2 * kStep);
  }
  if (!verdict.missing.empty()) {
    page.blank();
    page.paragraph("Needed and not there", kStep, Paint::bold);
    for (const Missing& missing : verdict.missing) page.item("- ", missing.message, 2 * kStep, Paint::yellow);
  }
  page.blank();
  page.paragraph("Observations", kStep, Paint::bold);
  for (const ExplainedObservation& observation : verdict.observations)
    write_observation(observation, container, page);
  if (!verdict.joins.empty()) {
    page.blank();
    page.paragraph("Joins", kStep, Paint::bold);
  }
  for (const ExplainedJoin& join : verdict.joins) write_join(join, page);
  if (!verdict.correlations.empty()) {
    page.blank();
    page.paragraph("Correlations", kStep, Paint::bold);
  }
  for (const ExplainedCorrelation& correlation : verdict.correlations) write_correlation(correlation, page);
  if (!verdict.conclusions.empty()) write_conclusions(verdict, page);
}

}  // namespace

std::string to_text(const Explanation& explanation, const TextStyle& style) {
  Page page(style);
  page.paragraph(fmt::format("{}: {}", explanation.signature.id, explanation.signature.title), 0,
                 Paint::bold);
  if (!explanation.signature.file.empty()) page.paragraph(explanation.signature.file, 0, Paint::dim);
  const std::string_view container = container_of(explanation.members);
  write_members(explanation, container, page);
  for (const ExplainedVerdict& verdict : explanation.verdicts) write_verdict(verdict, container, page);
  return page.take();
}

}  // namespace assay
