// Looks for a known name right above log, logs or cli, from the innermost folder up. Any other folder that
// happens to be called logs tells nothing: expc/logs and expe/logs of one case are two devices.
#include "evidence/service_folder.h"

#include <algorithm>
#include <iterator>

#include "input/display_name.h"

namespace assay {
namespace {

// The paths that `file get activelog` is given in Cisco's guides: "Log Collection" of the Finesse
// administration guide, and tech notes on Unified CCX (212078) and Unified Intelligence Center.
constexpr std::string_view kServices[] = {"cm",     "cuic",     "desktop",  "finesse",  "fippa",
                                          "ids",    "livedata", "openfire", "platform", "realm",
                                          "tomcat", "uccx",     "webproxy"};
constexpr std::string_view kSyslog = "syslog";  // has its files right in it

bool is_service(std::string_view name) {
  return std::find(std::begin(kServices), std::end(kServices), name) != std::end(kServices);
}

// "cli" below platform holds packet captures.
bool holds_logs(std::string_view name, std::string_view above) {
  return name == "log" || name == "logs" || (name == "cli" && above == "platform");
}

std::string_view last_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0: the whole
}

std::string_view above(std::string_view path) {
  return path.substr(0, path.size() - std::min(path.size(), last_name(path).size() + 1));
}

}  // namespace

ServiceFolder service_folder(std::string_view container) {
  std::string_view below;  // the name below `folder`
  for (std::string_view folder = container; !folder.empty(); folder = above(folder)) {
    const std::string_view name = last_name(folder);
    if (name == kSyslog || (is_service(name) && holds_logs(below, name))) {
      while (is_service(last_name(above(folder)))) folder = above(folder);  // desktop/finesse/logs
      std::string device = container_of(folder);
      if (device.empty()) device = folder;
      return {.device = std::move(device), .service = name};
    }
    below = name;
  }
  return {.device = std::string(container), .service = {}};
}

}  // namespace assay
