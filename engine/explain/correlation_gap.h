// What kept a correlation from holding: the best that its hits come to, and what that lacks.
#pragma once

#include "assay/explain.h"
#include "diagnose/subject.h"

namespace assay {

// REQUIRES: index < subject.signature->correlations.size()
ExplainedCorrelation explain_correlation(const Subject& subject, std::size_t index);

}  // namespace assay
