// Evaluates in the order of cost, and takes back what a branch captured that did not hold after all.
#include "match/event_condition.h"

#include <algorithm>
#include <variant>

#include "signature/value_test.h"

namespace assay {
namespace {

// A place in the captures that nobody reads: for a name that the observation does not have.
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

std::size_t slot_of(const Observation& observation, const std::string& name) {
  const auto found = std::find(observation.captures.begin(), observation.captures.end(), name);
  return found == observation.captures.end() ? kNowhere
                                             : static_cast<std::size_t>(found - observation.captures.begin());
}

bool is_cheap(const EventCondition& condition) {
  return condition.op == EventCondition::Operator::test &&
         condition.test.test.op != ValueTest::Operator::matches;
}

void fill(CheckScratch& scratch, std::size_t slot, std::string_view value) {
  if (slot == kNowhere || value.empty() || !scratch.captures[slot].empty()) return;
  scratch.captures[slot].assign(value);
  scratch.filled.push_back(slot);
}

// A value as a capture: text as it stands, the others as people write them. `storage` holds what is made.
std::string_view words_of(const FieldValue& value, std::string& storage) {
  if (const auto* words = std::get_if<std::string_view>(&value)) return *words;
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    storage = std::to_string(*number);
  } else if (const auto* time = std::get_if<Time>(&value)) {
    storage = to_string(*time);
  } else {
    storage = std::get<bool>(value) ? "true" : "false";
  }
  return storage;
}

// Takes back all that was captured since `count` captures were filled.
void take_back(CheckScratch& scratch, std::size_t count) {
  while (scratch.filled.size() > count) {
    scratch.captures[scratch.filled.back()].clear();
    scratch.filled.pop_back();
  }
}

}  // namespace

void read_field(const FieldKey& key, const Event& event, const OneOfEach& one, FieldValues& values) {
  read_field(key, event, values);
  if (one.field == nullptr || one.field->field != key.field || one.field->rest != key.rest) return;
  if (one.index < values.values.size()) std::swap(values.values.front(), values.values[one.index]);
  values.values.resize(std::min<std::size_t>(values.values.size(), 1));
}

EventCheck::EventCheck(const Observation& observation)
    : capture_count_(observation.captures.size()), root_(make_node(observation.condition, observation)) {
  if (!observation.each.empty()) each_ = field_key(observation.each);
  for (const auto& [name, field] : observation.captured_fields) {
    captured_fields_.push_back(CapturedField{.slot = slot_of(observation, name), .key = field_key(field)});
  }
}

EventCheck::Node EventCheck::make_node(const EventCondition& condition, const Observation& observation) {
  Node node;
  node.op = condition.op;
  if (condition.op == EventCondition::Operator::test) {
    node.key = field_key(condition.test.field);
    node.test = &condition.test.test;
    if (node.test->pattern) {
      for (const std::string& name : node.test->pattern->capture_names()) {
        node.slots.push_back(slot_of(observation, name));
      }
    }
    return node;
  }
  // The order of an `any` says whose captures count; that of the others says nothing.
  const bool may_reorder = condition.op != EventCondition::Operator::any;
  for (const EventCondition& part : condition.conditions) {
    if (!may_reorder || is_cheap(part)) node.conditions.push_back(make_node(part, observation));
  }
  for (const EventCondition& part : condition.conditions) {
    if (may_reorder && !is_cheap(part)) node.conditions.push_back(make_node(part, observation));
  }
  return node;
}

std::size_t EventCheck::parts(const Event& event, CheckScratch& scratch) const {
  if (!each_) return 1;
  read_field(*each_, event, scratch.values);
  return scratch.values.values.size();
}

bool EventCheck::holds(const Event& event, CheckScratch& scratch, std::size_t part) const {
  take_back(scratch, 0);
  scratch.one = {.field = each_ ? &*each_ : nullptr, .index = part};
  if (scratch.captures.size() < capture_count_) scratch.captures.resize(capture_count_);
  if (!node_holds(root_, event, scratch)) return false;
  for (const CapturedField& captured : captured_fields_) {
    read_field(captured.key, event, scratch.one, scratch.values);
    if (scratch.values.values.empty()) continue;
    fill(scratch, captured.slot, words_of(scratch.values.values.front(), scratch.words));
  }
  return true;
}

bool EventCheck::node_holds(const Node& node, const Event& event, CheckScratch& scratch) {
  const auto holds_here = [&](const Node& part) { return node_holds(part, event, scratch); };
  switch (node.op) {
    case EventCondition::Operator::test:
      return test_holds(node, event, scratch);
    case EventCondition::Operator::all:
      return std::all_of(node.conditions.begin(), node.conditions.end(), holds_here);
    case EventCondition::Operator::any:
      return any_holds(node, event, scratch);
    case EventCondition::Operator::none:
      return !any_holds(node, event, scratch);
  }
  return false;
}

bool EventCheck::test_holds(const Node& node, const Event& event, CheckScratch& scratch) {
  read_field(node.key, event, scratch.one, scratch.values);
  if (!passes(*node.test, scratch.values.values, scratch.groups)) return false;
  const std::size_t count = std::min(node.slots.size(), scratch.groups.size());
  for (std::size_t i = 0; i < count; ++i) fill(scratch, node.slots[i], scratch.groups[i]);
  return true;
}

bool EventCheck::any_holds(const Node& node, const Event& event, CheckScratch& scratch) {
  for (const Node& part : node.conditions) {
    const std::size_t filled = scratch.filled.size();
    if (node_holds(part, event, scratch)) return true;
    take_back(scratch, filled);
  }
  return false;
}

}  // namespace assay
