// What a report comes to. "Nothing found" is only said where every signature could look, and there was
// something to look at.
#include <algorithm>

#include "assay/report.h"

namespace assay {
namespace {

bool is_wrong(const Finding& finding) {
  const bool says_so = finding.status == Status::issue || finding.status == Status::potential_problem;
  return says_so && finding.hidden_by.empty();
}

bool is_open(const Finding& finding) {
  return finding.status == Status::missing_information || finding.status == Status::error;
}

bool is_about_signature(const Problem& problem) {
  return problem.code == "invalid-signature";
}

}  // namespace

Outcome outcome_of(const Report& report) {
  if (std::any_of(report.findings.begin(), report.findings.end(), is_wrong)) return Outcome::found;
  const bool is_whole = report.complete && has_evidence(report) &&
                        std::none_of(report.problems.begin(), report.problems.end(), is_about_signature) &&
                        std::none_of(report.findings.begin(), report.findings.end(), is_open);
  return is_whole ? Outcome::nothing_found : Outcome::not_all_checked;
}

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::found:
      return "found";
    case Outcome::not_all_checked:
      return "not_all_checked";
    case Outcome::nothing_found:
      return "nothing_found";
  }
  return "not_all_checked";
}

}  // namespace assay
