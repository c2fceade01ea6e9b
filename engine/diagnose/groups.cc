// Decides candidate by candidate, and writes down each group while its hits are at hand.
#include "diagnose/groups.h"

#include <algorithm>
#include <set>

#include "diagnose/group_words.h"

namespace assay {

namespace {

// ---- candidates --------------------------------------------------------------------------------------

void add_match(const ByValues& by, const std::vector<const Hit*>& hits, const CorrelationMatch& match,
               std::vector<Values>& candidates) {
  std::vector<Values> of_hits;
  for (const std::uint32_t index : match.hits) {
    of_hits.push_back(by.values_of(hits[index]->observation, hits[index]->captures));
  }
  Values together(of_hits.front().size());
  for (const Values& values : of_hits) {
    if (!agree(together, values)) {
      candidates.insert(candidates.end(), of_hits.begin(), of_hits.end());
      return;
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (together[i].empty()) together[i] = values[i];
    }
  }
  candidates.push_back(std::move(together));
}

std::vector<Values> candidates_of(const Conclusion& conclusion, const ByValues& by, Scene& everything) {
  std::vector<Values> candidates;
  if (!conclusion.group_by.empty()) {
    for (const Condition* named : named_positively(conclusion.when)) {
      if (named->op == Condition::Operator::observed) {
        for (const Hit* hit : everything.hits()) {
          if (hit->observation != named->index) continue;
          candidates.push_back(by.values_of(hit->observation, hit->captures));
        }
      } else if (named->op == Condition::Operator::correlated) {
        for (const CorrelationMatch& match : everything.matches(named->index)) {
          add_match(by, everything.hits(), match, candidates);
        }
        for (const CorrelationMatch& match : everything.open_matches(named->index)) {
          add_match(by, everything.hits(), match, candidates);
        }
      }
    }
    candidates = distinct_groups(std::move(candidates));
  }
  if (candidates.empty()) candidates.push_back(Values(conclusion.group_by.size()));
  return candidates;
}

// ---- what was decided before -------------------------------------------------------------------------

class DecidedBefore {
 public:
  bool covers(const Conclusion& conclusion, const Values& values) const {
    return std::any_of(conclusions_.begin(), conclusions_.end(), [&](const OfConclusion& earlier) {
      if (earlier.conclusion->group_by == conclusion.group_by) {
        if (earlier.values.find(values) != earlier.values.end()) return true;
        if (!earlier.incomplete && !is_incomplete(values)) return false;
      }
      return std::any_of(earlier.values.begin(), earlier.values.end(), [&](const Values& decided) {
        return same_thing(earlier.conclusion->group_by, decided, conclusion.group_by, values);
      });
    });
  }

  // Only for conclusions to come: what one conclusion decides does not cover its other groups.
  void add(const Conclusion& conclusion, std::vector<Values> decided) {
    if (decided.empty()) return;
    OfConclusion entry{.conclusion = &conclusion, .values = {}, .incomplete = false};
    entry.incomplete = std::any_of(decided.begin(), decided.end(), is_incomplete);
    for (Values& values : decided) entry.values.insert(std::move(values));
    conclusions_.push_back(std::move(entry));
  }

 private:
  struct OfConclusion {
    const Conclusion* conclusion;
    std::set<Values> values;
    bool incomplete;
  };

  static bool is_incomplete(const Values& values) {
    return std::any_of(values.begin(), values.end(), [](const std::string& value) { return value.empty(); });
  }

  static bool is_everything(const Values& values) {
    return std::all_of(values.begin(), values.end(), [](const std::string& value) { return value.empty(); });
  }

  static bool same_thing(const std::vector<std::string>& left_names, const Values& left,
                         const std::vector<std::string>& right_names, const Values& right) {
    if (is_everything(left) || is_everything(right)) return true;
    bool shared = false;
    for (std::size_t i = 0; i < left_names.size(); ++i) {
      const auto found = std::find(right_names.begin(), right_names.end(), left_names[i]);
      if (found == right_names.end()) continue;
      const std::string& other = right[static_cast<std::size_t>(found - right_names.begin())];
      if (left[i].empty() || other.empty()) continue;
      if (left[i] != other) return false;
      shared = true;
    }
    return shared;
  }

