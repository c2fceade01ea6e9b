// Hits, facts and inventory into findings: a pure function.
#pragma once

#include <string_view>
#include <vector>

#include "diagnose/case_file.h"
#include "signature/signature.h"

namespace assay {

// One finding for each signature and node (or one for the case), sorted as Report::findings, whatever the
// number of `threads`, which is at least 1. `costs`, one for each signature, is where the time of judging is
// added.
std::vector<Finding> diagnose(const std::vector<Signature>& signatures, const CaseFile& case_file,
                              std::string_view language, unsigned threads = 1,
                              std::vector<SignatureCost>* costs = nullptr);

}  // namespace assay
