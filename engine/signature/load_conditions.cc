// applies, needs and conclude: what has to hold, over facts, observations and correlations.
#include <fmt/format.h>

#include <algorithm>

#include "signature/load_parts.h"
#include "signature/nearest_name.h"

namespace assay {

namespace {

Condition of_tree(const TestTree& tree, const Condition& about) {
  if (tree.op == TestTree::Operator::test) {
    Condition condition = about;
    condition.test = tree.test;
    return condition;
  }
  Condition condition;
  condition.op = tree.op == TestTree::Operator::all ? Condition::Operator::all : Condition::Operator::none;
  condition.mark = tree.mark;
  for (const TestTree& child : tree.children) condition.conditions.push_back(of_tree(child, about));
  return condition;
}

// The type of a capture, if a field is what all that have it take it from; its own, or one of a hit that is
// taken in.
FieldType type_of_capture(const Signature& signature, std::uint32_t observation, std::string_view name) {
  const auto own_type = [&](const Observation& one) -> const Field* {
    for (const auto& [capture, field_name] : one.captured_fields) {
      if (capture == name) return find_field(field_name);
    }
    return nullptr;
  };
  const Field* field = own_type(signature.observations[observation]);
  for (const HitJoin& join : signature.joins) {
    const bool takes = std::find(join.into.begin(), join.into.end(), observation) != join.into.end();
    if (field == nullptr && takes) field = own_type(signature.observations[join.take]);
  }
  return field == nullptr ? FieldType::text : field->type;
}

Condition load_fact(const YamlNode& map, const YamlNode& name, Loading& loading) {
  Condition about;
  about.op = Condition::Operator::fact;
  about.name = name.text;
  about.mark = map.mark;
  const FactName* fact = find_fact_name(name.text);
  const Tested tested{.name = fmt::format("the fact {}", name.text),
                      .type = fact == nullptr ? FieldType::word : fact->type,
                      .can_be_empty = false,
                      .captures = false,
                      .values = fact == nullptr ? std::span<const std::string_view>() : fact->values};
  return of_tree(load_operators(map, tested, {"fact"}, loading), about);
}

Condition load_observed(const YamlNode& map, const YamlNode& name, Loading& loading) {
  Condition about;
  about.op = Condition::Operator::observed;
  about.mark = map.mark;
  const std::optional<std::uint32_t> index = find_observation(name, loading);
  if (!index) return about;
  const Observation& observation = loading.signature.observations[*index];
  about.index = *index;
  about.name = observation.name;
  const YamlNode* field = map.find("field");
  if (field == nullptr) {
    if (map.entries.size() > 1) {
      loading.remarks.error(
          map.mark, "missing-key",
          fmt::format("'observed' needs the key 'field' to say which capture of '{}' is tested", name.text));
    }
    return about;
  }
  about.field = field->text;
  require_capture(*field, observation, loading);

  if (map.entries.size() == 2) {
    loading.remarks.error(
        map.mark, "missing-key",
        fmt::format("what is asked of the capture '{}'? Add an operator, such as 'is' or 'exists'",
                    field->text));
    return about;
  }
  const Tested tested{.name = fmt::format("the capture {}", field->text),
                      .type = type_of_capture(loading.signature, *index, field->text),
                      .can_be_empty = true,
                      .captures = false};
  return of_tree(load_operators(map, tested, {"observed", "field"}, loading), about);
}

Condition load_name(const YamlNode& name, Loading& loading) {
  Condition condition;
  condition.mark = name.mark;
  condition.name = name.text;
  for (std::size_t i = 0; i < loading.signature.correlations.size(); ++i) {
    if (loading.signature.correlations[i].name != name.text) continue;
    condition.op = Condition::Operator::correlated;
    condition.index = static_cast<std::uint32_t>(i);
    return condition;
  }
  condition.op = Condition::Operator::observed;
  const auto& observations = loading.signature.observations;
  const auto found = std::find_if(observations.begin(), observations.end(),
                                  [&](const Observation& one) { return one.name == name.text; });
  if (found != observations.end()) {
    condition.index = static_cast<std::uint32_t>(found - observations.begin());
    return condition;
  }
  std::vector<std::string_view> correlations;
  for (const Correlation& correlation : loading.signature.correlations)
    correlations.push_back(correlation.name);
  unknown_observation(name, correlations, loading);
  return condition;
}

// Captures that the groups of a conclusion can have: of every observation that it names positively.
void collect_captures(const Condition& condition, const Signature& signature,
                      std::vector<std::string_view>& captures) {
  const auto add = [&](std::uint32_t observation) {
    const auto& names = signature.observations[observation].captures;
    captures.insert(captures.end(), names.begin(), names.end());
  };
  switch (condition.op) {
    case Condition::Operator::observed:
      add(condition.index);
      break;
    case Condition::Operator::correlated:
      for (const std::uint32_t observation : signature.correlations[condition.index].observations)
        add(observation);
      break;
    case Condition::Operator::all:
    case Condition::Operator::any:
      for (const Condition& child : condition.conditions) collect_captures(child, signature, captures);
      break;
    case Condition::Operator::fact:
    case Condition::Operator::none:
      break;
  }
}

Conclusion load_conclusion(const YamlNode& map, Loading& loading) {
  Conclusion conclusion;
  conclusion.mark = map.mark;
  if (const YamlNode* status = map.find("status")) {
    conclusion.status = status->text == "potential_problem" ? Status::potential_problem : Status::issue;
  }

  if (const YamlNode* when = map.find("when")) conclusion.when = load_condition(*when, loading);
  const bool when_is_good = loading.knows_captures() && !loading.signature.observations.empty();
  std::vector<std::string_view> known;
  if (when_is_good) collect_captures(conclusion.when, loading.signature, known);
  for (const YamlNode* name : each_scalar(map.find("group_by"))) {
    conclusion.group_by.push_back(name->text);
    if (!when_is_good || std::find(known.begin(), known.end(), name->text) != known.end()) continue;
    loading.remarks.error(name->mark, "unknown-capture",
                          fmt::format("no observation that 'when' asks for has a capture '{}'{}", name->text,
                                      suggestion(name->text, known)));
  }
  return conclusion;
}

void load_needs(const YamlNode& list, Signature& signature) {
  for (const YamlNode& item : list.items) {
    Need need;
    need.mark = item.mark;
    const YamlNode* fact = item.find("fact");
    need.is_fact = fact != nullptr;
    need.name = fact != nullptr ? fact->text : item.text;
    signature.needs.push_back(std::move(need));
  }
}

}  // namespace

Condition load_condition(const YamlNode& node, Loading& loading) {
  if (node.is_scalar()) return load_name(node, loading);
  if (const YamlNode* fact = node.find("fact")) return load_fact(node, *fact, loading);
  if (const YamlNode* observed = node.find("observed")) return load_observed(node, *observed, loading);
  Condition all;
  all.mark = node.mark;
  for (const YamlEntry& entry : node.entries) {
    Condition part;
    part.mark = entry.key_mark;
    if (entry.key == "not") {
      part.op = Condition::Operator::none;
      part.conditions.push_back(load_condition(entry.value, loading));
    } else if (entry.key == "any" || entry.key == "all") {
      part.op = entry.key == "any" ? Condition::Operator::any : Condition::Operator::all;
      for (const YamlNode& item : entry.value.items) part.conditions.push_back(load_condition(item, loading));
    }
    all.conditions.push_back(std::move(part));
  }
  if (all.conditions.size() != 1) return all;
  Condition only = std::move(all.conditions.front());
  return only;
}

void load_conditions(const YamlNode& root, Loading& loading) {
  if (const YamlNode* applies = root.find("applies"); applies != nullptr && applies->is_map()) {
    loading.signature.applies = load_condition(*applies, loading);
  }
  if (const YamlNode* needs = root.find("needs")) load_needs(*needs, loading.signature);
  if (const YamlNode* conclude = root.find("conclude")) {
    for (const YamlNode& item : conclude->items)
      loading.signature.conclusions.push_back(load_conclusion(item, loading));
  }
}

}  // namespace assay
