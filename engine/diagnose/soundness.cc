// Looks whether every index and name within a signature leads somewhere.
#include "diagnose/soundness.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay {

namespace {

bool has_capture(const Signature& signature, std::uint32_t observation, const std::string& name) {
  const std::vector<std::string>& captures = signature.observations[observation].captures;
  return std::find(captures.begin(), captures.end(), name) != captures.end();
}

std::string unsound_key(const Signature& signature, const Correlation& correlation, const SameKey& key) {
  if (key.capture_of.size() != correlation.observations.size()) {
    return fmt::format("the key {} of {} does not name one capture for each observation", key.name,
                       correlation.name);
  }
  for (std::size_t slot = 0; slot < key.capture_of.size(); ++slot) {
    const std::uint32_t observation = correlation.observations[slot];
    const auto first = static_cast<std::size_t>(
        std::find(correlation.observations.begin(), correlation.observations.end(), observation) -
        correlation.observations.begin());
    if (!has_capture(signature, observation, key.capture_of[slot]) ||
        key.capture_of[slot] != key.capture_of[first]) {
      return fmt::format("the key {} of {} takes {} from {}, which has no such capture or gives another",
                         key.name, correlation.name, key.capture_of[slot],
                         signature.observations[observation].name);
    }
  }
  return {};
}

std::string unsound_correlation(const Signature& signature, const Correlation& correlation) {
  const std::size_t wanted = correlation.kind == Correlation::Kind::absent ? 2 : 1;
  if (correlation.observations.size() < wanted) {
    return fmt::format("the correlation {} has too few observations", correlation.name);
  }
  for (const std::uint32_t observation : correlation.observations) {
    if (observation >= signature.observations.size()) {
      return fmt::format("the correlation {} speaks of an observation that is not there", correlation.name);
    }
  }
  if (correlation.kind == Correlation::Kind::distinct &&
      !has_capture(signature, correlation.observations.front(), correlation.of)) {
    return fmt::format("the correlation {} counts values of {}, which its observation does not capture",
                       correlation.name, correlation.of);
  }
  for (const SameKey& key : correlation.same) {
    std::string wrong = unsound_key(signature, correlation, key);
    if (!wrong.empty()) return wrong;
  }
  return {};
}

std::string unsound_join(const Signature& signature, const HitJoin& join) {
  std::vector<std::uint32_t> observations = join.into;
  observations.insert(observations.begin(), join.take);
  for (const std::uint32_t observation : observations) {
    if (observation >= signature.observations.size()) {
      return "a join speaks of an observation that is not there";
    }
  }
  for (const SameKey& key : join.same) {
    bool good = key.capture_of.size() == observations.size();
    for (std::size_t i = 0; good && i < observations.size(); ++i) {
      good = has_capture(signature, observations[i], key.capture_of[i]);
    }
    if (!good) return fmt::format("the key {} of a join takes captures that are not there", key.name);
  }
  return {};
}

std::string unsound_condition(const Signature& signature, const Condition& condition) {
  if (condition.op == Condition::Operator::observed) {
    if (condition.index >= signature.observations.size()) {
      return "a condition speaks of an observation that is not there";
    }
    if (!condition.field.empty() && !has_capture(signature, condition.index, condition.field)) {
      return fmt::format("a condition asks for {}, which {} does not capture", condition.field,
                         signature.observations[condition.index].name);
    }
  }
  if (condition.op == Condition::Operator::correlated && condition.index >= signature.correlations.size()) {
    return "a condition speaks of a correlation that is not there";
  }
  const bool tests_value = condition.op == Condition::Operator::fact || !condition.field.empty();
  if (tests_value && condition.test.op == ValueTest::Operator::matches && !condition.test.pattern) {
    return "a condition has a pattern that was not compiled";
  }
  if (tests_value && condition.test.op != ValueTest::Operator::matches && condition.test.operands.empty()) {
    return "a condition has nothing to compare with";
  }
  for (const Condition& part : condition.conditions) {
    std::string wrong = unsound_condition(signature, part);
    if (!wrong.empty()) return wrong;
  }
  return {};
}

std::vector<const Condition*> all_conditions(const Signature& signature) {
  std::vector<const Condition*> conditions;
  if (signature.applies) conditions.push_back(&*signature.applies);
  for (const Conclusion& conclusion : signature.conclusions) conditions.push_back(&conclusion.when);
  for (const Action& action : signature.actions) {
    if (action.when) conditions.push_back(&*action.when);
  }
  return conditions;
}

}  // namespace

std::string unsound(const Signature& signature) {
  for (const Correlation& correlation : signature.correlations) {
    std::string wrong = unsound_correlation(signature, correlation);
    if (!wrong.empty()) return wrong;
  }
  for (const HitJoin& join : signature.joins) {
    std::string wrong = unsound_join(signature, join);
    if (!wrong.empty()) return wrong;
  }
  for (const Condition* condition : all_conditions(signature)) {
    std::string wrong = unsound_condition(signature, *condition);
    if (!wrong.empty()) return wrong;
  }
  for (const Conclusion& conclusion : signature.conclusions) {
    if (conclusion.status != Status::issue && conclusion.status != Status::potential_problem) {
      return "a conclusion is neither an issue nor a potential problem";
    }
  }
  return {};
}

}  // namespace assay
