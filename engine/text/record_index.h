// Where the records of a block begin, and at which of its lines: found once, in one pass over its lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace assay {

// Lines in front of the first record, which belong to none, are here as one.
class RecordIndex {
 public:
  // Replaces what it knew, and keeps its memory. The first byte of `text` begins a line.
  // REQUIRES: text.size() < 2^32.
  void read(std::string_view text);

  std::size_t size() const { return begins_.size(); }
  std::size_t begin(std::size_t index) const { return begins_[index].offset; }
  std::size_t end(std::size_t index) const { return index + 1 < size() ? begin(index + 1) : text_size_; }
  std::uint64_t line(std::size_t index) const { return begins_[index].line; }  // line breaks before it

  // The index of the one that holds `position`, which is not before the one at `from`.
  std::size_t find(std::size_t position, std::size_t from) const {
    while (end(from) <= position && from + 1 < size()) ++from;
    return from;
  }

  std::uint64_t lines() const { return lines_; }      // line breaks in all of the text
  std::uint64_t records() const { return records_; }  // that begin in it

 private:
  struct Begin {
    std::uint32_t offset = 0;
    std::uint32_t line = 0;
  };

  std::vector<Begin> begins_;
  std::size_t text_size_ = 0;
  std::uint32_t lines_ = 0;
  std::uint64_t records_ = 0;
};

}  // namespace assay
