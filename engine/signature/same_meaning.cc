// Compares trees node by node; marks do not count.
#include "signature/same_meaning.h"

#include <algorithm>

namespace assay {

namespace {

template <typename Tree>
bool same_children(const std::vector<Tree>& a, const std::vector<Tree>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Tree& x, const Tree& y) { return same_meaning(x, y); });
}

// A match of a correlation is made of hits of these; of the missing one of `absent` there is none.
bool needs_hit_of(const Correlation& correlation, std::uint32_t observation) {
  const auto end = correlation.kind == Correlation::Kind::absent && !correlation.observations.empty()
                       ? correlation.observations.begin() + 1
                       : correlation.observations.end();
  return std::find(correlation.observations.begin(), end, observation) != end;
}

}  // namespace

bool same_meaning(const ValueTest& a, const ValueTest& b) {
  const bool same_pattern = (a.pattern == nullptr) == (b.pattern == nullptr) &&
                            (a.pattern == nullptr || a.pattern->text() == b.pattern->text());
  return same_pattern && a.op == b.op && a.type == b.type && a.operands == b.operands &&
         a.negated == b.negated && a.every == b.every;
}

bool same_meaning(const EventCondition& a, const EventCondition& b) {
  if (a.op != b.op || !same_children(a.conditions, b.conditions)) return false;
  return a.op != EventCondition::Operator::test ||
         (a.test.field == b.test.field && same_meaning(a.test.test, b.test.test));
}

bool same_meaning(const Condition& a, const Condition& b) {
  if (a.op != b.op || !same_children(a.conditions, b.conditions)) return false;
  switch (a.op) {
    case Condition::Operator::fact:
      return a.name == b.name && same_meaning(a.test, b.test);
    case Condition::Operator::observed:
      return a.index == b.index && a.field == b.field && (a.field.empty() || same_meaning(a.test, b.test));
    case Condition::Operator::correlated:
      return a.index == b.index;
    case Condition::Operator::all:
    case Condition::Operator::any:
    case Condition::Operator::none:
      return true;
  }
  return false;
}

bool Implication::implies(const Condition& a, const Condition& b) {
  if (steps_left_ == 0) return false;
  --steps_left_;
  const auto a_implies = [&](const Condition& part) { return implies(a, part); };
  const auto implies_b = [&](const Condition& part) { return implies(part, b); };
  if (same_meaning(a, b)) return true;
  if (b.op == Condition::Operator::all)
    return std::all_of(b.conditions.begin(), b.conditions.end(), a_implies);
  if (a.op == Condition::Operator::any)
    return std::all_of(a.conditions.begin(), a.conditions.end(), implies_b);
  if (b.op == Condition::Operator::any && std::any_of(b.conditions.begin(), b.conditions.end(), a_implies))
    return true;
  if (a.op == Condition::Operator::all && std::any_of(a.conditions.begin(), a.conditions.end(), implies_b))
    return true;
  if (b.op != Condition::Operator::observed || !b.field.empty()) return false;
  if (a.op == Condition::Operator::observed) return a.index == b.index;  // a hit with such a capture is a hit
  return a.op == Condition::Operator::correlated && needs_hit_of(signature_.correlations[a.index], b.index);
}

}  // namespace assay
