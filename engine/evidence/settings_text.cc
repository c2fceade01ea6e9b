// Settings out of text dumps. A line is marked ("*c", "*s", xConfiguration, xStatus) and names a whole path,
// or it stands in a tree and its indentation says below which line it belongs.
#include "evidence/settings_text.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "characters.h"
#include "evidence/words.h"

namespace assay {
namespace {

using Source = SettingEvent::Source;

constexpr std::string_view kNone;

std::string_view without_front_blanks(std::string_view text) {
  while (!text.empty() && is_padding(text.front())) text.remove_prefix(1);
  return text;
}

// Drops `word` from the front of `text`, if it stands there as a whole word.
bool drop_word(std::string_view& text, std::string_view word) {
  if (!starts_with_ignoring_case(text, word)) return false;
  if (text.size() > word.size() && !is_padding(text[word.size()])) return false;
  text = without_front_blanks(text.substr(word.size()));
  return true;
}

struct Marked {
  Source source = Source::configuration;
  std::string_view rest;  // behind the marks
  bool end = false;       // "*s/end"
};

// Takes the marks off a line; nothing if it has none.
std::optional<Marked> marked_line(std::string_view line) {
  if (line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  Marked marked;
  marked.rest = without_front_blanks(line);
  bool known = false;
  if (marked.rest.size() >= 2 && marked.rest[0] == '*' &&
      (lower(marked.rest[1]) == 'c' || lower(marked.rest[1]) == 's')) {
    marked.source = lower(marked.rest[1]) == 'c' ? Source::configuration : Source::status;
    const std::string_view behind = marked.rest.substr(2);
    marked.end = starts_with_ignoring_case(behind, "/end");
    if (!marked.end && (behind.empty() || !is_padding(behind.front()))) return std::nullopt;
    marked.rest = without_front_blanks(behind);
    known = true;
  }
  if (drop_word(marked.rest, "xConfiguration")) {
    marked.source = Source::configuration;
    known = true;
  } else if (drop_word(marked.rest, "xStatus")) {
    marked.source = Source::status;
    known = true;
  }
  if (!known) return std::nullopt;
  return marked;
}

// Where the key at the front of `text` ends: at a colon with a blank, a quote or nothing behind it.
std::size_t key_end(std::string_view text) {
  for (std::size_t at = text.find_first_of(":\""); at != kNone.npos; at = text.find_first_of(":\"", at + 1)) {
    if (text[at] == '"') return kNone.npos;
    if (at + 1 == text.size() || is_padding(text[at + 1]) || text[at + 1] == '"') return at;
  }
  return kNone.npos;
}

// True if an unquoted text behind a key holds a further key ("Software: Version: "X14.2""), not a value.
bool holds_key(std::string_view text) {
  const std::size_t end = key_end(text);
  if (end == kNone.npos) return false;
  const std::string_view behind = trimmed(text.substr(end + 1));
  return behind.empty() || behind.front() == '"' || behind == "/";
}

std::string_view unquoted(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.front() != '"') return text;
  text.remove_prefix(1);
  const std::size_t end = text.rfind('"');
  return trimmed(end == kNone.npos ? text : text.substr(0, end));
}

// Appends the words of `key`, without remarks in parentheses ("SIP (ver=2)").
void append_words(std::string_view key, std::string& path) {
  while (!(key = without_front_blanks(key)).empty()) {
    std::size_t end = 0;
    while (end < key.size() && !is_padding(key[end])) ++end;
    if (key.front() == '(') {
      end = std::min(key.find(')'), key.size() - 1) + 1;
    } else {
      if (!path.empty()) path += ' ';
      path.append(key.substr(0, end));
    }
    key.remove_prefix(end);
  }
}

// Where the line ends that begins at `at`; a value in quotes that goes over several lines belongs to it. The
// quotes of other lines come in pairs, and a dump does not part a value by its marks.
std::size_t line_end(std::string_view text, std::size_t at) {
  constexpr int kMostLines = 100;
  const auto end_from = [&](std::size_t from) { return std::min(text.find('\n', from), text.size()); };
  const auto quotes = [](std::string_view line) { return std::count(line.begin(), line.end(), '"'); };
  const std::size_t first = end_from(at);
  if (quotes(text.substr(at, first - at)) != 1) return first;
  std::size_t end = first;
  for (int lines = 0; lines < kMostLines && end < text.size(); ++lines) {
    const std::size_t begin = end + 1;
    end = end_from(begin);
    const std::string_view line = trimmed(text.substr(begin, end - begin));
    if (marked_line(line)) return first;
    if (quotes(line) > 0) return quotes(line) == 1 && line.ends_with('"') ? end : first;
  }
  return first;
}

// Follows the lines of a dump.
class DumpParser {
 public:
  explicit DumpParser(const SettingVisitor& visit) : visit_(visit) {}

