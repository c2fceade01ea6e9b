// By position; what a URL does not have is empty.
#include "evidence/url.h"

#include "characters.h"
#include "evidence/words.h"

namespace assay {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (lower(c) >= 'a' && lower(c) <= 'f') return lower(c) - 'a' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    if (escaped) {
      decoded += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

}  // namespace

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
       {std::string_view("/cucm-uds/user/"), std::string_view("/cucm-uds/clusterUser?username=")}) {
    std::size_t at = url.find('/');
    while (at != npos && !starts_with_ignoring_case(url.substr(at), front)) at = url.find('/', at + 1);
    if (at == npos) continue;
    const std::string_view behind = url.substr(at + front.size());
    return percent_decoded(behind.substr(0, behind.find_first_of("/?&#")));
  }
  return {};
}

}  // namespace assay
