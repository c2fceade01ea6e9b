// A page of text for people: indented, wrapped, coloured where that is wanted.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "assay/formats.h"

namespace assay {

enum class Paint { plain, bold, dim, red, yellow, green };

class Page {
 public:
  explicit Page(const TextStyle& style);

  // Every text is made printable; line breaks stay, and what follows them is indented too.
  void blank();
  void rule();
  void heading(std::string_view text);  // after a blank line
  void paragraph(std::string_view text, std::size_t indent, Paint paint = Paint::plain);
  // The first line begins with `mark`, the others below its text.
  void item(std::string_view mark, std::string_view text, std::size_t indent, Paint paint = Paint::plain);
  // A named value; the values of all fields begin in one column. Nothing if it is empty.
  void field(std::string_view name, std::string_view value, Paint paint = Paint::plain);
  // Columns that line up; `paints` has a colour for the first cell of each row, `below` a text to stand below
  // each row; either may be empty. REQUIRES: printable cells.
  void rows(const std::vector<std::vector<std::string>>& rows, std::size_t indent,
            const std::vector<Paint>& paints, const std::vector<std::string>& below = {});
  // A line as it is, e.g. from painted pieces. REQUIRES: printable.
  void line(std::string_view text);

  std::string painted(std::string_view text, Paint paint) const;
  std::size_t width() const { return width_; }
  std::string take() { return std::move(text_); }

 private:
  bool colour_;
  std::size_t width_;
  std::string text_;
};

}  // namespace assay
