// A condition with the value of every part of it.
#pragma once

#include "assay/explain.h"
#include "diagnose/conditions.h"

namespace assay {

// Looks at every part, also where the whole is decided without it.
ExplainedCondition condition_tree(const Condition& condition, Scene& scene);

}  // namespace assay
