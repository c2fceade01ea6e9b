// The texts of findings: which are there, in which language, with what filled in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "diagnose/story.h"

namespace assay {
namespace {

using namespace story;
using testing::ElementsAre;
using testing::IsEmpty;

std::string description(const char* text, const CaseFile& case_file) {
  Signature signature = certificate_signature();
  signature.description = english(text);
  return finding_of(std::move(signature), case_file).description;
}

CaseFile two_targets() {
  return case_of({untrusted(1, "a.example.com", "certificate has expired", "0"),
                  untrusted(2, "a.example.com", "self signed certificate", "0"),
                  untrusted(3, "b.example.com", "unknown issuer", "1")});
}

TEST(TextOfFinding, WalksThroughItsGroups) {
  EXPECT_EQ(description("{{#groups}}{{target}} {{count}}x{{#more}}, {{/more}}{{/groups}}", two_targets()),
            "a.example.com 2x, b.example.com 1x");
}

TEST(TextOfFinding, HasOfEachGroupTheLatestCaptures) {
  EXPECT_EQ(description("{{#groups}}{{error}};{{/groups}}", two_targets()),
            "self signed certificate;unknown issuer;");
}

TEST(TextOfFinding, HasTimesAndStatusOfEachGroupAndOfTheWhole) {
  EXPECT_EQ(description("{{#groups}}{{first}}/{{last}}/{{status}} {{/groups}}{{first}}/{{last}}/{{status}}",
                        case_of({untrusted(1, "a.example.com"), refused(3, "b.example.com")})),
            "2022-07-11T16:00:01.000Z/2022-07-11T16:00:01.000Z/issue "
            "2022-07-11T16:00:03.000Z/2022-07-11T16:00:03.000Z/potential_problem "
            "2022-07-11T16:00:01.000Z/2022-07-11T16:00:03.000Z/issue");
}

TEST(TextOfFinding, GathersTheValuesOfACaptureOverAllGroups) {
  EXPECT_EQ(description("{{all.depth}} / {{all.error}}", two_targets()),
            "0, 1 / certificate has expired, self signed certificate, unknown issuer");
}

TEST(TextOfFinding, KnowsCountsNodeAndFacts) {
  CaseFile with_version = two_targets();
  with_version.nodes[0].facts = {known("product.version", "X14.2")};
  EXPECT_EQ(description("{{count}} on {{groups_count}} by {{node}} {{fact.product.version}}"
                        "{{#fact.mra.enabled}} never shown{{/fact.mra.enabled}}",
                        with_version),
            "3 on 2 by vcsc X14.2");
}

TEST(TextOfFinding, DoesNotEscapeWhatTheEvidenceSays) {
  EXPECT_EQ(description("{{all.target}}", case_of({untrusted(1, "<a&b>")})), "<a&b>");
}

TEST(TextOfFinding, LetsItsOwnNamesWinOverCaptures) {
  Signature signature = certificate_signature();
  signature.observations[kUntrusted].captures[1] = "count";
  signature.description = english("{{#groups}}{{count}}{{/groups}}");
  EXPECT_EQ(finding_of(std::move(signature), case_of({untrusted(1, "a.example.com", "99")})).description,
            "1");
}

TEST(TextOfFinding, IsInTheLanguageAskedForElseInEnglish) {
  const auto signature = [] {
    Signature result = certificate_signature();
    result.title = words({{"en", "Refused"}, {"it", "Rifiutato"}});
    result.description = english("Refused: {{all.target}}");
    return result;
  };
  const Finding italian = finding_of(signature(), two_targets(), "it");
  EXPECT_EQ(italian.title, "Rifiutato");
  EXPECT_EQ(italian.description, "Refused: a.example.com, b.example.com");
  EXPECT_EQ(finding_of(signature(), two_targets(), "ja").title, "Refused");
}

TEST(TextOfFinding, IsOnlyATitleWhereNothingIsWrong) {
  Signature signature = certificate_signature();
  signature.condition = english("Condition");
  signature.further_information = english("More");
  signature.actions.push_back(action("Do"));
  const Finding finding = finding_of(std::move(signature), case_of(std::vector<Hit>()));
  EXPECT_EQ(finding.status, Status::no_issue);
  EXPECT_EQ(finding.title, "Certificates are refused");
  EXPECT_EQ(finding.description + finding.condition + finding.further_information, "");
  EXPECT_THAT(finding.actions, IsEmpty());
}

TEST(TextOfFinding, SaysWhatItIsAboutWhereInformationIsMissingButNotWhatToDo) {
  Signature signature = certificate_signature();
  signature.description = english("Servers are refused.");
  signature.actions.push_back(action("Replace the certificate."));
  signature.needs.push_back({.name = "log", .is_fact = false, .mark = {}});
  const Finding finding = finding_of(std::move(signature), case_of(std::vector<Hit>()));
  EXPECT_EQ(finding.status, Status::missing_information);
  EXPECT_EQ(finding.description, "Servers are refused.");
  EXPECT_THAT(finding.actions, IsEmpty());
}

TEST(Actions, AreThoseThatTheHitsCallFor) {
  const auto signature = [] {
    Signature result = certificate_signature();
    result.actions.push_back(action("Always"));
    result.actions.push_back(
        action("Trust {{all.target}}", observed(kUntrusted, "error", is("self signed certificate"))));
    result.actions.push_back(action("Renew", observed(kUntrusted, "error", is("certificate has expired"))));
    result.actions.push_back(action("Not known", fact("mra.enabled", is("On"))));
    return result;
  };
  EXPECT_THAT(finding_of(signature(), case_of({untrusted(1, "a.example.com")})).actions,
              ElementsAre("Always", "Trust a.example.com"));
  EXPECT_THAT(finding_of(signature(), two_targets()).actions,
              ElementsAre("Always", "Trust a.example.com, b.example.com", "Renew"));
}

}  // namespace
}  // namespace assay
