// Says of each part what it asks for, what it came to, and because of what.
#include "explain/condition_tree.h"

#include <fmt/format.h>

#include <algorithm>

#include "explain/test_words.h"
#include "signature/value_test.h"

namespace assay {
namespace {

constexpr std::size_t kFactsNamed = 3;

std::string number_of(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string place_words(const Fact& fact) {
  std::string words = fact.source;
  if (!fact.place.path.empty()) {
    words += fmt::format("{}{}", words.empty() ? "" : ", ", fact.place.path);
    if (fact.place.line != 0) words += fmt::format(":{}", fact.place.line);
  }
  return words.empty() ? "given" : words;
}

std::string facts_words(const std::string& name, const Subject& subject) {
  std::string words;
  std::size_t count = 0;
  for (std::size_t node = 0; node < subject.facts.size(); ++node) {
    for (const Fact* fact : subject.facts[node]->find(name)) {
      if (++count > kFactsNamed) continue;
      words += fmt::format("{}{} ({})", words.empty() ? "" : "; ", fact->value, place_words(*fact));
    }
  }
  if (count > kFactsNamed) words += fmt::format("; and {} more", count - kFactsNamed);
  return count == 0 ? "not known" : words;
}

std::size_t observed_hits(const Condition& condition, const Scene& scene) {
  const Signature& signature = *scene.subject().signature;
  return static_cast<std::size_t>(std::count_if(
      scene.hits().begin(), scene.hits().end(),
      [&](const Hit* hit) { return is_observed(condition, signature, hit->observation, hit->captures); }));
}

void explain_observed(const Condition& condition, const Scene& scene, ExplainedCondition& explained) {
  const Signature& signature = *scene.subject().signature;
  explained.words = signature.observations[condition.index].name;
  if (!condition.field.empty()) {
    explained.words += fmt::format(" whose {}", words_of(condition.field, condition.test));
  }
  explained.because = number_of(observed_hits(condition, scene), "hit", "hits");
}

void explain_correlated(const Condition& condition, Scene& scene, ExplainedCondition& explained) {
  explained.words = scene.subject().signature->correlations[condition.index].name;
  explained.because = number_of(scene.matches(condition.index).size(), "match", "matches");
  const std::size_t open = scene.open_matches(condition.index).size();
  if (open > 0) explained.because += fmt::format(", {} whose window reaches beyond the evidence", open);
}

std::string_view words_of_operator(Condition::Operator op) {
  return op == Condition::Operator::all ? "all of" : op == Condition::Operator::any ? "any of" : "none of";
}

// Kleene's logic, over parts of which all are known.
Truth value_of_parts(Condition::Operator op, const std::vector<ExplainedCondition>& parts) {
  Truth least = Truth::yes;
  Truth greatest = Truth::no;
  for (const ExplainedCondition& part : parts) {
    least = std::min(least, part.value);
    greatest = std::max(greatest, part.value);
  }
  if (op == Condition::Operator::all) return least;
  if (op == Condition::Operator::any) return greatest;
  return greatest == Truth::unknown ? Truth::unknown : greatest == Truth::yes ? Truth::no : Truth::yes;
}

}  // namespace

ExplainedCondition condition_tree(const Condition& condition, Scene& scene) {
  ExplainedCondition explained;
  explained.line = condition.mark.line;
  switch (condition.op) {
    case Condition::Operator::fact:
      explained.words = words_of(condition.name, condition.test);
      explained.because = facts_words(condition.name, scene.subject());
      explained.value = evaluate(condition, scene).truth;
      return explained;
    case Condition::Operator::observed:
      explain_observed(condition, scene, explained);
      explained.value = evaluate(condition, scene).truth;
      return explained;
    case Condition::Operator::correlated:
      explain_correlated(condition, scene, explained);
      explained.value = evaluate(condition, scene).truth;
      return explained;
    case Condition::Operator::all:
    case Condition::Operator::any:
    case Condition::Operator::none:
      break;
  }
  for (const Condition& part : condition.conditions) explained.parts.push_back(condition_tree(part, scene));
  explained.words = words_of_operator(condition.op);
  explained.value = value_of_parts(condition.op, explained.parts);
  return explained;
}

}  // namespace assay
