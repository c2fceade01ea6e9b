// assay signatures test --corpus, from the shell.
#include "program.h"

namespace assay::test {
namespace {

TEST(Corpus, IsRecordedAndThenAgrees) {
  const Folder folder;
  const std::string signature = folder.write("broken.yaml", kSignature);
  std::filesystem::create_directory(folder.path("corpus"));
  std::filesystem::create_directory(folder.path("corpus/unpacked"));
  folder.write("corpus/broken.txt", kLogOfBroken);
  folder.write("corpus/well.txt", kLogOfOther);
  folder.write("corpus/unpacked/loggingsnapshot_vcsc.txt", kLogOfOther);
  const std::string corpus = "signatures test --corpus " + folder.path("corpus") + " " + signature;

  const Outcome unknown = assay(corpus);
  EXPECT_EQ(unknown.status, 2);
  EXPECT_NE(unknown.err.find("--record makes it"), std::string::npos) << unknown.err;

  const Outcome recorded = assay(corpus + " --record");
  EXPECT_EQ(recorded.status, 0) << recorded.err;
  EXPECT_EQ(recorded.out, "3 bundles recorded in " + folder.path("corpus/verdicts.json") + "\n");
  const std::string json = read_file(folder.path("corpus/verdicts.json"));
  EXPECT_NE(json.find("\"broken.txt\": [\n"), std::string::npos) << json;

  const Outcome same = assay(corpus);
  EXPECT_EQ(same.status, 0);
  EXPECT_EQ(same.out, "3 bundles, 0 with other verdicts\n");

  folder.write("corpus/broken.txt", kLogOfOther);
  folder.write("corpus/well.txt", kLogOfBroken);
  const Outcome changed = assay(corpus);
  EXPECT_EQ(changed.status, 1);
  EXPECT_EQ(changed.out,
            "broken.txt: broken on vcsc: was issue {}, is no_issue\n"
            "well.txt: broken on vcsc: was no_issue, is issue {}\n"
            "3 bundles, 2 with other verdicts\n");
  EXPECT_EQ(read_file(folder.path("corpus/verdicts.json")), json) << "only --record writes";
}

TEST(Corpus, IsRefusedWhereThereIsNone) {
  const Folder folder;
  EXPECT_EQ(assay("signatures test --record").status, 2) << "--record needs --corpus";
  EXPECT_EQ(assay("signatures test --corpus " + folder.path("missing")).status, 2);
  folder.write("verdicts.json", R"({"format": 1, "bundles": {}})");
  const Outcome empty = assay("signatures test --corpus " + folder.path(""));
  EXPECT_EQ(empty.status, 2);
  EXPECT_NE(empty.err.find("there is no bundle in"), std::string::npos) << empty.err;
  folder.write("log.txt", kLogOfOther);
  folder.write("verdicts.json", "{\n<<<<<<< mine\n");
  const Outcome wrong = assay("signatures test --corpus " + folder.path(""));
  EXPECT_EQ(wrong.status, 2);
  EXPECT_NE(wrong.err.find("verdicts.json:2:1: this is no JSON: '<<<<<<< mine'"), std::string::npos)
      << wrong.err;
  EXPECT_NE(wrong.err.find("[invalid-verdicts]"), std::string::npos) << wrong.err;
}

}  // namespace
}  // namespace assay::test
