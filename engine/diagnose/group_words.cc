// Turns the hits of a group into what the report shows of it.
#include "diagnose/group_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "signature/value_test.h"

namespace assay {

namespace {

const Observation& observation_of(const Scene& scene, const Hit& hit) {
  return scene.subject().signature->observations[hit.observation];
}

bool asked_for(const Support& support, const Signature& signature, std::uint32_t observation,
               const std::vector<std::string>& captures) {
  return std::any_of(support.conditions.begin(), support.conditions.end(), [&](const Condition* condition) {
    return condition->op == Condition::Operator::observed &&
           is_observed(*condition, signature, observation, captures);
  });
}

// ---- count, first, last ------------------------------------------------------------------------------

void extend(Group& group, const std::optional<Time>& first, const std::optional<Time>& last) {
  if (first && (!group.first || *first < *group.first)) group.first = first;
  if (last && (!group.last || *last > *group.last)) group.last = last;
}

// A setting shows that something is so, not how often it happened.
bool is_state(const Signature& signature, std::uint32_t observation) {
  return signature.observations[observation].kind == "setting";
}

// States count only where no event does: an alarm that the log raises once and the status dump lists was
// raised once.
void count_hits(Group& group, const Scene& scene, const Support& support,
                const std::vector<const HitCount*>& counts) {
  const Signature& signature = *scene.subject().signature;
  std::uint64_t kept = 0;
  std::uint64_t in_matches_only = 0;
  std::uint64_t states = 0;
  for (const std::size_t index : support.hits) {
    const Hit& hit = *scene.hits()[index];
    extend(group, hit.time, hit.time);
    const bool asked = asked_for(support, signature, hit.observation, hit.captures);
    ++(is_state(signature, hit.observation) ? states : asked ? kept : in_matches_only);
  }
  std::uint64_t counted = 0;
  std::uint64_t counted_states = 0;
  for (const HitCount* count : counts) {
    if (!asked_for(support, signature, count->observation, count->captures)) continue;
    (is_state(signature, count->observation) ? counted_states : counted) += count->count;
    extend(group, count->first, count->last);
  }
  group.count = std::max(kept, counted) + in_matches_only;
  if (group.count == 0) group.count = std::max(states, counted_states);
}

// ---- captures ----------------------------------------------------------------------------------------

// All names that the hits' observations capture, in the order of the signature, but for those grouped by.
std::vector<std::string> other_captures(const Signature& signature, const Conclusion& conclusion) {
  std::vector<std::string> names;
  for (const Observation& observation : signature.observations) {
    for (const std::string& name : observation.captures) {
      const auto is_name = [&](const std::string& other) { return other == name; };
      if (std::any_of(names.begin(), names.end(), is_name)) continue;
      if (std::any_of(conclusion.group_by.begin(), conclusion.group_by.end(), is_name)) continue;
      names.push_back(name);
    }
  }
  return names;
}

std::string_view capture_of(const Scene& scene, const Hit& hit, const std::string& name) {
  const std::vector<std::string>& names = observation_of(scene, hit).captures;
  const auto column = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  return column < hit.captures.size() ? std::string_view(hit.captures[column]) : std::string_view();
}

// The hits that a group stands on, and those that have one of its values. What is only there because it
// names nothing to group by may be about something else, and lends the group no name.
std::vector<const Hit*> own_hits(const Scene& scene, const Support& support, const Conclusion& conclusion) {
  std::vector<const Hit*> own;
  for (std::size_t i = 0; i < scene.hits().size(); ++i) {
    const Hit& hit = *scene.hits()[i];
    const bool has_value =
        std::any_of(conclusion.group_by.begin(), conclusion.group_by.end(),
                    [&](const std::string& name) { return !capture_of(scene, hit, name).empty(); });
    if (has_value || conclusion.group_by.empty() ||
        std::binary_search(support.hits.begin(), support.hits.end(), i)) {
      own.push_back(&hit);
    }
  }
  return own;
}

// The value that all hits which have one agree in; empty if they do not.
std::string_view agreed_value(const Scene& scene, const std::vector<const Hit*>& hits,
                              const std::string& name) {
  std::string_view agreed;
  for (const Hit* hit : hits) {
    const std::string_view value = capture_of(scene, *hit, name);
    if (value.empty()) continue;
    if (!agreed.empty() && agreed != value) return {};
    agreed = value;
  }
  return agreed;
}

std::string_view latest_value(const Scene& scene, const Support& support, const std::string& name) {
  for (std::size_t i = support.hits.size(); i-- > 0;) {
    const std::string_view value = capture_of(scene, *scene.hits()[support.hits[i]], name);
    if (!value.empty()) return value;
  }
  for (std::size_t i = scene.hits().size(); i-- > 0;) {
    const std::string_view value = capture_of(scene, *scene.hits()[i], name);
    if (!value.empty()) return value;
  }
  return {};
}

// ---- evidence ----------------------------------------------------------------------------------------

Evidence to_evidence(const Scene& scene, const Hit& hit) {
  const std::vector<std::string>& paths = scene.subject().case_file->member_paths;
  const Observation& observation = observation_of(scene, hit);
  Evidence evidence;
  evidence.observation = observation.name;
  evidence.place = {.path = hit.place.member < paths.size() ? paths[hit.place.member] : std::string(),
                    .line = hit.place.line,
                    .offset = hit.place.offset};
  evidence.time = hit.time;
  evidence.text = hit.text;
  // What it took in is shown where it comes from.
  const std::size_t own = observation.captures.size() - observation.joined_captures;
  for (std::size_t i = 0; i < hit.captures.size() && i < own; ++i) {
    if (!hit.captures[i].empty()) evidence.captures.push_back({observation.captures[i], hit.captures[i]});
  }
  return evidence;
}

std::vector<Evidence> evidence_of_facts(const Subject& subject, const Support& support) {
  std::vector<Evidence> evidence;
  for (const Condition* condition : support.conditions) {
    if (condition->op != Condition::Operator::fact) continue;
    for (const Facts* facts : subject.facts) {
      for (const Fact* fact : facts->find(condition->name)) {
        if (!passes(condition->test, TestedValue(std::string_view(fact->value)))) continue;
        Evidence one;
        one.observation = fact->name;
        one.place = fact->place;
        one.text = fmt::format("{}: {}", fact->name, fact->value);
        evidence.push_back(std::move(one));
      }
    }
  }
  return evidence;
}

// The hits of one observation to choose from, as indices in the scene.
std::vector<std::size_t> shown_from(const Scene& scene, const Support& support, std::uint32_t observation) {
  std::vector<std::size_t> hits;
  for (const std::size_t index : support.hits) {
    if (scene.hits()[index]->observation == observation) hits.push_back(index);
  }
  if (!hits.empty()) return hits;
  for (std::size_t index = 0; index < scene.hits().size(); ++index) {
    if (scene.hits()[index]->observation == observation) hits.push_back(index);
  }
  return hits;
}

struct Chosen {
  std::vector<std::size_t> hits;  // indices in the scene
  bool shortened = false;
};

void choose(const Snippet& snippet, std::size_t at_most, std::vector<std::size_t> from, Chosen& chosen) {
  const std::size_t asked = snippet.keep == Snippet::Keep::all
                                ? from.size()
                                : std::min<std::size_t>(snippet.per_group, from.size());
  const std::size_t shown = std::min(asked, at_most);
  chosen.shortened = chosen.shortened || shown < asked;
  const auto end = snippet.keep == Snippet::Keep::earliest ? from.begin() + static_cast<std::ptrdiff_t>(shown)
                                                           : from.end();
  chosen.hits.insert(chosen.hits.end(), end - static_cast<std::ptrdiff_t>(shown), end);
}

Chosen choose_evidence(const Scene& scene, const Support& support, std::size_t evidence_each) {
  const Signature& signature = *scene.subject().signature;
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < signature.observations.size(); ++i) all.push_back(i);
  const std::vector<std::uint32_t>& of =
      signature.snippet.observations.empty() ? all : signature.snippet.observations;
  Chosen chosen;
  for (const std::uint32_t observation : of) {
    choose(signature.snippet, evidence_each, shown_from(scene, support, observation), chosen);
  }
  if (chosen.hits.empty() && !support.hits.empty()) {
    for (const std::uint32_t observation : all) {
      std::vector<std::size_t> from;
      for (const std::size_t index : support.hits) {
        if (scene.hits()[index]->observation == observation) from.push_back(index);
      }
      choose(Snippet(), 1, std::move(from), chosen);
    }
  }
  std::sort(chosen.hits.begin(), chosen.hits.end());
  chosen.hits.erase(std::unique(chosen.hits.begin(), chosen.hits.end()), chosen.hits.end());
  return chosen;
}

}  // namespace

