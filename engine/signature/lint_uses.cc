// What a signature names and nobody uses was either forgotten or is misspelt where it was to be used.
#include <fmt/format.h>

#include <algorithm>

#include "signature/lint_parts.h"

namespace assay {

namespace {

struct Uses {
  std::set<std::uint32_t> observations;
  std::set<std::uint32_t> correlations;
  std::set<std::string, std::less<>> captures;
};

void add_condition(const Condition& condition, Uses& uses) {
  switch (condition.op) {
    case Condition::Operator::observed:
      uses.observations.insert(condition.index);
      if (!condition.field.empty()) uses.captures.insert(condition.field);
      break;
    case Condition::Operator::correlated:
      uses.correlations.insert(condition.index);
      break;
    case Condition::Operator::fact:
      break;
    case Condition::Operator::all:
    case Condition::Operator::any:
    case Condition::Operator::none:
      for (const Condition& child : condition.conditions) add_condition(child, uses);
      break;
  }
}

void add_correlation(const Correlation& correlation, Uses& uses) {
  uses.observations.insert(correlation.observations.begin(), correlation.observations.end());
  if (!correlation.of.empty()) uses.captures.insert(correlation.of);
  for (const SameKey& key : correlation.same)
    uses.captures.insert(key.capture_of.begin(), key.capture_of.end());
}

void add_join(const HitJoin& join, Uses& uses) {
  uses.observations.insert(join.take);
  for (const SameKey& key : join.same) uses.captures.insert(key.capture_of.begin(), key.capture_of.end());
}

// "target" and "all.target" both use the capture.
void add_words(const Words& words, Uses& uses) {
  constexpr std::string_view kAll = "all.";
  for (const auto& [language, text] : words.languages) {
    for (std::string_view name : text.names()) {
      if (name.starts_with(kAll)) name.remove_prefix(kAll.size());
      uses.captures.emplace(name);
    }
  }
}

Uses uses_of(const Signature& signature) {
  Uses uses;
  for (const Conclusion& conclusion : signature.conclusions) {
    add_condition(conclusion.when, uses);
    uses.captures.insert(conclusion.group_by.begin(), conclusion.group_by.end());
  }
  for (const Action& action : signature.actions) {
    if (action.when) add_condition(*action.when, uses);
  }
  for (const Correlation& correlation : signature.correlations) add_correlation(correlation, uses);
  for (const HitJoin& join : signature.joins) add_join(join, uses);
  uses.observations.insert(signature.snippet.observations.begin(), signature.snippet.observations.end());
  each_words(signature, [&](std::string_view, const Words& words) { add_words(words, uses); });
  return uses;
}

}  // namespace

void lint_uses(const Signature& signature, Remarks& remarks) {
  const Uses uses = uses_of(signature);
  std::set<std::string_view> said;
  for (std::uint32_t i = 0; i < signature.observations.size(); ++i) {
    const Observation& observation = signature.observations[i];
    if (uses.observations.count(i) == 0) {
      remarks.error(observation.mark, "unused-observation",
                    fmt::format("nothing asks for the observation '{}'; use it in 'conclude', 'correlate' or "
                                "the snippet, or remove it",
                                observation.name));
    }
    for (const std::string& capture : observation.captures) {
      if (uses.captures.count(capture) != 0 || !said.insert(capture).second) continue;
      remarks.error(observation.mark, "unused-capture",
                    fmt::format("nothing uses the capture '{}' of '{}'; show it in a text, or write (?:...)",
                                capture, observation.name));
    }
  }
  for (std::uint32_t i = 0; i < signature.correlations.size(); ++i) {
    if (uses.correlations.count(i) != 0) continue;
    const Correlation& correlation = signature.correlations[i];
    remarks.error(
        correlation.mark, "unused-correlation",
        fmt::format(
            "nothing asks for the correlation '{}'; use it in 'conclude' or in an action, or remove it",
            correlation.name));
  }
}

}  // namespace assay
