// Goes through every place in a signature that can name an observation. A snippet is none of them: it shows
// hits of groups, and what makes a group is asked for.
#include "match/anchors.h"

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

}  // namespace

std::vector<std::vector<std::uint32_t>> anchors_of(const Signature& signature) {
  const std::vector<bool> counts = those_that_count(signature);
  std::vector<std::vector<std::uint32_t>> anchors(signature.observations.size());
  for (const Correlation& correlation : signature.correlations) {
    if (correlation.kind != Correlation::Kind::absent || correlation.observations.size() < 2) continue;
    const std::uint32_t absent = correlation.observations[1];
    if (!counts[absent]) anchors[absent].push_back(correlation.observations[0]);
  }
  return anchors;
}

}  // namespace assay
