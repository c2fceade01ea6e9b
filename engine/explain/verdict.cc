// Goes the way of the diagnosis again, and writes down each turn.
#include "explain/verdict.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "diagnose/groups.h"
#include "diagnose/join_hits.h"
#include "diagnose/missing.h"
#include "diagnose/soundness.h"
#include "explain/condition_tree.h"
#include "explain/correlation_gap.h"
#include "explain/join_gap.h"

namespace assay {
namespace {

std::vector<const Hit*> hits_at(const Subject& subject, const LookedAt& looked_at) {
  std::vector<const Hit*> hits;
  for (const std::size_t index : looked_at.by->agreeing(looked_at.values))
    hits.push_back(subject.hits[index]);
  return hits;
}

ExplainedCandidate explain_candidate(const Subject& subject, const LookedAt& looked_at) {
  ExplainedCandidate candidate;
  for (std::size_t i = 0; i < looked_at.values.size(); ++i) {
    if (looked_at.values[i].empty()) continue;
    candidate.values.emplace_back(looked_at.conclusion->group_by[i], looked_at.values[i]);
  }
  candidate.decided_before = looked_at.decided_before;
  candidate.gives_group = looked_at.gives_group;
  Scene scene(subject, hits_at(subject, looked_at));
  candidate.condition = condition_tree(looked_at.conclusion->when, scene);
  return candidate;
}

std::vector<ExplainedConclusion> explain_conclusions(const Subject& subject, const Decision& decision) {
  std::vector<ExplainedConclusion> conclusions;
  for (const Conclusion& conclusion : subject.signature->conclusions) {
    ExplainedConclusion explained;
    explained.status = conclusion.status;
    explained.line = conclusion.mark.line;
    for (const LookedAt& looked_at : decision.looked_at) {
      if (looked_at.conclusion != &conclusion) continue;
      explained.candidates.push_back(explain_candidate(subject, looked_at));
    }
    if (explained.candidates.empty()) {
      Scene everything(subject, subject.hits);
      ExplainedCandidate candidate;
      candidate.condition = condition_tree(conclusion.when, everything);
      explained.candidates.push_back(std::move(candidate));
    }
    conclusions.push_back(std::move(explained));
  }
  return conclusions;
}

// Products first. A family that is not known keeps nothing from applying.
std::optional<ExplainedCondition> explain_applies(const Subject& subject) {
  const Signature& signature = *subject.signature;
  Scene facts_alone(subject, {});
  ExplainedCondition all{.words = "all of", .line = 0, .value = Truth::yes, .because = {}, .parts = {}};
  if (signature.of_family) {
    ExplainedCondition family = condition_tree(*signature.of_family, facts_alone);
    family.words += fmt::format(", as products has {}", fmt::join(signature.products, ", "));
    if (family.value == Truth::unknown) family.value = Truth::yes;
    all.parts.push_back(std::move(family));
  }
  if (signature.applies) all.parts.push_back(condition_tree(*signature.applies, facts_alone));
  if (all.parts.empty()) return std::nullopt;
  if (all.parts.size() == 1) return std::move(all.parts.front());
  all.value = std::min(all.parts.front().value, all.parts.back().value);
  return all;
}

Status status_of(const ExplainedVerdict& verdict) {
  const Truth applies = verdict.applies ? verdict.applies->value : Truth::yes;
  if (applies == Truth::no) return Status::not_applicable;
  std::optional<Status> worst;
  bool open = applies == Truth::unknown || !verdict.missing.empty();
  for (const ExplainedConclusion& conclusion : verdict.conclusions) {
    for (const ExplainedCandidate& candidate : conclusion.candidates) {
      if (candidate.decided_before) continue;
      if (candidate.condition.value == Truth::unknown) open = true;
      if (candidate.condition.value != Truth::yes || !candidate.gives_group) continue;
      worst = worst ? std::min(*worst, conclusion.status) : conclusion.status;
    }
  }
  if (worst) return *worst;
  return open ? Status::missing_information : Status::no_issue;
}

}  // namespace

ExplainedVerdict explain_verdict(Subject subject) {
  const Signature& signature = *subject.signature;
  ExplainedVerdict verdict;
  if (signature.scope == Scope::node) verdict.node = subject.nodes.front()->name;
  if (!unsound(signature).empty()) {
    verdict.status = Status::error;
    return verdict;
  }
  verdict.joins = explain_joins(subject);
  join_hits(subject);
  for (std::size_t i = 0; i < signature.correlations.size(); ++i) {
    verdict.correlations.push_back(explain_correlation(subject, i));
  }
  verdict.applies = explain_applies(subject);
  if (!verdict.applies || verdict.applies->value != Truth::no) {
    verdict.missing = unmet_needs(subject);
    verdict.conclusions = explain_conclusions(subject, decide(subject, verdict.missing.empty()));
  }
  verdict.status = status_of(verdict);
  return verdict;
}

}  // namespace assay
