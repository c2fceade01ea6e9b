// Conditions over facts, hits and correlations, in three values: a fact that is not known makes unknown what
// depends on it, and so does an absence whose window reaches beyond the evidence; nothing else does.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "assay/explain.h"
#include "diagnose/correlate.h"
#include "diagnose/subject.h"

namespace assay {

// What a condition looks at: the facts of a subject and some of its hits. Refers to the subject.
class Scene {
 public:
  Scene(const Subject& subject, std::vector<const Hit*> hits);

  const Subject& subject() const { return subject_; }
  const std::vector<const Hit*>& hits() const { return hits_; }
  // Of a correlation among these hits, without the open ones; worked out when it is asked for first.
  const std::vector<CorrelationMatch>& matches(std::uint32_t correlation);
  const std::vector<CorrelationMatch>& open_matches(std::uint32_t correlation);

 private:
  const Subject& subject_;
  std::vector<const Hit*> hits_;
  struct Matches {
    std::vector<CorrelationMatch> sure;
    std::vector<CorrelationMatch> open;
  };
  const Matches& all_matches(std::uint32_t correlation);
  std::vector<std::optional<Matches>> matches_;  // by correlation
};

struct Evaluation {
  Truth truth = Truth::no;
  // The facts because of which it is unknown, as the condition spells them; empty unless it is unknown.
  std::vector<std::string> unknown_facts;
  // Likewise: absences whose windows reach beyond the evidence, by index of the correlation.
  std::vector<std::uint32_t> open_absences = {};
};

// From when to when the evidence reaches in which a correlation of this subject would be answered; of a case,
// what all of its nodes have in common.
Reach reach_of(const Subject& subject, const Correlation& correlation);

// Adds to `names` those of `more` that are not among them.
template <typename Name>
void add_each_once(std::vector<Name>& names, const std::vector<Name>& more) {
  for (const Name& name : more) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
}

// A test of a fact over the case: yes if it is yes on any node, no if it is no on every node.
Evaluation evaluate(const Condition& condition, Scene& scene);

// Whether a hit, or what is counted together, is one that the condition asks for.
// REQUIRES: condition.op == observed.
bool is_observed(const Condition& condition, const Signature& signature, std::uint32_t observation,
                 const std::vector<std::string>& captures);

// What a condition says to be there: its observed, correlated and fact conditions that are not under `none`.
std::vector<const Condition*> named_positively(const Condition& condition);

// Those among them that hold in the scene, in a branch that holds: what its truth rests on.
std::vector<const Condition*> supports(const Condition& condition, Scene& scene);

// True if the condition asks somewhere for hits that are not there.
bool names_absence(const Condition& condition);

}  // namespace assay
