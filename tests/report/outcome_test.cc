// What a report comes to in one word, which the exit status and the JSON say.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "assay/formats.h"
#include "assay/report.h"

namespace assay {
namespace {

Finding finding_with(Status status) {
  Finding finding;
  finding.id = "LAB-1";
  finding.status = status;
  return finding;
}

// Of a bundle with a log, on which every signature could judge.
Report sound_report() {
  Report report;
  report.nodes.push_back({.name = "vcsc", .bundles = {"diag.tar.gz"}, .facts = {}, .evidence = {"log"}});
  report.findings = {finding_with(Status::no_issue), finding_with(Status::not_applicable)};
  return report;
}

TEST(Outcome, IsThatNothingWasFoundOnlyWhereAllWasThere) {
  EXPECT_EQ(outcome_of(sound_report()), Outcome::nothing_found);

  Report cut = sound_report();
  cut.complete = false;
  EXPECT_EQ(outcome_of(cut), Outcome::not_all_checked);

  for (const Status status : {Status::missing_information, Status::error}) {
    Report open = sound_report();
    open.findings.push_back(finding_with(status));
    EXPECT_EQ(outcome_of(open), Outcome::not_all_checked) << to_string(status);
  }

  Report left_out = sound_report();
  left_out.problems.push_back({.code = "invalid-signature", .path = "LAB-2.yaml", .message = "a mistake"});
  EXPECT_EQ(outcome_of(left_out), Outcome::not_all_checked)
      << "a signature that was left out might have spoken";

  EXPECT_EQ(outcome_of(Report()), Outcome::not_all_checked) << "there was nothing to look at";
}

TEST(Outcome, IsThatSomethingWasFoundWhateverElseIsMissing) {
  for (const Status status : {Status::issue, Status::potential_problem}) {
    Report report = sound_report();
    report.complete = false;
    report.findings.push_back(finding_with(status));
    EXPECT_EQ(outcome_of(report), Outcome::found) << to_string(status);
  }
}

TEST(Outcome, LooksPastFindingsThatAnotherOneExplains) {
  Report report = sound_report();
  report.findings.push_back(finding_with(Status::issue));
  report.findings.back().hidden_by = "LAB-2";
  EXPECT_EQ(outcome_of(report), Outcome::nothing_found);
}

TEST(Outcome, StandsInTheJson) {
  EXPECT_EQ(nlohmann::json::parse(to_json(sound_report()))["outcome"], "nothing_found");
  EXPECT_EQ(nlohmann::json::parse(to_json(Report()))["outcome"], "not_all_checked");
}

}  // namespace
}  // namespace assay
