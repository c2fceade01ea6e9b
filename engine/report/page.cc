// Puts lines on a page; the only place that writes escape sequences for colours of prose.
#include "report/page.h"

#include <algorithm>

#include "assay/formats.h"
#include "report/layout.h"
#include "report/utf8.h"

namespace assay {
namespace {

std::string_view code_of(Paint paint) {
  switch (paint) {
    case Paint::plain:
      return "";
    case Paint::bold:
      return "\x1b[1m";
    case Paint::dim:
      return "\x1b[2m";
    case Paint::red:
      return "\x1b[1;31m";
    case Paint::yellow:
      return "\x1b[1;33m";
    case Paint::green:
      return "\x1b[1;32m";
  }
  return "";
}

}  // namespace

Page::Page(const TextStyle& style) : colour_(style.colour), width_(std::max(style.width, 40U)) {}

void Page::blank() {
  if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
}

void Page::rule() {
  std::string rule;
  for (std::size_t i = 0; i < width_; ++i) rule += "\u2500";
  blank();
  line(painted(rule, Paint::dim));
}

void Page::heading(std::string_view text) {
  blank();
  paragraph(text, 0, Paint::bold);
}

void Page::paragraph(std::string_view text, std::size_t indent, Paint paint) {
  item("", text, indent, paint);
}

void Page::item(std::string_view mark, std::string_view text, std::size_t indent, Paint paint) {
  const std::size_t before = indent + columns_of(mark);
  const std::size_t room = width_ > before ? width_ - before : 1;
  bool is_first = true;
  for (const std::string& piece : wrap(printable_prose(text), room)) {
    const std::string start =
        is_first ? std::string(indent, ' ') + std::string(mark) : std::string(before, ' ');
    line(piece.empty() ? "" : start + painted(piece, paint));
    is_first = false;
  }
}

void Page::field(std::string_view name, std::string_view value, Paint paint) {
  constexpr std::size_t kIndent = 2;
  constexpr std::size_t kNames = 11;
  if (!value.empty()) item(pad(std::string(name), kNames), printable(value), kIndent, paint);
}

void Page::rows(const std::vector<std::vector<std::string>>& rows, std::size_t indent,
                const std::vector<Paint>& paints, const std::vector<std::string>& below) {
  constexpr std::size_t kGap = 2;
  const std::vector<std::size_t> widths = column_widths(rows, width_ - indent, kGap);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (const std::vector<std::string>& pieces : fit_row(rows[row], widths)) {
      std::string text(indent, ' ');
      for (std::size_t column = 0; column < pieces.size(); ++column) {
        const bool is_last = column + 1 == pieces.size();
        const Paint paint = column == 0 && row < paints.size() ? paints[row] : Paint::plain;
        std::string piece = pieces[column];
        if (is_last) piece.erase(piece.find_last_not_of(' ') + 1);
        text += painted(piece, paint) + (is_last ? "" : std::string(kGap, ' '));
      }
      line(text);
    }
    if (row < below.size()) paragraph(below[row], indent + 4);
  }
}

void Page::line(std::string_view text) {
  text_ += text;
  text_ += '\n';
}

std::string Page::painted(std::string_view text, Paint paint) const {
  if (!colour_ || paint == Paint::plain) return std::string(text);
  return std::string(code_of(paint)) + std::string(text) + "\x1b[0m";
}

}  // namespace assay
