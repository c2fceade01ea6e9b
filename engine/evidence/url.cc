// By position; what a URL does not have is empty.
#include "evidence/url.h"

#include "characters.h"
#include "evidence/words.h"
#include "text/percent.h"

namespace assay {

std::string_view host_part(std::string_view address) {
  if (address.starts_with('[')) return address.substr(1, address.find(']') - 1);
  const std::size_t colon = address.find(':');
  return address.find(':', colon + 1) == npos ? address.substr(0, colon) : address;
}

std::string_view host_of_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == npos) return {};
  const std::string_view behind = url.substr(scheme + 3);
  return host_part(behind.substr(0, behind.find_first_of("/?#")));
}

std::string_view path_of_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != npos) {
    const std::size_t slash = url.find('/', scheme + 3);
    url = slash == npos ? std::string_view() : url.substr(slash);
  }
  return url.substr(0, url.find_first_of("?#"));
}

std::string user_of_url(std::string_view url) {
  for (const std::string_view front :
       {std::string_view("cucm-uds/user/"), std::string_view("cucm-uds/clusterUser?username=")}) {
    std::size_t slash = url.find('/');
    while (slash != npos && !starts_with_ignoring_case(url.substr(slash + 1), front))
      slash = url.find('/', slash + 1);
    if (slash == npos) continue;
    const std::string_view behind = url.substr(slash + 1 + front.size());
    const std::string_view user = behind.substr(0, behind.find_first_of("/?&#"));
    return percent_decode(user).value_or(std::string(user));
  }
  return {};
}

}  // namespace assay
