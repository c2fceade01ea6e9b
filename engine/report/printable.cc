// Makes any bytes harmless to look at: what a terminal would obey, and what is no character, is spelled out.
#include <fmt/format.h>

#include <iterator>

#include "assay/formats.h"
#include "report/utf8.h"

namespace assay {
namespace {

void spell_out(const CodePoint& character, std::string& text) {
  if (character.valid && character.value == '\n') {
    text += "\\n";
  } else if (character.valid && character.value == '\t') {
    text += "\\t";
  } else if (character.valid && character.value == '\r') {
    text += "\\r";
  } else {
    const auto value = static_cast<std::uint32_t>(character.value);
    const bool is_byte = !character.valid || value < 0x80;
    const int width = is_byte ? 2 : 4;
    fmt::format_to(std::back_inserter(text), "\\{}{:0{}x}", is_byte ? 'x' : 'u', value, width);
  }
}

}  // namespace

std::string printable(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const CodePoint next = first_code_point(bytes);
    if (next.valid && !is_unsafe(next.value)) {
      text += bytes.substr(0, next.size);
    } else {
      spell_out(next, text);
    }
    bytes.remove_prefix(next.size);
  }
  return text;
}

}  // namespace assay
