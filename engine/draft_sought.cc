// Fields that every record has are tested as they are. Of the rest the pairs are sorted by what their keys
// and values are, and words in free text are masked.
#include "draft_sought.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "characters.h"
#include "draft_yaml.h"
#include "masking.h"
#include "signature/words.h"

namespace assay {
namespace {

// A draft with more captures than these has nobody read it.
constexpr std::size_t kMostCaptures = 8;
constexpr std::size_t kMostPatternText = 400;

// Pairs that say where in the product's code a record was written, or when: never what is wrong.
constexpr std::array<std::string_view, 14> kNoise = {
    "UTCTime",  "Module", "Level",    "Event", "Detail", "CodeLocation", "Thread",
    "ThreadID", "PID",    "Msg-Hash", "Node",  "Tag",    "UUID",         "TrackingID"};

// Numbers that say what is wrong.
constexpr std::array<std::string_view, 4> kCodes = {"Id", "Status", "Code", "Response-code"};

// Words that say whom it concerns.
constexpr std::array<std::string_view, 15> kNames = {
    "User", "Username", "Name",  "Server", "Host",      "Peer",      "Zone",       "Domain",
    "URL",  "Account",  "Alias", "Client", "Src-alias", "Dst-alias", "Common-name"};

bool is_among(std::string_view key, std::span<const std::string_view> keys) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](std::string_view other) { return equal_ignoring_case(key, other); });
}

std::string_view first_line(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// The words of a message behind the pairs with quoted values that it begins with.
std::string_view free_text(std::string_view message) {
  std::string_view rest = first_line(message);
  while (true) {
    const std::size_t start = rest.find_first_not_of(" \t:,");
    if (start == npos) return {};
    rest.remove_prefix(start);
    const std::size_t equals = rest.find("=\"");
    const std::size_t blank = rest.find(' ');
    if (equals == npos || blank < equals) return rest;
    const std::size_t end = rest.find('"', equals + 2);
    if (end == npos) return rest;
    rest.remove_prefix(end + 1);
  }
}

// Gives the capture a name of its own. Empty: it was not added, there are enough.
std::string add_capture(DraftCapture capture, std::vector<DraftCapture>& captures) {
  if (captures.size() >= kMostCaptures || capture.name.empty()) return {};
  const std::string wanted = is_reserved_name(capture.name) ? capture.name + "_value" : capture.name;
  const auto is_taken = [&](const DraftCapture& other) { return other.name == capture.name; };
  capture.name = wanted;
  for (int i = 2; std::any_of(captures.begin(), captures.end(), is_taken); ++i) {
    capture.name = fmt::format("{}_{}", wanted, i);
  }
  return captures.emplace_back(std::move(capture)).name;
}

std::string pattern_of(std::string_view text, std::vector<DraftCapture>& captures) {
  std::string pattern;
  std::size_t taken = 0;
  for (const Piece& piece : mask(text)) {
    if (taken > kMostPatternText) break;
    taken += piece.text.size();
    if (piece.pattern.empty()) {
      pattern += escaped(piece.text);
      continue;
    }
    const std::string name = add_capture(
        {.name = piece.name, .value = std::string(piece.text), .kind = piece.name, .field = {}}, captures);
    pattern += name.empty() ? piece.pattern : fmt::format("(?P<{}>{})", name, piece.pattern);
  }
  return pattern;
}

bool varies(std::string_view value) {
  const std::vector<Piece> pieces = mask(value);
  return std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return !piece.pattern.empty(); });
}

std::string capture_name(std::string_view key) {
  std::string name;
  for (const char c : key) name += is_letter_or_digit(c) ? lower(c) : '_';
  return name;
}

bool is_plain_key(std::string_view key) {
  return !key.empty() && is_letter(key.front()) && std::all_of(key.begin(), key.end(), [](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '_';
  });
}

