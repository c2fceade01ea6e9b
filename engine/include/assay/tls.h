// What was seen on the wire and in certificate files: TLS handshakes and certificates. Plain data.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assay/place.h"
#include "assay/time.h"

namespace assay {

// One entry of subjectAltName.
struct SubjectName {
  std::string type;   // "dns", "ip", "email", "uri", "other"
  std::string value;  // an address in its usual text form
  friend bool operator==(const SubjectName&, const SubjectName&) = default;
};

// One attribute of a distinguished name.
struct NamePart {
  std::string type;  // "CN", "OU", "O", "L", "ST", "C", "DC", …, or an OID
  std::string value;
  friend bool operator==(const NamePart&, const NamePart&) = default;
};

// An X.509 certificate, taken apart by OpenSSL (RFC 5280). One that cannot be read has `unreadable` and `der`
// only.
struct Certificate {
  std::string sha256;   // fingerprint of the DER form, lower-case hexadecimal without colons
  std::string subject;  // RFC 4514 text
  std::string issuer;
  std::vector<NamePart> subject_parts;  // in the order of the text
  std::vector<NamePart> issuer_parts;
  std::vector<std::string> common_names;
  std::vector<SubjectName> sans;
  std::string serial;  // hexadecimal
  std::optional<Time> not_before;
  std::optional<Time> not_after;
  std::string key_type;  // "RSA", "EC", "Ed25519", "RSASSA-PSS", …
  int key_bits = 0;
  std::string key_sha256;               // of its SubjectPublicKeyInfo, lower-case hexadecimal
  std::string signature_algorithm;      // "sha256WithRSAEncryption", "RSASSA-PSS", "ecdsa-with-SHA384", …
  std::string signature_algorithm_oid;  // "1.2.840.113549.1.1.10"
  std::string signature_hash;           // "SHA256"; of RSASSA-PSS from its parameters
  std::optional<int> signature_salt;    // bytes, RSASSA-PSS only
  std::string subject_key_id;           // hexadecimal
  std::string authority_key_id;
  std::optional<bool> is_ca;  // basic constraints, if present
  std::optional<int> path_length;
  std::vector<std::string> key_usage;           // "digitalSignature", …
  std::vector<std::string> extended_key_usage;  // "serverAuth", …, or an OID; empty: not restricted
  bool self_signed = false;                     // its own key verifies its signature
  std::string unreadable;                       // why it cannot be read
  std::string der;                              // its bytes
};

// Certificates are shared: the same one is presented thousands of times.
using CertificatePointer = std::shared_ptr<const Certificate>;

struct Endpoint {
  std::string address;  // text form; IPv6 without brackets
  std::uint16_t port = 0;
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};
// "10.0.0.1:8443", "[2001:db8::1]:8443"
std::string to_string(const Endpoint& endpoint);

enum class Peer { client, server };
std::string_view to_string(Peer peer);

struct Alert {
  std::string level;        // "warning", "fatal", "" if encrypted
  std::string description;  // as in the RFC: "certificate_unknown"; "" if encrypted
  int code = -1;
  Peer from = Peer::client;
  bool encrypted = false;
  std::optional<Time> time;
};

enum class HandshakeOutcome {
  completed,
  refused_by_client,  // the client sent a fatal alert
  refused_by_server,
  cut,         // the connection was closed or reset before it completed
  unfinished,  // the capture does not hold its end, or TLS 1.3 hides how it ended
};
std::string_view to_string(HandshakeOutcome outcome);

// How certificates can be seen.
enum class CertificateVisibility { visible, not_visible, none_sent, unknown };
std::string_view to_string(CertificateVisibility visibility);

// The judgement of OpenSSL on a chain with the node's own trust store, at the time of the evidence.
struct TrustVerdict {
  bool known = false;  // false: no trust store in the bundle, or no chain seen
  std::string error;   // OpenSSL's words; "" if trusted
  int depth = 0;
  std::string missing_issuer;  // RFC 4514 name of the issuer that is not there, if that is the error
  // The chain up to its root, the certificate itself left out unless it is self-signed: subjects of what the
  // trust store holds, and of what it does not, whether it was sent along or not.
  std::vector<std::string> held;
  std::vector<std::string> lacking;
  std::optional<bool> name_by_standard;  // the asked name is in the certificate (RFC 6125)
  // As the traffic server looks for it: SAN dNSName, then every CN, never iPAddress.
  std::optional<bool> name_by_traffic_server;
};

// One TLS connection as a capture shows it.
struct Handshake {
  std::string node;
  Place place;  // of its first packet: path, packet number as `line`, byte offset in the capture
  std::optional<Time> begin;
  std::optional<Time> end;
  Endpoint client;
  Endpoint server;
  // What was spoken before, where TLS began after STARTTLS or CONNECT: "smtp", "imap", "pop3", "ftp",
  // "xmpp", "ldap", "nntp", "sieve", "postgresql", "mysql", "tds" (SQL Server), "http-connect", "socks",
  // "proxy" (the header of HAProxy).
  std::string protocol_before;
  std::string sni;
  std::string asked_name;  // SNI, or the server's address where there is none; empty without a ClientHello
  std::vector<std::string> offered_versions;  // "TLS 1.2", highest first
  std::string version;                        // chosen
  std::vector<std::string> offered_ciphers;   // IANA names; "0x1234" for an unknown one
  std::vector<int> offered_cipher_numbers;    // parallel to the names
  std::string cipher;                         // chosen
  int cipher_number = -1;
  std::vector<std::string> signature_algorithms;  // offered, IANA names
  std::vector<std::string> groups;                // offered
  std::string group;                              // chosen, where it can be seen
  int dh_bits = 0;                                // of the DHE prime; 0: none seen
  bool client_certificate_asked = false;
  CertificateVisibility server_certificates_seen = CertificateVisibility::unknown;
  std::vector<CertificatePointer> server_certificates;  // leaf first
  std::vector<CertificatePointer> client_certificates;
  std::vector<Alert> alerts;
  HandshakeOutcome outcome = HandshakeOutcome::unfinished;
  bool partial = false;  // began before the capture, or bytes of it are missing
  TrustVerdict trust;
};

// Where a certificate was seen.
struct Sighting {
  std::string node;
  Place place;
  // "trust_store" (ca_*.pem), "server" and "client" (the node's own), "file", "presented_by_server",
  // "presented_by_client"
  std::string use;
  int position = 0;      // in the chain or file, 0 first
  std::string endpoint;  // of presented ones: who presented it
  // The moment that the evidence speaks of: of the handshake, or the latest one that the bundle knows.
  std::optional<Time> time;
  // With the node's own trust store at that moment, for this use; names are not compared here.
  TrustVerdict trust;
};

struct SeenCertificate {
  CertificatePointer certificate;
  std::vector<Sighting> sightings;
};

}  // namespace assay
