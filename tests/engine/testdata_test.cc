// The shipped signatures over the bundles of testdata/: exactly the issues and potential problems that
// testdata/expected.json lists, so also none in the healthy ones.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "assay/analyze.h"

namespace assay {
namespace {

namespace fs = std::filesystem;
const fs::path kTestdata = fs::path(ASSAY_SOURCE_DIR) / "testdata";

std::multimap<std::string, std::string> found_in(const fs::path& bundle) {
  static const SignatureSet signatures = [] {
    const fs::path pack = fs::path(ASSAY_SOURCE_DIR) / "signatures";
    return SignatureSet::load(std::span(&pack, 1));
  }();
  const Input input = Input::from_path(bundle);
  std::multimap<std::string, std::string> found;
  for (const Finding& finding : analyze(signatures, std::span(&input, 1)).findings) {
    if (finding.status == Status::issue || finding.status == Status::potential_problem) {
      found.emplace(finding.id, to_string(finding.status));
    }
  }
  return found;
}

TEST(Testdata, GivesTheVerdictsThatAreExpectedAndNoOther) {
  std::ifstream file(kTestdata / "expected.json");
  const nlohmann::json expected = nlohmann::json::parse(file);
  ASSERT_GT(expected.size(), 5U);
  for (const auto& [bundle, verdicts] : expected.items()) {
    std::multimap<std::string, std::string> wanted;
    for (const auto& [id, status] : verdicts.items()) wanted.emplace(id, status.get<std::string>());
    EXPECT_EQ(found_in(kTestdata / bundle), wanted) << bundle;
  }
}

TEST(Testdata, ExpectsSomethingOfEveryBundle) {
  std::ifstream file(kTestdata / "expected.json");
  const nlohmann::json expected = nlohmann::json::parse(file);
  for (const auto& entry : fs::directory_iterator(kTestdata)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".tar.gz") || name.ends_with(".zip")) {
      EXPECT_TRUE(expected.contains(name)) << name;
    }
  }
}

}  // namespace
}  // namespace assay
