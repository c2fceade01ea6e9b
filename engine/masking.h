// Tells the variable parts of a text from its fixed ones.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay {

// One piece of a text. The pieces of a text, put together, are the text.
struct Piece {
  std::string_view text;
  std::string pattern;  // RE2 for a variable piece; empty for words that are always the same
  std::string name;     // what a variable piece is: "host", "port", "number", ...; empty: not worth a name
};

// Variable are: addresses and ports, host names, URLs, user@host, UUIDs, hexadecimal numbers, times, numbers,
// names in quotes or brackets behind words such as "for" and "host", and bytes that are not printable ASCII.
// A piece is named by the key before it (key=..., key="...") where there is one, else by what it is.
std::vector<Piece> mask(std::string_view text);

// The same text with RE2's special characters escaped.
std::string escaped(std::string_view text);

}  // namespace assay
