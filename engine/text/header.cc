// Headers as real logs have them: each form is tried by its first byte, so that the many lines that begin no
// record cost one comparison.
#include "text/header.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "characters.h"
#include "text/record.h"
#include "text/timestamp.h"

namespace assay {
namespace {

constexpr std::size_t kLongestName = 64;  // of a host in front of a timestamp, and of a thread

constexpr bool is_end_of_word(char c) {
  return is_blank(c) || c == '\n' || c == '\r' || c == '\0';
}

std::size_t blanks(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_blank(text[n])) ++n;
  return n;
}

std::size_t digits(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n])) ++n;
  return n;
}

// What ends a word: a blank, the end of the line, and some more.
class Stops {
 public:
  constexpr explicit Stops(std::string_view more) {
    for (const char c : more) is_[static_cast<unsigned char>(c)] = true;
    for (std::size_t c = 0; c < is_.size(); ++c) is_[c] = is_[c] || is_end_of_word(static_cast<char>(c));
  }
  constexpr bool has(char c) const { return is_[static_cast<unsigned char>(c)]; }

 private:
  std::array<bool, 256> is_{};
};

constexpr Stops kBlankOnly("");
constexpr Stops kBehindHost("=\"[{");
constexpr Stops kBehindProcess(":[={\"'");
constexpr Stops kColon(":");

// Up to a stop.
std::size_t word(std::string_view text, const Stops& stops) {
  std::size_t n = 0;
  while (n < text.size() && !stops.has(text[n])) ++n;
  return n;
}

// "<166>", or 0.
std::size_t priority(std::string_view text) {
  if (!text.starts_with('<')) return 0;
  const std::size_t n = digits(text.substr(1, 3));
  return n > 0 && text.substr(1 + n).starts_with('>') ? n + 2 : 0;
}

// "Line 190: ", as editors write it in front of what they found; or 0.
std::size_t line_label(std::string_view text) {
  const std::size_t tab = text.starts_with('\t') ? 1 : 0;
  if (!text.substr(tab).starts_with("Line ")) return 0;
  const std::size_t begin = tab + 5;
  const std::size_t n = digits(text.substr(begin, 10));
  if (n == 0 || !text.substr(begin + n).starts_with(": ")) return 0;
  return begin + n + 2;
}

// "123 ": how many bytes follow, which senders over TCP and TLS put in front of a priority (RFC 6587); or 0.
std::size_t byte_count(std::string_view text) {
  const std::size_t n = digits(text.substr(0, 10));
  return n > 0 && text.substr(n).starts_with(" <") ? n + 1 : 0;
}

// What tools on the way put in front of a record, each at most once.
std::size_t additions(std::string_view text) {
  std::size_t n = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  n += line_label(text.substr(n));
  n += byte_count(text.substr(n));
  return n + priority(text.substr(n));
}

bool at_end_of_word(std::string_view text, std::size_t at) {
  return at >= text.size() || is_end_of_word(text[at]);
}

bool is_level(std::string_view word) {
  constexpr std::array<std::string_view, 10> kLevels{"TRACE",   "DEBUG", "INFO",   "NOTICE",   "WARN",
                                                     "WARNING", "ERROR", "SEVERE", "CRITICAL", "FATAL"};
  return std::find(kLevels.begin(), kLevels.end(), word) != kLevels.end();
}

// Time, then blanks, then the host: a word that is neither a tag nor a pair.
std::optional<Header> with_host(std::string_view text, const Timestamp& timestamp) {
  Header header{.length = timestamp.length, .time = timestamp.time, .host = {}};
  if (!at_end_of_word(text, header.length)) return std::nullopt;
  header.length += blanks(text.substr(header.length));
  const std::string_view rest = text.substr(header.length);
  const std::string_view host = rest.substr(0, word(rest, kBehindHost));
  if (host.empty() || host.ends_with(':') || !at_end_of_word(rest, host.size())) return header;
  header.host = host;
  header.length += host.size() + blanks(rest.substr(host.size()));
  return header;
}

