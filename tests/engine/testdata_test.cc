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

Report report_on(const fs::path& bundle) {
  static const SignatureSet signatures = SignatureSet::load({ASSAY_SOURCE_DIR "/signatures"});
  return analyze(signatures, Input::from_path(bundle));
}

std::multimap<std::string, std::string> found_in(const fs::path& bundle) {
  std::multimap<std::string, std::string> found;
  for (const Finding& finding : report_on(bundle).findings) {
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

// "expressway-c X14.2" of a node; "another product" where no role is known.
std::string sort_of(const Node& node) {
  std::string role = "another product";
  std::string release;
  for (const Fact& fact : node.facts) {
    if (fact.name == "product.role") role = fact.value;
    if (fact.name != "product.version") continue;
    const std::size_t minor = fact.value.find('.');
    release =
        ' ' + fact.value.substr(0, minor == std::string::npos ? minor : fact.value.find('.', minor + 1));
  }
  return role + release;
}

TEST(Testdata, HasAHealthyBundleOfEachRoleAndVersion) {
  std::ifstream file(kTestdata / "expected.json");
  const nlohmann::json expected = nlohmann::json::parse(file);
  std::set<std::string> healthy;
  for (const auto& [bundle, verdicts] : expected.items()) {
    if (!verdicts.empty()) continue;
    const Report report = report_on(kTestdata / bundle);
    for (const Node& node : report.nodes) healthy.insert(sort_of(node));
  }
  for (const std::string role : {"expressway-c", "expressway-e"}) {
    for (const std::string release : {"X12.5", "X14.0", "X14.2", "X15.0", "X15.5"}) {
      EXPECT_TRUE(healthy.contains(role + ' ' + release)) << role << ' ' << release;
    }
  }
  EXPECT_TRUE(healthy.contains("another product")) << "logs of a contact center";
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
