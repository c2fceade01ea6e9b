// Base64 taken strictly, and then doubted: nearly any path segment decodes to some bytes, so only what has
// the form of a target is one.
#include "assay/target.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <vector>

#include "characters.h"
#include "text/percent.h"

namespace assay {
namespace {

constexpr std::size_t kLongestSegment = 4096;

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

// Both alphabets; padding may be missing but not wrong; bits that no encoder sets make it something else.
std::optional<std::string> base64_decode(std::string_view text) {
  const std::size_t padding = text.size() - (text.find_last_not_of('=') + 1);
  if (padding > 2 || (padding > 0 && text.size() % 4 != 0)) return std::nullopt;
  text.remove_suffix(padding);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string decoded;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const int digit = base64_digit(c);
    if (digit < 0) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xFFFF;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    decoded += static_cast<char>(bits >> count & 0xFF);
  }
  if ((bits & ((1U << count) - 1)) != 0) return std::nullopt;
  return decoded;
}

// Characters that a person cannot see, or that change how the ones around them are shown.
bool is_hidden(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c & 0xFFFE) == 0xFFFE;
}

// Takes one character off the front; nothing if that is not UTF-8.
std::optional<char32_t> take_character(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  const std::size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (length == 0 || first > 0xF4 || text.size() < length) return std::nullopt;
  char32_t c = length == 1 ? first : first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return std::nullopt;
    c = c << 6 | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  if (c < kSmallest[length] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return std::nullopt;
  text.remove_prefix(length);
  return c;
}

bool is_printable(std::string_view text) {
  while (!text.empty()) {
    const std::optional<char32_t> c = take_character(text);
    if (!c || is_hidden(*c)) return false;
  }
  return true;
}

// Letters, digits and non-ASCII of an internationalised name, and what else is allowed.
bool consists_of(std::string_view text, std::string_view others) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80 ||
           others.find(c) != std::string_view::npos;
  });
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t end = text.find('/'); end != std::string_view::npos; end = text.find('/')) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

std::optional<std::uint16_t> port_number(std::string_view text) {
  std::uint16_t port = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), port);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

// "domain", "domain/protocol/host" or "domain/protocol/host/port".
std::optional<Target> parse_target(std::string_view text) {
  const std::vector<std::string_view> parts = split(text);
  if (parts.size() != 1 && parts.size() != 3 && parts.size() != 4) return std::nullopt;
  Target target;
  target.domain = parts[0];
  if (!consists_of(target.domain, ".-_")) return std::nullopt;
  if (parts.size() == 1) {
    // A word by itself is more likely an accident of the decoding than a domain without a dot.
    if (target.domain.find('.') == std::string::npos) return std::nullopt;
    return target;
  }
  target.protocol = parts[1];
  target.host = parts[2];
  if (!std::all_of(parts[1].begin(), parts[1].end(), is_letter_or_digit) || parts[1].empty())
    return std::nullopt;
  if (!consists_of(target.host, ".-_:[]%")) return std::nullopt;
  if (parts.size() == 4) {
    target.port = port_number(parts[3]);
    if (!target.port) return std::nullopt;
  }
  return target;
}

std::optional<Target> try_decode(std::string_view segment) {
  if (segment.empty() || segment.size() > kLongestSegment) return std::nullopt;
  const std::optional<std::string> encoded = percent_decode(segment);
  if (!encoded) return std::nullopt;
  const std::optional<std::string> decoded = base64_decode(*encoded);
  if (!decoded || !is_printable(*decoded)) return std::nullopt;
  return parse_target(*decoded);
}

}  // namespace

Target decode_target(std::string_view segment) {
  Target target = try_decode(segment).value_or(Target{});
  target.decoded = !target.domain.empty();
  target.raw = segment;
  return target;
}

std::optional<Target> target_of_url(std::string_view url_or_path) {
  std::string_view path = url_or_path.substr(0, url_or_path.find_first_of("?#"));
  const std::size_t scheme = path.find("://");
  if (scheme != std::string_view::npos && path.find('/') == scheme + 1) {
    path.remove_prefix(scheme + 3);
    path.remove_prefix(std::min(path.find('/'), path.size()));
  }
  if (path.find('/') == std::string_view::npos && path.find(':') != std::string_view::npos) {
    return std::nullopt;  // "host:port", for which CONNECT asks
  }
  if (path == "*") return std::nullopt;  // for which OPTIONS asks
  path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  const std::string_view segment = path.substr(0, path.find('/'));
  if (segment.empty()) return std::nullopt;
  return decode_target(segment);
}

std::string to_string(const Target& target) {
  if (!target.decoded) return target.raw;
  std::string text = target.domain;
  if (target.protocol.empty()) return text;
  text += '/' + target.protocol + '/' + target.host;
  if (target.port) text += '/' + std::to_string(*target.port);
  return text;
}

}  // namespace assay
