// Counts each event under its bundle and shape.
#include "match/unexplained.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>

#include "characters.h"
#include "evidence/fields.h"
#include "evidence/words.h"
#include "text/cut.h"
#include "text/pairs.h"
#include "text/severity.h"
#include "text/shape.h"

namespace assay {
namespace {

constexpr int kFirstFailure = 400;

// A server that wants credentials asks for them so, and the same request is then sent again with them.
constexpr int kWantsCredentials = 401;
constexpr int kProxyWantsCredentials = 407;

bool has_failed(const Transaction& transaction) {
  const int status = transaction.status.value_or(0);
  return status >= kFirstFailure && status != kWantsCredentials && status != kProxyWantsCredentials;
}

// The message behind the pairs that every record begins with: when, how severe, where in the code.
std::string_view words_of(const Record& record) {
  constexpr std::array<std::string_view, 7> kFront{"UTCTime", "Module", "Level",   "CodeLocation",
                                                   "Method",  "Thread", "ThreadID"};
  std::string_view rest = record.message;
  for (const Pair& pair : record.pairs) {
    const bool is_front = std::any_of(kFront.begin(), kFront.end(), [&pair](std::string_view key) {
      return equal_ignoring_case(pair.key, key);
    });
    if (!is_front || pair.value.empty() || pair.key.data() != rest.data()) break;
    const auto end = static_cast<std::size_t>(pair.value.data() + pair.value.size() - rest.data());
    if (end > rest.size()) break;
    rest.remove_prefix(end);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\",:"), rest.size()));
  }
  return rest.empty() ? record.message : rest;
}

// What a record says apart from its numbers and names. Pairs other than Event and Detail are left out: they
// say to whom it happened, not what.
void append_record_shape(const Record& record, std::string& shape) {
  shape += record.process;
  shape += record.module.empty() || record.process.empty() ? "" : " ";
  shape += record.module;
  shape += record.process.empty() && record.module.empty() ? "" : ": ";
  if (record.event.empty() && record.detail.empty()) {
    append_shape(words_of(record), shape);
    return;
  }
  append_shape(record.event, shape);
  if (!record.event.empty() && !record.detail.empty()) shape += ": ";
  append_shape(record.detail, shape);
}

// Of a response to a request that was not seen.
void append_response_shape(std::string_view status, std::string_view reason, std::string& shape) {
  shape.append(status).append(" ").append(reason).append(" to a request that was not seen");
}

void append_transaction_shape(const Transaction& transaction, std::string& shape) {
  const std::string status = fmt::to_string(*transaction.status);
  const bool has_host =
      transaction.target && transaction.target->decoded && !transaction.target->host.empty();
  if (!has_host && transaction.server.empty() && transaction.url_asked.empty())
    return append_response_shape(status, transaction.reason, shape);
  shape.append(status).append(" ").append(transaction.reason).append(" from ");
  if (has_host) {
    shape += fmt::format("{}:{}", transaction.target->host, transaction.target->port.value_or(0));
  } else {
    shape += transaction.server.empty() ? "no server" : transaction.server;
  }
}

bool was_refused(const Handshake& handshake) {
  return handshake.outcome == HandshakeOutcome::refused_by_client ||
         handshake.outcome == HandshakeOutcome::refused_by_server;
}

// Without the client: a server that one client refuses is refused by many.
void append_handshake_shape(const Event& event, const Handshake& handshake, std::string& shape) {
  static const FieldKey kAlert = field_key("tls.alert.description");
  const bool by_client = handshake.outcome == HandshakeOutcome::refused_by_client;
  shape.append("TLS with ").append(to_string(handshake.server));
  shape.append(by_client ? " refused by client" : " refused by server");
  FieldValues alert;
  read_field(kAlert, event, alert);
  if (!alert.values.empty()) shape.append(": ").append(std::get<std::string_view>(alert.values.front()));
}

// `noted` is sorted and has each once.
void note_signatures(std::span<const std::uint32_t> signatures, std::vector<std::uint32_t>& noted) {
  for (const std::uint32_t signature : signatures) {
    const auto at = std::lower_bound(noted.begin(), noted.end(), signature);
    if (at == noted.end() || *at != signature) noted.insert(at, signature);
  }
}

void begin_key(std::uint32_t bundle, std::string& key) {
  key.assign(reinterpret_cast<const char*>(&bundle), sizeof bundle);
}

