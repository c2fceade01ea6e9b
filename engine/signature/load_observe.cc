// observe: which events, by the tests of their fields, and what their hits capture.
#include <fmt/format.h>

#include <algorithm>

#include "assay/fields.h"
#include "signature/load_parts.h"
#include "signature/nearest_name.h"

namespace assay {

namespace {

// Every hit carries its captures. Real observations have up to ten.
constexpr std::size_t kMostCaptures = 64;

// "log", "http" and so on.
bool is_kind(std::string_view name) {
  return std::any_of(fields().begin(), fields().end(), [name](const Field& field) {
    return field.name.starts_with(name) && field.name.substr(name.size()).starts_with('.');
  });
}

EventCondition of_tree(const TestTree& tree, const std::string& field) {
  EventCondition condition;
  condition.mark = tree.mark;
  switch (tree.op) {
    case TestTree::Operator::test:
      condition.op = EventCondition::Operator::test;
      condition.test = {.field = field, .test = tree.test, .mark = tree.mark};
      break;
    case TestTree::Operator::all:
      condition.op = EventCondition::Operator::all;
      break;
    case TestTree::Operator::none:
      condition.op = EventCondition::Operator::none;
      break;
  }
  for (const TestTree& child : tree.children) condition.conditions.push_back(of_tree(child, field));
  return condition;
}

class ObservationLoader {
 public:
  ObservationLoader(std::string_view kind, Loading& loading) : kind_(kind), loading_(loading) {}

  EventCondition load(const YamlNode& map, bool captures) {
    EventCondition all;
    all.mark = map.mark;
    for (const YamlEntry& entry : map.entries) {
      if (entry.key == "any" || entry.key == "all") {
        all.conditions.push_back(load_list(entry, captures));
      } else if (entry.key == "not") {
        EventCondition none = load(entry.value, false);
        EventCondition outer;
        outer.op = EventCondition::Operator::none;
        outer.mark = entry.key_mark;
        outer.conditions.push_back(std::move(none));
        all.conditions.push_back(std::move(outer));
      } else if (const Field* field = find_field(fmt::format("{}.{}", kind_, entry.key))) {
        all.conditions.push_back(load_field(entry, *field, captures));
      }
    }
    if (all.conditions.size() != 1) return all;
    EventCondition only = std::move(all.conditions.front());
    return only;
  }

 private:
  EventCondition load_list(const YamlEntry& entry, bool captures) {
    EventCondition condition;
    condition.op = entry.key == "any" ? EventCondition::Operator::any : EventCondition::Operator::all;
    condition.mark = entry.key_mark;
    for (const YamlNode& item : entry.value.items) condition.conditions.push_back(load(item, captures));
    return condition;
  }

  EventCondition load_field(const YamlEntry& entry, const Field& field, bool captures) {
    const std::string name = fmt::format("{}.{}", kind_, entry.key);
    const Tested tested{.name = name,
                        .type = field.type,
                        .can_be_empty = false,
                        .captures = captures,
                        .values = field.values};
    EventCondition condition = of_tree(load_value_test(entry.value, tested, loading_), name);
    condition.mark = entry.key_mark;
    if (condition.op == EventCondition::Operator::test) condition.test.mark = entry.key_mark;
    return condition;
  }

