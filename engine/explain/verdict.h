// How the status of one signature on one subject came about.
#pragma once

#include "assay/explain.h"
#include "diagnose/subject.h"

namespace assay {

// Everything of the verdict but its observations and its finding. The status is worked out from the values of
// the conditions as they are shown, not taken from the diagnosis.
// `subject`: before join_hits().
ExplainedVerdict explain_verdict(Subject subject);

}  // namespace assay
