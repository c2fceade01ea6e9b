// What an analysis gathered, as the lists of a report.
#pragma once

#include "analysis.h"
#include "assay/report.h"

namespace assay {

Report report_of(Analysis&& analysis, const SignatureSet::Compiled& compiled, const Options& options);

}  // namespace assay