// Tells an alarm of a host from all others; empty if the record does not say which one it is.
std::string key_of_alarm(const Record& record, std::uint32_t bundle) {
  std::string_view alarm = pair_value(record, "UUID");
  if (alarm.empty()) alarm = pair_value(record, "Id");
  if (alarm.empty()) return {};
  std::string key;
  begin_key(bundle, key);
  return key.append(record.host).append(" ").append(alarm);
}

// What explains the TLS error of a transaction explains that it failed: the key of that error.
std::string key_of(const JoinedDiagnostic& diagnostic, const Transaction& transaction, std::uint32_t bundle) {
  Record record;
  record.process = transaction.process;
  record.message = diagnostic.text;
  std::string key;
  begin_key(bundle, key);
  append_record_shape(record, key);
  return key;
}

bool raises_alarm(const Record& record) {
  return equal_ignoring_case(record.event, "Alarm Raised");
}

EventSighting sighting_of(const Event& event) {
  const std::hash<std::string_view> hash;
  EventSighting sighting{.what = 0, .member = event.place.member};
  if (const auto* http = std::get_if<HttpEvent>(&event.what)) {
    const Transaction& transaction = *http->transaction;
    const std::int64_t end = transaction.end ? transaction.end->microseconds : 0;
    sighting.what =
        (hash(transaction.client) * 31 + hash(transaction.id)) * 31 + static_cast<std::uint64_t>(end);
  } else {
    sighting.what = hash(trimmed(event.text));  // the last record of a file may lack the end of its line
  }
  return sighting;
}

}  // namespace

void Occurrences::add(const Occurrences& other) {
  count += other.count;
  if (other.first && (!first || *other.first < *first)) first = other.first;
  if (other.last && (!last || *last < *other.last)) last = other.last;
}

void Occurrences::add(std::optional<Time> time) {
  add({.count = 1, .first = time, .last = time});
}

Occurrences in_all_members(const Alike& alike) {
  Occurrences all;
  for (const auto& [member, occurrences] : alike.in_members) all.add(occurrences);
  return all;
}

void UnexplainedKeeper::add(const Event& event, std::uint32_t bundle, std::span<const std::uint32_t> hit_by) {
  const auto* log = std::get_if<LogEvent>(&event.what);
  const auto* http = std::get_if<HttpEvent>(&event.what);
  const auto* tls = std::get_if<TlsEvent>(&event.what);
  if (log != nullptr && lowers_alarm(*log->record)) return lower_alarm(*log->record, bundle);
  if (log != nullptr && !hit_by.empty()) note_error_response(*log->record, bundle, hit_by);
  if (log != nullptr && is_lowered_later(*log->record, bundle)) return;
  begin_key(bundle, key_);
  if (log != nullptr && is_severe(*log->record)) {
    append_record_shape(*log->record, key_);
  } else if (http != nullptr && has_failed(*http->transaction)) {
    append_transaction_shape(*http->transaction, key_);
  } else if (tls != nullptr && was_refused(*tls->handshake)) {
    append_handshake_shape(event, *tls->handshake, key_);
  } else {
    return;
  }
  Alike* const alike = find_or_add(event, sizeof bundle);
  if (alike == nullptr) {
    ++uncounted_;
    return;
  }
  const EventSighting sighting = sighting_of(event);
  count(event, sighting, *alike);
  note_signatures(hit_by, alike->signatures);
  if (log != nullptr) return note_alarm(*log->record, bundle, sighting);
  if (http == nullptr) return;
  for (const JoinedDiagnostic& diagnostic : http->transaction->diagnostics) {
    const auto found = by_shape_.find(key_of(diagnostic, *http->transaction, bundle));
    if (found != by_shape_.end()) note_signatures(found->second.signatures, alike->signatures);
  }
}

void UnexplainedKeeper::count(const Event& event, const EventSighting& sighting, Alike& alike) {
  const std::uint32_t member = sighting.member;
  const bool is_kept = alike.in_members.size() < kMembersEach || alike.in_members.contains(member);
  alike.in_members[is_kept ? member : kFurtherMembers].add(event.time);
  if (!is_kept || sightings_ >= kSightings) return;
  ++sightings_;
  alike.sightings.push_back(sighting);
}

bool UnexplainedKeeper::is_lowered_later(const Record& record, std::uint32_t bundle) const {
  if (lowered_.empty() || !record.time || !raises_alarm(record)) return false;
  const auto lowered = lowered_.find(key_of_alarm(record, bundle));
  return lowered != lowered_.end() && *record.time < lowered->second;
}

