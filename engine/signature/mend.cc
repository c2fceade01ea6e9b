// Mends one remark at a time and looks anew, so that a fix which uncovers something is followed by the next.
#include <algorithm>

#include "assay/lint.h"
#include "signature/load.h"

namespace assay {

namespace {

constexpr std::string_view kBlanks = " \t";

std::vector<Diagnostic> remarks_on(std::string_view text, std::string_view file) {
  LoadedSignature loaded = load_signature(text, file);
  std::vector<Diagnostic> remarks = std::move(loaded.diagnostics);
  if (loaded.signature) {
    for (Diagnostic& remark : lint_signature(*loaded.signature)) remarks.push_back(std::move(remark));
  }
  return remarks;
}

// Where a line and column are in the text; its end if they are nowhere.
std::size_t offset_of(std::string_view text, std::uint32_t line, std::uint32_t column) {
  std::size_t at = 0;
  for (std::uint32_t i = 1; i < line; ++i) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return text.size();
    at = end + 1;
  }
  return std::min(text.size(), at + (column == 0 ? 0 : column - 1));
}

// The words that are to be replaced, as they stand in the text: perhaps between quotes.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::optional<Range> range_of(std::string_view text, const Diagnostic& remark) {
  std::size_t begin = offset_of(text, remark.line, remark.column);
  const bool quoted = begin < text.size() && (text[begin] == '\'' || text[begin] == '"');
  if (quoted) ++begin;
  if (text.substr(begin, remark.found.size()) != remark.found) return std::nullopt;
  const std::size_t end = begin + remark.found.size();
  if (quoted && (end >= text.size() || text[end] != text[begin - 1])) return std::nullopt;
  return Range{.begin = begin, .end = end};
}

// A list entry with what joins it to the others: its line, or the comma before it.
std::optional<Range> entry_around(std::string_view text, Range range) {
  if (range.begin > 0 && (text[range.begin - 1] == '\'' || text[range.begin - 1] == '"')) {
    --range.begin;
    ++range.end;
  }
  const std::size_t line = text.rfind('\n', range.begin) + 1;  // 0 if it is the first one
  const std::string_view before = text.substr(line, range.begin - line);
  const std::size_t dash = before.find_first_not_of(kBlanks);
  const bool alone = dash != std::string_view::npos && before[dash] == '-' &&
                     before.find_first_not_of(kBlanks, dash + 1) == std::string_view::npos;
  if (alone) {
    const std::size_t next = text.find_first_not_of(kBlanks, range.end);
    if (next != std::string_view::npos && text[next] != '\n') return std::nullopt;  // a comment: a person's
    return Range{.begin = line, .end = next == std::string_view::npos ? text.size() : next + 1};
  }
  const std::size_t comma = before.find_last_not_of(kBlanks);
  if (comma == std::string_view::npos || before[comma] != ',') return std::nullopt;
  return Range{.begin = line + comma, .end = range.end};
}

std::optional<std::string> mended(std::string_view text, const Diagnostic& remark) {
  if (remark.found.empty()) return std::nullopt;
  std::optional<Range> range = range_of(text, remark);
  if (range && remark.replacement.empty()) range = entry_around(text, *range);
  if (!range) return std::nullopt;
  std::string result(text);
  return result.replace(range->begin, range->end - range->begin, remark.replacement);
}

bool says_the_same(const Diagnostic& a, const Diagnostic& b) {
  return a.code == b.code && a.message == b.message;
}

std::ptrdiff_t times(const std::vector<Diagnostic>& remarks, const Diagnostic& remark) {
  return std::count_if(remarks.begin(), remarks.end(),
                       [&](const Diagnostic& one) { return says_the_same(one, remark); });
}

// Whether the remark is gone and the place is good now. What comes to light elsewhere, below a key that was
// not known before, was there before.
bool is_better(const std::vector<Diagnostic>& before, const std::vector<Diagnostic>& after,
               const Diagnostic& remark) {
  if (times(after, remark) >= times(before, remark)) return false;
  return std::none_of(after.begin(), after.end(), [&](const Diagnostic& one) {
    if (times(before, one) > 0) return false;
    const bool is_here = one.line == remark.line && one.column == remark.column;
    return is_here || one.code == "yaml-syntax" || one.code == "duplicate-key";
  });
}

constexpr std::size_t kMostMended = 100;

}  // namespace

MendedSignature mend_signature(const SignatureSource& source) {
  MendedSignature result{.text = source.text, .mended = {}};
  std::vector<Diagnostic> remarks = remarks_on(result.text, source.name);
  for (std::size_t i = 0; i < remarks.size() && result.mended.size() < kMostMended;) {
    const std::optional<std::string> text = mended(result.text, remarks[i]);
    std::vector<Diagnostic> after;
    if (text) after = remarks_on(*text, source.name);
    if (!text || !is_better(remarks, after, remarks[i])) {
      ++i;
      continue;
    }
    result.text = *text;
    result.mended.push_back(std::move(remarks[i]));
    remarks = std::move(after);
    i = 0;
  }
  return result;
}

}  // namespace assay
