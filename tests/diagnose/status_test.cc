// Which status a finding ends with, and what it says is missing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "diagnose/story.h"
#include "signature/families.h"

namespace assay {
namespace {

using namespace story;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Signature needing_log() {
  Signature signature = certificate_signature();
  signature.needs.push_back({.name = "log.traffic_server", .is_fact = false, .mark = {}});
  return signature;
}

CaseFile with_log(std::vector<Hit> hits) {
  CaseFile result = case_of(std::move(hits));
  result.nodes[0].seen["log"].events = 10;
  result.nodes[0].seen["log.traffic_server"].events = 10;
  return result;
}

TEST(StatusOfFinding, IsAnIssueWhereTheWarningNamesTheError) {
  const Finding finding = finding_of(needing_log(), with_log({untrusted(1, "cucm.example.com")}));
  EXPECT_EQ(finding.status, Status::issue);
  EXPECT_EQ(finding.id, "CERT");
  EXPECT_EQ(finding.node, "vcsc");
  EXPECT_EQ(finding.severity, Severity::high);
  EXPECT_EQ(finding.kind, Kind::defect);
  EXPECT_EQ(finding.maturity, Maturity::stable);
  EXPECT_THAT(finding.missing, IsEmpty());
}

TEST(StatusOfFinding, IsAPotentialProblemWhereOnlyTheErrorLineIsThere) {
  const Finding finding = finding_of(needing_log(), with_log({refused(1, "cucm.example.com")}));
  EXPECT_EQ(finding.status, Status::potential_problem);
  EXPECT_THAT(grouped(finding, "target"), ElementsAre("cucm.example.com"));
}

TEST(StatusOfFinding, IsTheWorstOfItsGroups) {
  const Finding finding =
      finding_of(needing_log(), with_log({refused(1, "a.example.com"), untrusted(2, "b.example.com")}));
  EXPECT_EQ(finding.status, Status::issue);
  EXPECT_EQ(finding.groups.size(), 2U);
}

TEST(StatusOfFinding, IsNoIssueWhereTheEvidenceIsThereAndNothingInIt) {
  const Finding finding = finding_of(needing_log(), with_log({}));
  EXPECT_EQ(finding.status, Status::no_issue);
  EXPECT_THAT(finding.groups, IsEmpty());
}

TEST(StatusOfFinding, IsMissingInformationWhereANeededLogIsNotThere) {
  const Finding finding = finding_of(needing_log(), case_of(std::vector<Hit>()));
  EXPECT_EQ(finding.status, Status::missing_information);
  ASSERT_THAT(missing_of(finding), ElementsAre("log.traffic_server"));
  EXPECT_THAT(finding.missing[0].message, HasSubstr("vcsc"));
  EXPECT_THAT(finding.missing[0].how_to_get, HasSubstr("Diagnostic logging"));
}

TEST(StatusOfFinding, IsMissingInformationWhereTheNeededLogWasCut) {
  CaseFile cut = with_log({});
  cut.nodes[0].seen["log"].cut = true;
  cut.nodes[0].seen["log"].cut_paths = {"bundle!/loggingsnapshot_vcsc.txt"};
  const Finding finding = finding_of(needing_log(), cut);
  EXPECT_EQ(finding.status, Status::missing_information);
  ASSERT_THAT(missing_of(finding), ElementsAre("log.traffic_server"));
  EXPECT_THAT(finding.missing[0].message, HasSubstr("bundle!/loggingsnapshot_vcsc.txt"));
}

TEST(StatusOfFinding, DoesNotMindThatSomethingElseWasCut) {
  CaseFile cut = with_log({});
  cut.nodes[0].seen["status"].cut = true;
  EXPECT_EQ(finding_of(needing_log(), cut).status, Status::no_issue);
}

TEST(StatusOfFinding, StaysAnIssueAndNamesWhatWasCut) {
  CaseFile cut = with_log({untrusted(1, "cucm.example.com")});
  cut.nodes[0].seen["log.traffic_server"].cut = true;
  const Finding finding = finding_of(needing_log(), cut);
  EXPECT_EQ(finding.status, Status::issue);
  EXPECT_THAT(missing_of(finding), ElementsAre("log.traffic_server"));
}

TEST(StatusOfFinding, IsMissingInformationWhereANeededFactIsNotKnown) {
  const Finding needless = finding_of(certificate_signature(), case_of(std::vector<Hit>()));
  EXPECT_EQ(needless.status, Status::no_issue) << "without the need nothing is missing";

  Signature needing = certificate_signature();
  needing.needs.push_back({.name = "product.version", .is_fact = true, .mark = {}});
  const Finding finding = finding_of(std::move(needing), case_of(std::vector<Hit>()));
  EXPECT_EQ(finding.status, Status::missing_information);
  ASSERT_THAT(missing_of(finding), ElementsAre("product.version"));
  EXPECT_THAT(finding.missing[0].how_to_get, HasSubstr("xconf_dump"));
}

// ---- applies -----------------------------------------------------------------------------------------

Signature for_new_versions() {
  Signature signature = certificate_signature();
  signature.applies =
      all({fact("product.role", is("expressway-c")), fact("product.version", at_least_version("X14.2"))});
  return signature;
}

CaseFile with_facts(std::vector<Fact> facts, std::vector<Hit> hits) {
  CaseFile result = case_of(std::move(hits));
  result.nodes[0].facts = std::move(facts);
  return result;
}

TEST(Applies, MakesAnIssueOfAnAffectedVersion) {
  const CaseFile affected =
      with_facts({known("product.role", "Expressway-C"), known("product.version", "X14.2.1")},
                 {untrusted(1, "cucm.example.com")});
  EXPECT_EQ(finding_of(for_new_versions(), affected).status, Status::issue);
}

TEST(Applies, WinsOverEveryHitWhereItIsFalse) {
  const CaseFile older =
      with_facts({known("product.role", "expressway-c"), known("product.version", "X14.0.7")},
                 {untrusted(1, "cucm.example.com")});
  const Finding finding = finding_of(for_new_versions(), older);
  EXPECT_EQ(finding.status, Status::not_applicable);
  EXPECT_THAT(finding.groups, IsEmpty());
  EXPECT_EQ(finding.title, "Certificates are refused");
  EXPECT_EQ(finding.description, "");
}

TEST(Applies, IsFalseAsSoonAsOnePartIsWhateverElseIsUnknown) {
  const CaseFile other_role = with_facts({known("product.role", "expressway-e")}, {});
  EXPECT_EQ(finding_of(for_new_versions(), other_role).status, Status::not_applicable);
}

TEST(Applies, LeavesAnIssueWhereItIsUnknownAndNamesTheFact) {
  const CaseFile unknown =
      with_facts({known("product.role", "expressway-c")}, {untrusted(1, "cucm.example.com")});
  const Finding finding = finding_of(for_new_versions(), unknown);
  EXPECT_EQ(finding.status, Status::issue);
  EXPECT_THAT(missing_of(finding), ElementsAre("product.version"));
}

TEST(Applies, MakesMissingInformationOfNothingWhereItIsUnknown) {
  const Finding finding =
      finding_of(for_new_versions(), with_facts({known("product.role", "expressway-c")}, {}));
  EXPECT_EQ(finding.status, Status::missing_information);
  EXPECT_THAT(missing_of(finding), ElementsAre("product.version"));
}

TEST(Applies, IsUnknownWhereTheVersionIsNone) {
  const CaseFile odd =
      with_facts({known("product.role", "expressway-c"), known("product.version", "unknown")}, {});
  EXPECT_EQ(finding_of(for_new_versions(), odd).status, Status::missing_information);
}

// ---- products ----------------------------------------------------------------------------------------

Signature for_expressways() {
  Signature signature = certificate_signature();
  signature.of_family = of_family_of({"Expressway-C"}, {});
  return signature;
}

TEST(Products, OfAnotherFamilyDoNotConcernTheNodeWhateverElseIsSo) {
  Signature signature = for_expressways();
  signature.applies = fact("product.version", is("X14.2"));
  signature.needs.push_back({.name = "status", .is_fact = false, .mark = {}});
  const CaseFile other =
      with_facts({known("product.family", "contact-center")}, {untrusted(1, "cucm.example.com")});
  EXPECT_EQ(finding_of(std::move(signature), other).status, Status::not_applicable);
}

TEST(Products, OfAFamilyThatIsNotKnownLackNothing) {
  const Finding finding = finding_of(for_expressways(), with_facts({}, {}));
  EXPECT_EQ(finding.status, Status::no_issue);
  EXPECT_THAT(finding.missing, IsEmpty());
}

TEST(Products, ConcernACaseOfWhichOneNodeMayBeOfTheirFamily) {
  const auto status_of_case = [](std::string_view family) {
    Signature signature = for_expressways();
    signature.scope = Scope::whole_case;
    std::vector<NodeEvidence> nodes = {node("finesse"), node("other")};
    nodes[0].facts = {known("product.family", "contact-center")};
    if (!family.empty()) nodes[1].facts = {known("product.family", std::string(family))};
    return finding_of(std::move(signature), case_of(std::move(nodes))).status;
  };
  EXPECT_EQ(status_of_case("expressway"), Status::no_issue);
  EXPECT_EQ(status_of_case(""), Status::no_issue);
  EXPECT_EQ(status_of_case("contact-center"), Status::not_applicable);
}

// ---- conclusions that facts decide -------------------------------------------------------------------

TEST(Conclusion, ThatAnUnknownFactLeavesOpenIsMissingInformation) {
  const auto signature = [] {
    Signature result = certificate_signature();
    result.conclusions = {};
    result.conclusions.push_back(
        issue(all({observed(kUntrusted), fact("mra.enabled", is("On"))}), {"target"}));
    return result;
  };
  const Finding open = finding_of(signature(), case_of({untrusted(1, "cucm.example.com")}));
  EXPECT_EQ(open.status, Status::missing_information);
  EXPECT_THAT(missing_of(open), ElementsAre("mra.enabled"));

  EXPECT_EQ(finding_of(signature(), case_of(std::vector<Hit>())).status, Status::no_issue)
      << "without a hit the fact does not matter";
  const CaseFile off = with_facts({known("mra.enabled", "Off")}, {untrusted(1, "cucm.example.com")});
  EXPECT_EQ(finding_of(signature(), off).status, Status::no_issue);
}

TEST(Conclusion, ThatIsLeftOpenGivesWayToALaterOneThatHolds) {
  Signature signature = certificate_signature();
  signature.conclusions = {};
  signature.conclusions.push_back(
      issue(all({observed(kUntrusted), fact("mra.enabled", is("On"))}), {"target"}));
  signature.conclusions.push_back(potential(observed(kUntrusted), {"target"}));
  const Finding finding = finding_of(std::move(signature), case_of({untrusted(1, "cucm.example.com")}));
  EXPECT_EQ(finding.status, Status::potential_problem);
  EXPECT_THAT(missing_of(finding), ElementsAre("mra.enabled"));
}

TEST(Conclusion, OfFactsAloneShowsTheFactAsItsEvidence) {
  Signature signature;
  signature.id = "OFF";
  signature.title = english("Verification is switched off");
  signature.conclusions.push_back(
      issue(fact("configuration.EdgeConfigServer.VerifyOriginServer", is("Off"))));
  CaseFile off = case_of(std::vector<Hit>());
  off.nodes[0].settings["configuration.edgeconfigserver verifyoriginserver"] =
      known("configuration.EdgeConfigServer VerifyOriginServer", "Off");
  const Finding finding = finding_of(std::move(signature), off);
  EXPECT_EQ(finding.status, Status::issue);
  ASSERT_EQ(finding.groups.size(), 1U);
  ASSERT_EQ(finding.groups[0].evidence.size(), 1U);
  EXPECT_EQ(finding.groups[0].evidence[0].place.path, "bundle!/xconf_dump.txt");
  EXPECT_EQ(finding.groups[0].evidence[0].text, "configuration.EdgeConfigServer VerifyOriginServer: Off");
  EXPECT_EQ(finding.groups[0].count, 0U);
}

TEST(Conclusion, OfAbsenceAloneIsNoGuessWhereTheLogIsMissing) {
  const auto silent = [] {
    Signature result = needing_log();
    result.conclusions = {};
    result.conclusions.push_back(issue(none(observed(kUntrusted))));
    return result;
  };
  EXPECT_EQ(finding_of(silent(), with_log({})).status, Status::issue);
  EXPECT_EQ(finding_of(silent(), case_of(std::vector<Hit>())).status, Status::missing_information);
}

// A warning that is not followed by the error line within 30 s.
Signature waiting() {
  Signature result = needing_log();
  result.correlations.push_back(
      correlation(Correlation::Kind::absent, {kUntrusted, kRefused}, std::chrono::seconds(30), {"target"}));
  result.conclusions = {};
  result.conclusions.push_back(issue(correlated(0), {"target"}));
  return result;
}

CaseFile log_until(std::int64_t second, std::vector<Hit> hits) {
  CaseFile result = with_log(std::move(hits));
  EvidenceSeen& log = result.nodes[0].seen["log"];
  log.first = untrusted(0, "").time;
  log.last = untrusted(second, "").time;
  return result;
}

TEST(Conclusion, OfAnAbsenceIsLeftOpenWhereTheLogEndsTooEarlyToTell) {
  EXPECT_EQ(finding_of(waiting(), log_until(100, {untrusted(70, "cucm.example.com")})).status, Status::issue);

  const Finding open = finding_of(waiting(), log_until(99, {untrusted(70, "cucm.example.com")}));
  EXPECT_EQ(open.status, Status::missing_information);
  EXPECT_THAT(missing_of(open), ElementsAre("log"));
  EXPECT_THAT(open.missing.at(0).message,
              HasSubstr("within 30 s after \"untrusted\" is not known of vcsc: its log ends before that"));

  const Finding both =
      finding_of(waiting(), log_until(99, {untrusted(1, "a.example.com"), untrusted(70, "b.example.com")}));
  EXPECT_EQ(both.status, Status::issue);
  EXPECT_THAT(grouped(both, "target"), ElementsAre("a.example.com"));
  EXPECT_THAT(missing_of(both), ElementsAre("log")) << "what became of the other one is not known";
}

TEST(Conclusion, OfNoAbsenceIsLeftOpenToo) {
  Signature signature = waiting();
  signature.conclusions = {};
  signature.conclusions.push_back(issue(all({observed(kUntrusted), none(correlated(0))})));
  EXPECT_EQ(finding_of(std::move(signature), log_until(71, {untrusted(70, "cucm.example.com")})).status,
            Status::missing_information);
}

// ---- errors and order --------------------------------------------------------------------------------

TEST(StatusOfFinding, IsAnErrorWhereTheSignatureContradictsItself) {
  const auto expect_error = [](Signature signature, const char* words) {
    const Finding finding = finding_of(std::move(signature), case_of({untrusted(1, "cucm.example.com")}));
    EXPECT_EQ(finding.status, Status::error) << words;
    ASSERT_EQ(finding.notes.size(), 1U);
    EXPECT_THAT(finding.notes[0], HasSubstr(words));
    EXPECT_EQ(finding.title, "Certificates are refused");
  };
  Signature observation = certificate_signature();
  observation.conclusions.push_back(issue(observed(7)));
  expect_error(std::move(observation), "observation that is not there");

  Signature correlation_index = certificate_signature();
  correlation_index.conclusions.push_back(issue(correlated(0)));
  expect_error(std::move(correlation_index), "correlation that is not there");

  Signature key = certificate_signature();
  key.correlations.push_back(
      correlation(Correlation::Kind::sequence, {kUntrusted, kRefused}, std::nullopt, {"error"}));
  expect_error(std::move(key), "the key error");

  Signature empty = certificate_signature();
  empty.correlations.push_back(correlation(Correlation::Kind::absent, {kUntrusted}, std::nullopt));
  expect_error(std::move(empty), "too few observations");

  Signature status = certificate_signature();
  status.conclusions[0].status = Status::no_issue;
  expect_error(std::move(status), "neither an issue nor a potential problem");
}

TEST(Findings, StandInOrderOfStatusSeverityIdAndNode) {
  const auto named = [](const char* id, Severity severity) {
    Signature signature = certificate_signature();
    signature.id = id;
    signature.severity = severity;
    return signature;
  };
  std::vector<Signature> signatures;
  signatures.push_back(named("Z-QUIET", Severity::critical));
  signatures.push_back(named("C", Severity::low));
  signatures.push_back(named("B", Severity::high));
  signatures.push_back(named("A", Severity::low));
  std::vector<NodeEvidence> nodes;
  for (const char* name : {"b-node", "a-node"}) {
    std::vector<Hit> hits;
    for (std::uint32_t signature = 1; signature < 4; ++signature) {
      hits.push_back(untrusted(1, "cucm.example.com"));
      hits.back().signature = signature;
    }
    nodes.push_back(node(name, std::move(hits)));
  }
  std::vector<std::string> order;
  for (const Finding& finding : diagnose(signatures, case_of(std::move(nodes)), "en")) {
    order.push_back(finding.id + " " + finding.node);
  }
  EXPECT_THAT(order, ElementsAre("B a-node", "B b-node", "A a-node", "A b-node", "C a-node", "C b-node",
                                 "Z-QUIET a-node", "Z-QUIET b-node"));
}

}  // namespace
}  // namespace assay