// Programs that know no syslog write a level where others have the host.
std::optional<Header> iso_header(std::string_view text, const Timestamp& timestamp) {
  std::optional<Header> header = with_host(text, timestamp);
  if (!header || !is_level(header->host)) return header;
  header->length = static_cast<std::size_t>(header->host.data() - text.data());
  header->host = {};
  return header;
}

// "0000000053: 10.48.47.142: Aug 22 2017 16:20:22.241 +0200: ", where number and host may be missing.
std::optional<Header> ccbu_header(std::string_view text) {
  Header header;
  if (const std::size_t n = digits(text.substr(0, 20)); n > 0) {
    if (!text.substr(n).starts_with(':')) return std::nullopt;
    header.length = n + 1 + blanks(text.substr(n + 1, 1));
    const std::string_view rest = text.substr(header.length, kLongestName + 1);
    const std::size_t colon = std::min(rest.find(": "), rest.size());
    header.host = rest.substr(0, colon);
    if (colon == rest.size() || word(header.host, kBlankOnly) != colon) return std::nullopt;
    header.length += colon + 2;
  }
  const std::optional<Timestamp> timestamp = ccbu_timestamp(text.substr(header.length));
  if (!timestamp) return std::nullopt;
  header.length += timestamp->length;
  if (!text.substr(header.length).starts_with(": %CCBU_")) return std::nullopt;
  header.time = timestamp->time;
  header.length += 2;
  header.contact_center = true;
  return header;
}

// "2016-09-02 00:16:58.604 IST(+0530) ", as the Identity Service writes it.
std::optional<Header> ids_header(std::string_view text) {
  const std::optional<Timestamp> timestamp = ids_timestamp(text);
  if (!timestamp || !at_end_of_word(text, timestamp->length)) return std::nullopt;
  return Header{.length = timestamp->length + blanks(text.substr(timestamp->length)),
                .time = timestamp->time,
                .host = {},
                .ids = true,
                .contact_center = true};
}

// "10231: Dec 05 19:01:36.215 EST %MIVR-", as the engine of Unified CCX writes it.
std::optional<Header> mivr_header(std::string_view text, std::optional<LogYear> year) {
  const std::size_t n = digits(text.substr(0, 20));
  if (n == 0 || !text.substr(n).starts_with(": ")) return std::nullopt;
  const std::optional<Timestamp> timestamp = mivr_timestamp(text.substr(n + 2), year);
  if (!timestamp) return std::nullopt;
  const std::size_t length = n + 2 + timestamp->length;
  const std::size_t tag = length + blanks(text.substr(length));
  if (!text.substr(tag).starts_with("%M")) return std::nullopt;
  return Header{.length = tag, .time = timestamp->time, .host = {}, .contact_center = true};
}

std::optional<Header> bsd_header(std::string_view text, std::optional<LogYear> year) {
  const std::optional<Timestamp> timestamp = bsd_timestamp(text, year);
  if (!timestamp) return std::nullopt;
  std::optional<Header> header = with_host(text, *timestamp);
  return header && !header->host.empty() ? header : std::nullopt;
}

// RFC 5424, behind the priority: "1 2022-07-11T16:55:26.016+02:00 vcsc ". Time and host may be "-".
std::optional<Header> ietf_header(std::string_view text) {
  constexpr std::string_view kVersion = "1 ";
  constexpr std::string_view kNone = "- ";
  if (!text.starts_with(kVersion)) return std::nullopt;
  const std::string_view rest = text.substr(kVersion.size());
  std::optional<Timestamp> timestamp = iso_timestamp(rest);
  if (rest.starts_with(kNone)) timestamp = Timestamp{.length = 1, .time = std::nullopt};
  if (!timestamp) return std::nullopt;
  std::optional<Header> header = with_host(rest, *timestamp);
  if (!header || header->host.empty()) return std::nullopt;
  if (header->host == "-") header->host = {};
  header->length += kVersion.size();
  header->ietf = true;
  return header;
}

