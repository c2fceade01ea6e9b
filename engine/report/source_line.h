// One line of a text, and the words in it that a remark is about.
#pragma once

#include <cstdint>
#include <string_view>

#include "assay/error.h"

namespace assay {

// The line of this number, from 1, without its end; empty if there is none.
std::string_view line_of_text(std::string_view text, std::uint32_t number);

// What stands in the line at the place of a remark that can be mended, with the quotes around it; empty if it
// stands there otherwise than it was found, between double quotes with escapes for example.
struct WordsInLine {
  std::string_view quoted;  // "'hihg'"
  std::string_view bare;    // "hihg"
};
WordsInLine words_to_mend(std::string_view line, const Diagnostic& remark);

}  // namespace assay
