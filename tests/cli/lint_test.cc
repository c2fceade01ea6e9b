// assay signatures lint, from the shell: what it shows, its formats, and mending.
#include "program.h"

namespace assay::test {
namespace {

// kSignature with the one thing that lint misses in it.
const std::string kClean = std::string(kSignature) + "  actions: [Mend it.]\n";

TEST(Lint, PointsAtThePlace) {
  const Folder folder;
  const std::string bad = folder.write("bad.yaml", with(kClean, "severity:", "sevrity:"));
  const Outcome outcome = assay("signatures lint " + bad);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.out.find("bad.yaml:4:1: error: a signature has no key 'sevrity'; did you mean "
                             "'severity'? [unknown-key]\n  4 | sevrity: high\n    | ^^^^^^^\n"),
            std::string::npos)
      << outcome.out;
}

TEST(Lint, WritesJsonAndSarif) {
  const Folder folder;
  const std::string bad = folder.write("bad.yaml", with(kClean, "severity:", "sevrity:"));
  const Outcome json = assay("signatures lint --format json " + bad);
  EXPECT_EQ(json.status, 1);
  EXPECT_NE(json.out.find("\"replacement\": \"severity\""), std::string::npos) << json.out;
  const Outcome sarif = assay("signatures lint --format sarif " + bad);
  EXPECT_EQ(sarif.status, 1);
  EXPECT_NE(sarif.out.find("\"version\": \"2.1.0\""), std::string::npos) << sarif.out;
  const Outcome clean = assay("signatures lint --format sarif " + folder.write("good.yaml", kClean));
  EXPECT_EQ(clean.status, 0);
  EXPECT_NE(clean.out.find("\"results\": []"), std::string::npos) << clean.out;
}

TEST(Lint, MendsWhatItCan) {
  const Folder folder;
  const std::string bad = with(kClean, "severity:", "sevrity:");
  const std::string file = folder.write("bad.yaml", bad);
  const Outcome fixed = assay("signatures lint --fix " + file);
  EXPECT_EQ(fixed.status, 0) << fixed.out;
  EXPECT_EQ(fixed.out, "no remarks\n");
  EXPECT_EQ(fixed.err, file + ":4:1: fixed: sevrity is now severity [unknown-key]\n");
  EXPECT_EQ(read_file(file), kClean);
  const std::string worse = folder.write("worse.yaml", with(bad, "kind: defect", "kind: nonsense"));
  const Outcome left = assay("signatures lint --fix " + worse);
  EXPECT_EQ(left.status, 1);
  EXPECT_NE(left.out.find("[unknown-value]"), std::string::npos) << left.out;
  EXPECT_EQ(left.out.find("[unknown-key]"), std::string::npos) << left.out;
}

TEST(Lint, LeavesFilesAloneUnlessItIsToMendThem) {
  const Folder folder;
  const std::string bad = with(kClean, "severity:", "sevrity:");
  const std::string file = folder.write("bad.yaml", bad);
  assay("signatures lint " + file);
  EXPECT_EQ(read_file(file), bad);
}

TEST(Lint, SaysWhichCaptureOfATestIsNotThere) {
  const Folder folder;
  folder.write("here.pcap", "x");
  const std::string text = kClean +
                           "tests:\n"
                           "  - name: fires\n"
                           "    captures: [here.pcap, captures/gone.pcap]\n"
                           "    expect: {status: issue}\n";
  const std::string file = folder.write("a.yaml", text);
  const Outcome outcome = assay("signatures lint " + file);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(
      outcome.out.find("a.yaml:15:27: error: the test 'fires' reads " + folder.path("captures/gone.pcap") +
                       ", and there is no such file [missing-file]\n"),
      std::string::npos)
      << outcome.out;
  EXPECT_EQ(outcome.out.find("reads " + folder.path("here.pcap")), std::string::npos) << outcome.out;
}

TEST(Lint, WarnsOfAMissingTranslation) {
  const Folder folder;
  const std::string text = with(kClean, "title: Something is broken", "title: {en: Broken, it: Rotto}");
  const Outcome outcome = assay("signatures lint " + folder.write("a.yaml", text));
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.out.find("warning: description is not there in 'it'"), std::string::npos) << outcome.out;
}

}  // namespace
}  // namespace assay::test
