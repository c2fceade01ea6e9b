// The names that signatures, JSON and tables use for what stands in assay/tls.h.
#include <fmt/format.h>

#include "assay/tls.h"

namespace assay {

std::string to_string(const Endpoint& endpoint) {
  const bool v6 = endpoint.address.find(':') != std::string::npos;
  const std::string address = v6 ? "[" + endpoint.address + "]" : endpoint.address;
  return endpoint.port == 0 ? address : fmt::format("{}:{}", address, endpoint.port);
}

std::string_view to_string(Peer peer) {
  return peer == Peer::client ? "client" : "server";
}

std::string_view to_string(HandshakeOutcome outcome) {
  switch (outcome) {
    case HandshakeOutcome::completed:
      return "completed";
    case HandshakeOutcome::refused_by_client:
      return "refused_by_client";
    case HandshakeOutcome::refused_by_server:
      return "refused_by_server";
    case HandshakeOutcome::cut:
      return "cut";
    case HandshakeOutcome::unfinished:
      return "unfinished";
  }
  return "unfinished";
}

std::string_view to_string(CertificateVisibility visibility) {
  switch (visibility) {
    case CertificateVisibility::visible:
      return "visible";
    case CertificateVisibility::not_visible:
      return "not_visible";
    case CertificateVisibility::none_sent:
      return "none_sent";
    case CertificateVisibility::unknown:
      return "unknown";
  }
  return "unknown";
}

}  // namespace assay
