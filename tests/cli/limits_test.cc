// Every limit, given to every command that reads bundles, and reached: the option's name is the problem's
// code.
#include <utility>
#include <vector>

#include "program.h"

namespace assay::test {
namespace {

const std::vector<std::string> kReadingCommands = {"analyze", "explain CSCwc69661", "transactions",
                                                   "handshakes", "certificates"};

// What the program says of its problems, wherever it says it.
std::string said(const Outcome& outcome) {
  return outcome.out + outcome.err;
}

TEST(Limits, AreKeptByEveryCommandThatReadsBundles) {
  const std::vector<std::pair<std::string, std::string>> limits = {
      {"limit-total-bytes", "1K"}, {"limit-member-bytes", "1K"}, {"limit-members", "2"},
      {"limit-depth", "1"},        {"limit-record", "100"},
  };
  for (const std::string& command : kReadingCommands) {
    for (const auto& [limit, value] : limits) {
      const Outcome outcome = assay(command + " --" + limit + " " + value + " " + kBundle);
      EXPECT_EQ(outcome.status, 3) << command << limit;
      EXPECT_NE(said(outcome).find("[" + limit + "]"), std::string::npos) << command << limit;
    }
  }
}

TEST(Limits, OfTheExpansionRatioEndABomb) {
  const Folder folder;
  const std::string bomb = folder.path("bomb.gz");
  ASSERT_EQ(shell("head -c 70000000 /dev/zero | gzip -1 >" + bomb).status, 0);
  for (const std::string& command : kReadingCommands) {
    EXPECT_NE(said(assay(command + " --limit-ratio 2 " + bomb)).find("[limit-ratio]"), std::string::npos)
        << command;
  }
  EXPECT_EQ(said(assay("analyze --limit-ratio unlimited " + bomb)).find("limit-ratio"), std::string::npos);
}

TEST(Limits, OfRecordsAreNamedRecordByRecordAndThenByTheirNumber) {
  const std::string text = assay("analyze --limit-record 100 " + kBundle).out;
  const std::size_t one = text.find("is longer than --limit-record allows");
  const std::size_t all = text.find("more records were longer than --limit-record allows");
  EXPECT_LT(one, all) << text;
  EXPECT_NE(all, std::string::npos) << text;
}

TEST(Limits, OfHitsAreSaidWithTheFinding) {
  for (const std::string command : {"analyze", "explain CSCwc69661"}) {
    EXPECT_EQ(assay(command + " " + kBundle).out.find("more hits"), std::string::npos) << command;
    EXPECT_NE(assay(command + " --limit-hits 1 " + kBundle)
                  .out.find("more hits of \"untrusted\" than --limit-hits"),
              std::string::npos)
        << command;
  }
}

}  // namespace
}  // namespace assay::test
