// Comparing and cutting words as readers of evidence need it: neither the case of ASCII letters nor blanks
// around count.
#pragma once

#include <string>
#include <string_view>

#include "characters.h"
#include "text/pairs.h"  // equal_ignoring_case

namespace assay {

inline std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

inline bool starts_with_ignoring_case(std::string_view text, std::string_view front) {
  return text.size() >= front.size() && equal_ignoring_case(text.substr(0, front.size()), front);
}

constexpr bool is_padding(char c) {
  return is_space(c) || c == '\0';
}

constexpr std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_padding(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_padding(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace assay
