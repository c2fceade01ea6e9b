// Whether there was anything that a signature may look at. A report without is no answer: neither "no issue"
// nor a list of what is missing, but the wrong file.
#include <algorithm>

#include "assay/explain.h"
#include "assay/report.h"

namespace assay {

bool has_evidence(const Report& report) {
  return std::any_of(report.nodes.begin(), report.nodes.end(),
                     [](const Node& node) { return !node.evidence.empty(); });
}

bool has_evidence(const Explanation& explanation) {
  return std::any_of(explanation.members.begin(), explanation.members.end(),
                     [](const ExplainedMember& member) { return !member.reader.empty(); });
}

}  // namespace assay
