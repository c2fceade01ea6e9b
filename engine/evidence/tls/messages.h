// The handshake messages that tell something, taken apart: RFC 5246 section 7.4, RFC 8446 section 4.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "assay/tls.h"
#include "evidence/tls/cursor.h"

namespace assay {

enum class MessageType : std::uint8_t {
  hello_request = 0,
  client_hello = 1,
  server_hello = 2,
  hello_verify_request = 3,
  session_ticket = 4,
  end_of_early_data = 5,
  encrypted_extensions = 8,
  certificate = 11,
  server_key_exchange = 12,
  certificate_request = 13,
  server_hello_done = 14,
  certificate_verify = 15,
  client_key_exchange = 16,
  finished = 20,
  certificate_url = 21,
  certificate_status = 22,
  supplemental_data = 23,
  key_update = 24,
  compressed_certificate = 25,
  next_protocol = 67,
};

// Each fills in what the message says and returns false if it is malformed; what was read before the fault
// stays. `body` is the message without its four bytes of type and length.
bool read_client_hello(Bytes body, Handshake& handshake);
// TLS 1.3: data may follow the ClientHello before the server has answered.
bool offers_early_data(Bytes client_hello);
// DTLS: the keys are for media (RFC 5764).
bool asks_for_srtp(Bytes dtls_client_hello);
bool read_server_hello(Bytes body, Handshake& handshake);
// What that side is to present, as the ServerHello says: X.509 certificates where it says nothing (RFC 7250).
enum class CertificateType : std::uint8_t { x509 = 0, openpgp = 1, raw_public_key = 2 };
CertificateType certificate_type(Bytes server_hello, Peer peer);
bool read_server_key_exchange(Bytes body, Handshake& handshake);
// The body of an SSLv2-style ClientHello, behind its two bytes of length (RFC 5246 appendix E.2).
bool read_old_client_hello(Bytes body, Handshake& handshake);
// The chain of a Certificate message up to TLS 1.2: DER, leaf first. Only so many are taken; `left_out` are
// the others.
bool read_chain(Bytes body, std::vector<std::string>& chain, std::size_t& left_out);

}  // namespace assay
