// One pass, word by word.
#include "text/shape.h"

#include <algorithm>

#include "characters.h"
#include "text/cut.h"

namespace assay {
namespace {

// Bytes from 0x80 on belong to letters of other alphabets.
bool is_any_letter(char c) {
  return is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool is_joint(char c) {
  return c == '.' || c == '/' || c == ':' || c == '@' || c == '-' || c == '_' || c == '+' || c == '%';
}

std::size_t word_end(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && (is_digit(text[end]) || is_any_letter(text[end]) || is_joint(text[end]))) ++end;
  while (end > begin + 1 && is_joint(text[end - 1])) --end;  // punctuation behind a word
  return end;
}

bool varies(std::string_view word) {
  return std::any_of(word.begin(), word.end(),
                     [](char c) { return is_digit(c) || c == '.' || c == '/' || c == '@'; });
}

// The mnemonic at the end of a message's name, as in %CCBU_exec-9-3-GADGET_RENDER or
// %MIVR-SS_TEL-4-ModuleRunTimeFailure, with the dash before it; it says what has happened. Empty where there
// is none.
std::string_view mnemonic_of(std::string_view name) {
  const std::size_t dash = std::min(name.rfind('-'), name.size());
  const std::string_view last = name.substr(dash);
  const bool is_mnemonic = last.size() > 3 && std::all_of(last.begin() + 1, last.end(),
                                                          [](char c) { return is_letter(c) || c == '_'; });
  return is_mnemonic ? last : std::string_view();
}

void append_mask(std::string& shape) {
  const std::size_t blank = shape.size() >= 2 && shape.back() == ' ' ? 1 : 0;
  if (shape.size() > blank && shape[shape.size() - 1 - blank] == '*') {
    shape.resize(shape.size() - blank);
    return;
  }
  shape += '*';
}

}  // namespace

void append_shape(std::string_view message, std::string& shape) {
  const std::string_view text = cut_at(message, kShapeBytes);
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      const std::size_t end = text.find('"', at + 1);
      append_mask(shape);
      at = end == std::string_view::npos ? text.size() : end + 1;
      continue;
    }
    if (!is_digit(text[at]) && !is_any_letter(text[at]) && text[at] != '/') {
      if (text[at] > ' ' || (!shape.empty() && shape.back() != ' ')) shape += std::max(text[at], ' ');
      ++at;
      continue;
    }
    std::size_t end = word_end(text, at);
    const bool is_name = at > 0 && text[at - 1] == '%';
    if (is_name) end = std::min(end, text.find(':', at));  // words may follow it without a blank
    const std::string_view word = text.substr(at, end - at);
    if (varies(word)) {
      append_mask(shape);
      if (is_name) shape += mnemonic_of(word);
    } else {
      shape += word;
    }
    at = end;
  }
}

}  // namespace assay
