// What is affected, how often, from when to when, and on which evidence.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "diagnose/by_values.h"
#include "diagnose/story.h"

namespace assay {
namespace {

using namespace story;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

std::vector<std::uint64_t> offsets(const Group& group) {
  std::vector<std::uint64_t> result;
  for (const Evidence& evidence : group.evidence) result.push_back(evidence.place.offset);
  return result;
}

TEST(Groups, AreOneForEachTargetInTheirOrder) {
  const Finding finding = finding_of(
      certificate_signature(),
      case_of({untrusted(1, "b.example.com"), untrusted(2, "a.example.com"), untrusted(3, "b.example.com")}));
  EXPECT_THAT(grouped(finding, "target"), ElementsAre("a.example.com", "b.example.com"));
  EXPECT_EQ(finding.groups[0].count, 1U);
  EXPECT_EQ(finding.groups[1].count, 2U);
  EXPECT_EQ(finding.groups[1].first, at_second(1));
  EXPECT_EQ(finding.groups[1].last, at_second(3));
}

TEST(Groups, AreDecidedByTheFirstConclusionThatHolds) {
  const Finding finding = finding_of(
      certificate_signature(),
      case_of({untrusted(1, "a.example.com"), refused(2, "a.example.com"), refused(3, "b.example.com")}));
  EXPECT_THAT(grouped(finding, "target"), ElementsAre("a.example.com", "b.example.com"));
  EXPECT_EQ(finding.groups[0].status, Status::issue);
  EXPECT_EQ(finding.groups[1].status, Status::potential_problem);
}

TEST(Groups, CarryWhatTheirHitsAgreeIn) {
  const Finding finding = finding_of(
      certificate_signature(), case_of({untrusted(1, "a.example.com", "self signed certificate", "0"),
                                        untrusted(2, "a.example.com", "certificate has expired", "0")}));
  ASSERT_EQ(finding.groups.size(), 1U);
  EXPECT_THAT(finding.groups[0].captures, ElementsAre(Pair("target", "a.example.com"), Pair("depth", "0")));
}

TEST(Groups, HoldHitsThatHaveNoSuchCaptureToEveryGroup) {
  Signature signature = certificate_signature();
  signature.observations.push_back(observation("restarted", {}));
  signature.conclusions = {};
  signature.conclusions.push_back(issue(all({observed(kUntrusted), observed(2)}), {"target"}));
  const Finding finding =
      finding_of(std::move(signature),
                 case_of({untrusted(1, "a.example.com"), untrusted(2, "b.example.com"), hit(2, 5, {})}));
  EXPECT_THAT(grouped(finding, "target"), ElementsAre("a.example.com", "b.example.com"));
  EXPECT_EQ(finding.groups[0].evidence.size(), 2U);
}

TEST(Groups, AreNotMadeOfValuesThatSayLessThanOthers) {
  using V = std::vector<Values>;
  EXPECT_EQ(distinct_groups({{"cucm", ""}, {"cucm", "8443"}, {"", ""}, {"imp", ""}, {"cucm", "6972"}}),
            (V{{"cucm", "6972"}, {"cucm", "8443"}, {"imp", ""}}));
  EXPECT_EQ(distinct_groups({{""}, {""}}), (V{{""}}));
}

TEST(Groups, WithoutGroupByAreOneOfEverything) {
  Signature signature = certificate_signature();
  signature.conclusions = {};
  signature.conclusions.push_back(issue(observed(kUntrusted)));
  signature.conclusions.push_back(potential(observed(kRefused)));
  const Finding finding = finding_of(
      std::move(signature),
      case_of({untrusted(1, "a.example.com"), untrusted(2, "b.example.com"), refused(3, "c.example.com")}));
  ASSERT_EQ(finding.groups.size(), 1U);
  EXPECT_EQ(finding.groups[0].count, 2U);
  EXPECT_EQ(finding.groups[0].status, Status::issue);
}

TEST(Groups, ThatShareNoCaptureAreDecidedApart) {
  Signature signature = certificate_signature();
  signature.observations.push_back(observation("zone_down", {"zone"}));
  signature.conclusions.push_back(potential(observed(2), {"zone"}));
  const Finding finding =
      finding_of(std::move(signature), case_of({untrusted(1, "a.example.com"), hit(2, 2, {"traversal"})}));
  EXPECT_THAT(grouped(finding, "target"), ElementsAre("a.example.com", ""));
  EXPECT_THAT(grouped(finding, "zone"), ElementsAre("", "traversal"));
}

TEST(Groups, DoNotTakeHitsOfAnotherNode) {
  const CaseFile two = case_of(std::vector<NodeEvidence>{node("vcsc", {untrusted(1, "a.example.com")}),
                                                         node("vcsc2", {refused(2, "a.example.com")})});
  const std::vector<Finding> findings = findings_of(certificate_signature(), two);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].node, "vcsc");
  EXPECT_EQ(findings[0].status, Status::issue);
  EXPECT_THAT(offsets(findings[0].groups[0]), ElementsAre(200));
  EXPECT_EQ(findings[1].node, "vcsc2");
  EXPECT_EQ(findings[1].status, Status::potential_problem);
}

