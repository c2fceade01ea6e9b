// A few words say it in all logs, each with what the programs write before it.
#include "text/severity.h"

#include <algorithm>
#include <array>

#include "characters.h"
#include "text/header.h"
#include "text/pairs.h"

namespace assay {
namespace {

constexpr std::array<std::string_view, 9> kSevere{"warn",  "error",  "fatal", "crit", "alert",
                                                  "emerg", "severe", "err",   "panic"};

// Tags that have a digit for the severity.
constexpr std::string_view kCcbu = "%ccbu_";
constexpr std::string_view kMivr = "%mivr-";
static_assert(kCcbu.size() == kMivr.size());

constexpr std::array<std::string_view, 18> kLiterals{
    // Pairs: Level="WARN", Level="ERROR ". Their first letters tell them from "DEBUG", "INFO" and the digits
    // of
    // events, and of one length they are found faster.
    "level=\"w", "level=\"e", "level=\"f", "level=\"c", "level=\"a", "level=\"s", "level=\"p",
    // The traffic server's own: [ET_NET 0] WARNING: ...
    "] warning:", "] error:", "] fatal:", "] alert:", "] emergency:",
    // The Identity Service: [IdSEndPoints-51] WARN com.cisco.ccbu.ids ...
    "] warn ", "] error ", "] fatal ",
    // Finesse and its kin: %CCBU_pool-1-thread-2-3-REST_API_ERROR: ..., the engine of Unified CCX:
    // %MIVR-SS_TEL-3-TAG:... All of their records have it, but the "-3-" of the severe ones is so short that
    // the search for all literals would be slower.
    kCcbu, kMivr,
    // The end of an alarm, of level INFO.
    "alarm lowered"};

bool is_severe_digit(std::string_view level) {
  return level.size() == 1 && level.front() >= '0' && level.front() <= '4';
}

// The digit of a tag is no value of a pair.
bool is_severe_by_tag(const Record& record) {
  return is_severe_digit(record.level) && pair_value(record, "Level").empty();
}

}  // namespace

bool is_severe(const Record& record) {
  const auto begins_level = [&](std::string_view word) {
    return equal_ignoring_case(record.level.substr(0, word.size()), word);
  };
  return std::any_of(kSevere.begin(), kSevere.end(), begins_level) || is_severe_by_tag(record);
}

bool lowers_alarm(const Record& record) {
  return equal_ignoring_case(record.event, "Alarm Lowered");
}

std::span<const std::string_view> severe_literals() {
  return kLiterals;
}

bool may_be_severe(std::string_view text, std::size_t end) {
  if (end < kCcbu.size()) return true;
  const std::string_view behind = text.substr(end - kCcbu.size());
  const std::string_view literal = behind.substr(0, kCcbu.size());
  const bool is_tag = equal_ignoring_case(literal, kCcbu) || equal_ignoring_case(literal, kMivr);
  return !is_tag || is_severe_digit(severity_of_tag(behind));
}

}  // namespace assay
