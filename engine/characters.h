// What a byte is, as ASCII and whatever the locale says: logs are read the same everywhere.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace assay {

inline constexpr std::size_t npos = std::string_view::npos;

// UTF-8's, which editors leave in front of a text.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr bool is_letter_or_digit(char c) {
  return is_letter(c) || is_digit(c);
}

// Of the keys of key="value" pairs.
constexpr bool is_key_byte(char c) {
  return is_letter_or_digit(c) || c == '_' || c == '-' || c == '.';
}

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

constexpr bool is_space(char c) {
  return is_blank(c) || c == '\r' || c == '\n';
}

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  if (a.empty()) return true;
  if (lower(a.front()) != lower(b.front())) return false;  // as nearly all that are of one length
  return a == b ||
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace assay
