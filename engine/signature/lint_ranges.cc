// Comparisons of one thing that no value passes together: at least X15 and below X14.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "signature/lint_parts.h"
#include "signature/value_test.h"

namespace assay {

namespace {

using Operator = ValueTest::Operator;

// Tests that must all hold of one thing, by what it is.
using Together = std::map<std::string, std::vector<const ValueTest*>>;

// Only what is asked of a single value: of several, each bound may be met by another one.
void collect(const EventCondition& condition, Together& together) {
  if (condition.op == EventCondition::Operator::all) {
    for (const EventCondition& child : condition.conditions) collect(child, together);
  } else if (condition.op == EventCondition::Operator::test) {
    const Field* field = find_field(condition.test.field);
    if (field != nullptr && !field->many) together[condition.test.field].push_back(&condition.test.test);
  }
}

void collect(const Condition& condition, Together& together) {
  if (condition.op == Condition::Operator::all) {
    for (const Condition& child : condition.conditions) collect(child, together);
  } else if (condition.op == Condition::Operator::fact && condition.name.find('*') == std::string::npos) {
    together["the fact " + condition.name].push_back(&condition.test);
  }
}

bool is_lower_bound(Operator op) {
  return op == Operator::at_least || op == Operator::above;
}
bool is_upper_bound(Operator op) {
  return op == Operator::at_most || op == Operator::below;
}
bool is_equality(Operator op) {
  return op == Operator::is || op == Operator::one_of;
}

// No value passes both.
bool exclude_each_other(const ValueTest& a, const ValueTest& b) {
  if (a.negated || b.negated) return false;
  if (is_equality(a.op) && b.op != Operator::exists && (b.op != Operator::matches || b.pattern != nullptr)) {
    return std::none_of(a.operands.begin(), a.operands.end(),
                        [&](const std::string& value) { return passes(b, std::string_view(value)); });
  }
  if (!is_lower_bound(a.op) || !is_upper_bound(b.op) || a.type != b.type) return false;
  // The only value that could be left is the bound itself, if both include it.
  ValueTest at_bound = b;
  at_bound.op = a.op == Operator::at_least && b.op == Operator::at_most ? Operator::at_most : Operator::below;
  return !passes(at_bound, std::string_view(a.operands.front()));
}

std::string in_words(const ValueTest& test) {
  std::string operand =
      test.pattern != nullptr ? test.pattern->text() : fmt::format("{}", test.operands.front());
  switch (test.op) {
    case Operator::matches:
      return fmt::format("matching '{}'", operand);
    case Operator::is:
    case Operator::one_of:
      return fmt::format("{}", operand);
    case Operator::contains:
      return fmt::format("containing '{}'", operand);
    case Operator::at_least:
      return fmt::format("at least {}", operand);
    case Operator::at_most:
      return fmt::format("at most {}", operand);
    case Operator::above:
      return fmt::format("above {}", operand);
    case Operator::below:
      return fmt::format("below {}", operand);
    case Operator::exists:
      return operand == "true" ? "there" : "not there";
  }
  return operand;
}

// Of very many values, not all are compared: a remark is lost, not time.
constexpr std::size_t kMostCompared = 1'000'000;

void check(const Together& together, Remarks& remarks) {
  std::size_t compared = 0;
  for (const auto& [name, tests] : together) {
    for (std::size_t i = 0; i < tests.size(); ++i) {
      for (std::size_t j = 0; j < i && compared < kMostCompared; ++j) {
        compared += 1 + tests[i]->operands.size() * tests[j]->operands.size();
        if (!exclude_each_other(*tests[i], *tests[j]) && !exclude_each_other(*tests[j], *tests[i])) continue;
        remarks.error(tests[i]->mark, "impossible-range",
                      fmt::format("{} can never be {}{} and {}", name, in_words(*tests[j]),
                                  tests[j]->mark.line == tests[i]->mark.line
                                      ? ""
                                      : fmt::format(" (line {})", tests[j]->mark.line),
                                  in_words(*tests[i])));
      }
    }
  }
}

// The condition itself, and what stands below its any and not.
template <typename Tree>
void check_everywhere(const Tree& condition, Remarks& remarks) {
  Together together;
  collect(condition, together);
  check(together, remarks);
  for (const Tree& child : condition.conditions) {
    // What stands in an `all` has been looked at together with it.
    if (condition.op != Tree::Operator::all || child.op != Tree::Operator::all)
      check_everywhere(child, remarks);
    if (condition.op == Tree::Operator::all && child.op == Tree::Operator::all) {
      for (const Tree& inner : child.conditions) check_everywhere(inner, remarks);
    }
  }
}

}  // namespace

void lint_ranges(const Signature& signature, Remarks& remarks) {
  if (signature.applies) check_everywhere(*signature.applies, remarks);
  for (const Observation& observation : signature.observations)
    check_everywhere(observation.condition, remarks);
  for (const Conclusion& conclusion : signature.conclusions) check_everywhere(conclusion.when, remarks);
  for (const Action& action : signature.actions) {
    if (action.when) check_everywhere(*action.when, remarks);
  }
}

}  // namespace assay