  void add_line(std::string_view line, std::uint64_t number, std::uint64_t offset) {
    line_.text = trimmed(line);
    line_.line = number;
    line_.offset = offset;
    if (const std::optional<Marked> marked = marked_line(line)) {
      finish_level(0);
      source_ = marked->source;
      in_tree_ = !marked->end;
      if (!marked->end) add_keys(marked->rest, 0);
    } else if (in_tree_ && source_ == Source::status) {
      const std::string_view rest = without_front_blanks(line);
      if (!rest.empty()) add_keys(rest, line.size() - rest.size() + 1);
    }
  }

  // Leaves all levels of the tree that begin at `column` or behind it.
  void finish_level(std::size_t column) {
    while (!levels_.empty() && levels_.back().column >= column) {
      hand_out_empty();
      path_.resize(levels_.back().path_size);
      levels_.pop_back();
    }
  }

 private:
  struct Level {
    std::size_t column = 0;
    std::size_t path_size = 0;  // of the path above it
  };

  void add_keys(std::string_view rest, std::size_t column) {
    finish_level(column);
    for (;;) {
      const std::size_t end = key_end(rest);
      if (end == kNone.npos) return;
      waiting_ = false;  // what stands above now has something below it
      if (levels_.size() >= kMaxSettingDepth || path_.size() + end >= kMaxSettingPath) return;
      levels_.push_back({.column = column, .path_size = path_.size()});
      append_words(rest.substr(0, end), path_);
      const std::string_view behind = without_front_blanks(rest.substr(end + 1));
      const std::string_view value = trimmed(behind);
      if (value.empty()) return wait(line_);
      if (value == "/") return;
      if (value.front() == '"' || !holds_key(value)) return hand_out(line_, unquoted(value));
      column += rest.size() - behind.size();
      rest = behind;
    }
  }

  // A key without a value is a setting without a value, unless lines below it show that it is a branch.
  void wait(const Setting& line) {
    waiting_ = true;
    waiting_line_ = line;
  }

  void hand_out_empty() {
    if (waiting_) hand_out(waiting_line_, {});
    waiting_ = false;
  }

  void hand_out(Setting setting, std::string_view value) {
    if (path_.empty()) return;
    setting.source = source_;
    setting.path = path_;
    setting.value = value;
    visit_(setting);
  }

  const SettingVisitor& visit_;
  Source source_ = Source::configuration;
  bool in_tree_ = false;
  std::vector<Level> levels_;
  std::string path_;
  Setting line_;
  bool waiting_ = false;
  Setting waiting_line_;
};

}  // namespace

std::optional<Source> settings_line_source(std::string_view line) {
  const std::optional<Marked> marked = marked_line(line);
  if (!marked || marked->end || key_end(marked->rest) == kNone.npos) return std::nullopt;
  return marked->source;
}

void parse_settings_text(std::string_view text, const SettingVisitor& visit) {
  DumpParser parser(visit);
  std::uint64_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = line_end(text, at);
    const std::string_view line = text.substr(at, end - at);
    parser.add_line(line, ++number, at);
    number += static_cast<std::uint64_t>(std::count(line.begin(), line.end(), '\n'));
    at = end + 1;
  }
  parser.finish_level(0);
}

}  // namespace assay