  std::string_view kind_;
  Loading& loading_;
};

bool has_broken_pattern(const EventCondition& condition) {
  const ValueTest& test = condition.test.test;
  const bool broken = condition.op == EventCondition::Operator::test &&
                      test.op == ValueTest::Operator::matches && test.pattern == nullptr;
  return broken || std::any_of(condition.conditions.begin(), condition.conditions.end(), has_broken_pattern);
}

void collect_captures(const EventCondition& condition, Observation& observation) {
  if (condition.op == EventCondition::Operator::none) return;
  for (const EventCondition& child : condition.conditions) collect_captures(child, observation);
  const ValueTest& test = condition.test.test;
  if (condition.op != EventCondition::Operator::test || !test.pattern || test.negated) return;
  for (const std::string& name : test.pattern->capture_names()) {
    if (observation.captures.size() > kMostCaptures) return;
    if (!has_capture(observation, name)) observation.captures.push_back(name);
  }
}

void check_capture_names(const Observation& observation, Remarks& remarks) {
  if (observation.captures.size() > kMostCaptures) {
    remarks.error(observation.mark, "too-many",
                  fmt::format("'{}' captures more than {} values; capture only what is used",
                              observation.name, kMostCaptures));
  }
  for (const std::string& name : observation.captures) check_capture_name(name, observation.mark, remarks);
}

// The field that is named with its kind or without; with a remark if there is none.
std::string full_field_name(const YamlNode& node, std::string_view kind, Remarks& remarks) {
  const bool full = node.text.starts_with(fmt::format("{}.", kind));
  std::string field = full ? node.text : fmt::format("{}.{}", kind, node.text);
  if (find_field(field) != nullptr) return field;
  std::vector<std::string_view> names;
  for (const Field& known : fields()) {
    if (known.name.starts_with(fmt::format("{}.", kind))) names.push_back(known.name);
  }
  remarks.error(node.mark, "unknown-field",
                fmt::format("there is no field '{}'{}", field, suggestion(field, names)));
  return field;
}

void load_each(const YamlNode& node, Observation& observation, Remarks& remarks) {
  observation.each = full_field_name(node, observation.kind, remarks);
  const Field* field = find_field(observation.each);
  if (field == nullptr || field->many) return;
  remarks.error(node.mark, "wrong-operator",
                fmt::format("{} has one value at most; 'each' is for fields with several", observation.each));
}

void load_captured_fields(const YamlNode& captures, std::string_view kind, Observation& observation,
                          Remarks& remarks) {
  for (const YamlEntry& entry : captures.entries) {
    if (observation.captures.size() > kMostCaptures) return;
    if (has_capture(observation, entry.key)) {
      remarks.error(entry.key_mark, "duplicate-name",
                    fmt::format("a pattern of this observation captures '{}' already", entry.key));
      continue;
    }
    if (!entry.value.is_scalar()) continue;
    const std::string field = full_field_name(entry.value, kind, remarks);
    observation.captures.push_back(entry.key);
    observation.captured_fields.emplace_back(entry.key, field);
  }
}

Observation load_observation(const YamlEntry& entry, Loading& loading) {
  Remarks& remarks = loading.remarks;
  Observation observation;
  observation.name = entry.key;
  observation.mark = entry.key_mark;
  const YamlNode* captures = nullptr;
  const YamlNode* each = nullptr;
  const YamlEntry* kind = nullptr;
  for (const YamlEntry& part : entry.value.entries) {
    if (part.key == "capture") {
      captures = &part.value;
    } else if (part.key == "each") {
      each = &part.value;
    } else if (kind == nullptr || !is_kind(kind->key)) {
      kind = &part;
    } else if (is_kind(part.key) && part.key != kind->key) {
      remarks.error(
          part.key_mark, "wrong-type",
          fmt::format("an observation is of one kind of event; '{}' has {} already", entry.key, kind->key));
    }
  }
  if (kind == nullptr) {
    if (entry.value.is_map()) {
      remarks.error(entry.key_mark, "missing-key",
                    fmt::format("'{}' does not say what it observes: log, http, setting, tls or certificate",
                                entry.key));
    }
    return observation;
  }
  observation.kind = kind->key;
  observation.condition = ObservationLoader(kind->key, loading).load(kind->value, true);
  collect_captures(observation.condition, observation);
  if (each != nullptr) load_each(*each, observation, remarks);
  if (captures != nullptr) load_captured_fields(*captures, kind->key, observation, remarks);
  check_capture_names(observation, remarks);
  return observation;
}

}  // namespace

void check_capture_name(const std::string& name, Mark mark, Remarks& remarks) {
  const bool plain = !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
                     name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
  if (!plain) {
    remarks.error(mark, "invalid-value",
                  fmt::format("the capture '{}' is not a name of lower-case letters, digits and '_' that "
                              "begins with a letter",
                              name));
  }
  if (is_reserved_name(name)) {
    remarks.error(mark, "reserved-name",
                  fmt::format("texts use '{}' for something else; name the capture otherwise", name));
  }
}

void load_observations(const YamlNode& root, Loading& loading) {
  const YamlNode* observe = root.find("observe");
  if (observe == nullptr) return;
  for (const YamlEntry& entry : observe->entries) {
    Observation observation = load_observation(entry, loading);
    if (has_broken_pattern(observation.condition)) loading.unsure.insert(observation.name);
    loading.signature.observations.push_back(std::move(observation));
  }
}

}  // namespace assay
