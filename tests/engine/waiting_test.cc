// What only takes back what others found is looked at last, and only where there is something to take back:
// the verdicts are those of a look at every record.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "assay/analyze.h"
#include "assay/explain.h"
#include "assay/formats.h"
#include "engine/bundle.h"

namespace assay {
namespace {

using testing::bundle_files;
using testing::File;
using testing::input_of;
using testing::tar_of;

SignatureSet never_again() {
  const std::string text = R"(id: NEVER-AGAIN
title: A connection failed and was not made again
kind: network
severity: medium
observe:
  failed:
    log: {detail: Connection failed}
    capture: {peer: pair.Peer}
  works:
    log: {detail: Connection works}
    capture: {peer: pair.Peer}
  overloaded:
    log: {detail: Too many connections}
    capture: {peer: pair.Peer}
correlate:
  never_again: {absent: works, after: failed, same: [peer]}
conclude:
  - {status: issue, when: never_again, group_by: peer}
  - {status: potential_problem, when: overloaded, group_by: peer}
text:
  description: "Down: {{all.peer}}."
  actions: [Look at the network.]
)";
  const SignatureSource source{"never-again.yaml", text};
  return SignatureSet::from_text(std::span(&source, 1));
}

std::string line(std::string_view words, int second, int peer, std::string_view level = "DEBUG") {
  char text[256];
  const int size = std::snprintf(text, sizeof text,
                                 "2022-07-11T18:55:%02d.000+02:00 vcsc tvcs: Level=\"%.*s\" Detail=\"%.*s\" "
                                 "Peer=\"192.0.2.%d\"\n",
                                 second, static_cast<int>(level.size()), level.data(),
                                 static_cast<int>(words.size()), words.data(), peer);
  return {text, static_cast<std::size_t>(size)};
}

std::vector<Finding> findings_of(const std::vector<File>& files) {
  const std::string bytes = tar_of(files);
  const Input input = input_of("case.tar", bytes);
  return analyze(never_again(), std::span(&input, 1)).findings;
}

std::string as_json(std::vector<Finding> findings) {
  Report report;
  report.findings = std::move(findings);
  return to_json(report);
}

std::string description_of(const std::string& log) {
  return findings_of(bundle_files("vcsc", "X14.2", log)).at(0).description;
}

TEST(Waiting, WhatCameAfterTheFailureTakesItBackAndWhatCameBeforeDoesNot) {
  EXPECT_EQ(description_of(line("Connection works", 1, 7) + line("Connection failed", 2, 7) +
                           line("Connection failed", 2, 8) + line("Connection works", 3, 8)),
            "Down: 192.0.2.7.");
}

TEST(Waiting, TheFileThatWasReadFirstMayHoldWhatCameLast) {
  std::vector<File> files = bundle_files("vcsc", "X14.2", line("Connection works", 9, 7));
  files.push_back({"loggingsnapshot_vcsc_2022-07-11_16_55_45.txt",
                   line("Connection failed", 2, 7) + line("Connection failed", 2, 8)});
  EXPECT_EQ(findings_of(files).at(0).description, "Down: 192.0.2.8.");
}

TEST(Waiting, ASevereRecordTakesBackToo) {
  EXPECT_EQ(description_of(line("Connection failed", 2, 7) + line("Connection failed", 2, 8) +
                           line("Connection works", 3, 8, "WARN")),
            "Down: 192.0.2.7.");
}

// More than 24 MiB of what waits, and the last of all is what counts.
TEST(Waiting, WhatFindsNoRoomIsLookedAtAtOnce) {
  std::string log = line("Connection failed", 1, 7) + line("Connection failed", 1, 8);
  const std::string works = line("Connection works", 1, 9) + " " + std::string(4000, 'x') + "\n";
  while (log.size() < (std::size_t{25} << 20)) log += works;
  log += line("Connection works", 3, 8);
  EXPECT_EQ(description_of(log), "Down: 192.0.2.7.");
}

TEST(Waiting, GivesWhatALookAtEveryRecordGives) {
  std::mt19937 random(1);
  const auto below = [&](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
  int issues = 0;
  int without_anchor = 0;  // groups that nothing failed for
  for (int round = 0; round < 60; ++round) {
    std::string first;
    std::string second;
    for (int i = below(12); i >= 0; --i) {
      const std::string_view found = below(3) == 0 ? "Too many connections" : "Connection failed";
      const std::string_view words = below(4) == 0 ? found : "Connection works";
      const std::string_view level = below(5) == 0 ? "WARN" : "DEBUG";
      (below(2) == 0 ? first : second) += line(words, below(60), below(3), level);
    }
    std::vector<File> files = bundle_files("vcsc", "X14.2", first);
    files.push_back({"loggingsnapshot_vcsc_2022-07-11_16_55_45.txt", second});
    const std::string bytes = tar_of(files);
    const Input input = input_of("case.tar", bytes);
    const SignatureSet set = never_again();
    const Report report = analyze(set, std::span(&input, 1));
    const Explanation every = explain(set, "NEVER-AGAIN", std::span(&input, 1));
    ASSERT_EQ(every.verdicts.size(), 1U);
    EXPECT_EQ(as_json(report.findings), as_json({every.verdicts[0].finding})) << first << "--\n" << second;
    without_anchor += report.findings.at(0).status == Status::potential_problem ? 1 : 0;
    issues += report.findings.at(0).status == Status::issue ? 1 : 0;
  }
  EXPECT_GT(without_anchor, 5);
  EXPECT_GT(issues, 10);
  EXPECT_LT(issues, 50);
}

}  // namespace
}  // namespace assay
