// Reads the fields of the vocabulary from events: one small function for each name.
#include "evidence/fields.h"

#include <algorithm>
#include <cassert>
#include <span>

#include "evidence/field_getters.h"
#include "evidence/words.h"

namespace assay {
namespace {

void add(FieldValues& values, std::string_view text) {
  if (!text.empty()) values.values.emplace_back(text);
}

const Record* record_of(const Event& event) {
  const auto* const log = std::get_if<LogEvent>(&event.what);
  return log == nullptr ? nullptr : log->record;
}

const Transaction* transaction_of(const Event& event) {
  const auto* const http = std::get_if<HttpEvent>(&event.what);
  return http == nullptr ? nullptr : http->transaction;
}

// A text of the record, or of the transaction, that is one of its members.
template <auto member>
void record_text(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  if (const Record* record = record_of(event)) add(values, record->*member);
}

template <auto member>
void transaction_text(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  if (const Transaction* transaction = transaction_of(event)) add(values, transaction->*member);
}

template <auto member>
void target_text(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Transaction* transaction = transaction_of(event);
  if (transaction != nullptr && transaction->target) add(values, (*transaction->target).*member);
}

void log_time(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Record* record = record_of(event);
  if (record != nullptr && record->time) values.values.emplace_back(*record->time);
}

void log_pid(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Record* record = record_of(event);
  if (record != nullptr && record->pid) values.values.emplace_back(std::int64_t{*record->pid});
}

void log_text(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  if (record_of(event) != nullptr) add(values, event.text);
}

void log_pair(const Event& event, std::string_view rest, FieldValues& values) {
  const Record* record = record_of(event);
  if (record == nullptr) return;
  for (const Pair& pair : record->pairs) {
    if (equal_ignoring_case(pair.key, rest)) add(values, pair.value);
  }
}

void http_time(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Transaction* transaction = transaction_of(event);
  if (transaction != nullptr && transaction->begin) values.values.emplace_back(*transaction->begin);
}

void http_pid(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Transaction* transaction = transaction_of(event);
  if (transaction != nullptr && transaction->pid) values.values.emplace_back(std::int64_t{*transaction->pid});
}

void http_duration(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Transaction* transaction = transaction_of(event);
  if (transaction == nullptr || !transaction->begin || !transaction->end) return;
  values.values.emplace_back((transaction->end->microseconds - transaction->begin->microseconds) / 1000);
}

void http_status(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Transaction* transaction = transaction_of(event);
  if (transaction != nullptr && transaction->status) {
    values.values.emplace_back(std::int64_t{*transaction->status});
  }
}

void http_complete(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  if (const Transaction* transaction = transaction_of(event))
    values.values.emplace_back(transaction->complete);
}

void http_target_port(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Transaction* transaction = transaction_of(event);
  if (transaction == nullptr || !transaction->target || !transaction->target->port) return;
  values.values.emplace_back(std::int64_t{*transaction->target->port});
}

void http_target_decoded(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Transaction* transaction = transaction_of(event);
  if (transaction != nullptr && transaction->target) values.values.emplace_back(transaction->target->decoded);
}

void http_diagnostic(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Transaction* transaction = transaction_of(event);
  if (transaction == nullptr) return;
  for (const JoinedDiagnostic& diagnostic : transaction->diagnostics) add(values, diagnostic.text);
}

void http_join(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Transaction* transaction = transaction_of(event);
  if (transaction == nullptr) return;
  for (const JoinedDiagnostic& diagnostic : transaction->diagnostics) add(values, to_string(diagnostic.join));
}

void setting_source(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const auto* const setting = std::get_if<SettingEvent>(&event.what);
  if (setting == nullptr) return;
  add(values, setting->source == SettingEvent::Source::configuration ? "configuration" : "status");
}

void setting_path(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  if (const auto* const setting = std::get_if<SettingEvent>(&event.what)) add(values, setting->path);
}

void setting_value(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  if (const auto* const setting = std::get_if<SettingEvent>(&event.what)) add(values, setting->value);
}

constexpr FieldGetter kGetters[] = {
    {"log.time", log_time},
    {"log.host", record_text<&Record::host>},
    {"log.process", record_text<&Record::process>},
    {"log.pid", log_pid},
    {"log.thread", record_text<&Record::thread>},
    {"log.level", record_text<&Record::level>},
    {"log.module", record_text<&Record::module>},
    {"log.event", record_text<&Record::event>},
    {"log.detail", record_text<&Record::detail>},
    {"log.message", record_text<&Record::message>},
    {"log.block", record_text<&Record::block>},
    {"log.text", log_text},
    {"log.pair.*", log_pair},
    {"http.id", transaction_text<&Transaction::id>},
    {"http.process", transaction_text<&Transaction::process>},
    {"http.pid", http_pid},
    {"http.time", http_time},
    {"http.duration", http_duration},
    {"http.client", transaction_text<&Transaction::client>},
    {"http.method", transaction_text<&Transaction::method>},
    {"http.url", transaction_text<&Transaction::url_asked>},
    {"http.url_sent", transaction_text<&Transaction::url_sent>},
    {"http.target.domain", target_text<&Target::domain>},
    {"http.target.protocol", target_text<&Target::protocol>},
    {"http.target.host", target_text<&Target::host>},
    {"http.target.port", http_target_port},
    {"http.target.raw", target_text<&Target::raw>},
    {"http.target.decoded", http_target_decoded},
    {"http.server", transaction_text<&Transaction::server>},
    {"http.status", http_status},
    {"http.reason", transaction_text<&Transaction::reason>},
    {"http.user", transaction_text<&Transaction::user>},
    {"http.tracking_id", transaction_text<&Transaction::tracking_id>},
    {"http.complete", http_complete},
    {"http.diagnostic", http_diagnostic},
    {"http.join", http_join},
    {"setting.source", setting_source},
    {"setting.path", setting_path},
    {"setting.value", setting_value},
};

ReadField getter_of(std::string_view name) {
  for (const std::span<const FieldGetter> getters :
       {std::span<const FieldGetter>(kGetters), wire_getters()}) {
    const auto found = std::find_if(getters.begin(), getters.end(),
                                    [&](const FieldGetter& entry) { return entry.name == name; });
    if (found != getters.end()) return found->read;
  }
  return nullptr;
}

}  // namespace

FieldKey field_key(std::string_view name) {
  const Field* field = find_field(name);
  assert(field != nullptr);
  FieldKey key{.field = field, .read = getter_of(field->name), .rest = {}};
  assert(key.read != nullptr);
  if (field->name.ends_with(".*")) key.rest = name.substr(field->name.size() - 1);
  return key;
}

void read_field(const FieldKey& key, const Event& event, FieldValues& values) {
  values.values.clear();
  values.storage.clear();
  key.read(event, key.rest, values);
}

std::string_view kind_of(const Event& event) {
  static constexpr std::string_view kKinds[] = {"log", "http", "setting", "tls", "certificate"};
  return kKinds[event.what.index()];
}

}  // namespace assay
