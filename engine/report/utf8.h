// UTF-8, as far as showing text needs it: which bytes are a character, which characters a terminal must
// never see, and how many columns one takes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay {

struct CodePoint {
  char32_t value = 0;    // of an invalid byte: the byte
  std::size_t size = 1;  // in bytes
  bool valid = false;    // false: one byte that begins no character
};

// The first character of `bytes`. Overlong forms, surrogates and what lies beyond U+10FFFF are invalid.
// REQUIRES: !bytes.empty()
CodePoint first_code_point(std::string_view bytes);

bool is_utf8(std::string_view bytes);

// True for characters that move the cursor, change the direction of text, break a line or cannot be seen:
// all control characters, the bidirectional and invisible formatting characters, separators, tags.
bool is_unsafe(char32_t character);

// Columns on a terminal: 0 for combining characters, 2 for wide ones (CJK, emoji), otherwise 1.
unsigned columns_of(char32_t character);
std::size_t columns_of(std::string_view text);

}  // namespace assay