Support support_of(const Condition& when, Scene& scene) {
  Support support{.conditions = supports(when, scene), .hits = {}};
  const Signature& signature = *scene.subject().signature;
  for (std::size_t i = 0; i < scene.hits().size(); ++i) {
    const Hit& hit = *scene.hits()[i];
    if (asked_for(support, signature, hit.observation, hit.captures)) support.hits.push_back(i);
  }
  for (const Condition* condition : support.conditions) {
    if (condition->op != Condition::Operator::correlated) continue;
    for (const CorrelationMatch& match : scene.matches(condition->index)) {
      support.hits.insert(support.hits.end(), match.hits.begin(), match.hits.end());
    }
  }
  std::sort(support.hits.begin(), support.hits.end());
  support.hits.erase(std::unique(support.hits.begin(), support.hits.end()), support.hits.end());
  return support;
}

WrittenGroup write_group(const Conclusion& conclusion, const Values& values, Scene& scene,
                         const Support& support, const std::vector<const HitCount*>& counts,
                         std::size_t evidence_each) {
  WrittenGroup written;
  Group& group = written.group;
  group.status = conclusion.status;
  count_hits(group, scene, support, counts);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i].empty()) group.captures.push_back({conclusion.group_by[i], values[i]});
  }
  written.latest = group.captures;
  const std::vector<const Hit*> own = own_hits(scene, support, conclusion);
  for (const std::string& name : other_captures(*scene.subject().signature, conclusion)) {
    const std::string_view agreed = agreed_value(scene, own, name);
    if (!agreed.empty()) group.captures.push_back({name, std::string(agreed)});
    const std::string_view latest = latest_value(scene, support, name);
    if (!latest.empty()) written.latest.push_back({name, std::string(latest)});
  }
  if (support.hits.empty()) group.evidence = evidence_of_facts(scene.subject(), support);
  const Chosen chosen = choose_evidence(scene, support, evidence_each);
  for (const std::size_t index : chosen.hits) {
    group.evidence.push_back(to_evidence(scene, *scene.hits()[index]));
  }
  written.shortened = chosen.shortened;
  return written;
}

}  // namespace assay
