// assay signatures new, from the shell.
#include "program.h"

namespace assay::test {
namespace {

constexpr const char* kRecord =
    "2022-07-11T18:55:26.024+02:00 vcsc traffic_server[18242]: [ET_NET 0] ERROR: SSL connection failed for "
    "'cucm.example.com': reason 7\n";

TEST(New, DraftsASignatureThatFindsTheRecord) {
  const Folder folder;
  const std::string log = folder.write("log.txt", std::string(kLogOfOther) + kRecord + kLogOfBroken);
  const std::string draft = folder.path("draft.yaml");
  const Outcome made = assay("signatures new --from-log " + log + " --line 2 --output " + draft);
  EXPECT_EQ(made.status, 0) << made.err;
  EXPECT_EQ(made.out, "");
  EXPECT_EQ(made.err,
            "assay: only a person can write id, title, text.description, text.actions; the draft says TODO "
            "there\n");
  EXPECT_EQ(assay("signatures test " + draft).status, 0) << assay("signatures test " + draft).out;
  EXPECT_EQ(assay("analyze -s " + draft + " " + log).status, 1);
  const std::string remarks = assay("signatures lint " + draft).out;
  EXPECT_NE(remarks.find("[unwritten]"), std::string::npos);
  std::size_t others = 0;
  for (std::size_t at = remarks.find(": error: "); at != std::string::npos;
       at = remarks.find(": error: ", at + 1)) {
    const std::string line = remarks.substr(at, remarks.find('\n', at) - at);
    others += line.ends_with("[unwritten]") ? 0U : 1U;
  }
  EXPECT_EQ(others, 0U) << remarks;
  EXPECT_EQ(remarks.find("warning"), std::string::npos) << remarks;
  EXPECT_EQ(assay("signatures new --from-log " + log + " --output " + draft).status, 2)
      << "a file that is there is not written over";
}

TEST(New, TakesTheRecordFromStandardInput) {
  const Folder folder;
  const std::string log = folder.write("log.txt", kRecord);
  const Outcome outcome = shell("$assay signatures new < " + log);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, assay("signatures new --from-log " + log).out);
  EXPECT_NE(outcome.out.find("(?P<name>"), std::string::npos) << outcome.out;
}

TEST(New, TakesEventsThatNoFindingAccountsFor) {
  const Folder folder;
  const std::string log = folder.write("log.txt", std::string(kLogOfOther) + kRecord + kRecord);
  const std::string signature = folder.write("other.yaml", kSignature);
  const std::string from = "signatures new -s " + signature + " --from " + log + " --unexplained ";
  const Outcome outcome = assay(from + "1");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out, assay("signatures new --from-log " + log + " --line 2").out);
  EXPECT_NE(outcome.err.find(", 2 times, first in " + log + ":2\n"), std::string::npos) << outcome.err;
  EXPECT_NE(assay(from + "2").err.find("there is no group 2 of unexplained events; there is one"),
            std::string::npos);
  EXPECT_EQ(assay("signatures new --from " + log).status, 2) << "which of them?";
  EXPECT_EQ(assay("signatures new --unexplained 1").status, 2) << "of what?";
}

TEST(New, TakesALogThatHasANulByteSomewhere) {
  const Folder folder;
  std::string text = kRecord;
  text += "2022-07-11T18:55:27.016+02:00 vcsc tvcs: Event=\"x\"";
  text += '\0';
  const std::string log = folder.write("log.txt", text + "\n");
  const Outcome outcome = assay("signatures new --from-log " + log);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
}

TEST(New, RefusesWhatIsNoRecord) {
  const Folder folder;
  const std::string log = folder.write("log.txt", kRecord);
  EXPECT_NE(assay("signatures new --from-log " + log + " --line 7").err.find("there is no line 7"),
            std::string::npos);
  EXPECT_EQ(assay("signatures new --from-log " + kBundle).status, 2);
  const Outcome nothing = assay("signatures new");
  EXPECT_EQ(nothing.status, 2);
  EXPECT_NE(nothing.err.find("standard input is empty; give a record"), std::string::npos) << nothing.err;
}

}  // namespace
}  // namespace assay::test
