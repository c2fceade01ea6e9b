// Facts out of log records. A proxy passes on what others wrote, so only messages count that this device must
// have made itself.
#include "evidence/log_facts.h"

#include <algorithm>
#include <string>

#include "characters.h"
#include "evidence/derived_facts.h"
#include "evidence/setting.h"
#include "evidence/words.h"
#include "text/cut.h"

namespace assay {
namespace {

// The next line of `text`, which it is taken from.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = trimmed(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// "X8.10.2" in "TANDBERG/4135 (X8.10.2)", the words by which Expressways name themselves; else empty.
std::string_view expressway_version(std::string_view agent) {
  constexpr std::string_view kFront = "TANDBERG/41";
  if (!starts_with_ignoring_case(agent, kFront)) return {};
  const std::size_t open = agent.find("(X");
  if (open == npos) return {};
  agent.remove_prefix(open + 1);
  const std::size_t close = agent.find(')');
  return close == npos || close > 40 ? std::string_view{} : agent.substr(0, close);
}

// The version in a message that its sender made and did not pass on: a 100 response, which goes one hop only,
// or a request with a single Via, because every proxy adds its own.
std::string_view version_of_own_message(std::string_view message) {
  const std::string_view start = take_line(message);
  const bool response = starts_with_ignoring_case(start, "SIP/2.0 ");
  if (response && !starts_with_ignoring_case(start, "SIP/2.0 100")) return {};
  std::string_view version;
  int vias = 0;
  while (!message.empty()) {
    const std::string_view line = take_line(message);
    if (line.empty()) break;
    if (starts_with_ignoring_case(line, "Via:") || starts_with_ignoring_case(line, "v:")) ++vias;
    const std::string_view header = response ? "Server:" : "User-Agent:";
    if (starts_with_ignoring_case(line, header))
      version = expressway_version(trimmed(line.substr(header.size())));
  }
  return response || vias == 1 ? version : std::string_view{};
}

// The URL of the request line.
std::string_view url_of(std::string_view block) {
  const std::string_view line = take_line(block);
  const std::size_t begin = line.find(' ');
  if (begin == npos) return {};
  return line.substr(begin + 1, line.find(' ', begin + 1) - begin - 1);
}

}  // namespace

// Records of an Expressway say when they were written once more, in UTC.
void LogFacts::look_at_form(const Record& record, const EventPlace& place) {
  ++forms_;
  family_known_ = record.contact_center || !pair_value(record, "UTCTime").empty();
  if (!family_known_) return;
  found("product.family", record.contact_center ? "contact-center" : "expressway",
        "the form of the log's records", kRankLog, place);
}

void LogFacts::look_at_sip(const Record& record, const EventPlace& place) {
  if (!wants_version()) return;
  ++tries_;
  if (!equal_ignoring_case(pair_value(record, "Action"), "Sent")) return;
  const std::string_view version = version_of_own_message(record.block);
  if (version.empty()) return;
  version_known_ = true;
  found("product.version", version, "version in a SIP message that this device made", kRankLog, place);
}

// "Server: CE_E" is written by an Expressway-E about itself. "Server: CE_C ECS" comes from an Expressway-C,
// but an Expressway-E may pass it on, so it counts least. "vcs_control." is how an Expressway-E asks its
// Expressway-C.
void LogFacts::look_at_http(const Record& record, const EventPlace& place) {
  if (edge_server_known_ && core_server_known_ && core_url_known_) return;
  const std::string_view block = record.block;
  if (equal_ignoring_case(record.detail, "Sending Response")) {
    const std::size_t server = block.find("Server: CE_");
    if (server == npos) return;
    const std::string_view name = block.substr(server + 8, 5);
    if (name.starts_with("CE_E") && !edge_server_known_) {
      edge_server_known_ = true;
      found("product.role", "expressway-e", "\"Server: CE_E\" in a response of the traffic server", kRankLog,
            place);
    } else if (name.starts_with("CE_C") && !core_server_known_) {
      core_server_known_ = true;
      found("product.role", "expressway-c",
            "inferred from \"Server: CE_C\" in a response of the traffic server", kRankGuessed, place);
    }
  } else if (!core_url_known_ && equal_ignoring_case(record.detail, "Receive Request")) {
    const std::string_view url = url_of(block);
    if (url.find("://vcs_control.") == npos) return;
    core_url_known_ = true;
    found("product.role", "expressway-c",
          "inferred from a vcs_control URL that the traffic server was asked for", kRankInferred, place);
  }
}

void LogFacts::found(std::string_view name, std::string_view value, std::string_view source, int rank,
                     const EventPlace& place) {
  sink_.facts.push_back({.member = place.member,
                         .name = std::string(name),
                         .value = std::string(value),
                         .source = std::string(source),
                         .line = place.line,
                         .offset = place.offset,
                         .rank = rank});
}

// Detail="configuration/cluster/tls_verify - changed from: 'Permissive' to: 'Enforcing'"
void LogFacts::look_at_change(const Record& record, const EventPlace& place) {
  if (!equal_ignoring_case(record.event, "System Configuration Changed")) return;
  constexpr std::string_view kFront = "configuration/";
  constexpr std::string_view kFrom = " - changed from: '";
  constexpr std::string_view kTo = "' to: '";
  const std::string_view detail = trimmed(record.detail);
  const std::size_t from = detail.find(kFrom);
  const std::size_t to = detail.rfind(kTo);
  const bool is_change = starts_with_ignoring_case(detail, kFront) && from != npos && to != npos &&
                         from + kFrom.size() <= to && detail.back() == '\'' && from <= kMaxSettingPath;
  if (!is_change) return;
  std::string path(detail.substr(kFront.size(), from - kFront.size()));
  std::replace(path.begin(), path.end(), '/', ' ');
  const std::string_view value = detail.substr(to + kTo.size());
  const auto at = changes_.find(path);
  if (at == changes_.end() && changes_.size() >= kMaxChanges) return;
  Change& change = at == changes_.end() ? changes_[path] : at->second;
  if (change.time && record.time && *record.time < *change.time) return;
  change = {.value = std::string(cut_at(value.substr(0, value.size() - 1), SettingFacts::kMaxValue)),
            .time = record.time,
            .place = place};
}

void LogFacts::finish() {
  constexpr std::string_view kSource = "a change of the setting in the log";
  for (const auto& [path, change] : changes_) {
    const std::string_view derived = fact_of_configuration(path);
    for (const std::string& name : {"configuration." + path, std::string(derived)}) {
      if (name == derived ? name.empty() || change.value.empty() : !sink_.settings.contains(name)) continue;
      found(name, change.value, kSource, kRankDump, change.place);
      sink_.facts.back().changed = change.time;
    }
  }
}

}  // namespace assay
