// Wraps text and lays out columns by what a terminal shows, not by bytes.
#include "report/layout.h"

#include <algorithm>
#include <numeric>

#include "assay/formats.h"
#include "report/utf8.h"

namespace assay {
namespace {

constexpr std::size_t kNarrowest = 8;

// What must not be torn from the character before it: closing marks and small kana.
bool must_not_begin_a_line(char32_t character) {
  constexpr std::u32string_view kClosing =
      U"\u3001\u3002\uff0c\uff0e\u30fb\uff1a\uff1b\uff1f\uff01\u300d\u300f\u3011\uff09\u3015\u300b\u30fc"
      U"\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3"
      U"\u30e5\u30e7)]}.,:;!?";
  return kClosing.find(character) != std::u32string_view::npos;
}

bool must_not_end_a_line(char32_t character) {
  constexpr std::u32string_view kOpening = U"\u300c\u300e\u3010\uff08\u3014\u300a([{";
  return kOpening.find(character) != std::u32string_view::npos;
}

bool may_break_between(char32_t before, char32_t after) {
  if (before == U' ') return after != U' ';
  if (after == U' ' || must_not_begin_a_line(after) || must_not_end_a_line(before)) return false;
  return columns_of(before) == 2 || columns_of(after) == 2;
}

std::string_view without_blanks_at_end(std::string_view line) {
  const std::size_t last = line.find_last_not_of(' ');
  return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// How many bytes of `text` go on a line of `width` columns.
std::size_t fitting_bytes(std::string_view text, std::size_t width) {
  std::size_t columns = 0;
  std::size_t at = 0;
  std::size_t break_at = 0;
  std::size_t break_in_path = 0;  // better than anywhere, if there is no other
  char32_t before = 0;
  while (at < text.size()) {
    const CodePoint next = first_code_point(text.substr(at));
    if (at > 0 && may_break_between(before, next.value)) break_at = at;
    if (before == U'/' && next.value != U'/') break_in_path = at;
    columns += columns_of(next.value);
    // A blank may hang over the edge: it is not shown there.
    if (columns > width && next.value != U' ') {
      if (break_at > 0) return break_at;
      return break_in_path > 0 ? break_in_path : std::max(at, next.size);
    }
    before = next.value;
    at += next.size;
  }
  return at;
}

// Blanks and the mark of a list at the start of a line: where its further lines begin.
std::size_t hanging_indent(std::string_view line) {
  std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  const std::string_view rest = line.substr(indent);
  if (rest.starts_with("- ") || rest.starts_with("* ")) indent += 2;
  return indent;
}

void wrap_line(std::string_view line, std::size_t width, std::vector<std::string>& lines) {
  line = without_blanks_at_end(line);
  const std::size_t hanging = hanging_indent(line);
  const std::size_t indent = hanging + kNarrowest <= width ? hanging : 0;
  std::size_t taken = 0;
  while (taken < line.size()) {
    const std::size_t before = taken == 0 ? 0 : indent;
    const std::size_t bytes = fitting_bytes(line.substr(taken), width - before);
    lines.push_back(std::string(before, ' ') + std::string(without_blanks_at_end(line.substr(taken, bytes))));
    taken += bytes;
  }
  if (line.empty()) lines.emplace_back();
}

}  // namespace

std::string printable_prose(std::string_view bytes) {
  std::string text;
  while (true) {
    const std::size_t end = bytes.find_first_of("\n\t");
    text += printable(bytes.substr(0, end));
    if (end == std::string_view::npos) return text;
    text += bytes[end] == '\n' ? '\n' : ' ';
    bytes.remove_prefix(end + 1);
  }
}

std::string without_carriage_returns(std::string_view text) {
  std::string clean;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool ends_line = text[i] == '\r' && (i + 1 == text.size() || text[i + 1] == '\n');
    if (!ends_line) clean += text[i];
  }
  return clean;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  width = std::max(width, kNarrowest);
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    wrap_line(text.substr(0, end), width, lines);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string shortened(std::string_view text, std::size_t bytes) {
  std::size_t size = 0;
  while (size < text.size()) {
    const std::size_t next = size + first_code_point(text.substr(size)).size;
    if (next > bytes) return std::string(text.substr(0, size)) + "...";
    size = next;
  }
  return std::string(text);
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty()) all += between;
    all += text;
  }
  return all;
}

std::string pad(std::string text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  if (used < columns) text.append(columns - used, ' ');
  return text;
}

std::vector<std::size_t> column_widths(const std::vector<std::vector<std::string>>& rows,
                                       std::size_t available, std::size_t gap) {
  std::vector<std::size_t> widths;
  for (const std::vector<std::string>& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns_of(row[i]));
  }
  if (widths.empty()) return widths;
  const std::size_t gaps = gap * (widths.size() - 1);
  std::size_t total = std::accumulate(widths.begin(), widths.end(), gaps);
  while (total > available) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kNarrowest) break;
    --*widest;
    --total;
  }
  return widths;
}

std::vector<std::vector<std::string>> fit_row(const std::vector<std::string>& row,
                                              const std::vector<std::size_t>& widths) {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 1;
  for (std::size_t i = 0; i < row.size(); ++i) {
    cells.push_back(wrap(row[i], widths[i]));
    height = std::max(height, cells.back().size());
  }
  std::vector<std::vector<std::string>> lines(height);
  for (std::size_t line = 0; line < height; ++line) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      lines[line].push_back(pad(line < cells[i].size() ? cells[i][line] : "", widths[i]));
    }
  }
  return lines;
}

}  // namespace assay
