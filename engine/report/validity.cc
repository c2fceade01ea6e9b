// Whether a certificate was valid when the evidence was made.
#include "assay/certificates.h"

namespace assay {

Validity validity_at(const Certificate& certificate, std::optional<Time> moment) {
  if (!moment || !certificate.not_before || !certificate.not_after) return Validity::unknown;
  if (*moment < *certificate.not_before) return Validity::not_yet_valid;
  return *moment > *certificate.not_after ? Validity::expired : Validity::valid;
}

std::string_view to_string(Validity validity) {
  switch (validity) {
    case Validity::valid:
      return "valid";
    case Validity::expired:
      return "expired";
    case Validity::not_yet_valid:
      return "not_yet_valid";
    case Validity::unknown:
      return "unknown";
  }
  return "unknown";
}

}  // namespace assay
