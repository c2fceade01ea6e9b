// One group written down: its captures, counts, times and evidence.
#pragma once

#include <cstddef>
#include <vector>

#include "diagnose/by_values.h"
#include "diagnose/conditions.h"

namespace assay {

// What a conclusion rests on in a scene.
struct Support {
  std::vector<const Condition*> conditions;  // the parts that hold
  // Indices in Scene::hits, sorted: the hits that an observed part asks for, and those of the matches of a
  // correlated part.
  std::vector<std::size_t> hits;
};
Support support_of(const Condition& when, Scene& scene);

struct WrittenGroup {
  Group group;
  Captures latest;
  bool shortened = false;  // more evidence was asked for than `evidence_each`
};

// The group counts and dates what it stands on: all of an observation, kept or not; of a correlation the
// hits of its matches. Captures are the values, then what all hits agree in that it stands on or that have
// one of its values.
//
// Evidence is chosen for each observation of the snippet: among the hits that the group stands on if there
// are any of that observation, else among all of the scene. If that gives nothing, the latest hit of each
// observation that it stands on is shown; a group that stands on no hit shows first the facts that it rests
// on.
WrittenGroup write_group(const Conclusion& conclusion, const Values& values, Scene& scene,
                         const Support& support, const std::vector<const HitCount*>& counts,
                         std::size_t evidence_each);

}  // namespace assay
