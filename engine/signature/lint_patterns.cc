// Observations that would be tried on every record, and ones that say the same twice.
#include <fmt/format.h>

#include <algorithm>

#include "signature/lint_parts.h"
#include "signature/same_meaning.h"

namespace assay {

namespace {

using Operator = ValueTest::Operator;

// How well a condition can be ruled out by looking for literals, before any field is read.
enum class Filter {
  none,    // tried on every record
  header,  // on every record of a process, module or level
  words,   // only where its own words are
};

bool is_long_enough(const std::string& operand) {
  return operand.size() >= 3;
}

Filter filter_of(const FieldTest& test) {
  if (test.test.negated) return Filter::none;
  switch (test.test.op) {
    case Operator::matches:
      return test.test.pattern->literals().empty() ? Filter::none : Filter::words;
    case Operator::is:
    case Operator::one_of:
    case Operator::contains: {
      const bool is_words = test.test.type == FieldType::text || test.test.type == FieldType::word;
      const auto& operands = test.test.operands;
      if (!is_words || !std::all_of(operands.begin(), operands.end(), is_long_enough)) return Filter::none;
      const bool header = test.field == "log.process" || test.field == "log.module" ||
                          test.field == "log.level" || test.field == "log.host" || test.field == "log.thread";
      return header ? Filter::header : Filter::words;
    }
    case Operator::at_least:
    case Operator::at_most:
    case Operator::above:
    case Operator::below:
    case Operator::exists:
      return Filter::none;
  }
  return Filter::none;
}

Filter filter_of(const EventCondition& condition) {
  const auto less = [](const EventCondition& a, const EventCondition& b) {
    return filter_of(a) < filter_of(b);
  };
  const auto& parts = condition.conditions;
  switch (condition.op) {
    case EventCondition::Operator::test:
      return filter_of(condition.test);
    case EventCondition::Operator::all:
      return parts.empty() ? Filter::none : filter_of(*std::max_element(parts.begin(), parts.end(), less));
    case EventCondition::Operator::any:
      return parts.empty() ? Filter::none : filter_of(*std::min_element(parts.begin(), parts.end(), less));
    case EventCondition::Operator::none:
      return Filter::none;
  }
  return Filter::none;
}

bool has_pattern(const EventCondition& condition) {
  return condition.test.test.pattern != nullptr ||
         std::any_of(condition.conditions.begin(), condition.conditions.end(), has_pattern);
}

void lint_twice(const EventCondition& condition, Remarks& remarks) {
  const auto& parts = condition.conditions;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    lint_twice(parts[i], remarks);
    const auto first =
        std::find_if(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(i),
                     [&](const EventCondition& other) { return same_meaning(other, parts[i]); });
    if (first == parts.begin() + static_cast<std::ptrdiff_t>(i)) continue;
    remarks.error(parts[i].mark, "duplicate-condition",
                  fmt::format("the same as in line {}; one of them is enough", first->mark.line));
  }
}

void lint_literals(const Observation& observation, Remarks& remarks) {
  if (observation.kind != "log") return;  // the others are few
  const Filter filter = filter_of(observation.condition);
  if (filter == Filter::none) {
    remarks.error(
        observation.mark, "no-literal",
        fmt::format(
            "'{}' has no word of three letters that a record must hold, so it would be tried on every "
            "record; add what is always there, such as the process",
            observation.name));
  } else if (filter == Filter::header && has_pattern(observation.condition)) {
    remarks.warning(
        observation.mark, "no-literal",
        fmt::format("the patterns of '{}' have no word that a record must hold, so they are tried on every "
                    "record of the process or module",
                    observation.name));
  }
}

}  // namespace

void lint_patterns(const Signature& signature, Remarks& remarks) {
  const auto& observations = signature.observations;
  for (std::size_t i = 0; i < observations.size(); ++i) {
    lint_literals(observations[i], remarks);
    lint_twice(observations[i].condition, remarks);
    for (std::size_t j = 0; j < i; ++j) {
      if (observations[i].kind != observations[j].kind ||
          !same_meaning(observations[i].condition, observations[j].condition))
        continue;
      remarks.error(observations[i].mark, "duplicate-observation",
                    fmt::format("'{}' observes the same as '{}' in line {}", observations[i].name,
                                observations[j].name, observations[j].mark.line));
    }
  }
}

}  // namespace assay
