// Products on Cisco's voice operating system (Finesse, Unified CCX, Unified Intelligence Center, ...) keep
// the logs of each service in a folder of its own: uccx/log/MIVR, desktop/logs/webservices, ids/log. `file
// get activelog` packs these folders as they are, so what lies in several of them side by side is of one
// device.
#pragma once

#include <string>
#include <string_view>

namespace assay {

struct ServiceFolder {
  std::string device;  // the folder or archive that holds the folders of the services
  // "uccx", "syslog": a view into the container. Empty where it is in no such folder.
  std::string_view service;
};

// `container`: as Member::container. Where it is in no folder of a service, it is the device itself.
ServiceFolder service_folder(std::string_view container);

}  // namespace assay
