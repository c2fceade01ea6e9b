// One log record taken apart: syslog header, key="value" pairs, message block.
//
// The grammar and its traps are those of real Expressway logs: the tag may be missing, keys repeat,
// pairs are unquoted or malformed, traffic_server writes raw diagnostics, remote syslog copies carry a
// priority and a doubled tag. Taking a record apart never fails; what is not there is empty.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "assay/time.h"
#include "characters.h"
#include "text/timestamp.h"

namespace assay {

struct Pair {
  std::string_view key;
  std::string_view value;  // without quotes, surrounding blanks trimmed
};

// All views point into the text that was parsed.
struct Record {
  std::optional<Time> time;  // the record's own UTCTime where it has one, else the header's, as UTC
  std::string_view host;     // of the header; may be "localhost" or empty
  std::string_view process;  // of the tag, the first where there are two; empty where the tag is missing
  std::optional<std::uint32_t> pid;
  std::string_view thread;  // "ET_NET 0" of a diagnostic, or the Thread pair
  std::string_view level;   // "WARNING" of a diagnostic, the digit of a CCBU or MIVR tag, or the Level pair
  std::string_view module;  // the Module pair
  std::string_view event;   // the Event pair
  std::string_view detail;  // the Detail pair
  // Behind header, tag and diagnostic prefix, up to the block, without blanks at either end. A second tag
  // that differs from the first ("httpd[15060]: web: ") is still there; one that repeats it is not.
  std::string_view message;
  std::string_view block;   // what follows SIPMSG: or HTTPMSG:, without the enclosing bars; else empty
  std::vector<Pair> pairs;  // of the message, in order; the first kMostPairs of them
  // In a form that only products of the contact center write: CCBU, MIVR, or that of the Identity Service.
  bool contact_center = false;
};

// No real record comes near; it bounds what a record made to be nasty can cost.
inline constexpr std::size_t kMostPairs = 1000;

// The first pair with that key, without regard to case, or an empty view.
std::string_view pair_value(const Record& record, std::string_view key);

// True if a record begins at the front of `line`: an ISO 8601, BSD or CCBU timestamp, also behind a syslog
// priority ("<166>", "<166>1 ", "512 <166>1 "), a BOM, or "Line 190: ". `line` may go on behind the end of
// the line. Never looks at more than the first kHeaderReach bytes.
bool begins_record(std::string_view line);
inline constexpr std::size_t kHeaderReach = 256;

inline constexpr std::array<bool, 256> kMayBeginRecord = [] {
  std::array<bool, 256> may{};
  for (const char c : std::string_view("0123456789ADFJLMNOS<\t\xEF"))
    may[static_cast<unsigned char>(c)] = true;
  return may;
}();

// False for the first byte of most lines that begin no record: it is neither a digit, nor the letter of a
// month or of "Line", nor what tools on the way begin with.
constexpr bool may_begin_record(char first) {
  return kMayBeginRecord[static_cast<unsigned char>(first)];
}

// Takes `text` apart: one record with its continuation lines. `year` is used for the BSD form, which
// has none; without it such a record has no time. Replaces `record`, keeping the capacity of its pairs.
void parse_record(std::string_view text, std::optional<LogYear> year, Record& record);

// Only the time of the header, for spans: cheap.
std::optional<Time> header_time(std::string_view text, std::optional<LogYear> year);

}  // namespace assay
