// From a record to a file: take it apart, choose what to look for, mask what varies, write YAML.
#include "assay/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "assay/error.h"
#include "characters.h"
#include "draft_yaml.h"
#include "masking.h"
#include "signature/words.h"
#include "text/pairs.h"
#include "text/record.h"
#include "text/record_blocks.h"

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

// ---- The record ----

std::string_view record_at(std::string_view log, std::uint64_t line) {
  std::size_t at = 0;
  for (std::uint64_t i = 1; i < line; ++i) {
    const std::size_t end = log.find('\n', at);
    if (end == npos || end + 1 >= log.size()) {
      throw Error("invalid-option", fmt::format("there is no line {}; the text has {}", line, i));
    }
    at = end + 1;
  }
  const std::size_t begin = record_begin(log, at);
  std::string_view record = log.substr(begin, record_end(log, at) - begin);
  while (!record.empty() && (record.back() == '\n' || record.back() == '\r' || record.back() == ' ')) {
    record.remove_suffix(1);
  }
  if (record.empty()) throw Error("invalid-option", fmt::format("line {} is empty", line));
  return record;
}

std::string_view first_line(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

bool is_among(std::string_view key, std::span<const std::string_view> keys) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](std::string_view other) { return equal_ignoring_case(key, other); });
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

// ---- Captures ----

struct Capture {
  std::string name;
  std::string value;  // in this record
  std::string kind;   // as masking names it
  std::string field;  // for one that takes a pair
};

class CaptureList {
 public:
  // A name of its own, or nothing if there are captures enough.
  std::string add(const std::string& wanted, std::string_view value, std::string kind,
                  std::string field = {}) {
    if (all_.size() >= kMostCaptures || wanted.empty()) return {};
    std::string name = is_reserved_name(wanted) ? wanted + "_value" : wanted;
    for (int i = 2; taken_.count(name) != 0; ++i) name = fmt::format("{}_{}", wanted, i);
    taken_.insert(name);
    all_.push_back(
        {.name = name, .value = std::string(value), .kind = std::move(kind), .field = std::move(field)});
    return name;
  }
  const std::vector<Capture>& all() const { return all_; }

 private:
  std::vector<Capture> all_;
  std::set<std::string> taken_;
};

std::string pattern_of(std::string_view text, CaptureList& captures) {
  std::string pattern;
  std::size_t taken = 0;
  for (const Piece& piece : mask(text)) {
    if (taken > kMostPatternText) break;
    taken += piece.text.size();
    if (piece.pattern.empty()) {
      pattern += escaped(piece.text);
      continue;
    }
    const std::string name = captures.add(piece.name, piece.text, piece.name);
    pattern += name.empty() ? piece.pattern : fmt::format("(?P<{}>{})", name, piece.pattern);
  }
  return pattern;
}

bool varies(std::string_view value) {
  const std::vector<Piece> pieces = mask(value);
  return std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return !piece.pattern.empty(); });
}

// ---- What is looked for ----

struct Sought {
  std::vector<std::string> lines;  // "event: Alarm Raised", below the kind
  CaptureList captures;
};

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
      sought.captures.add(name, pair.value, kind, fmt::format("pair.{}", pair.key));
    } else if (pair.value.find("::") == npos) {  // the name of a function says nothing of what is wrong
      sought.lines.push_back(fmt::format("pair.{}: {{is: {}}}", pair.key, in_quotes(pair.value)));
    }
  }
}

bool is_level_word(std::string_view level) {
  return !level.empty() && std::all_of(level.begin(), level.end(), is_letter);
}

// The event itself; where a file of signatures cannot hold its bytes, a pattern for it.
std::string event_test(std::string_view event, CaptureList& captures) {
  const bool can_be_written = readable(event) == event && event.find('\n') == npos;
  if (can_be_written) return word(event);
  return fmt::format("{{matches: {}}}", in_quotes("^" + pattern_of(event, captures) + "$"));
}

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

// Of the two ends of a connection, the one that is to be named.
bool is_far_end(const Capture& capture, std::string_view event) {
  const std::string_view end = event.starts_with("Inbound") ? "src_" : "dst_";
  return capture.kind == "address" && capture.name.starts_with(end);
}

// The capture that tells the affected things apart: a name rather than an address, an address rather than
// anything else.
std::string group_by(const CaptureList& captures, std::string_view event) {
  for (const std::string_view kind : {"host", "server", "name", "zone", "domain", "user", "address", "url"}) {
    const auto of_kind = [&](const Capture& capture) { return capture.kind == kind; };
    const auto far = [&](const Capture& capture) { return of_kind(capture) && is_far_end(capture, event); };
    const std::vector<Capture>& all = captures.all();
    auto found = std::find_if(all.begin(), all.end(), far);
    if (found == all.end()) found = std::find_if(all.begin(), all.end(), of_kind);
    if (found != all.end()) return found->name;
  }
  return {};
}

// ---- The file ----

std::string_view severity_for(std::string_view level) {
  if (level == "ERROR" || level == "FATAL" || level == "CRITICAL" || level == "ALERT") return "high";
  return level.starts_with("WARN") ? "medium" : "low";
}