// The forms whose first byte is a digit, the usual one first.
std::optional<Header> header_from_digit(std::string_view text, std::optional<LogYear> year) {
  const std::optional<Timestamp> timestamp = iso_timestamp(text);
  std::optional<Header> header = timestamp ? iso_header(text, *timestamp) : ccbu_header(text);
  if (!header) header = mivr_header(text, year);
  if (!header) header = ids_header(text);
  return header;
}

// "[meta sequenceId="29"][origin ip="192.0.2.1"]" or "-"; of length 0 if there is neither. A bracket within
// quotes closes nothing, nor does what stands behind a backslash.
std::size_t structured_data(std::string_view text) {
  if (text.starts_with('-') && at_end_of_word(text, 1)) return 1;
  std::size_t length = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size() && (at != length || text[at] == '['); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      quoted = !quoted;
    } else if (text[at] == ']' && !quoted) {
      length = at + 1;
    }
  }
  return length;
}

std::uint32_t number_or_zero(std::string_view text) {
  std::uint32_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc() && result.ptr == text.data() + text.size() ? value : 0;
}

bool begins_with_quoted_pair(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_key_byte);
  return end != text.begin() && text.substr(static_cast<std::size_t>(end - text.begin())).starts_with("=\"");
}

// One tag with its blanks.
Tag read_one_tag(std::string_view text) {
  Tag tag{.length = word(text, kBehindProcess), .process = {}, .pid = {}};
  tag.process = text.substr(0, tag.length);
  if (tag.process.empty() || tag.process.starts_with('%')) return {};  // "%CCBU_..." is no process
  std::string_view rest = text.substr(tag.length);
  if (rest.starts_with('[')) {
    const std::string_view inside = rest.substr(1, digits(rest.substr(1, 10)));
    if (inside.empty() || !rest.substr(1 + inside.size()).starts_with(']')) return {};
    tag.pid = number_or_zero(inside);
    tag.length += inside.size() + 2;
    rest = text.substr(tag.length);
  }
  const std::size_t gap = blanks(rest);
  if (rest.starts_with(':') && !rest.starts_with("::") && !rest.starts_with(":/")) {
    tag.length += 1 + blanks(rest.substr(1));
  } else if (tag.pid || (gap > 0 && begins_with_quoted_pair(rest.substr(gap)))) {
    tag.length += gap;
  } else {
    return {};
  }
  return tag;
}

// "WARNING:" with or without blanks around; `length` 0 if there is none.
Prefix read_level(std::string_view text) {
  constexpr std::array<std::string_view, 9> kLevels{"DIAG",  "DEBUG", "STATUS", "NOTE",     "WARNING",
                                                    "ERROR", "FATAL", "ALERT",  "EMERGENCY"};
  constexpr std::string_view kLevelLetters = "DSNWEFA";
  const std::size_t gap = blanks(text);
  const std::string_view rest = text.substr(gap);
  if (rest.empty() || kLevelLetters.find(rest.front()) == std::string_view::npos) return {};
  for (const std::string_view level : kLevels) {
    if (!rest.starts_with(level)) continue;
    const std::size_t colon = level.size() + blanks(rest.substr(level.size()));
    if (!rest.substr(colon).starts_with(':')) continue;
    const std::size_t length = gap + colon + 1;
    return {
        .length = length + blanks(text.substr(length)), .thread = {}, .level = rest.substr(0, level.size())};
  }
  return {};
}

}  // namespace

std::optional<Header> read_header(std::string_view text, std::optional<LogYear> year) {
  text = text.substr(0, kHeaderReach);
  if (text.empty()) return std::nullopt;
  std::optional<Header> header;
  if (is_digit(text.front())) header = header_from_digit(text, year);
  if (header) return header;
  const std::size_t before = additions(text);
  const std::string_view rest = text.substr(before);
  if (rest.empty()) return std::nullopt;
  if (is_digit(rest.front()) && before > 0) {
    header = header_from_digit(rest, year);
    if (!header && text[before - 1] == '>') header = ietf_header(rest);
  } else if (rest.front() >= 'A' && rest.front() <= 'S') {
    header = bsd_header(rest, year);
    if (!header) header = ccbu_header(rest);
  }
  if (header) header->length += before;
  return header;
}

