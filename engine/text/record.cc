// Header first, then the message block is cut off, then the pairs of what is between.
#include "text/record.h"

#include <cstring>
#include <utility>

#include "text/header.h"
#include "text/pairs.h"
#include "text/timestamp.h"

namespace assay {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::size_t find(std::string_view text, std::string_view words, std::size_t from) {
  if (from >= text.size()) return npos;
  const void* found = memmem(text.data() + from, text.size() - from, words.data(), words.size());
  return found == nullptr ? npos : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

struct Block {
  std::size_t begin = npos;  // where SIPMSG: or HTTPMSG: stands
  std::size_t body = 0;      // behind it
};

// A marker opens a block at the front of a line, and anywhere behind a blank if a bar follows.
Block find_block(std::string_view text) {
  constexpr std::string_view kCommon = "MSG:";
  for (std::size_t at = find(text, kCommon, 0); at != npos; at = find(text, kCommon, at + kCommon.size())) {
    const std::string_view before = text.substr(0, at);
    const std::size_t begin = before.ends_with("HTTP") ? at - 4 : before.ends_with("SIP") ? at - 3 : npos;
    if (begin == npos) continue;
    std::size_t blank = begin;
    while (blank > 0 && is_blank(text[blank - 1])) --blank;
    const std::size_t body = at + kCommon.size();
    if (blank > 0 && text[blank - 1] == '\n') return {.begin = begin, .body = body};
    const std::size_t next = text.find_first_not_of(" \t\r\n", body);
    const bool apart = blank < begin || begin == 0 || text[begin - 1] == '"';
    if (apart && next != npos && text[next] == '|') return {.begin = begin, .body = body};
  }
  return {};
}

std::string_view without_bars(std::string_view block) {
  block = trim(block);
  if (block.starts_with('|')) block.remove_prefix(1);
  if (block.ends_with('|')) block.remove_suffix(1);
  return trim(block);
}

// Remembers the pairs that every reader asks for. The first of each that is not empty counts; a diagnostic's
// own level and thread stand before all pairs.
void take_known_pairs(Record& record) {
  std::string_view utc;
  const auto take = [](const Pair& pair, std::string_view name, std::string_view& field) {
    if (field.empty() && equal_ignoring_case(pair.key, name)) field = pair.value;
  };
  for (const Pair& pair : record.pairs) {
    switch (pair.key.size()) {
      case 5:
        take(pair, "Event", record.event);
        take(pair, "Level", record.level);
        break;
      case 6:
        take(pair, "Module", record.module);
        take(pair, "Detail", record.detail);
        take(pair, "Thread", record.thread);
        break;
      case 7:
        take(pair, "UTCTime", utc);
        break;
      default:
        break;
    }
  }
  if (const std::optional<Time> time = utc_time(utc)) record.time = time;
}

}  // namespace

std::string_view pair_value(const Record& record, std::string_view key) {
  for (const Pair& pair : record.pairs) {
    if (equal_ignoring_case(pair.key, key)) return pair.value;
  }
  return {};
}

void parse_record(std::string_view text, std::optional<int> year, Record& record) {
  std::vector<Pair> pairs = std::move(record.pairs);
  pairs.clear();
  record = {};
  record.pairs = std::move(pairs);

  std::string_view rest = text;
  if (const std::optional<Header> header = read_header(text, year)) {
    record.time = header->time;
    record.host = header->host;
    rest.remove_prefix(header->length);
    const Tag tag = read_tag(rest);
    record.process = tag.process;
    record.pid = tag.pid;
    rest.remove_prefix(tag.length);
    const Prefix prefix = read_diagnostic_prefix(rest, tag.process);
    record.thread = prefix.thread;
    record.level = prefix.length > 0 ? prefix.level : ccbu_severity(rest);
    rest.remove_prefix(prefix.length);
  }
  const Block block = find_block(rest);
  if (block.begin != npos) record.block = without_bars(rest.substr(block.body));
  record.message = trim(rest.substr(0, block.begin));
  read_pairs(record.message, record.pairs);
  take_known_pairs(record);
}

}  // namespace assay
