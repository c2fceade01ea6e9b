// Ports say nothing: TLS runs on any. The first bytes of each direction do.
#include "evidence/tls/prologue.h"

#include <algorithm>
#include <array>
#include <utility>

#include "evidence/tls/records.h"

namespace assay {
namespace {

constexpr std::uint8_t kHandshakeRecord = 22;
constexpr std::uint8_t kClientHello = 1;

// The words that either side opens with. "220 " may be FTP, which has its own AUTH TLS; it is followed alike.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kOpenings = {{
    {"220", "smtp"},
    {"EHLO ", "smtp"},
    {"HELO ", "smtp"},
    {"* OK", "imap"},
    {"+OK", "pop3"},
    {"<?xml", "xmpp"},
    {"<stream:stream", "xmpp"},
    {"CONNECT ", "http-connect"},
    {"HTTP/1.", "http-connect"},
}};

std::string_view text_of(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// RFC 5246 E.2: two bytes of length with the top bit set, type 1, a version from SSL 2.0 to TLS 1.2.
bool old_hello(Bytes data) {
  if (data.size() < 5 || (data[0] & 0x80) == 0 || data[2] != kClientHello) return false;
  const std::size_t length = static_cast<std::size_t>((data[0] & 0x7f) << 8 | data[1]);
  const int version = data[3] << 8 | data[4];
  return length >= 9 && length < 1024 && (version == 0x0002 || (version >= 0x0300 && version <= 0x0303));
}

}  // namespace

bool begins_client_hello(Bytes data) {
  if (old_hello(data)) return true;
  return data.size() >= 6 && data[0] == kHandshakeRecord && RecordCutter::plausible(data) &&
         data[5] == kClientHello;
}

std::string_view plain_protocol(Bytes front) {
  const std::string_view text = text_of(front);
  for (const auto& [opening, protocol] : kOpenings) {
    if (text.starts_with(opening)) return protocol;
  }
  return {};
}

Front classify_front(Bytes front) {
  if (front.size() < 6) {
    const std::string_view text = text_of(front);
    const bool could_be_plain = std::any_of(kOpenings.begin(), kOpenings.end(), [&](const auto& entry) {
      return entry.first.starts_with(text) || text.starts_with(entry.first);
    });
    const bool could_be_tls = front.empty() || (front[0] >= 20 && front[0] <= 23) || (front[0] & 0x80) != 0;
    return could_be_plain || could_be_tls ? Front::too_short : Front::other;
  }
  if (old_hello(front)) return Front::old_hello;
  if (RecordCutter::plausible(front)) return Front::tls;
  return plain_protocol(front).empty() ? Front::other : Front::plain;
}

// The plain part ends with a line, or in XMPP with a tag.
std::optional<std::size_t> hello_behind(Bytes data) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    const bool begin = i == 0 || data[i - 1] == '\n' || data[i - 1] == '>';
    if (begin && begins_client_hello(data.subspan(i))) return i;
  }
  return std::nullopt;
}

}  // namespace assay
