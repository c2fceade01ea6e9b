// Names of the numbers in TLS handshakes, as IANA registers them; "0x1234" for one that is not known.
#pragma once

#include <string>

namespace assay {

std::string cipher_name(int number);            // "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"
std::string group_name(int number);             // "secp256r1"
std::string signature_scheme_name(int number);  // "rsa_pss_rsae_sha256"
std::string alert_name(int number);             // "certificate_unknown"
std::string version_name(int number);           // "TLS 1.2"
bool is_grease(int number);

}  // namespace assay
