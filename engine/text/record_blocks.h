// Cuts a byte stream into blocks that hold whole records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "text/record_index.h"

namespace assay {

// A run of whole records; lives until the visitor returns. The first block may begin with lines that
// belong to no record (a file that starts in the middle of one).
struct RecordBlock {
  std::string_view text;
  std::uint64_t offset = 0;  // of `text` in the stream
  std::uint64_t line = 0;    // 1-based line number at which `text` begins
  // Hold the text, and where its records are. A visitor that wants to keep them longer swaps them for others,
  // of any size.
  std::vector<char>* buffer = nullptr;
  RecordIndex* records = nullptr;
};

// What was cut.
struct RecordCut {
  std::uint64_t offset = 0;  // where the record begins
  std::uint64_t line = 0;
  std::uint64_t bytes = 0;  // dropped from it
};

struct RecordStream {
  // Fills the front of a buffer and returns how many bytes it wrote, 0 only at the end.
  std::function<std::size_t(std::span<char>)> read;
  // May be missing. Puts a vector that holds the next bytes in the place of the one that it is given, and
  // returns where in it they are; empty if there is none now, and then the vector is as it was. Saves a copy
  // where there is room before the bytes.
  std::function<std::span<char>(std::vector<char>&)> exchange = {};
};

// Reads the stream to its end. `block_bytes` is the usual size of a block, as far as the stream does not
// hand over larger ones; a record that is longer than `record_bytes` is cut there and reported. NUL bytes,
// CRLF, and a missing final newline are left as they are.
void for_each_block(const RecordStream& stream, std::size_t block_bytes, std::size_t record_bytes,
                    const std::function<void(const RecordBlock&)>& visit,
                    const std::function<void(const RecordCut&)>& cut);

// Offset in `text` at which the record that holds `position` begins: the last line start at or before it
// where begins_record holds, or 0. And where it ends: the next such line start, or the end.
std::size_t record_begin(std::string_view text, std::size_t position);
std::size_t record_end(std::string_view text, std::size_t position);

}  // namespace assay
