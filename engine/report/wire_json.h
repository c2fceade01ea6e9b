// TLS handshakes and certificates as JSON.
#pragma once

#include "assay/certificates.h"
#include "assay/report.h"
#include "report/json_values.h"

namespace assay {

Json handshake_of(const Handshake& handshake);
Json seen_certificate_of(const SeenCertificate& seen);

// `seen`: the certificate in the report, or nothing if no valid one was seen.
Json missing_certificate_of(const MissingCertificate& missing, const SeenCertificate* seen);

}  // namespace assay
