// Goes through every place in a signature that can make a hit count. Whatever else makes a group is an
// anchor: what the group shows may be of any observation.
#include "match/anchors.h"

#include <algorithm>

namespace assay {
namespace {

void note_observed(const Condition& condition, std::vector<bool>& counts) {
  if (condition.op == Condition::Operator::observed) counts[condition.index] = true;
  for (const Condition& part : condition.conditions) note_observed(part, counts);
}

// By observation: whether something else than the absent part of a correlation names it.
std::vector<bool> those_that_count(const Signature& signature) {
  std::vector<bool> counts(signature.observations.size());
  for (const Conclusion& conclusion : signature.conclusions) note_observed(conclusion.when, counts);
  for (const Action& action : signature.actions) {
    if (action.when) note_observed(*action.when, counts);
  }
  for (const HitJoin& join : signature.joins) {
    counts[join.take] = true;
    for (const std::uint32_t into : join.into) counts[into] = true;
  }
  for (const Correlation& correlation : signature.correlations) {
    for (std::size_t i = 0; i < correlation.observations.size(); ++i) {
      const bool is_absent = correlation.kind == Correlation::Kind::absent && i == 1;
      if (!is_absent) counts[correlation.observations[i]] = true;
    }
  }
  return counts;
}

// Whether it can only hold where an observation has a hit.
bool needs_hit(const Condition& condition) {
  const std::vector<Condition>& parts = condition.conditions;
  switch (condition.op) {
    case Condition::Operator::observed:
    case Condition::Operator::correlated:
      return true;
    case Condition::Operator::all:
      return std::any_of(parts.begin(), parts.end(), needs_hit);
    case Condition::Operator::any:
      return std::all_of(parts.begin(), parts.end(), needs_hit);
    case Condition::Operator::fact:
    case Condition::Operator::none:
      return false;
  }
  return false;
}

}  // namespace

std::vector<std::vector<std::uint32_t>> anchors_of(const Signature& signature) {
  std::vector<std::vector<std::uint32_t>> anchors(signature.observations.size());
  const bool all_need_hits =
      std::all_of(signature.conclusions.begin(), signature.conclusions.end(),
                  [](const Conclusion& conclusion) { return needs_hit(conclusion.when); });
  if (!all_need_hits) return anchors;
  const std::vector<bool> counts = those_that_count(signature);
  std::vector<std::uint32_t> counting;
  for (std::uint32_t i = 0; i < counts.size(); ++i) {
    if (counts[i]) counting.push_back(i);
  }
  for (const Correlation& correlation : signature.correlations) {
    if (correlation.kind != Correlation::Kind::absent || correlation.observations.size() < 2) continue;
    const std::uint32_t absent = correlation.observations[1];
    if (!counts[absent]) anchors[absent] = counting;
  }
  return anchors;
}

}  // namespace assay