Tag read_tag(std::string_view text) {
  Tag tag = read_one_tag(text);
  const std::string_view rest = text.substr(tag.length);
  if (tag.length == 0 || !rest.starts_with(tag.process)) return tag;
  const Tag again = read_one_tag(rest);
  if (again.length == 0 || again.process != tag.process) return tag;
  tag.length += again.length;
  return tag;
}

Tag read_ietf_tag(std::string_view text) {
  Tag tag;
  const auto take_field = [&] {
    const std::string_view rest = text.substr(tag.length);
    const std::string_view field = rest.substr(0, word(rest, kBlankOnly));
    tag.length += field.size() + blanks(rest.substr(field.size()));
    return field == "-" ? std::string_view() : field;
  };
  tag.process = take_field();
  const std::string_view pid = take_field();
  if (!pid.empty() && digits(pid) == pid.size()) tag.pid = number_or_zero(pid);
  take_field();  // the kind of the message
  tag.length += structured_data(text.substr(tag.length));
  tag.length += blanks(text.substr(tag.length));
  if (text.substr(tag.length).starts_with(kByteOrderMark)) tag.length += kByteOrderMark.size();
  const Tag again = read_one_tag(text.substr(tag.length));
  if (again.length == 0 || (!tag.process.empty() && again.process != tag.process)) return tag;
  tag.process = again.process;
  if (!tag.pid) tag.pid = again.pid;
  tag.length += again.length;
  return tag;
}

Prefix read_diagnostic_prefix(std::string_view text, std::string_view process) {
  std::string_view thread;
  std::size_t length = 0;
  if (text.starts_with('[') || text.starts_with('{')) {
    const std::size_t close = text.substr(0, kLongestName).find(text.front() == '[' ? ']' : '}');
    if (close == std::string_view::npos) return {};
    thread = text.substr(1, close - 1);
    length = close + 1;
  } else if (!process.empty() && text.starts_with(process) && at_end_of_word(text, process.size())) {
    thread = text.substr(0, process.size());
    length = process.size();
  }
  Prefix prefix = read_level(text.substr(length));
  if (prefix.length == 0) return {};
  prefix.length += length;
  prefix.thread = thread;
  return prefix;
}

Prefix read_ids_prefix(std::string_view text) {
  if (!text.starts_with('[')) return {};
  const std::size_t close = text.substr(0, kLongestName).find("] ");
  if (close == std::string_view::npos) return {};
  const std::size_t begin = close + 1 + blanks(text.substr(close + 1));
  const std::string_view level = text.substr(begin, word(text.substr(begin), kBlankOnly));
  if (!is_level(level)) return {};
  const std::size_t end = begin + level.size();
  return {.length = end + blanks(text.substr(end)), .thread = text.substr(1, close - 1), .level = level};
}

std::string_view severity_of_tag(std::string_view text) {
  if (!text.starts_with("%CCBU_") && !text.starts_with("%MIVR-")) return {};
  const std::string_view tag = text.substr(0, word(text, kColon));
  for (std::size_t at = tag.size(); at >= 3; --at) {
    const std::string_view last = tag.substr(at - 3, 3);
    if (last[0] == '-' && last[1] >= '0' && last[1] <= '7' && last[2] == '-') return last.substr(1, 1);
  }
  return {};
}

bool begins_record(std::string_view line) {
  if (line.empty() || !may_begin_record(line.front())) return false;
  if (is_digit(line.front())) {  // the usual way, without taking apart what follows the time
    const std::size_t length = iso_timestamp_length(line.substr(0, kHeaderReach));
    if (length > 0 && at_end_of_word(line, length)) return true;
  }
  return read_header(line, std::nullopt).has_value();
}

std::optional<Time> header_time(std::string_view text, std::optional<LogYear> year) {
  const std::optional<Header> header = read_header(text, year);
  return header ? header->time : std::nullopt;
}

}  // namespace assay
