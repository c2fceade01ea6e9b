// Conclusions that never decide anything, verdicts without the evidence for them, and signatures that are
// called stable and have not been proved.
#include <fmt/format.h>

#include <algorithm>

#include "signature/lint_parts.h"
#include "signature/same_meaning.h"

namespace assay {

namespace {

void lint_conclusions(const Signature& signature, Remarks& remarks) {
  const auto& conclusions = signature.conclusions;
  Implication implication(signature);
  for (std::size_t later = 1; later < conclusions.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const bool same_groups = conclusions[earlier].group_by == conclusions[later].group_by ||
                               conclusions[earlier].group_by.empty();
      if (!same_groups || !implication.implies(conclusions[later].when, conclusions[earlier].when)) continue;
      remarks.error(
          conclusions[later].mark, "shadowed-conclusion",
          fmt::format(
              "this never decides: whenever it holds, the conclusion in line {} holds and comes first",
              conclusions[earlier].mark.line));
      break;
    }
  }
}

bool is_verdict(const SignatureTest& test, std::initializer_list<Status> statuses) {
  return test.expect.status &&
         std::find(statuses.begin(), statuses.end(), *test.expect.status) != statuses.end();
}

void lint_tests(const Signature& signature, Remarks& remarks) {
  if (signature.maturity != Maturity::stable) return;
  const auto& tests = signature.tests;
  const bool fires = std::any_of(tests.begin(), tests.end(), [](const SignatureTest& test) {
    return is_verdict(test, {Status::issue, Status::potential_problem});
  });
  const bool is_silent = std::any_of(tests.begin(), tests.end(), [](const SignatureTest& test) {
    return is_verdict(test, {Status::no_issue, Status::not_applicable, Status::missing_information});
  });
  if (!fires) {
    remarks.error(signature.mark, "untested",
                  "a stable signature needs a test that expects an issue or a potential problem");
  }
  if (!is_silent) {
    remarks.error(
        signature.mark, "untested",
        "a stable signature needs a test that expects no finding, such as no_issue or not_applicable");
  }
}

}  // namespace

void lint_verdicts(const Signature& signature, Remarks& remarks) {
  lint_conclusions(signature, remarks);
  lint_tests(signature, remarks);
  if (signature.needs.empty()) {
    remarks.warning(signature.mark, "no-needs",
                    "without 'needs', \"no issue\" is said even of a bundle that has none of the evidence");
  }
  if (signature.actions.empty()) {
    remarks.warning(signature.description.mark, "no-actions",
                    "a finding that does not say what to do; add 'actions'");
  }
}

}  // namespace assay
