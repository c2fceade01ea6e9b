// Most records name the host of the one before.
#include "evidence/log_hosts.h"

#include <algorithm>

#include "characters.h"
#include "evidence/address.h"

namespace assay {
namespace {

constexpr std::size_t kMaxHosts = 64;  // more names than this in one log are noise

std::string device_called(std::string_view host) {
  std::string name(is_address(host) ? host : host.substr(0, host.find('.')));
  for (char& c : name) c = lower(c);
  return name;
}

}  // namespace

void LogHosts::note(std::string_view host) {
  if (host.empty() || equal_ignoring_case(host, "localhost")) return;
  if (last_ == counts_.end() || last_->first != host) {
    last_ = counts_.find(host);
    if (last_ == counts_.end() && counts_.size() >= kMaxHosts) return;
    if (last_ == counts_.end()) last_ = counts_.emplace(std::string(host), 0).first;
  }
  ++last_->second;
}

std::string_view LogHosts::most_frequent() const {
  const auto most = std::max_element(counts_.begin(), counts_.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts_.end() ? std::string_view() : most->first;
}

std::set<std::string> LogHosts::devices() const {
  std::set<std::string> devices;
  for (const auto& [host, records] : counts_) devices.insert(device_called(host));
  return devices;
}

}  // namespace assay
