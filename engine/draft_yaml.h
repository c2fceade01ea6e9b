// Words as the YAML of a draft has them.
#pragma once

#include <string>
#include <string_view>

namespace assay {

// Between single quotes.
std::string in_quotes(std::string_view text);

// Plain where that is sure to be text, otherwise quoted.
std::string word(std::string_view text);

// What a block of YAML can hold: other bytes become '?'.
std::string readable(std::string_view text);

// Each line behind so many blanks, with its end.
std::string indented(std::string_view text, std::size_t depth);

}  // namespace assay