std::string head_for(const std::string& needs, std::string_view severity) {
  return fmt::format(
      "# A draft that was made from one record. Where it says TODO, a person has to write; then\n"
      "# `assay signatures lint` and `assay signatures test` tell the rest.\n"
      "id: TODO\n"
      "title: TODO the problem in one line\n"
      "kind: network        # defect, configuration, security, capacity, network or information\n"
      "severity: {}\n"
      "status: experimental\n"
      "\n"
      "needs: [{}]\n",
      severity, needs);
}

std::string head_of(const Record& record) {
  return head_for(record.process.empty() ? "log" : word("log." + std::string(record.process)),
                  severity_for(record.level));
}

std::vector<std::string> unwritten() {
  return {"id", "title", "text.description", "text.actions"};
}

std::string observe_of(const Sought& sought) {
  std::string text = "\nobserve:\n  seen:\n    log:\n";
  for (const std::string& line : sought.lines) text += "      " + line + '\n';
  if (sought.lines.empty()) text += "      message: '.'\n";
  std::string captured;
  for (const Capture& capture : sought.captures.all()) {
    if (!capture.field.empty()) captured += fmt::format("      {}: {}\n", capture.name, capture.field);
  }
  return captured.empty() ? text : text + "    capture:\n" + captured;
}

// `group` is named first, `others` in brackets behind it; both are templates.
std::string words_about(const std::string& group_by, const std::string& group, const std::string& others) {
  std::string conclude = "\nconclude:\n  - {status: issue, when: seen";
  if (!group_by.empty()) conclude += ", group_by: " + group_by;
  return conclude + "}\n" +
         fmt::format(
             "\ntext:\n"
             "  description: |\n"
             "    TODO what is wrong, in a sentence or two: {{{{#groups}}}}{}({}{{{{count}}}} times, the "
             "last at "
             "{{{{last}}}}){{{{#more}}}}; {{{{/more}}}}{{{{/groups}}}}.\n"
             "  actions:\n"
             "    - TODO what to do first.\n",
             group, others);
}

std::string words_of(const Sought& sought, const std::string& group) {
  std::string others;
  for (const Capture& capture : sought.captures.all()) {
    if (capture.name == group) continue;
    others += fmt::format("{} {{{{{}}}}}, ", capture.name, capture.name);
  }
  return words_about(group, group.empty() ? "" : fmt::format("{{{{{}}}}} ", group), others);
}

std::string test_of(std::string_view text, bool has_header, const Sought& sought, const std::string& group) {
  constexpr std::string_view kHeader = "2026-01-01T00:00:00.000Z host process: ";
  const std::string record = (has_header ? std::string() : std::string(kHeader)) + readable(text);
  std::string expected;
  for (const Capture& capture : sought.captures.all()) {
    if (capture.name == group)
      expected = fmt::format(", groups: [{{{}: {}}}]", group, in_quotes(capture.value));
  }
  return "\ntests:\n  - name: the record that this was drafted from\n    log: |\n" + indented(record, 6) +
         fmt::format("    expect: {{status: issue{}}}\n", expected);
}

// A transaction has no record that tells all of it, so what is looked for is its outcome, and the test has
// the event that says no more than that. Some ask for a target, others were sent to a server, many do both.
SignatureDraft draft_transaction(std::string_view text) {
  const std::size_t arrow = text.find("-> ");
  const std::string_view outcome = arrow == npos ? text : text.substr(arrow + 3);
  const std::string status(outcome.substr(0, outcome.find(' ')));
  std::string reason(outcome.substr(std::min(outcome.size(), status.size() + 1)));
  if (readable(reason) != reason || reason.find('"') != npos) reason.clear();  // no event could tell it
  if (status.empty() ||
      !std::all_of(status.begin(), status.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    throw Error("invalid-option", fmt::format("'{}' is no outcome of a transaction", readable(text)));
  }
  std::string observe = fmt::format("\nobserve:\n  seen:\n    http:\n      status: {}\n", status);
  if (!reason.empty()) observe += fmt::format("      reason: {{is: {}}}\n", in_quotes(reason));
  observe += "    capture:\n      server: server\n      target: target.host\n";
  const std::string words = words_about(
      "[target, server]", "{{#target}}{{target}} {{/target}}{{#server}}{{server}} {{/server}}", "");
  const std::string record = fmt::format(
      "2026-01-01T00:00:00.000Z host traffic_server[1]: Event=\"Sending HTTP error response\" Status=\"{}\" "
      "Reason=\"{}\" Dst-ip=\"192.0.2.1\" Dst-port=\"40001\"",
      status, reason);
  return {.text = head_for("http", status.front() == '5' ? "medium" : "low") + observe + words +
                  test_of(record, true, {}, ""),
          .unwritten = unwritten()};
}

}  // namespace

SignatureDraft draft_signature(std::string_view log, std::uint64_t line) {
  if (line == 0) throw Error("invalid-option", "there is no line 0; lines are counted from 1");
  const std::string_view text = record_at(log, line);
  Record record;
  parse_record(text, std::nullopt, record);
  const Sought sought = sought_in(record);
  const std::string group = group_by(sought.captures, record.event);
  return {.text = head_of(record) + observe_of(sought) + words_of(sought, group) +
                  test_of(text, begins_record(text), sought, group),
          .unwritten = unwritten()};
}

SignatureDraft draft_signature(const UnexplainedGroup& group) {
  return group.kind == "http" ? draft_transaction(group.text) : draft_signature(group.text, 1);
}

}  // namespace assay