  std::vector<OfConclusion> conclusions_;
};

// ---- one conclusion ----------------------------------------------------------------------------------

// What stands still while one conclusion is looked at.
struct Ground {
  const Subject& subject;
  const Conclusion& conclusion;
  std::shared_ptr<const ByValues> hits;
  ByValues counts;
  bool needs_are_met;
  std::size_t candidates;
};

bool has_spilled(const Subject& subject, const HitCount& count) {
  return std::all_of(count.captures.begin(), count.captures.end(),
                     [](const std::string& value) { return value.empty(); }) &&
         std::binary_search(subject.bounded.begin(), subject.bounded.end(), count.observation);
}

Ground make_ground(const Subject& subject, const Conclusion& conclusion, bool needs_are_met) {
  ByValues hits(*subject.signature, conclusion.group_by);
  for (std::size_t i = 0; i < subject.hits.size(); ++i) {
    hits.add(i, hits.values_of(subject.hits[i]->observation, subject.hits[i]->captures));
  }
  ByValues counts(*subject.signature, conclusion.group_by);
  for (std::size_t i = 0; i < subject.counts.size(); ++i) {
    const HitCount& count = *subject.counts[i];
    // Captures that found no room are not known, so they belong to nobody in particular.
    if (!conclusion.group_by.empty() && has_spilled(subject, count)) continue;
    counts.add(i, counts.values_of(count.observation, count.captures));
  }
  return {.subject = subject,
          .conclusion = conclusion,
          .hits = std::make_shared<const ByValues>(std::move(hits)),
          .counts = std::move(counts),
          .needs_are_met = needs_are_met,
          .candidates = 0};
}

// Decides about one candidate: fills in a group, or what is unknown, or nothing.
void decide_candidate(const Ground& ground, const Values& values, Decision& decision,
                      std::vector<Values>& decided_now) {
  const Subject& subject = ground.subject;
  const std::vector<std::size_t> indices = ground.hits->agreeing(values);
  std::vector<const Hit*> hits;
  hits.reserve(indices.size());
  for (const std::size_t index : indices) hits.push_back(subject.hits[index]);
  Scene scene(subject, std::move(hits));

  const Evaluation evaluation = evaluate(ground.conclusion.when, scene);
  add_each_once(decision.unknown_facts, evaluation.unknown_facts);
  add_each_once(decision.open_absences, evaluation.open_absences);
  if (evaluation.truth != Truth::yes) return;
  const Support support = support_of(ground.conclusion.when, scene);
  if (!ground.needs_are_met && support.hits.empty() && names_absence(ground.conclusion.when)) return;

  std::vector<const HitCount*> counts;
  for (const std::size_t index : ground.counts.agreeing(values)) counts.push_back(subject.counts[index]);
  WrittenGroup written = write_group(ground.conclusion, values, scene, support, counts,
                                     std::max<std::size_t>(1, kEvidenceShown / ground.candidates));
  decision.groups.push_back({.group = std::move(written.group),
                             .conclusion = &ground.conclusion,
                             .values = values,
                             .latest = std::move(written.latest),
                             .by = ground.hits});
  decision.evidence_shortened = decision.evidence_shortened || written.shortened;
  for (const std::size_t index : indices) decision.in_groups[index] = true;
  for (const std::size_t in_scene : support.hits) decision.stands_on[indices[in_scene]] = true;
  decided_now.push_back(values);
}

}  // namespace

Decision decide(const Subject& subject, bool needs_are_met) {
  Decision decision;
  decision.in_groups.resize(subject.hits.size());
  decision.stands_on.resize(subject.hits.size());
  Scene everything(subject, subject.hits);
  DecidedBefore before;
  for (const Conclusion& conclusion : subject.signature->conclusions) {
    // Most signatures see nothing: no need to arrange what is not there.
    if (subject.hits.empty() && evaluate(conclusion.when, everything).truth == Truth::no) continue;
    Ground ground = make_ground(subject, conclusion, needs_are_met);
    const std::vector<Values> candidates = candidates_of(conclusion, *ground.hits, everything);
    ground.candidates = candidates.size();
    std::vector<Values> decided_now;
    for (const Values& values : candidates) {
      LookedAt looked_at{.conclusion = &conclusion,
                         .values = values,
                         .by = ground.hits,
                         .decided_before = before.covers(conclusion, values)};
      const std::size_t groups = decision.groups.size();
      if (!looked_at.decided_before) decide_candidate(ground, values, decision, decided_now);
      looked_at.gives_group = decision.groups.size() > groups;
      decision.looked_at.push_back(std::move(looked_at));
    }
    before.add(conclusion, std::move(decided_now));
  }
  std::stable_sort(
      decision.groups.begin(), decision.groups.end(),
      [](const Decided& left, const Decided& right) { return left.group.captures < right.group.captures; });
  return decision;
}

std::vector<std::size_t> hits_of(const Decided& decided) {
  return decided.by->agreeing(decided.values);
}

}  // namespace assay