// Pairs: what varies is captured, short words are looked for.
void add_pairs(const Record& record, Sought& sought) {
  constexpr std::size_t kShort = 60;
  std::set<std::string> seen;
  for (const Pair& pair : record.pairs) {
    if (is_among(pair.key, kNoise) || !is_plain_key(pair.key) || pair.value.empty()) continue;
    const std::string name = capture_name(pair.key);
    if (!seen.insert(name).second) continue;
    const bool readable_value = readable(pair.value) == pair.value && pair.value.find('\n') == npos;
    const bool is_capture = !is_among(pair.key, kCodes) && (varies(pair.value) || is_among(pair.key, kNames));
    if (is_capture || pair.value.size() > kShort || !readable_value) {
      if (!readable_value) continue;
      const std::vector<Piece> pieces = mask(pair.value);
      std::string kind = pieces.size() == 1 ? pieces.front().name : "";
      if (kind.empty() && is_among(pair.key, kNames)) kind = "name";
      add_capture({.name = name,
                   .value = std::string(pair.value),
                   .kind = kind,
                   .field = fmt::format("pair.{}", pair.key)},
                  sought.captures);
    } else if (pair.value.find("::") == npos) {  // the name of a function says nothing of what is wrong
      sought.lines.push_back(fmt::format("pair.{}: {{is: {}}}", pair.key, in_quotes(pair.value)));
    }
  }
}

bool is_level_word(std::string_view level) {
  return !level.empty() && std::all_of(level.begin(), level.end(), is_letter);
}

// The event itself; where a file of signatures cannot hold its bytes, a pattern for it.
std::string event_test(std::string_view event, std::vector<DraftCapture>& captures) {
  const bool can_be_written = readable(event) == event && event.find('\n') == npos;
  if (can_be_written) return word(event);
  return fmt::format("{{matches: {}}}", in_quotes("^" + pattern_of(event, captures) + "$"));
}

// Of the two ends of a connection, the one that is to be named.
bool is_far_end(const DraftCapture& capture, std::string_view event) {
  const std::string_view end = event.starts_with("Inbound") ? "src_" : "dst_";
  return capture.kind == "address" && capture.name.starts_with(end);
}

}  // namespace

Sought sought_in(const Record& record) {
  Sought sought;
  if (!record.process.empty()) sought.lines.push_back("process: " + word(record.process));
  if (!record.module.empty()) sought.lines.push_back("module: " + word(record.module));
  if (is_level_word(record.level)) sought.lines.push_back("level: " + word(record.level));
  if (!record.event.empty()) sought.lines.push_back("event: " + event_test(record.event, sought.captures));
  const std::string_view start_line = first_line(record.block);
  const std::string_view free = free_text(record.message);
  if (!record.detail.empty()) {
    sought.lines.push_back("detail: " + in_quotes(pattern_of(first_line(record.detail), sought.captures)));
  } else if (record.event.empty() && start_line.empty() && !free.empty()) {
    sought.lines.push_back("message: " + in_quotes(pattern_of(free, sought.captures)));
  }
  if (!start_line.empty()) {
    sought.lines.push_back("block: " + in_quotes("^" + pattern_of(start_line, sought.captures)));
  }
  const bool by_free_text =
      record.detail.empty() && record.event.empty() && start_line.empty() && !free.empty();
  if (!by_free_text) add_pairs(record, sought);
  return sought;
}

std::string group_by(const std::vector<DraftCapture>& captures, std::string_view event) {
  for (const std::string_view kind : {"host", "server", "name", "zone", "domain", "user", "address", "url"}) {
    const auto of_kind = [&](const DraftCapture& capture) { return capture.kind == kind; };
    const auto far = [&](const DraftCapture& capture) {
      return of_kind(capture) && is_far_end(capture, event);
    };
    auto found = std::find_if(captures.begin(), captures.end(), far);
    if (found == captures.end()) found = std::find_if(captures.begin(), captures.end(), of_kind);
    if (found != captures.end()) return found->name;
  }
  return {};
}

}  // namespace assay
