// Takes names of bundle files apart.
#include "evidence/member_name.h"

#include <cstddef>

#include "characters.h"
#include "evidence/words.h"

namespace assay {
namespace {

// Moves `at` over `count` digits, if they are there.
bool skip_digits(std::string_view text, std::size_t& at, std::size_t count) {
  if (text.size() - at < count) return false;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_digit(text[at + i])) return false;
  }
  at += count;
  return true;
}

bool skip_one_of(std::string_view text, std::size_t& at, std::string_view choices) {
  if (at >= text.size() || choices.find(text[at]) == std::string_view::npos) return false;
  ++at;
  return true;
}

int decimal_at(std::string_view name, std::size_t at, std::size_t digits) {
  int number = 0;
  for (std::size_t i = at; i < at + digits; ++i) number = number * 10 + (name[i] - '0');
  return number;
}

// True if "2022-07-11_17_33_18" begins at `at`.
bool timestamp_begins(std::string_view name, std::size_t at) {
  if (!skip_digits(name, at, 4) || !skip_one_of(name, at, "-") || !skip_digits(name, at, 2)) return false;
  if (!skip_one_of(name, at, "-") || !skip_digits(name, at, 2) || !skip_one_of(name, at, "_T ")) return false;
  for (int part = 0; part < 3; ++part) {
    if (part > 0) skip_one_of(name, at, ":_-/");
    if (!skip_digits(name, at, 2)) return false;
  }
  return true;
}

// Where `kind` begins, at the front or behind what somebody put before it ("SR1234_", "Copy of "); or npos.
std::size_t find_kind(std::string_view front, std::string_view kind) {
  for (std::size_t at = 0; at + kind.size() <= front.size(); ++at) {
    const bool begins_word = at == 0 || !is_letter_or_digit(front[at - 1]);
    if (begins_word && starts_with_ignoring_case(front.substr(at), kind)) return at;
  }
  return npos;
}

// Short words stand in many names ("old_server_logs"), so these count only in that of a certificate, or in
// front.
bool is_kind_of_certificate(std::string_view kind) {
  return kind == "ca_" || kind == "server_" || kind == "client_";
}

// Kind and host of "loggingsnapshot_vcsc", "SR1234_xconf_dump_vcsc" or
// "eth0_diagnostic_logging_tcpdump00_vcsc"; `end` is what follows it.
MemberName kind_and_host(std::string_view front, std::string_view end) {
  constexpr std::string_view kKinds[] = {
      "loggingsnapshot_", "diagnostic_log_", "xconf_dump_", "xstat_dump_", "ca_", "server_", "client_"};
  for (const std::string_view kind : kKinds) {
    const std::size_t at = find_kind(front, kind);
    if (at == npos) continue;
    if (at > 0 && is_kind_of_certificate(kind) && end.find(".pem") == npos) continue;
    return {.host = front.substr(at + kind.size()), .kind = kind, .year = {}};
  }
  constexpr std::string_view kCapture = "_diagnostic_logging_tcpdump";
  std::size_t at = front.find(kCapture);
  if (at == npos) return {};
  at = front.find('_', at + kCapture.size());
  if (at == npos) return {};
  return {.host = front.substr(at + 1), .kind = {}, .year = {}};
}

}  // namespace

MemberName parse_member_name(std::string_view name) {
  for (std::size_t at = name.rfind('_'); at != std::string_view::npos && at > 0;
       at = name.rfind('_', at - 1)) {
    if (!timestamp_begins(name, at + 1)) continue;
    MemberName parsed = kind_and_host(name.substr(0, at), name.substr(at));
    if (equal_ignoring_case(parsed.host, "localhost")) parsed.host = {};
    parsed.year = LogYear(decimal_at(name, at + 1, 4), decimal_at(name, at + 6, 2));
    return parsed;
  }
  return {};
}

}  // namespace assay
