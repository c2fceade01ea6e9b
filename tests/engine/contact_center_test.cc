// Bundles of Finesse, Unified CCX and the like: which logs are of one device, and which signatures concern
// it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "assay/analyze.h"
#include "assay/explain.h"
#include "engine/bundle.h"

namespace assay {
namespace {

using ::testing::ElementsAre;
using testing::File;
using ::testing::HasSubstr;
using testing::input_of;
using testing::noise;
using testing::refusal_signature;
using testing::tar_of;

constexpr const char* kFinesse =
    "0000000007: 192.0.2.40: Mar 01 2023 09:00:07.241 +0000: %CCBU_pool-7-thread-1-6-SYSTEMINFO_PUBLISH: up\n"
    "0000000008: 192.0.2.40: Mar 01 2023 09:00:08.241 +0000: %CCBU_pool-7-thread-1-6-SYSTEMINFO_PUBLISH: "
    "up\n";
constexpr const char* kEngine = "51269: Mar 01 09:01:27.842 GMT %MIVR-SS_TEL-7-UNK:Call.received()\n";
constexpr const char* kIdentity =
    "2023-03-01 09:01:56.780 GMT(+0000) [IdSEndPoints-SAML-21] INFO com.cisco.ccbu.ids A.java:270 - "
    "processed\n";
constexpr const char* kSystem = "Mar  1 09:01:30 finesse01 sshd[17]: session opened\n";

Report report_on(const std::vector<File>& files) {
  const std::string bytes = tar_of(files);
  return analyze(refusal_signature(), input_of("case.tar", bytes));
}

std::vector<std::string> nodes_of(const std::vector<File>& files) {
  std::vector<std::string> names;
  for (const Node& node : report_on(files).nodes) names.push_back(node.name);
  return names;
}

TEST(ContactCenter, LogsInTheFoldersOfServicesAreOfOneDevice) {
  EXPECT_THAT(nodes_of({{"uccx/log/MIVR/a.log", kEngine}, {"ids/log/ids.log", kIdentity}}),
              ElementsAre("case.tar"));
  EXPECT_THAT(nodes_of({{"uccx/log/MIVR/a.log", kEngine},
                        {"desktop/logs/webservices/b.log", kFinesse},
                        {"ids/log/ids.log", kIdentity}}),
              ElementsAre("192.0.2.40"))
      << "the address of the system that wrote the record stands in its header";
}

TEST(ContactCenter, OneThatSomeRecordsCallByItsNameAndSomeByItsAddressIsOneDevice) {
  const std::vector<File> files = {{"desktop/logs/webservices/b.log", kFinesse},
                                   {"syslog/messages", kSystem}};
  EXPECT_THAT(nodes_of(files), ElementsAre("192.0.2.40"));
  EXPECT_TRUE(report_on(files).problems.empty()) << "of two host names one would be wrong";
}

TEST(ContactCenter, TwoOfAClusterAreTwoDevices) {
  EXPECT_THAT(nodes_of({{"192.0.2.40/uccx/log/MIVR/a.log", kEngine},
                        {"192.0.2.40/ids/log/ids.log", kIdentity},
                        {"192.0.2.41/uccx/log/MIVR/a.log", kEngine},
                        {"192.0.2.41/ids/log/ids.log", kIdentity}}),
              ElementsAre("case.tar!/192.0.2.40", "case.tar!/192.0.2.41"));
}

TEST(ContactCenter, FoldersOfLogsThatAreOfNoServiceAreDevicesOfTheirOwn) {
  EXPECT_THAT(
      nodes_of({{"expc/logs/a.txt", noise("localhost", 1)}, {"expe/logs/a.txt", noise("localhost", 2)}}),
      ElementsAre("case.tar!/expc/logs", "case.tar!/expe/logs"));
}

TEST(ContactCenter, AnExpresswayBesideTheFoldersIsAnotherDevice) {
  EXPECT_THAT(nodes_of({{"loggingsnapshot_vcsc_2022-07-11_16_55_44.txt", noise("vcsc", 1) + noise("vcsc", 2)},
                        {"uccx/log/MIVR/a.log", kEngine},
                        {"desktop/logs/webservices/b.log", kFinesse}}),
              ElementsAre("192.0.2.40", "vcsc"));
}

TEST(ContactCenter, ASyslogFolderWithoutThoseOfServicesMayHoldRecordsOfSeveralDevices) {
  EXPECT_THAT(nodes_of({{"syslog/a.log", noise("expc", 1)}, {"syslog/b.log", noise("expe", 1)}}),
              ElementsAre("expc", "expe"));
}

// ---- which signatures concern it ---------------------------------------------------------------------

// One signature for each list of products, of the same name. Each needs what no log holds.
const SignatureSet& for_products() {
  static const SignatureSet signatures = [] {
    std::vector<SignatureSource> sources;
    for (const auto& [id, products] : {
             std::pair{"CORE", "products: [Expressway-C, Unified CM]"},
             std::pair{"EDGE", "products: [Expressway-E]"},
             std::pair{"FINESSE", "products: [Finesse]"},
             std::pair{"BOTH", "products: [Expressway-E, Unified CCX]"},
             std::pair{"WEBEX", "products: [Webex]"},
             std::pair{"ANY", ""},
         }) {
      sources.push_back({std::string(id) + ".yaml", "id: " + std::string(id) + "\n" + products + R"(
title: A connection is refused
kind: network
severity: high
needs: [tls]
observe:
  refused: {tls: {outcome: refused_by_client}}
conclude:
  - {status: issue, when: refused}
text:
  description: Refused.
)"});
    }
    return SignatureSet::from_text(sources);
  }();
  return signatures;
}

// The ids that are not applicable.
std::vector<std::string> passed_over(const std::vector<File>& files) {
  const std::string bytes = tar_of(files);
  std::vector<std::string> ids;
  for (const Finding& finding : analyze(for_products(), input_of("case.tar", bytes)).findings) {
    if (finding.status == Status::not_applicable) ids.push_back(finding.id);
  }
  return ids;
}

TEST(ProductFamily, OfAContactCenterKeepsItFromBeingAskedForWhatAnExpresswayHas) {
  for (const char* log : {kFinesse, kEngine, kIdentity}) {
    EXPECT_THAT(passed_over({{"a.log", log}}), ElementsAre("CORE", "EDGE")) << log;
  }
}

TEST(ProductFamily, OfAnExpresswayKeepsItFromBeingAskedForWhatAContactCenterHas) {
  EXPECT_THAT(passed_over({{"a.log", noise("vcsc", 1)}}), ElementsAre("FINESSE")) << "by the form of its log";
  EXPECT_THAT(passed_over({{"a.log", kSystem + noise("vcsc", 1)}}), ElementsAre("FINESSE"));
  EXPECT_THAT(passed_over({{"a.txt", testing::configuration_dump()}}), ElementsAre("FINESSE")) << "by a dump";
}

TEST(ProductFamily, DoesNotTellAnExpresswayCFromAnExpresswayE) {
  EXPECT_THAT(passed_over({{"a.txt", testing::status_dump("X14.2", "Cisco Expressway-C")}}),
              ElementsAre("FINESSE"));
}

TEST(ProductFamily, ThatIsNotKnownKeepsNothingFromBeingAsked) {
  EXPECT_THAT(passed_over({{"messages", kSystem}}), ElementsAre());
}

TEST(ProductFamily, IsNotKnownWhereTheEvidenceIsOfTwo) {
  EXPECT_THAT(passed_over({{"a.log", noise("localhost", 1)}, {"b.log", kEngine}}), ElementsAre());
  EXPECT_THAT(passed_over({{"a.txt", testing::configuration_dump()}, {"b.log", kEngine}}), ElementsAre());
}

TEST(ProductFamily, IsTheReasonThatAnExplanationGives) {
  const std::string bytes = tar_of({{"a.log", kFinesse}});
  const Explanation explanation = explain(for_products(), "CORE", input_of("case.tar", bytes));
  const ExplainedVerdict& verdict = explanation.verdicts.at(0);
  EXPECT_EQ(verdict.status, Status::not_applicable);
  EXPECT_EQ(verdict.finding.status, Status::not_applicable);
  ASSERT_TRUE(verdict.applies);
  EXPECT_EQ(verdict.applies->value, Truth::no);
  EXPECT_EQ(verdict.applies->words, "product.family is expressway, as products has Expressway-C, Unified CM");
  EXPECT_EQ(verdict.applies->because, "contact-center (the form of the log's records, case.tar!/a.log:1)");
}

TEST(ProductFamily, ThatIsNotKnownIsSaidAndRulesNothingOut) {
  const std::string bytes = tar_of({{"messages", kSystem}});
  const ExplainedVerdict verdict =
      explain(for_products(), "CORE", input_of("case.tar", bytes)).verdicts.at(0);
  EXPECT_EQ(verdict.status, Status::missing_information);
  ASSERT_TRUE(verdict.applies);
  EXPECT_EQ(verdict.applies->value, Truth::yes);
  EXPECT_EQ(verdict.applies->because, "not known");
}

TEST(ProductFamily, SaysHowToGetWhatIsMissing) {
  const auto way = [](const char* log) {
    const std::string bytes = tar_of({{"a.log", log}});
    const Report report = analyze(for_products(), input_of("case.tar", bytes));
    const auto any = std::find_if(report.findings.begin(), report.findings.end(),
                                  [](const Finding& finding) { return finding.id == "ANY"; });
    return any->missing.at(0).how_to_get;
  };
  EXPECT_THAT(way(kFinesse), HasSubstr("utils network capture"));
  EXPECT_THAT(way(kSystem), HasSubstr("Take tcpdump while logging"));
}

}  // namespace
}  // namespace assay
