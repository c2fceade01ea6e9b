// What the program says about itself, and to a request that it does not understand.
#include <algorithm>
#include <regex>
#include <set>

#include "program.h"

namespace assay::test {
namespace {

const std::vector<std::string> kCommands = {"analyze",
                                            "explain",
                                            "transactions",
                                            "handshakes",
                                            "certificates",
                                            "decode",
                                            "signatures",
                                            "signatures list",
                                            "signatures show",
                                            "signatures lint",
                                            "signatures format",
                                            "signatures new",
                                            "signatures test",
                                            "fields",
                                            "version"};

TEST(Help, ReadsAsItShould) {
  expect_golden("help.txt", assay("--help").out);
  for (const std::string& command : kCommands) {
    const Outcome outcome = assay(command + " --help");
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_NE(outcome.out.find("Example"), std::string::npos) << command;
    std::string file = "help-" + command + ".txt";
    std::replace(file.begin(), file.end(), ' ', '-');
    expect_golden(file, outcome.out);
  }
}

TEST(Help, EveryOptionIsInTheManualAndInTheCompletions) {
  const std::string manual =
      std::regex_replace(read_file(kSource + "/docs/assay.1"), std::regex(R"(\\-)"), "-");
  const std::string bash = read_file(kSource + "/completions/assay.bash");
  const std::string zsh = read_file(kSource + "/completions/_assay");
  std::set<std::string> options;
  for (const std::string& command : kCommands) {
    const std::string help = assay(command + " --help").out;
    const std::string before_examples = help.substr(0, help.find("Example"));
    static const std::regex option("--[a-z][a-z-]+");
    for (auto at = std::sregex_iterator(before_examples.begin(), before_examples.end(), option);
         at != std::sregex_iterator(); ++at) {
      options.insert(at->str());
    }
  }
  EXPECT_GT(options.size(), 15U);
  for (const std::string& option : options) {
    const std::regex word(option + "(?![a-z-])");
    EXPECT_TRUE(std::regex_search(manual, word)) << option << " is not in docs/assay.1";
    EXPECT_TRUE(std::regex_search(bash, word)) << option << " is not in completions/assay.bash";
    EXPECT_TRUE(std::regex_search(zsh, word)) << option << " is not in completions/_assay";
  }
}

TEST(Help, BashCompletesCommandsAndOptions) {
  const auto complete = [](const std::string& words, int position) {
    return shell("bash -c 'source " + kSource + "/completions/assay.bash; COMP_WORDS=(" + words +
                 "); COMP_CWORD=" + std::to_string(position) +
                 "; compopt() { :; }; _assay; echo ${COMPREPLY[@]}'")
        .out;
  };
  EXPECT_EQ(complete("assay ana", 1), "analyze\n");
  EXPECT_EQ(complete("assay analyze --limit-t", 2), "--limit-total-bytes --limit-time\n");
  EXPECT_EQ(complete("assay fields --format j", 3), "jsonl\n");
  EXPECT_EQ(complete("assay signatures li", 2), "list lint\n");
  EXPECT_EQ(complete("assay signatures show --format j", 4), "json\n");
  EXPECT_EQ(complete("assay explain CSCwc69661 --format t", 4), "text\n");
}

TEST(Version, IsSaidInBothWays) {
  EXPECT_TRUE(assay("version").out.starts_with("assay "));
  EXPECT_TRUE(assay("--version").out.starts_with("assay "));
}

TEST(WrongRequests, AreRefusedWithTheNearestWord) {
  const Folder folder;
  const std::string bad = folder.write("bad.yaml", "id: x\ntitel: y\n");
  std::string all;
  for (const std::string& arguments : std::vector<std::string>{
           "", "analyse x", "analyze", "analyze --jsn out x", "analyze --color=blue x",
           "analyze --threads 0 x", "analyze --limit-time soon x", "analyze --limit-depth 0 x",
           "analyze /no/such/path", "analyze --text - --json - x", "analyze --text /no/such/folder/out x",
           "analyze - -", "certificates --force x", "certificates --export /dev/null x", "signatures",
           "signatures tset", "signatures show CSCwc69666", "fields --format xml", "decode"}) {
    const Outcome outcome = assay(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_EQ(outcome.out, "") << arguments;
    all += "$ assay " + arguments + '\n' + outcome.err + '\n';
  }
  expect_golden("errors.txt", all);
  const Outcome outcome = assay("analyze --signatures " + bad + " " + kBundle);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("bad.yaml:2:1: error:"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace assay::test
