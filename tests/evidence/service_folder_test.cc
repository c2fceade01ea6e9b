// Of whom a log is that lies in the folder of a service.
#include "evidence/service_folder.h"

#include <gtest/gtest.h>

#include <tuple>

namespace assay {
namespace {

TEST(ServiceFolder, IsRightBelowItsDevice) {
  for (const auto& [container, device, service] : {
           std::tuple{"bundle.tar.gz!/uccx/log/MIVR", "bundle.tar.gz", "uccx"},
           std::tuple{"bundle.tar.gz!/desktop/logs/webservices", "bundle.tar.gz", "desktop"},
           std::tuple{"bundle.tar.gz!/ids/log", "bundle.tar.gz", "ids"},
           std::tuple{"case/192.0.2.40/2023-03-01/active_1.tgz!/platform/cli",
                      "case/192.0.2.40/2023-03-01/active_1.tgz", "platform"},
           std::tuple{"case/192.0.2.40/syslog", "case/192.0.2.40", "syslog"},
           std::tuple{"desktop/logs/old.zip!/192.0.2.41/uccx/log", "desktop/logs/old.zip!/192.0.2.41",
                      "uccx"},
           std::tuple{"uccx/log/MIVR", "uccx", "uccx"},
           std::tuple{"/uccx/log/MIVR", "/uccx", "uccx"},
       }) {
    const ServiceFolder folder = service_folder(container);
    EXPECT_EQ(folder.device, device) << container;
    EXPECT_EQ(folder.service, service) << container;
  }
}

TEST(ServiceFolder, MayLieInThatOfAnother) {
  EXPECT_EQ(service_folder("bundle.tar.gz!/desktop/finesse/logs").device, "bundle.tar.gz");
}

TEST(ServiceFolder, IsNotAnyFolderOfLogs) {
  for (const char* container :
       {"case.zip!/expc/logs", "case.zip!/expe/logs/old", "case.zip!/logs", "case/uccx", "case/cli",
        "case/desktop/webservices", "case/my_uccx/log", "log", "", "/"}) {
    const ServiceFolder folder = service_folder(container);
    EXPECT_EQ(folder.device, container);
    EXPECT_EQ(folder.service, "") << container;
  }
}

}  // namespace
}  // namespace assay
