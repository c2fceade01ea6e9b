// Kleene's logic over what is known.
#include "diagnose/conditions.h"

#include <algorithm>

#include "signature/value_test.h"

namespace assay {

namespace {

Truth truth_of(bool holds) {
  return holds ? Truth::yes : Truth::no;
}

// A version that is none ("unknown", say) tells as little as no version at all.
bool tells_nothing(const ValueTest& test, std::string_view value) {
  switch (test.op) {
    case ValueTest::Operator::at_least:
    case ValueTest::Operator::at_most:
    case ValueTest::Operator::above:
    case ValueTest::Operator::below:
      break;
    case ValueTest::Operator::matches:
    case ValueTest::Operator::is:
    case ValueTest::Operator::one_of:
    case ValueTest::Operator::contains:
    case ValueTest::Operator::exists:
      return false;
  }
  return (test.type == FieldType::version && !is_version(value)) ||
         (test.type == FieldType::number && !to_number(value)) ||
         (test.type == FieldType::time && !to_time(value));
}

Truth fact_on_node(const Condition& condition, const Facts& facts) {
  std::vector<TestedValue> values;
  for (const Fact* fact : facts.find(condition.name)) {
    if (!tells_nothing(condition.test, fact->value)) values.push_back(std::string_view(fact->value));
  }
  if (values.empty() && condition.test.op != ValueTest::Operator::exists) return Truth::unknown;
  return truth_of(passes(condition.test, values));
}

Evaluation evaluate_fact(const Condition& condition, const Subject& subject) {
  bool all_no = !subject.facts.empty();
  for (const Facts* facts : subject.facts) {
    const Truth truth = fact_on_node(condition, *facts);
    if (truth == Truth::yes) return {.truth = Truth::yes, .unknown_facts = {}};
    if (truth == Truth::unknown) all_no = false;
  }
  if (all_no) return {.truth = Truth::no, .unknown_facts = {}};
  return {.truth = Truth::unknown, .unknown_facts = {condition.name}};
}

Truth evaluate_observed(const Condition& condition, const Scene& scene) {
  const Signature& signature = *scene.subject().signature;
  return truth_of(std::any_of(scene.hits().begin(), scene.hits().end(), [&](const Hit* hit) {
    return is_observed(condition, signature, hit->observation, hit->captures);
  }));
}

Evaluation evaluate_correlated(const Condition& condition, Scene& scene) {
  if (!scene.matches(condition.index).empty()) return {.truth = Truth::yes, .unknown_facts = {}};
  if (scene.open_matches(condition.index).empty()) return {.truth = Truth::no, .unknown_facts = {}};
  return {.truth = Truth::unknown, .unknown_facts = {}, .open_absences = {condition.index}};
}

// The parts of `all` or of `any`: as soon as one of them is `decisive`, so is the whole.
Evaluation evaluate_parts(const Condition& condition, Scene& scene, Truth decisive) {
  Evaluation result{.truth = decisive == Truth::no ? Truth::yes : Truth::no, .unknown_facts = {}};
  for (const Condition& part : condition.conditions) {
    const Evaluation of_part = evaluate(part, scene);
    if (of_part.truth == decisive) return {.truth = decisive, .unknown_facts = {}};
    if (of_part.truth != Truth::unknown) continue;
    result.truth = Truth::unknown;
    add_each_once(result.unknown_facts, of_part.unknown_facts);
    add_each_once(result.open_absences, of_part.open_absences);
  }
  return result;
}

}  // namespace

Scene::Scene(const Subject& subject, std::vector<const Hit*> hits)
    : subject_(subject), hits_(std::move(hits)) {}

const Scene::Matches& Scene::all_matches(std::uint32_t index) {
  const Signature& signature = *subject_.signature;
  matches_.resize(signature.correlations.size());
  std::optional<Matches>& matches = matches_[index];
  if (!matches) {
    matches.emplace();
    const Correlation& correlation = signature.correlations[index];
    for (CorrelationMatch& match : correlate(signature, correlation, hits_, subject_.case_file->member_paths,
                                             reach_of(subject_, correlation))) {
      (match.open ? matches->open : matches->sure).push_back(std::move(match));
    }
  }
  return *matches;
}

const std::vector<CorrelationMatch>& Scene::matches(std::uint32_t correlation) {
  return all_matches(correlation).sure;
}

const std::vector<CorrelationMatch>& Scene::open_matches(std::uint32_t correlation) {
  return all_matches(correlation).open;
}

Reach reach_of(const Subject& subject, const Correlation& correlation) {
  Reach reach;
  if (correlation.kind != Correlation::Kind::absent) return reach;
  const std::string& kind = subject.signature->observations[correlation.observations.back()].kind;
  const std::string evidence = kind == "http" ? "log" : kind;  // transactions are made of records
  for (const NodeEvidence* node : subject.nodes) {
    const auto seen = node->seen.find(evidence);
    if (seen == node->seen.end()) continue;
    const EvidenceSeen& here = seen->second;
    if (here.first && (!reach.first || *reach.first < *here.first)) reach.first = here.first;
    if (here.last && (!reach.last || *here.last < *reach.last)) reach.last = here.last;
  }
  return reach;
}

Evaluation evaluate(const Condition& condition, Scene& scene) {
  switch (condition.op) {
    case Condition::Operator::fact:
      return evaluate_fact(condition, scene.subject());
    case Condition::Operator::observed:
      return {.truth = evaluate_observed(condition, scene), .unknown_facts = {}};
    case Condition::Operator::correlated:
      return evaluate_correlated(condition, scene);
    case Condition::Operator::all:
      return evaluate_parts(condition, scene, Truth::no);
    case Condition::Operator::any:
      return evaluate_parts(condition, scene, Truth::yes);
    case Condition::Operator::none: {
      Evaluation any = evaluate_parts(condition, scene, Truth::yes);
      if (any.truth != Truth::unknown) any.truth = truth_of(any.truth == Truth::no);
      return any;
    }
  }
  return {};
}

bool is_observed(const Condition& condition, const Signature& signature, std::uint32_t observation,
                 const std::vector<std::string>& captures) {
  if (observation != condition.index) return false;
  if (condition.field.empty()) return true;
  const std::vector<std::string>& names = signature.observations[observation].captures;
  const auto column =
      static_cast<std::size_t>(std::find(names.begin(), names.end(), condition.field) - names.begin());
  std::vector<TestedValue> values;  // an empty capture is none, like a field that is not there
  if (column < captures.size() && !captures[column].empty()) {
    values.push_back(std::string_view(captures[column]));
  }
  return passes(condition.test, values);
}

std::vector<const Condition*> named_positively(const Condition& condition) {
  switch (condition.op) {
    case Condition::Operator::fact:
    case Condition::Operator::observed:
    case Condition::Operator::correlated:
      return {&condition};
    case Condition::Operator::none:
      return {};
    case Condition::Operator::all:
    case Condition::Operator::any:
      break;
  }
  std::vector<const Condition*> named;
  for (const Condition& part : condition.conditions) {
    const std::vector<const Condition*> of_part = named_positively(part);
    named.insert(named.end(), of_part.begin(), of_part.end());
  }
  return named;
}

std::vector<const Condition*> supports(const Condition& condition, Scene& scene) {
  if (evaluate(condition, scene).truth != Truth::yes) return {};
  const bool has_parts = condition.op == Condition::Operator::all || condition.op == Condition::Operator::any;
  if (!has_parts) return named_positively(condition);
  std::vector<const Condition*> supporting;
  for (const Condition& part : condition.conditions) {
    const std::vector<const Condition*> of_part = supports(part, scene);
    supporting.insert(supporting.end(), of_part.begin(), of_part.end());
  }
  return supporting;
}

namespace {

bool names_hits(const Condition& condition) {
  return condition.op == Condition::Operator::observed || condition.op == Condition::Operator::correlated ||
         std::any_of(condition.conditions.begin(), condition.conditions.end(), names_hits);
}

}  // namespace

bool names_absence(const Condition& condition) {
  const std::vector<Condition>& parts = condition.conditions;
  if (condition.op == Condition::Operator::none) return std::any_of(parts.begin(), parts.end(), names_hits);
  return std::any_of(parts.begin(), parts.end(), names_absence);
}

}  // namespace assay
