// Header first, then the message block is cut off, then the pairs of what is between.
#include "text/record.h"

#include <array>
#include <utility>

#include "characters.h"
#include "text/header.h"
#include "text/pairs.h"
#include "text/timestamp.h"

namespace assay {
namespace {

struct Block {
  std::size_t begin = npos;  // where SIPMSG: or HTTPMSG: stands
  std::size_t body = 0;      // behind it
};

constexpr std::array<std::string_view, 2> kMarkers{"SIPMSG:", "HTTPMSG:"};

// A marker at the front of a line, which may be indented.
Block block_at_line(std::string_view text) {
  for (std::size_t newline = text.find('\n'); newline != npos; newline = text.find('\n', newline + 1)) {
    std::size_t begin = newline + 1;
    while (begin < text.size() && is_blank(text[begin])) ++begin;
    if (begin == text.size() || (text[begin] != 'S' && text[begin] != 'H')) continue;
    for (const std::string_view marker : kMarkers) {
      if (text.substr(begin).starts_with(marker)) return {.begin = begin, .body = begin + marker.size()};
    }
  }
  return {};
}

// A marker within a line: only before a bar, and not as the end of another word.
Block block_before_bar(std::string_view text) {
  std::size_t behind = 0;  // the bar before, so that no blank is gone over twice
  for (std::size_t bar = text.find('|'); bar != npos; bar = text.find('|', behind)) {
    std::size_t body = bar;
    while (body > behind && is_space(text[body - 1])) --body;
    for (const std::string_view marker : kMarkers) {
      if (!text.substr(0, body).ends_with(marker)) continue;
      const std::size_t begin = body - marker.size();
      if (begin == 0 || is_space(text[begin - 1]) || text[begin - 1] == '"')
        return {.begin = begin, .body = body};
    }
    behind = bar + 1;
  }
  return {};
}

// Both ways search for one byte that is rare: most records have no block, and those that do have it soon.
Block find_block(std::string_view text) {
  const Block at_line = block_at_line(text);
  const Block before_bar = block_before_bar(text.substr(0, at_line.begin));
  return before_bar.begin != npos ? before_bar : at_line;
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
    const bool begins_alike = (pair.key.front() | 0x20) == (name.front() | 0x20);
    if (begins_alike && field.empty() && equal_ignoring_case(pair.key, name)) field = pair.value;
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

void parse_record(std::string_view text, std::optional<LogYear> year, Record& record) {
  std::vector<Pair> pairs = std::move(record.pairs);
  pairs.clear();
  record = {};
  record.pairs = std::move(pairs);

  std::string_view rest = text;
  if (const std::optional<Header> header = read_header(text, year)) {
    record.time = header->time;
    record.host = header->host;
    record.contact_center = header->contact_center;
    rest.remove_prefix(header->length);
    const Tag tag = header->ietf ? read_ietf_tag(rest) : read_tag(rest);
    record.process = tag.process;
    record.pid = tag.pid;
    rest.remove_prefix(tag.length);
    const Prefix prefix = header->ids ? read_ids_prefix(rest) : read_diagnostic_prefix(rest, tag.process);
    record.thread = prefix.thread;
    record.level = prefix.length > 0 ? prefix.level : severity_of_tag(rest);
    rest.remove_prefix(prefix.length);
  }
  const Block block = find_block(rest);
  if (block.begin != npos) record.block = without_bars(rest.substr(block.body));
  record.message = trim(rest.substr(0, block.begin));
  read_pairs(record.message, record.pairs);
  take_known_pairs(record);
}

}  // namespace assay
