// X.509 through OpenSSL: certificates out of DER, PEM, PKCS#7 and Java's key stores, trust stores, and
// judgements of chains.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assay/tls.h"

namespace assay {

// Reads one DER certificate. Always returns one; an unreadable one says why.
CertificatePointer read_der(std::string_view der);

// What of a certificate that can be read is not sound all the same; "" if nothing is.
std::string flaw_of(std::string_view der);

struct FoundCertificate {
  CertificatePointer certificate;
  std::size_t offset = 0;  // in the file, of its PEM block
  std::string flaw = {};
};

// Every certificate in the bytes of a file: PEM (several, with text between), DER, PKCS#7 (PEM or DER),
// JKS and JCEKS. Private keys and other PEM blocks are passed over. Nothing if the bytes are none of these.
// At most `most` certificates.
std::vector<FoundCertificate> read_certificates(std::string_view bytes, std::size_t most);

// True if the bytes could be such a file, or a PKCS#12 (for sniffing the front of a member).
bool looks_like_certificates(std::string_view front);

// True if the key of `issuer` verifies the signature of `certificate`, and the names agree.
bool is_issued_by(const Certificate& certificate, const Certificate& issuer);

// What a chain is judged for: extended key usage and the like.
enum class Purpose { tls_server, tls_client, any };

// The certificates that a node trusts. Immutable and thread-safe.
class TrustStore {
 public:
  explicit TrustStore(std::vector<CertificatePointer> trusted);
  ~TrustStore();
  TrustStore(TrustStore&&) noexcept;

  // Judges a chain (leaf first, as presented) as its TLS peer of that moment would; without a moment, no
  // validity is looked at. `asked_name` may be empty.
  TrustVerdict judge(const std::vector<CertificatePointer>& chain, std::optional<Time> at,
                     std::string_view asked_name, Purpose purpose = Purpose::tls_server) const;

  const std::vector<CertificatePointer>& trusted() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

// RFC 6125: SAN by type (iPAddress for addresses), wildcard in the left-most label; CN only where there is no
// dNSName SAN.
bool name_matches_by_standard(const Certificate& leaf, std::string_view asked_name);
// As Apache Traffic Server's validate_hostname: SAN dNSName, then every CN; an address is compared as if it
// were a name.
bool name_matches_by_traffic_server(const Certificate& leaf, std::string_view asked_name);

}  // namespace assay
