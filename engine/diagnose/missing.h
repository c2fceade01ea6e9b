// What a verdict would have needed and did not have, in words for people.
#pragma once

#include <string>
#include <vector>

#include "diagnose/subject.h"

namespace assay {

// The needs of the signature that are not met: kinds of evidence that are not there or were cut (also by
// what they are part of: "log" for "log.traffic_server"), and facts that are not known. For the case, what
// one node has is there, and what is cut on any node is cut.
std::vector<Missing> unmet_needs(const Subject& subject);

// An absence whose window reaches beyond the evidence.
Missing missing_answer(const Subject& subject, const Correlation& absence);

Missing missing_fact(const Subject& subject, const std::string& name);

}  // namespace assay
