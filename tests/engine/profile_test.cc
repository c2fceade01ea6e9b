// What each signature costs: counted exactly, measured somehow, and only when it is asked for.
#include <gtest/gtest.h>

#include "assay/analyze.h"

namespace assay {
namespace {

std::string signature(const std::string& id, const std::string& pattern) {
  return "id: " + id +
         "\ntitle: Something\nkind: defect\nseverity: low\nneeds: [log]\n"
         "observe:\n  seen:\n    log: {message: '" +
         pattern +
         "'}\nconclude:\n  - {status: issue, when: seen}\n"
         "text:\n  description: It is wrong.\n  actions: [Mend it.]\n";
}

Report report_with(bool profile) {
  const std::vector<SignatureSource> sources = {{"a.yaml", signature("NEVER", "unheard of")},
                                                {"b.yaml", signature("SOME", "disk [0-9]+ failed")}};
  const SignatureSet set = SignatureSet::from_text(sources);
  const std::string_view log =
      "2022-07-11T18:55:25.910+02:00 vcsc tvcs: disk 1 failed\n"
      "2022-07-11T18:55:25.911+02:00 vcsc tvcs: disk one failed\n"
      "2022-07-11T18:55:25.912+02:00 vcsc tvcs: disk 2 failed\n"
      "2022-07-11T18:55:25.913+02:00 vcsc tvcs: all is well\n";
  const Input input = Input::from_bytes("loggingsnapshot_test.txt", log);
  Options options;
  options.profile = profile;
  return analyze(set, input, options);
}

TEST(Profile, CountsWhatWasTriedForEachSignature) {
  const Report report = report_with(true);
  ASSERT_EQ(report.costs.size(), 2U);
  const SignatureCost& some = report.costs[report.costs[0].id == "SOME" ? 0 : 1];
  const SignatureCost& never = report.costs[report.costs[0].id == "SOME" ? 1 : 0];
  EXPECT_EQ(some.candidates, 3U) << "the records that hold its words";
  EXPECT_EQ(some.hits, 2U);
  EXPECT_GT(some.matching.count(), 0);
  EXPECT_GT(some.judging.count(), 0);
  EXPECT_EQ(never.id, "NEVER");
  EXPECT_EQ(never.candidates, 0U);
  EXPECT_EQ(never.matching.count(), 0);
  EXPECT_GE(report.costs[0].matching + report.costs[0].judging,
            report.costs[1].matching + report.costs[1].judging)
      << "the dearest first";
}

TEST(Profile, IsNotMadeUnlessAskedFor) {
  EXPECT_TRUE(report_with(false).costs.empty());
}

}  // namespace
}  // namespace assay
