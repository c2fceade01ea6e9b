// Text for people: wrapping to a width, and columns that line up. Knows wide characters and where Chinese
// and Japanese text may be broken.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

// Prose that may quote the evidence: line breaks stay, tabs become blanks, all else becomes printable.
std::string printable_prose(std::string_view bytes);

// Without the CR of CRLF, which would only be noise.
std::string without_carriage_returns(std::string_view text);

// The lines of a text, none wider than `width` columns (at least 8). Line breaks of the text are kept; words
// that are too long are cut. REQUIRES: `text` is printable, apart from line breaks.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

// The first `bytes` bytes at most of a text, with "..." where something was left out.
std::string shortened(std::string_view text, std::size_t bytes);

// The texts with `between` between them.
std::string joined(const std::vector<std::string>& texts, std::string_view between);

// `text` with blanks up to `columns`.
std::string pad(std::string text, std::size_t columns);

// Widths of columns for rows of printable cells: as wide as they want to be, and if that is wider than
// `available` together with `gap` between them, the widest give way.
std::vector<std::size_t> column_widths(const std::vector<std::vector<std::string>>& rows,
                                       std::size_t available, std::size_t gap);

// The lines of one row: on each a piece of every cell, padded.
std::vector<std::vector<std::string>> fit_row(const std::vector<std::string>& row,
                                              const std::vector<std::size_t>& widths);

}  // namespace assay
