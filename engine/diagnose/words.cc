// Gathers what the templates of a finding name, and nothing else, then renders them.
#include "diagnose/words.h"

#include <algorithm>
#include <set>
#include <string>

namespace assay {

namespace {

using Fields = TemplateValue::Fields;

constexpr std::string_view kAllPrefix = "all.";
constexpr std::string_view kFactPrefix = "fact.";

// Most titles have no tag, and most findings are but a title: no need to render those.
bool is_plain(const Template& text) {
  return text.text().find("{{") == std::string::npos;
}

TemplateValue* find(Fields& fields, std::string_view name) {
  for (auto& [key, value] : fields) {
    if (key == name) return &value;
  }
  return nullptr;
}

void set(Fields& fields, std::string_view name, TemplateValue value) {
  if (TemplateValue* const there = find(fields, name)) {
    *there = std::move(value);
  } else {
    fields.push_back({std::string(name), std::move(value)});
  }
}

void set_time(Fields& fields, std::string_view name, const std::optional<Time>& time) {
  set(fields, name, {time ? to_string(*time) : std::string()});
}

// Puts `value` where "fact.product.version" leads: a record within a record for each dot.
void set_nested(Fields& fields, std::string_view path, const std::string& value) {
  const std::size_t dot = path.find('.');
  if (dot == std::string_view::npos) {
    set(fields, path, {value});
    return;
  }
  const std::string_view name = path.substr(0, dot);
  const TemplateValue* const there = find(fields, name);
  if (there == nullptr || !std::holds_alternative<Fields>(there->value)) set(fields, name, {Fields()});
  set_nested(std::get<Fields>(find(fields, name)->value), path.substr(dot + 1), value);
}

std::string joined(const std::vector<std::string>& words) {
  std::string result;
  for (const std::string& word : words) {
    if (!result.empty()) result += ", ";
    result += word;
  }
  return result;
}

// Keeps each value once, in the order in which they came.
class DistinctValues {
 public:
  void add(const std::string& value) {
    if (!value.empty() && seen_.insert(value).second) values_.push_back(value);
  }
  std::string joined() const { return assay::joined(values_); }

 private:
  std::set<std::string> seen_;
  std::vector<std::string> values_;
};

std::string all_values(const Subject& subject, const Decision& decision, std::string_view capture) {
  DistinctValues values;
  const auto column_of = [&](const Hit& hit) {
    const std::vector<std::string>& names = subject.signature->observations[hit.observation].captures;
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), capture) - names.begin());
  };
  for (const Decided& decided : decision.groups) {
    for (const std::size_t index : hits_of(decided)) {
      const Hit& hit = *subject.hits[index];
      const std::size_t column = column_of(hit);
      if (column < hit.captures.size()) values.add(hit.captures[column]);
    }
  }
  return values.joined();
}

std::string fact_values(const Subject& subject, std::string_view name) {
  DistinctValues values;
  for (const Facts* facts : subject.facts) {
    for (const Fact* fact : facts->find(name)) values.add(fact->value);
  }
  return values.joined();
}

Fields group_fields(const Decided& decided, bool more) {
  Fields fields;
  for (const auto& [name, value] : decided.latest) fields.push_back({name, {value}});
  set(fields, "count", {std::to_string(decided.group.count)});
  set_time(fields, "first", decided.group.first);
  set_time(fields, "last", decided.group.last);
  set(fields, "status", {std::string(to_string(decided.group.status))});
  set(fields, "more", {more});
  return fields;
}

Fields common_fields(const Finding& finding, const Subject& subject, const Decision& decision) {
  Fields fields;
  TemplateValue::List groups;
  std::uint64_t count = 0;
  std::optional<Time> first;
  std::optional<Time> last;
  for (std::size_t i = 0; i < decision.groups.size(); ++i) {
    const Group& group = decision.groups[i].group;
    groups.push_back({group_fields(decision.groups[i], i + 1 < decision.groups.size())});
    count += group.count;
    if (group.first && (!first || *group.first < *first)) first = group.first;
    if (group.last && (!last || *group.last > *last)) last = group.last;
  }
  std::vector<std::string> nodes;
  for (const NodeEvidence* node : subject.nodes) nodes.push_back(node->name);
  set(fields, "groups_count", {std::to_string(groups.size())});
  set(fields, "groups", {std::move(groups)});
  set(fields, "count", {std::to_string(count)});
  set_time(fields, "first", first);
  set_time(fields, "last", last);
  set(fields, "status", {std::string(to_string(finding.status))});
  set(fields, "node", {joined(nodes)});
  return fields;
}

// Adds what only some texts name.
void add_named(Fields& fields, const std::vector<const Template*>& texts, const Subject& subject,
               const Decision& decision) {
  std::set<std::string_view> names;
  for (const Template* text : texts) names.insert(text->names().begin(), text->names().end());
  for (const std::string_view name : names) {
    if (name.starts_with(kAllPrefix)) {
      set_nested(fields, name, all_values(subject, decision, name.substr(kAllPrefix.size())));
    } else if (name.starts_with(kFactPrefix)) {
      set_nested(fields, name, fact_values(subject, name.substr(kFactPrefix.size())));
    }
  }
}

// The texts of the actions that the groups call for.
std::vector<const Template*> actions_called_for(const Subject& subject, const Decision& decision,
                                                std::string_view language) {
  std::vector<const Hit*> hits;
  for (std::size_t i = 0; i < subject.hits.size(); ++i) {
    if (decision.in_groups[i]) hits.push_back(subject.hits[i]);
  }
  Scene scene(subject, std::move(hits));
  std::vector<const Template*> texts;
  for (const Action& action : subject.signature->actions) {
    if (action.when && evaluate(*action.when, scene).truth != Truth::yes) continue;
    if (const Template* text = action.text.in(language)) texts.push_back(text);
  }
  return texts;
}

}  // namespace

void fill_words(Finding& finding, const Subject& subject, const Decision& decision,
                std::string_view language) {
  const Signature& signature = *subject.signature;
  const bool found = finding.status == Status::issue || finding.status == Status::potential_problem;
  const bool has_texts = found || finding.status == Status::missing_information;
  struct Wanted {
    std::string& to;
    const Template* from;
  };
  std::vector<Wanted> wanted = {{finding.title, signature.title.in(language)}};
  if (has_texts) {
    wanted.push_back({finding.description, signature.description.in(language)});
    wanted.push_back({finding.condition, signature.condition.in(language)});
    wanted.push_back({finding.further_information, signature.further_information.in(language)});
  }
  std::vector<const Template*> actions;
  if (found) actions = actions_called_for(subject, decision, language);

  std::vector<const Template*> with_tags;
  for (const Wanted& one : wanted) {
    if (one.from != nullptr && !is_plain(*one.from)) with_tags.push_back(one.from);
  }
  for (const Template* action : actions) {
    if (!is_plain(*action)) with_tags.push_back(action);
  }
  Fields fields;
  if (!with_tags.empty()) {
    fields = common_fields(finding, subject, decision);
    add_named(fields, with_tags, subject, decision);
  }
  const auto rendered = [&](const Template& text) {
    return is_plain(text) ? text.text() : text.render(fields);
  };
  for (const Wanted& one : wanted) {
    if (one.from != nullptr) one.to = rendered(*one.from);
  }
  for (const Template* action : actions) finding.actions.push_back(rendered(*action));
}

}  // namespace assay
