// Counts lines and records of a block, many bytes at a time: this runs over every byte of a log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace assay {

std::uint64_t count_newlines(std::string_view text);

// Knows how many line breaks are before any place of a block, and how many records begin in it: both are
// counted once for all of it, in steps.
class LineIndex {
 public:
  // Replaces what it knew, and keeps its memory. The first byte of `text` begins a line.
  // REQUIRES: text.size() < 2^32.
  void count(std::string_view text);

  std::uint64_t all() const { return before_.back(); }
  // `text` is the one that was counted; `offset` is at most its size.
  std::uint64_t before(std::string_view text, std::size_t offset) const;

  // In whatever forms: a log may hold copies of other systems between its own records.
  std::uint64_t records() const { return records_; }

 private:
  std::vector<std::uint32_t> before_{0};  // each step, and the end
  std::uint64_t records_ = 0;
};

}  // namespace assay
