// The list of steps: judge each signature on each node, put in order, hide what others explain.
#include "diagnose/diagnose.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <numeric>
#include <tuple>

#include "diagnose/groups.h"
#include "diagnose/hidden.h"
#include "diagnose/join_hits.h"
#include "diagnose/missing.h"
#include "diagnose/soundness.h"
#include "diagnose/subject.h"
#include "diagnose/words.h"
#include "in_parallel.h"

namespace assay {

namespace {

Finding begin_finding(const Subject& subject) {
  const Signature& signature = *subject.signature;
  Finding finding;
  finding.id = signature.id;
  if (signature.scope == Scope::node) finding.node = subject.nodes.front()->name;
  finding.scope = signature.scope;
  finding.kind = signature.kind;
  finding.severity = signature.severity;
  finding.maturity = signature.maturity;
  finding.references = signature.references;
  finding.also_known_as = signature.also_known_as;
  return finding;
}

Evaluation evaluate_applies(const Subject& subject) {
  const Signature& signature = *subject.signature;
  Scene facts_alone(subject, {});
  const bool is_foreign =
      signature.of_family && evaluate(*signature.of_family, facts_alone).truth == Truth::no;
  if (is_foreign) return {.truth = Truth::no, .unknown_facts = {}};
  if (!signature.applies) return {.truth = Truth::yes, .unknown_facts = {}};
  return evaluate(*signature.applies, facts_alone);
}

void add_missing_facts(const Subject& subject, const std::vector<std::string>& names,
                       std::vector<Missing>& missing) {
  for (const std::string& name : names) {
    const auto same = [&](const Missing& other) { return other.what == name; };
    if (std::none_of(missing.begin(), missing.end(), same)) missing.push_back(missing_fact(subject, name));
  }
}

Status status_of(const Decision& decision, const std::vector<Missing>& missing) {
  if (decision.groups.empty()) return missing.empty() ? Status::no_issue : Status::missing_information;
  Status worst = Status::potential_problem;
  for (const Decided& decided : decision.groups) worst = std::min(worst, decided.group.status);
  return worst;
}

// A verdict that looked at hits of which not all were kept says so.
std::vector<std::string> notes_on(const Subject& subject, const Decision& decision) {
  std::vector<std::string> notes;
  for (const std::uint32_t observation : subject.bounded) {
    const bool concerned = std::any_of(subject.hits.begin(), subject.hits.end(),
                                       [&](const Hit* hit) { return hit->observation == observation; });
    if (!concerned || observation >= subject.signature->observations.size()) continue;
    notes.push_back(
        fmt::format("There were more hits of \"{}\" than --limit-hits allows to keep. Counts are of all of "
                    "them; evidence is shown, and correlations were looked for, among those kept only.",
                    subject.signature->observations[observation].name));
  }
  if (decision.evidence_shortened) {
    notes.push_back(fmt::format("Of the evidence that the signature asks for about {} pieces are shown.",
                                kEvidenceShown));
  }
  return notes;
}

std::vector<Seen> places_of(const Subject& subject, const std::vector<bool>& chosen) {
  std::vector<Seen> places;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (!chosen[i]) continue;
    places.push_back({.member = subject.hits[i]->place.member, .offset = subject.hits[i]->place.offset});
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

Verdict judge(const Subject& subject, const std::string& contradiction, std::string_view language) {
  Verdict verdict{
      .finding = begin_finding(subject), .signature = subject.signature, .stands_on = {}, .covers = {}};
  Finding& finding = verdict.finding;
  Decision decision;
  const auto finished = [&]() {
    fill_words(finding, subject, decision, language);
    for (Decided& decided : decision.groups) finding.groups.push_back(std::move(decided.group));
    return std::move(verdict);
  };

  if (!contradiction.empty()) {
    finding.status = Status::error;
    finding.notes.push_back(fmt::format("The signature cannot be evaluated: {}.", contradiction));
    return finished();
  }
  const Evaluation applies = evaluate_applies(subject);
  if (applies.truth == Truth::no) {
    finding.status = Status::not_applicable;
    return finished();
  }
  finding.missing = unmet_needs(subject);
  decision = decide(subject, finding.missing.empty());
  add_missing_facts(subject, applies.unknown_facts, finding.missing);
  add_missing_facts(subject, decision.unknown_facts, finding.missing);
  for (const std::uint32_t correlation : decision.open_absences) {
    finding.missing.push_back(missing_answer(subject, subject.signature->correlations[correlation]));
  }
  finding.status = status_of(decision, finding.missing);
  finding.notes = notes_on(subject, decision);
  verdict.stands_on = places_of(subject, decision.stands_on);
  verdict.covers = places_of(subject, decision.in_groups);
  return finished();
}

// Sorts places instead of verdicts, which are large and many.
std::vector<Verdict> in_order(std::vector<Verdict> verdicts) {
  std::vector<std::size_t> order(verdicts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    const Finding& a = verdicts[left].finding;
    const Finding& b = verdicts[right].finding;
    return std::tie(a.status, a.severity, a.id, a.node, left) <
           std::tie(b.status, b.severity, b.id, b.node, right);
  });
  std::vector<Verdict> sorted;
  sorted.reserve(verdicts.size());
  for (const std::size_t place : order) sorted.push_back(std::move(verdicts[place]));
  return sorted;
}

// Adds the time of its life.
class Stopwatch {
 public:
  explicit Stopwatch(std::chrono::nanoseconds* sum) : sum_(sum) {
    if (sum_ != nullptr) begin_ = std::chrono::steady_clock::now();
  }
  ~Stopwatch() {
    if (sum_ != nullptr) *sum_ += std::chrono::steady_clock::now() - begin_;
  }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  std::chrono::nanoseconds* sum_;
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace

std::vector<Finding> diagnose(const std::vector<Signature>& signatures, const CaseFile& case_file,
                              std::string_view language, unsigned threads,
                              std::vector<SignatureCost>* costs) {
  const Subjects subjects(case_file, signatures.size());
  std::vector<std::vector<Verdict>> of_signature(signatures.size());
  in_parallel(signatures.size(), threads, [&](std::size_t index) {
    const Stopwatch stopwatch(costs == nullptr ? nullptr : &(*costs)[index].judging);
    const std::string contradiction = unsound(signatures[index]);
    for (Subject& subject : subjects.of(signatures[index], static_cast<std::uint32_t>(index))) {
      if (contradiction.empty()) join_hits(subject);
      of_signature[index].push_back(judge(subject, contradiction, language));
    }
  });
  std::vector<Verdict> verdicts;
  verdicts.reserve(signatures.size() * case_file.nodes.size());
  for (std::vector<Verdict>& some : of_signature)
    std::move(some.begin(), some.end(), std::back_inserter(verdicts));
  verdicts = in_order(std::move(verdicts));
  hide_explained(verdicts);

  std::vector<Finding> findings;
  findings.reserve(verdicts.size());
  for (Verdict& verdict : verdicts) findings.push_back(std::move(verdict.finding));
  return findings;
}

}  // namespace assay
