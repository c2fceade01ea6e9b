// Parts of the URLs that clients ask the traffic server for, and it the servers.
#pragma once

#include <string>
#include <string_view>

namespace assay {

// "cucm.example.com" of "cucm.example.com:8443", "2001:db8::1" of "[2001:db8::1]:8443".
std::string_view host_part(std::string_view address);

std::string_view host_of_url(std::string_view url);  // without its port; "" of a bare path

// "/cucm-uds/user/alice" of "https://cucm.example.com:8443/cucm-uds/user/alice?max=100".
std::string_view path_of_url(std::string_view url);

// The user that a URL is about ("/cucm-uds/user/alice/devices", "clusterUser?username=alice"), or "".
std::string user_of_url(std::string_view url);

}  // namespace assay
