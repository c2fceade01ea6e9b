// Any bytes as a file of certificates. Each that is read is judged, as leaf, as issuer and as trusted, and
// read again from its own bytes it is the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "evidence/certificates/certificate_reader.h"

namespace {
void require(bool holds) {
  if (!holds) std::abort();
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  looks_like_certificates(bytes);
  constexpr std::size_t kMost = 8;
  std::vector<CertificatePointer> chain;
  for (const FoundCertificate& found : read_certificates(bytes, kMost)) {
    require(found.offset <= size);
    const Certificate& certificate = *found.certificate;
    chain.push_back(found.certificate);
    if (!certificate.unreadable.empty()) continue;
    const CertificatePointer again = read_der(certificate.der);
    require(again->unreadable.empty() && again->sha256 == certificate.sha256 &&
            again->sans == certificate.sans);
    for (const std::string_view name : {"a.example.com", "192.0.2.1", "2001:db8::1", ""}) {
      name_matches_by_standard(certificate, name);
      name_matches_by_traffic_server(certificate, name);
    }
  }
  require(chain.size() <= kMost);
  const TrustStore store(chain);
  store.judge(chain, Time{1'700'000'000'000'000}, "a.example.com");
  return 0;
}
