// Bundles of Finesse, Unified CCX and the like: which logs are of one device, and which signatures concern
// it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "assay/analyze.h"
#include "engine/bundle.h"

namespace assay {
namespace {

using ::testing::ElementsAre;
using testing::File;
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

}  // namespace
}  // namespace assay
