// Whether a certificate has the name that was asked for: by the standard, and by the traffic server's own
// way.
#include <arpa/inet.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

#include "evidence/address.h"
#include "evidence/certificates/certificate_reader.h"
#include "evidence/certificates/openssl_pointers.h"
#include "evidence/words.h"

namespace assay {
namespace {

// RFC 6125 as Apache Traffic Server applies it: "*" stands for the whole left-most label, and only there.
bool pattern_matches(std::string_view pattern, std::string_view name) {
  const std::string wanted = lower_case(name);
  const std::string own = lower_case(pattern);
  if (!own.starts_with("*.")) return own == wanted;
  const std::size_t dot = wanted.find('.');
  return dot != std::string::npos && dot > 0 && wanted.substr(dot) == own.substr(1);
}

}  // namespace

std::string ipv6_text(const unsigned char* bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  return inet_ntop(AF_INET6, bytes, text.data(), text.size()) == nullptr ? "" : text.data();
}

bool name_matches_by_standard(const Certificate& leaf, std::string_view asked_name) {
  const X509Pointer x509 = parse(leaf.der);
  if (!x509) return false;
  const std::string name(asked_name);
  if (is_address(name)) return X509_check_ip_asc(x509.get(), name.c_str(), 0) == 1;
  constexpr unsigned kFlags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
  return X509_check_host(x509.get(), name.c_str(), name.size(), kFlags, nullptr) == 1;
}

bool name_matches_by_traffic_server(const Certificate& leaf, std::string_view asked_name) {
  const auto by_san = [&](const SubjectName& san) {
    return san.type == "dns" && pattern_matches(san.value, asked_name);
  };
  if (std::any_of(leaf.sans.begin(), leaf.sans.end(), by_san)) return true;
  return std::any_of(leaf.common_names.begin(), leaf.common_names.end(),
                     [&](const std::string& name) { return pattern_matches(name, asked_name); });
}

}  // namespace assay
