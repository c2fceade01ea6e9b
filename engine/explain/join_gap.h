// Which hits took in others, and what kept them from it.
#pragma once

#include <vector>

#include "assay/explain.h"
#include "diagnose/subject.h"

namespace assay {

// One for each join of the signature. `subject`: before join_hits().
std::vector<ExplainedJoin> explain_joins(const Subject& subject);

}  // namespace assay
