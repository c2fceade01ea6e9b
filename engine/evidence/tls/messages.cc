// Only what is needed of each message is read, in the order in which it stands; unknown extensions are passed
// over.
#include "evidence/tls/messages.h"

#include <bit>
#include <optional>

#include "evidence/tls/names.h"

namespace assay {
namespace {

constexpr std::size_t kRandomBytes = 32;
constexpr std::uint32_t kTls13 = 0x0304;
constexpr std::size_t kMostCertificates = 64;  // of a chain; OpenSSL follows 100, nobody presents ten
constexpr std::size_t kLongestHostName = 255;

enum Extension : std::uint32_t {
  kServerName = 0,
  kSupportedGroups = 10,
  kSignatureAlgorithms = 13,
  kUseSrtp = 14,
  kClientCertificateType = 19,
  kServerCertificateType = 20,
  kEarlyData = 42,
  kSupportedVersions = 43,
  kKeyShare = 51,
};

std::string text_of(Bytes bytes) {
  return {bytes.begin(), bytes.end()};
}

// RFC 6066: a list of names by type; only host names (type 0) exist.
void read_server_name(Bytes data, Handshake& handshake) {
  Cursor list(Cursor(data).piece(2));
  while (list.left() > 0) {
    const std::uint32_t type = list.number(1);
    const Bytes name = list.piece(2);
    if (type != 0 || list.failed() || !handshake.sni.empty()) continue;
    if (name.size() <= kLongestHostName) handshake.sni = text_of(name);
  }
}

// Real clients offer some hundred ciphers at most.
constexpr std::size_t kMostNames = 512;

using NameOf = std::string (*)(int);

void read_names(Bytes list, NameOf name_of, std::vector<std::string>& names) {
  Cursor cursor(list);
  while (cursor.left() >= 2 && names.size() < kMostNames) {
    const int number = static_cast<int>(cursor.number(2));
    if (!is_grease(number)) names.push_back(name_of(number));
  }
}

void add_offered_cipher(std::uint32_t code, Handshake& handshake) {
  const int number = static_cast<int>(code);
  if (is_grease(number) || handshake.offered_ciphers.size() >= kMostNames) return;
  handshake.offered_ciphers.push_back(cipher_name(number));
  handshake.offered_cipher_numbers.push_back(number);
}

void read_client_extension(std::uint32_t type, Bytes data, Handshake& handshake) {
  if (type == kServerName) read_server_name(data, handshake);
  if (type == kSupportedGroups) read_names(Cursor(data).piece(2), group_name, handshake.groups);
  if (type == kSignatureAlgorithms) {
    read_names(Cursor(data).piece(2), signature_scheme_name, handshake.signature_algorithms);
  }
  if (type == kSupportedVersions) {
    handshake.offered_versions.clear();
    read_names(Cursor(data).piece(1), version_name, handshake.offered_versions);
  }
}

void read_server_extension(std::uint32_t type, Bytes data, Handshake& handshake) {
  if (type == kSupportedVersions) {
    const std::uint32_t chosen = Cursor(data).number(2);
    if (chosen == kTls13) handshake.version = version_name(static_cast<int>(chosen));
  }
  if (type == kKeyShare) handshake.group = group_name(static_cast<int>(Cursor(data).number(2)));
}

using ReadExtension = void (*)(std::uint32_t, Bytes, Handshake&);

bool read_extensions(Cursor& cursor, ReadExtension read, Handshake& handshake) {
  if (cursor.left() == 0) return true;  // there were none before TLS 1.0 had extensions
  Cursor list(cursor.piece(2));
  if (cursor.failed()) return false;
  while (list.left() > 0) {
    const std::uint32_t type = list.number(2);
    const Bytes data = list.piece(2);
    if (list.failed()) return false;
    read(type, data, handshake);
  }
  return true;
}

// What the hello says with that extension; the cursor stands before its list.
std::optional<Bytes> find_extension(Cursor& cursor, std::uint32_t wanted) {
  Cursor list(cursor.piece(2));
  while (list.left() > 0) {
    const std::uint32_t type = list.number(2);
    const Bytes data = list.piece(2);
    if (list.failed()) break;
    if (type == wanted) return data;
  }
  return std::nullopt;
}

// Bits of an unsigned number in big-endian bytes.
int bits_of(Bytes number) {
  while (!number.empty() && number.front() == 0) number = number.subspan(1);
  if (number.empty()) return 0;
  return static_cast<int>((number.size() - 1) * 8 +
                          static_cast<std::size_t>(std::bit_width(unsigned{number.front()})));
}

bool has(const std::string& text, const char* word) {
  return text.find(word) != std::string::npos;
}

}  // namespace

bool read_client_hello(Bytes body, Handshake& handshake) {
  Cursor cursor(body);
  const int version = static_cast<int>(cursor.number(2));
  cursor.take(kRandomBytes);
  cursor.piece(1);  // session id
  const Bytes ciphers = cursor.piece(2);
  cursor.piece(1);  // compression methods
  if (cursor.failed()) return false;
  handshake.offered_versions = {version_name(version)};
  handshake.offered_ciphers.clear();
  handshake.offered_cipher_numbers.clear();
  handshake.groups.clear();
  handshake.signature_algorithms.clear();
  for (Cursor list(ciphers); list.left() >= 2;) add_offered_cipher(list.number(2), handshake);
  return read_extensions(cursor, read_client_extension, handshake);
}

bool offers_early_data(Bytes client_hello) {
  Cursor cursor(client_hello);
  cursor.take(2 + kRandomBytes);
  cursor.piece(1);  // session id
  cursor.piece(2);  // ciphers
  cursor.piece(1);  // compression methods
  return find_extension(cursor, kEarlyData).has_value();
}

bool asks_for_srtp(Bytes dtls_client_hello) {
  Cursor cursor(dtls_client_hello);
  cursor.take(2 + kRandomBytes);
  cursor.piece(1);  // session id
  cursor.piece(1);  // cookie
  cursor.piece(2);  // ciphers
  cursor.piece(1);  // compression methods
  return find_extension(cursor, kUseSrtp).has_value();
}

CertificateType certificate_type(Bytes server_hello, Peer peer) {
  Cursor cursor(server_hello);
  cursor.take(2 + kRandomBytes);
  cursor.piece(1);     // session id
  cursor.take(2 + 1);  // cipher, compression method
  const auto chosen =
      find_extension(cursor, peer == Peer::client ? kClientCertificateType : kServerCertificateType);
  return chosen && chosen->size() == 1 ? static_cast<CertificateType>(chosen->front())
                                       : CertificateType::x509;
}

bool read_old_client_hello(Bytes body, Handshake& handshake) {
  Cursor cursor(body);
  cursor.number(1);  // message type, known to be 1
  const int version = static_cast<int>(cursor.number(2));
  const std::size_t cipher_bytes = cursor.number(2);
  cursor.number(2);  // length of the session id
  cursor.number(2);  // length of the challenge
  Cursor ciphers(cursor.take(cipher_bytes));
  if (cursor.failed()) return false;
  handshake.offered_versions = {version_name(version)};
  // Three bytes each; those of SSL 2.0 itself begin with another byte than zero.
  while (ciphers.left() >= 3) add_offered_cipher(ciphers.number(3), handshake);
  return true;
}

bool read_server_hello(Bytes body, Handshake& handshake) {
  Cursor cursor(body);
  const int version = static_cast<int>(cursor.number(2));
  cursor.take(kRandomBytes);
  cursor.piece(1);  // session id
  const int cipher = static_cast<int>(cursor.number(2));
  cursor.number(1);  // compression method
  if (cursor.failed()) return false;
  handshake.version = version_name(version);
  handshake.cipher_number = cipher;
  handshake.cipher = cipher_name(cipher);
  return read_extensions(cursor, read_server_extension, handshake);
}

bool read_server_key_exchange(Bytes body, Handshake& handshake) {
  Cursor cursor(body);
  if (has(handshake.cipher, "_PSK_")) cursor.piece(2);  // a hint which key is meant (RFC 4279)
  if (has(handshake.cipher, "_ECDH")) {
    constexpr std::uint32_t kNamedCurve = 3;
    if (cursor.number(1) == kNamedCurve) handshake.group = group_name(static_cast<int>(cursor.number(2)));
  } else if (has(handshake.cipher, "_DHE_") || has(handshake.cipher, "_DH_anon_")) {
    handshake.dh_bits = bits_of(cursor.piece(2));
  }
  return !cursor.failed();
}

bool read_chain(Bytes body, std::vector<std::string>& chain, std::size_t& left_out) {
  Cursor cursor(body);
  Cursor list(cursor.piece(3));
  while (list.left() > 0) {
    const Bytes certificate = list.piece(3);
    if (list.failed()) return false;
    if (chain.size() < kMostCertificates) {
      chain.push_back(text_of(certificate));
    } else {
      ++left_out;
    }
  }
  return !cursor.failed();
}

}  // namespace assay