TEST(Groups, OfACaseTakeHitsOfAllNodes) {
  Signature signature = certificate_signature();
  signature.scope = Scope::whole_case;
  signature.correlations.push_back(
      correlation(Correlation::Kind::sequence, {kUntrusted, kRefused}, seconds(5), {"target"}));
  signature.conclusions = {};
  signature.conclusions.push_back(issue(correlated(0), {"target"}));
  const CaseFile two = case_of(std::vector<NodeEvidence>{node("vcsc", {untrusted(1, "a.example.com")}),
                                                         node("vcse", {refused(2, "a.example.com")})});
  const Finding finding = finding_of(std::move(signature), two);
  EXPECT_EQ(finding.status, Status::issue);
  EXPECT_EQ(finding.node, "");
  EXPECT_EQ(finding.scope, Scope::whole_case);
  EXPECT_EQ(finding.groups[0].evidence.size(), 2U);
}

TEST(Groups, OfACorrelationStandOnItsMatchesAlone) {
  Signature signature = certificate_signature();
  signature.correlations.push_back(
      correlation(Correlation::Kind::sequence, {kUntrusted, kRefused}, seconds(5), {"target"}));
  signature.conclusions = {};
  signature.conclusions.push_back(issue(correlated(0), {"target"}));
  const Finding finding = finding_of(std::move(signature),
                                     case_of({untrusted(1, "a.example.com"), refused(2, "a.example.com"),
                                              untrusted(50, "a.example.com"), refused(60, "b.example.com")}));
  ASSERT_THAT(grouped(finding, "target"), ElementsAre("a.example.com"));
  EXPECT_EQ(finding.groups[0].count, 2U);
  EXPECT_EQ(finding.groups[0].last, at_second(2));
  EXPECT_THAT(offsets(finding.groups[0]), ElementsAre(200, 300)) << "the later warning proves nothing";
}

// An alarm stands in the log when it is raised, and in every status dump while it stands.
TEST(Groups, CountSettingsOnlyWhereNothingElseIsToBeCounted) {
  Signature signature = certificate_signature();
  signature.observations.push_back(observation("standing", {"target"}));
  signature.observations.back().kind = "setting";
  signature.conclusions = {};
  signature.conclusions.push_back(issue(any({observed(kUntrusted), observed(2)}), {"target"}));
  const Finding finding =
      finding_of(std::move(signature), case_of({untrusted(1, "a.example.com"), hit(2, 2, {"a.example.com"}),
                                                hit(2, 3, {"b.example.com"}), hit(2, 4, {"b.example.com"})}));
  ASSERT_THAT(grouped(finding, "target"), ElementsAre("a.example.com", "b.example.com"));
  EXPECT_EQ(finding.groups[0].count, 1U);
  EXPECT_EQ(finding.groups[1].count, 2U);
}

TEST(Groups, StandOnTheHitsWhoseCaptureWasAskedFor) {
  Signature signature = certificate_signature();
  signature.conclusions = {};
  signature.conclusions.push_back(issue(observed(kUntrusted, "depth", is("0")), {"target"}));
  const Finding finding =
      finding_of(std::move(signature), case_of({untrusted(1, "a.example.com", "self signed", "0"),
                                                untrusted(2, "a.example.com", "unknown issuer", "1"),
                                                untrusted(3, "b.example.com", "unknown issuer", "1")}));
  ASSERT_THAT(grouped(finding, "target"), ElementsAre("a.example.com"));
  EXPECT_EQ(finding.groups[0].count, 1U);
  EXPECT_THAT(offsets(finding.groups[0]), ElementsAre(200));
}

// ---- counts beyond what is kept ----------------------------------------------------------------------

