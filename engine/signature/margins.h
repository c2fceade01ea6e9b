// What stands between the entries of a file and is none: comments and blank lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "signature/written.h"

namespace assay {

// Gives each comment once, in the order of the text, to whoever writes that text anew in the same order.
class Margins {
 public:
  using Lines = std::vector<std::string>;

  Margins(std::string_view text, const std::vector<WrittenComment>& comments);

  // What stands before a value: comments, and "" for a blank line.
  Lines before(std::size_t begin);

  // What stands at the end of a block, deeper than what follows it.
  Lines at_end_of(const WrittenNode& node);

  // What is left when all has been written.
  Lines at_end();

  // A comment between two places of one line, with the blanks before it.
  std::string in_line(std::size_t begin, std::size_t end);

  // Blank lines before this place belong to a value.
  void keep_blanks_before(std::size_t place) { kept_ = place; }

 private:
  // What stands around a comment and is none.
  struct Surroundings {
    std::size_t end_above = 0;
    std::size_t column_below = 0;
  };

  std::size_t end_of(std::size_t index) const {
    return comments_[index].begin + comments_[index].text.size();
  }
  std::size_t column_of(std::size_t place) const;
  bool has_blank_above(std::size_t place) const;
  void take(Lines& lines);
  bool belongs_to(const WrittenNode& node, std::size_t index) const;

  std::string_view text_;
  const std::vector<WrittenComment>& comments_;
  std::vector<Surroundings> surroundings_;
  std::size_t taken_ = 0;
  std::size_t kept_ = 0;
};

}  // namespace assay
