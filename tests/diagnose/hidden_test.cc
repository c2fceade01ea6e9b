// Findings that another one explains better are marked, and stay in the list.
#include <gtest/gtest.h>

#include <map>

#include "diagnose/story.h"

namespace assay {
namespace {

using namespace story;

// A signature that sees errors at some offsets. Each hit is one target, at 100 times its second and one.
Signature signature(const char* id, std::vector<std::string> hidden_by = {}) {
  Signature result = certificate_signature();
  result.id = id;
  result.hidden_by = std::move(hidden_by);
  return result;
}

void add(std::vector<Hit>& hits, std::uint32_t of, std::vector<std::int64_t> at_seconds) {
  for (const std::int64_t second : at_seconds) {
    hits.push_back(untrusted(second, "a.example.com"));
    hits.back().signature = of;
  }
}

std::map<std::string, std::string> hidden(const std::vector<Signature>& signatures,
                                          const CaseFile& case_file) {
  std::map<std::string, std::string> result;
  for (const Finding& finding : diagnose(signatures, case_file, "en")) {
    result[finding.id + "@" + finding.node] = finding.hidden_by;
  }
  return result;
}

std::vector<Signature> general_and_special() {
  std::vector<Signature> signatures;
  signatures.push_back(signature("GENERAL", {"SPECIAL"}));
  signatures.push_back(signature("SPECIAL"));
  return signatures;
}

TEST(Hidden, IsWhatStandsOnRecordsThatTheOtherHasToo) {
  std::vector<Hit> hits;
  add(hits, 0, {1, 2});
  add(hits, 1, {1, 2, 3});
  const auto result = hidden(general_and_special(), case_of(std::move(hits)));
  EXPECT_EQ(result.at("GENERAL@vcsc"), "SPECIAL");
  EXPECT_EQ(result.at("SPECIAL@vcsc"), "");
}

TEST(Hidden, IsNotWhatHasARecordOfItsOwn) {
  std::vector<Hit> hits;
  add(hits, 0, {1, 2, 4});
  add(hits, 1, {1, 2, 3});
  EXPECT_EQ(hidden(general_and_special(), case_of(std::move(hits))).at("GENERAL@vcsc"), "");
}

TEST(Hidden, IsNothingWhereTheOtherFoundNothingOrOnAnotherNode) {
  std::vector<Hit> general;
  add(general, 0, {1});
  EXPECT_EQ(hidden(general_and_special(), case_of(general)).at("GENERAL@vcsc"), "");
  std::vector<Hit> special;
  add(special, 1, {1});
  const CaseFile two = case_of(std::vector<NodeEvidence>{node("vcsc", general), node("vcse", special)});
  EXPECT_EQ(hidden(general_and_special(), two).at("GENERAL@vcsc"), "");
}

TEST(Hidden, StaysInSightInACircleForTheMostImportant) {
  std::vector<Signature> signatures;
  signatures.push_back(signature("A", {"B"}));
  signatures.push_back(signature("B", {"C"}));
  signatures.push_back(signature("C", {"A"}));
  std::vector<Hit> hits;
  for (std::uint32_t of = 0; of < 3; ++of) add(hits, of, {1});
  const auto result = hidden(signatures, case_of(std::move(hits)));
  EXPECT_EQ(result.at("A@vcsc"), "");
  EXPECT_EQ(result.at("B@vcsc"), "C");
  EXPECT_EQ(result.at("C@vcsc"), "A");
}

TEST(Hidden, FactsAloneAreExplainedByAnyFindingThatIsNamed) {
  std::vector<Signature> signatures = general_and_special();
  signatures[0].conclusions = {};
  signatures[0].conclusions.push_back(issue(fact("mra.enabled", is("On"))));
  std::vector<Hit> hits;
  add(hits, 1, {1});
  CaseFile with_fact = case_of(std::move(hits));
  with_fact.nodes[0].facts = {known("mra.enabled", "On")};
  EXPECT_EQ(hidden(signatures, with_fact).at("GENERAL@vcsc"), "SPECIAL");
}

}  // namespace
}  // namespace assay
