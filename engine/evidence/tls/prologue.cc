// Ports say nothing: TLS runs on any. The first bytes of each direction do.
#include "evidence/tls/prologue.h"

#include <algorithm>
#include <array>
#include <utility>

#include "evidence/tls/records.h"

namespace assay {
namespace {

using namespace std::string_view_literals;

constexpr std::uint8_t kHandshakeRecord = 22;
constexpr std::uint8_t kClientHello = 1;
constexpr std::uint8_t kServerHello = 2;
constexpr std::size_t kHelloFront = 6;  // a record's header and the type of its message

// The words that either side opens with. "220 " may also be FTP; the client's words tell.
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kOpenings = {{
    {"220", "smtp"},
    {"EHLO ", "smtp"},
    {"HELO ", "smtp"},
    {"AUTH TLS", "ftp"},
    {"* OK", "imap"},
    {"* PREAUTH", "imap"},
    {"+OK", "pop3"},
    {"<?xml", "xmpp"},
    {"<stream:stream", "xmpp"},
    {"CONNECT ", "http-connect"},
    {"HTTP/1.", "http-connect"},
    {"200 ", "nntp"},
    {"201 ", "nntp"},
    {"\"IMPLEMENTATION\"", "sieve"},
    {"PROXY ", "proxy"},                          // the line that HAProxy sends before a connection
    {"\r\n\r\n\0\r\nQUIT\n"sv, "proxy"},          // the same in version 2
    {"\0\0\0\x08\x04\xd2\x16/"sv, "postgresql"},  // SSLRequest
    {"\0\0\0\x08\x04\xd2\x16"
     "0"sv,
     "postgresql"},  // GSSENCRequest, which goes before
}};

std::string_view words_in(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// RFC 5246 E.2: two bytes of length with the top bit set, type 1, a version from SSL 2.0 to TLS 1.2.
bool old_hello(Bytes data) {
  if (data.size() < 5 || (data[0] & 0x80) == 0 || data[2] != kClientHello) return false;
  const std::size_t length = length_of_old_hello(data) - 2;
  const int version = data[3] << 8 | data[4];
  return length >= 9 && length < 1024 && (version == 0x0002 || (version >= 0x0300 && version <= 0x0303));
}

bool begins_handshake(Bytes data, std::uint8_t type) {
  return data.size() >= kHelloFront && data[0] == kHandshakeRecord && RecordCutter::plausible(data) &&
         data[5] == type;
}

// The plain part ends with a line, or in XMPP with a tag; and a segment may begin behind it.
bool may_begin_hello(Bytes data, std::size_t at, bool binary) {
  return at == 0 || data[at - 1] == '\n' || data[at - 1] == '>' || (binary && data[at] == kHandshakeRecord);
}

// How long the request is that a client opens with, as its front tells; 0 if it tells nothing.
std::size_t length_of_request(Bytes front) {
  if (front.empty()) return 0;
  constexpr std::uint8_t kSocks4 = 4, kSocks5 = 5, kLdap = 0x30;
  const bool is_one = front.size() == 1;
  const std::size_t second = is_one ? 0 : front[1];
  switch (front[0]) {
    case kSocks4:  // the port and address that are wanted, and a name that ends with zero
      return is_one || second == 1 ? 9 : 0;
    case kSocks5: {  // RFC 1928: the ways in which a client can say who it is, by number
      constexpr std::size_t kMostWays = 9;
      return is_one || (second > 0 && second <= kMostWays) ? 2 + second : 0;
    }
    case kLdap:
      return is_one || (second >= 0x1d && second < 0x80) ? 2 + second : 0;
    default:
      return 0;
  }
}

// Of a MySQL server: length and number of its message, and its version.
bool greets_mysql(Bytes front) {
  constexpr std::uint8_t kVersion = 10;
  return front.size() > 4 && front[2] == 0 && front[3] == 0 && front[4] == kVersion;
}

// The first two options of a PRELOGIN of SQL Server: its version, of six bytes, and encryption.
bool asks_sql_server(Bytes front) {
  return front.size() > 5 && front[0] == 0 && front[1] == 0 && number_at(front, 3, 2) == 6 && front[5] == 1;
}

std::string_view binary_protocol(Bytes front) {
  if (asks_sql_server(front)) return "tds";
  if (greets_mysql(front)) return "mysql";
  const std::size_t length = length_of_request(front);
  if (length == 0 || front.size() < length) return {};
  if (front[0] == '0') {  // RFC 4511 section 4.14.1: of LDAP's messages only the one that asks for StartTLS
    return words_in(front).find("1.3.6.1.4.1.1466.20037") != std::string_view::npos ? "ldap" : "";
  }
  const bool is_whole = front[0] == 5 ? front.size() == length : front.back() == 0;
  return is_whole ? "socks" : "";
}

}  // namespace

std::size_t length_of_old_hello(Bytes data) {
  constexpr std::size_t kLengthBytes = 2;
  return kLengthBytes + static_cast<std::size_t>((data[0] & 0x7f) << 8 | data[1]);
}

bool begins_client_hello(Bytes data) {
  return old_hello(data) || begins_handshake(data, kClientHello);
}

bool begins_server_hello(Bytes data) {
  return begins_handshake(data, kServerHello);
}

std::string_view plain_protocol(Bytes front) {
  const std::string_view text = words_in(front);
  for (const auto& [opening, protocol] : kOpenings) {
    if (text.starts_with(opening)) return protocol;
  }
  return binary_protocol(front);
}

bool is_binary(std::string_view protocol) {
  return protocol == "socks" || protocol == "proxy" || protocol == "mysql" || protocol == "postgresql" ||
         protocol == "ldap" || protocol == "tds";
}

Front classify_front(Bytes front) {
  if (old_hello(front)) return Front::old_hello;
  front = RecordCutter::behind_empty_records(front);
  if (front.size() >= kHelloFront && RecordCutter::plausible(front)) return Front::tls;
  if (!plain_protocol(front).empty()) return Front::plain;
  const std::string_view text = words_in(front);
  const bool could_be_plain = std::any_of(kOpenings.begin(), kOpenings.end(),
                                          [&](const auto& entry) { return entry.first.starts_with(text); });
  if (could_be_plain || front.size() < length_of_request(front)) return Front::too_short;
  const bool could_be_tls = front.empty() || (front[0] >= 20 && front[0] <= 24) || (front[0] & 0x80) != 0;
  return could_be_tls && front.size() < kHelloFront ? Front::too_short : Front::other;
}

std::optional<std::size_t> hello_behind(Bytes data, bool binary) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (!may_begin_hello(data, i, binary)) continue;
    const Bytes rest = data.subspan(i);
    if (begins_client_hello(rest) || begins_server_hello(rest)) return i;
  }
  return std::nullopt;
}

std::size_t begun_hello(Bytes data, bool binary) {
  constexpr std::size_t kWhole = kHelloFront - 1;
  for (std::size_t i = data.size() - std::min(data.size(), kWhole); i < data.size(); ++i) {
    if (!may_begin_hello(data, i, binary)) continue;
    const Bytes rest = data.subspan(i);
    const bool record = rest[0] == kHandshakeRecord && (rest.size() < 2 || rest[1] == 3);
    const bool old = (rest[0] & 0x80) != 0 && (rest.size() < 3 || rest[2] == kClientHello);
    if (record || old) return rest.size();
  }
  return 0;
}

}  // namespace assay
