// Counts lines and records of a block, many bytes at a time: this runs over every byte of a log.
#pragma once

#include <cstdint>
#include <string_view>

namespace assay {

std::uint64_t count_newlines(std::string_view text);

// How many records begin in `text`, of which the first byte begins a line. Exact where all records of the
// text begin alike, which is so within one log: the first one decides how the others are looked for.
std::uint64_t count_records(std::string_view text);

}  // namespace assay