TEST(Counts, GoOnWhereHitsWereLetGoAndTheFindingSaysSo) {
  NodeEvidence flooded = node("vcsc", {untrusted(100, "a.example.com"), untrusted(101, "b.example.com")});
  count_hits(flooded);
  flooded.counts[0].count = 5'000;
  flooded.counts[0].first = at_second(1);
  flooded.counts[0].last = at_second(900);
  HitCount spilled;
  spilled.captures = {"", "", ""};
  spilled.count = 77;
  flooded.counts.push_back(spilled);
  CaseFile bounded = case_of(std::vector<NodeEvidence>{flooded});
  bounded.bounded = {{0, kUntrusted}};

  const Finding finding = finding_of(certificate_signature(), bounded);
  ASSERT_THAT(grouped(finding, "target"), ElementsAre("a.example.com", "b.example.com"));
  EXPECT_EQ(finding.groups[0].count, 5'000U);
  EXPECT_EQ(finding.groups[0].first, at_second(1));
  EXPECT_EQ(finding.groups[0].last, at_second(900));
  EXPECT_EQ(finding.groups[1].count, 1U) << "nobody knows whose the rest are";
  EXPECT_THAT(finding.notes, ElementsAre(HasSubstr("\"untrusted\"")));
}

TEST(Counts, AreSilentAboutBoundsOfOthers) {
  CaseFile bounded = case_of({untrusted(1, "a.example.com")});
  bounded.bounded = {{0, kRefused}, {5, kUntrusted}};
  EXPECT_THAT(finding_of(certificate_signature(), bounded).notes, IsEmpty());
}

// ---- snippets ----------------------------------------------------------------------------------------

class Snippets : public testing::Test {
 protected:
  Finding shown(Snippet snippet) {
    Signature signature = certificate_signature();
    signature.snippet = std::move(snippet);
    return finding_of(
        std::move(signature),
        case_of({untrusted(1, "a.example.com"), refused(2, "a.example.com"), untrusted(3, "a.example.com"),
                 refused(4, "a.example.com"), untrusted(5, "b.example.com")}));
  }
};

TEST_F(Snippets, ShowTheLatestPairOfEachTargetUnlessTold) {
  const Finding finding = shown({});
  EXPECT_THAT(offsets(finding.groups[0]), ElementsAre(400, 500));
  EXPECT_THAT(offsets(finding.groups[1]), ElementsAre(600));
  const Evidence& evidence = finding.groups[0].evidence[0];
  EXPECT_EQ(evidence.observation, "untrusted");
  EXPECT_EQ(evidence.place.path, "bundle!/loggingsnapshot_vcsc.txt");
  EXPECT_EQ(evidence.place.line, 4U);
  EXPECT_EQ(evidence.time, at_second(3));
  EXPECT_EQ(evidence.text, "words at 400");
  EXPECT_EQ(value_of(evidence.captures, "target"), "a.example.com");
}

TEST_F(Snippets, ShowTheEarliestOrAllIfTold) {
  EXPECT_THAT(offsets(shown({.observations = {}, .keep = Snippet::Keep::earliest, .per_group = 1}).groups[0]),
              ElementsAre(200, 300));
  EXPECT_THAT(offsets(shown({.observations = {}, .keep = Snippet::Keep::all, .per_group = 1}).groups[0]),
              ElementsAre(200, 300, 400, 500));
}

TEST_F(Snippets, ShowAsManyOfEachObservationAsTheyAreTold) {
  EXPECT_THAT(
      offsets(shown({.observations = {kUntrusted}, .keep = Snippet::Keep::latest, .per_group = 9}).groups[0]),
      ElementsAre(200, 400));
}

TEST_F(Snippets, FallBackToWhatTheGroupStandsOnRatherThanShowNothing) {
  EXPECT_THAT(
      offsets(shown({.observations = {kRefused}, .keep = Snippet::Keep::latest, .per_group = 1}).groups[1]),
      ElementsAre(600));
}

TEST_F(Snippets, OfAFloodAreShortenedAndSaySo) {
  Signature signature = certificate_signature();
  signature.snippet.keep = Snippet::Keep::all;
  std::vector<Hit> flood;
  for (std::int64_t second = 0; second < 3'000; ++second) flood.push_back(untrusted(second, "a.example.com"));
  const Finding finding = finding_of(std::move(signature), case_of(std::move(flood)));
  EXPECT_EQ(finding.groups[0].evidence.size(), 2'000U);
  EXPECT_THAT(finding.notes, ElementsAre(HasSubstr("2000 pieces")));
}

}  // namespace
}  // namespace assay
