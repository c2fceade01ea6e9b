// Texts cut to a length.
#pragma once

#include <cstddef>
#include <string_view>

namespace assay {

// The front of a text that has to be cut: not in the middle of a UTF-8 character, where the text is UTF-8.
constexpr std::string_view cut_at(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes;
  while (end > 0 && bytes - end < 3 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace assay