void UnexplainedKeeper::note_alarm(const Record& record, std::uint32_t bundle,
                                   const EventSighting& sighting) {
  if (raised_.size() >= kShapes || !raises_alarm(record)) return;
  std::string key = key_of_alarm(record, bundle);
  if (key.empty()) return;
  raised_.emplace(std::move(key), Raised{.shape = key_, .sighting = sighting, .time = record.time});
}

// Only what was raised before: the log may begin between.
void UnexplainedKeeper::lower_alarm(const Record& record, std::uint32_t bundle) {
  const std::string key = key_of_alarm(record, bundle);
  const auto [begin, end] = raised_.equal_range(key);
  for (auto at = begin; at != end;) {
    const bool was_before = !record.time || !at->second.time || *at->second.time <= *record.time;
    if (was_before) forget(at->second);
    at = was_before ? raised_.erase(at) : std::next(at);
  }
  if (!record.time || key.empty() || (lowered_.size() >= kShapes && !lowered_.contains(key))) return;
  Time& last = lowered_.try_emplace(key, *record.time).first->second;
  last = std::max(last, *record.time);
}

void UnexplainedKeeper::forget(const Raised& raised) {
  const auto found = by_shape_.find(raised.shape);
  if (found == by_shape_.end()) return;
  auto& in_members = found->second.in_members;
  const std::uint32_t member = raised.sighting.member;
  const auto seen = in_members.contains(member) ? in_members.find(member) : in_members.find(kFurtherMembers);
  if (seen != in_members.end() && --seen->second.count == 0) in_members.erase(seen);
  auto& sightings = found->second.sightings;
  const auto sighting = std::find(sightings.rbegin(), sightings.rend(), raised.sighting);
  if (sighting != sightings.rend()) {
    *sighting = sightings.back();
    sightings.pop_back();
    --sightings_;
  }
  if (!in_members.empty()) return;
  sightings_ -= sightings.size();
  by_shape_.erase(found);
}

void UnexplainedKeeper::note_error_response(const Record& record, std::uint32_t bundle,
                                            std::span<const std::uint32_t> hit_by) {
  if (!equal_ignoring_case(record.event, "Sending HTTP error response")) return;
  begin_key(bundle, key_);
  append_response_shape(pair_value(record, "Status"), pair_value(record, "Reason"), key_);
  if (error_responses_.size() >= kShapes && !error_responses_.contains(key_)) return;
  note_signatures(hit_by, error_responses_[key_]);
}

// The entry of `key_`, whose shape begins at `shape_begin`; null if there is no room for one.
Alike* UnexplainedKeeper::find_or_add(const Event& event, std::size_t shape_begin) {
  const auto found = by_shape_.find(key_);
  if (found != by_shape_.end()) return &found->second;
  if (!has_room()) return nullptr;
  Alike& alike = by_shape_[key_];
  const auto* log = std::get_if<LogEvent>(&event.what);
  alike.member = event.place.member;
  alike.kind = kind_of(event);
  alike.level = log != nullptr ? log->record->level : std::string_view();
  alike.shape = key_.substr(shape_begin);
  alike.place = event.place;
  alike.text = cut_at(event.text, kExampleBytes);
  return &alike;
}

// Lets go of everything that was seen once only: in a flood of shapes those are noise. Where that makes
// little room it is not tried again, so that it stays cheap.
bool UnexplainedKeeper::has_room() {
  if (by_shape_.size() < kShapes) return true;
  if (is_full_) return false;
  for (auto at = by_shape_.begin(); at != by_shape_.end();) {
    if (in_all_members(at->second).count > 1) {
      ++at;
      continue;
    }
    ++uncounted_;
    sightings_ -= at->second.sightings.size();
    at = by_shape_.erase(at);
  }
  is_full_ = by_shape_.size() > kShapes - kShapes / 10;
  return by_shape_.size() < kShapes;
}

KeptAlike UnexplainedKeeper::take() {
  KeptAlike kept;
  for (auto& [key, alike] : by_shape_) {
    const auto response = error_responses_.find(key);
    if (response != error_responses_.end()) note_signatures(response->second, alike.signatures);
    kept.alike.push_back(std::move(alike));
  }
  kept.uncounted = uncounted_;
  by_shape_.clear();
  raised_.clear();
  lowered_.clear();
  error_responses_.clear();
  sightings_ = 0;
  uncounted_ = 0;
  is_full_ = false;
  return kept;
}

}  // namespace assay
