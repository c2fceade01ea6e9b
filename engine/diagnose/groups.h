// From hits to groups: which conclusion decides about which affected thing.
//
// For each conclusion in turn, the candidates are the distinct values of its group_by captures among the hits
// of what it names positively (a match of a correlation gives its values together, unless its own hits
// disagree). Values that say less than others, as (cucm, "") beside (cucm, 8443), make no candidate. Without
// any value, and without group_by, there is one candidate of everything.
//
// The condition is evaluated on the hits that agree with the candidate's values. A candidate is passed over
// if it was decided already: by an earlier conclusion whose group agrees with it in the captures that both
// group by. A group of everything agrees with all, so it is decided only where nothing was decided before,
// and leaves nothing to decide after it.
//
// A conclusion that would rest on absence alone (it asks for hits that are not there and has no hit of its
// own) gives no group while needed evidence is missing: absence would be a guess then.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "diagnose/by_values.h"
#include "diagnose/conditions.h"
#include "diagnose/subject.h"

namespace assay {

// One group, with what its texts need.
struct Decided {
  Group group;
  const Conclusion* conclusion = nullptr;
  Values values;                       // parallel to Conclusion::group_by
  Captures latest;                     // of each capture the latest value, from what it stands on if possible
  std::shared_ptr<const ByValues> by;  // finds its hits; shared by the groups of one conclusion
};

// A candidate, and what became of it.
struct LookedAt {
  const Conclusion* conclusion = nullptr;
  Values values;                       // parallel to Conclusion::group_by
  std::shared_ptr<const ByValues> by;  // finds its hits
  bool decided_before = false;         // an earlier conclusion decided about it
  bool gives_group = false;
};

struct Decision {
  std::vector<Decided> groups;  // sorted by captures
  // Facts because of which a conclusion remained open, each once.
  std::vector<std::string> unknown_facts;
  std::vector<std::uint32_t> open_absences;  // likewise; indices of correlations
  std::vector<bool> in_groups;               // of each hit of the subject: it belongs to a group
  std::vector<bool> stands_on;               // of each hit of the subject: a group stands on it
  std::vector<LookedAt> looked_at;           // in order; none where there are no hits and the condition fails
  bool evidence_shortened = false;           // more evidence was asked for than a finding shows
};

// Pieces of evidence that one finding shows at most, beyond one for each group and observation. They quote
// up to 4 KiB each.
inline constexpr std::size_t kEvidenceShown = 2'000;

Decision decide(const Subject& subject, bool needs_are_met);

// Indices of the hits of a group in Subject::hits.
std::vector<std::size_t> hits_of(const Decided& decided);

}  // namespace assay
