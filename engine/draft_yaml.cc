// Plain, quoted or in a block.
#include "draft_yaml.h"

#include <algorithm>

#include "characters.h"

namespace assay {
namespace {

bool is_safe_word(char c) {
  return is_letter_or_digit(c) || std::string_view("_.- /").find(c) != npos;
}

}  // namespace

std::string in_quotes(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    result += c;
    if (c == '\'') result += c;
  }
  return result + "'";
}

// Plain where that is sure to be text.
std::string word(std::string_view text) {
  const bool begins = !text.empty() && is_letter(text.front());
  const bool plain = begins && text.back() != ' ' && std::all_of(text.begin(), text.end(), is_safe_word);
  const bool is_special = text == "true" || text == "false" || text == "null";
  return plain && !is_special ? std::string(text) : in_quotes(text);
}

// What a block of YAML can hold. Patterns take any bytes for what is replaced here.
std::string readable(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\r') continue;
    const bool fine = (c >= ' ' && c <= '~') || c == '\n' || c == '\t';
    result += fine ? c : '?';
  }
  return result;
}

std::string indented(std::string_view text, std::size_t depth) {
  const std::string margin(depth, ' ');
  std::string result;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    result += line.empty() ? "\n" : margin + std::string(line) + '\n';
    at = end + 1;
  }
  return result;
}

}  // namespace assay
