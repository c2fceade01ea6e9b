// A remark for people: what is wrong, the line, and a mark below the place.
#include <fmt/format.h>

#include <algorithm>

#include "assay/formats.h"
#include "assay/lint.h"
#include "report/source_line.h"
#include "report/utf8.h"

namespace assay {
namespace {

// Of a line that is longer, the part around the place is shown.
constexpr std::size_t kShownBytes = 160;
constexpr std::size_t kShownBefore = 80;

bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// The nearest beginning of a character at or before `at`.
std::size_t whole_character(std::string_view line, std::size_t at) {
  while (at > 0 && at < line.size() && continues_character(line[at])) --at;
  return std::min(at, line.size());
}

}  // namespace

std::string_view line_of_text(std::string_view text, std::uint32_t number) {
  for (std::uint32_t i = 1; i < number; ++i) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  std::string_view line = text.substr(0, text.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

WordsInLine words_to_mend(std::string_view line, const Diagnostic& remark) {
  if (remark.found.empty() || remark.column == 0 || remark.column > line.size()) return {};
  const std::string_view rest = line.substr(remark.column - 1);
  const std::size_t quote = rest.front() == '\'' || rest.front() == '"' ? 1 : 0;
  const std::string_view bare = rest.substr(quote, remark.found.size());
  if (bare != remark.found) return {};
  return {.quoted = rest.substr(0, bare.size() + 2 * quote), .bare = bare};
}

std::string show(const Diagnostic& diagnostic, std::string_view text) {
  std::string shown = to_string(diagnostic) + '\n';
  const std::string_view line = line_of_text(text, diagnostic.line);
  if (diagnostic.line == 0 || line.empty()) return shown;
  const std::size_t place =
      whole_character(line, diagnostic.column == 0 ? 0 : std::size_t{diagnostic.column} - 1);
  const std::size_t begin = place <= kShownBefore ? 0 : whole_character(line, place - kShownBefore);
  const std::size_t end = std::max(place, whole_character(line, std::min(line.size(), begin + kShownBytes)));
  const std::string before = (begin > 0 ? "..." : "") + printable(line.substr(begin, place - begin));
  const std::string after = printable(line.substr(place, end - place)) + (end < line.size() ? "..." : "");
  const std::string number = fmt::format("{}", diagnostic.line);
  shown += fmt::format("  {} | {}{}\n", number, before, after);
  if (diagnostic.column == 0) return shown;
  const std::size_t marks =
      std::max<std::size_t>(1, columns_of(printable(words_to_mend(line, diagnostic).quoted)));
  shown += fmt::format("  {} | {}{}\n", std::string(number.size(), ' '), std::string(columns_of(before), ' '),
                       std::string(marks, '^'));
  return shown;
}

}  // namespace assay
