// Certificates as one needs them to mend a fault: as PEM to upload, and which of them a trust store lacks.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assay/report.h"
#include "assay/tls.h"

namespace assay {

// "-----BEGIN CERTIFICATE-----" and so on, with a newline at the end. Empty where its bytes are not known.
std::string to_pem(const Certificate& certificate);

enum class Validity { valid, expired, not_yet_valid, unknown };
std::string_view to_string(Validity validity);

// At the time of the evidence, not of today.
Validity validity_at(const Certificate& certificate, std::optional<Time> moment);

// What the trust store of a node would have to hold for its failed connections to succeed.
struct MissingCertificate {
  std::string node;
  std::string subject;             // RFC 4514
  CertificatePointer certificate;  // none: no valid one was seen, so nobody can export it
  // Who presented the chains that end without it: "10.48.36.215:6972"; sorted.
  std::vector<std::string> needed_for;
};

// By node and subject. Looks at connections that were refused, or cut, by the side that had to verify the
// other's certificates, and climbs from their leaf: to a certificate that the trust store of the node lacks,
// or to an issuer of which no valid one was seen. Where the bundle holds no trust store, only an unknown_ca
// alert shows that something is missing. REQUIRES: a report with Options::handshakes and
// Options::certificates
std::vector<MissingCertificate> missing_certificates(const Report& report);

}  // namespace assay
