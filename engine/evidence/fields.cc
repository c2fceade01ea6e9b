// Reads the fields of the vocabulary from events: one small function for each name.
#include "evidence/fields.h"

#include <algorithm>
#include <cassert>
#include <span>

#include "characters.h"
#include "evidence/field_getters.h"
#include "evidence/words.h"

namespace assay {
namespace {

const Record* record_of(const Event& event) {
  const auto* const log = std::get_if<LogEvent>(&event.what);
  return log == nullptr ? nullptr : log->record;
}

const Transaction* transaction_of(const Event& event) {
  const auto* const http = std::get_if<HttpEvent>(&event.what);
  return http == nullptr ? nullptr : http->transaction;
}

// ---- log ---------------------------------------------------------------------------------------------

template <auto member>
void of_record(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  if (const Record* record = record_of(event)) add_value(record->*member, values);
}

void log_text(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  if (record_of(event) != nullptr) add_value(event.text, values);
}

void log_pair(const Event& event, std::string_view rest, FieldValues& values) {
  const Record* record = record_of(event);
  if (record == nullptr) return;
  for (const Pair& pair : record->pairs) {
    if (equal_ignoring_case(pair.key, rest)) add_value(pair.value, values);
  }
}

// ---- http --------------------------------------------------------------------------------------------

template <auto member>
void of_transaction(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  if (const Transaction* transaction = transaction_of(event)) add_value(transaction->*member, values);
}

template <auto member>
void of_target(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Transaction* transaction = transaction_of(event);
  if (transaction != nullptr && transaction->target) add_value((*transaction->target).*member, values);
}

void http_duration(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Transaction* transaction = transaction_of(event);
  if (transaction == nullptr || !transaction->begin || !transaction->end) return;
  add_value((transaction->end->microseconds - transaction->begin->microseconds) / 1000, values);
}

void http_diagnostic(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Transaction* transaction = transaction_of(event);
  if (transaction == nullptr) return;
  for (const JoinedDiagnostic& diagnostic : transaction->diagnostics) add_value(diagnostic.text, values);
}

void http_join(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const Transaction* transaction = transaction_of(event);
  if (transaction == nullptr) return;
  for (const JoinedDiagnostic& diagnostic : transaction->diagnostics)
    add_value(to_string(diagnostic.join), values);
}

// ---- setting -----------------------------------------------------------------------------------------

void setting_source(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  const auto* const setting = std::get_if<SettingEvent>(&event.what);
  if (setting == nullptr) return;
  const bool is_configuration = setting->source == SettingEvent::Source::configuration;
  add_value(std::string_view(is_configuration ? "configuration" : "status"), values);
}

template <auto member>
void of_setting(const Event& event, std::string_view /*rest*/, FieldValues& values) {
  if (const auto* const setting = std::get_if<SettingEvent>(&event.what)) add_value(setting->*member, values);
}

constexpr FieldGetter kGetters[] = {
    {"log.time", of_record<&Record::time>},
    {"log.host", of_record<&Record::host>},
    {"log.process", of_record<&Record::process>},
    {"log.pid", of_record<&Record::pid>},
    {"log.thread", of_record<&Record::thread>},
    {"log.level", of_record<&Record::level>},
    {"log.module", of_record<&Record::module>},
    {"log.event", of_record<&Record::event>},
    {"log.detail", of_record<&Record::detail>},
    {"log.message", of_record<&Record::message>},
    {"log.block", of_record<&Record::block>},
    {"log.text", log_text},
    {"log.pair.*", log_pair},
    {"http.id", of_transaction<&Transaction::id>},
    {"http.process", of_transaction<&Transaction::process>},
    {"http.pid", of_transaction<&Transaction::pid>},
    {"http.time", of_transaction<&Transaction::begin>},
    {"http.duration", http_duration},
    {"http.client", of_transaction<&Transaction::client>},
    {"http.method", of_transaction<&Transaction::method>},
    {"http.url", of_transaction<&Transaction::url_asked>},
    {"http.url_sent", of_transaction<&Transaction::url_sent>},
    {"http.target.domain", of_target<&Target::domain>},
    {"http.target.protocol", of_target<&Target::protocol>},
    {"http.target.host", of_target<&Target::host>},
    {"http.target.port", of_target<&Target::port>},
    {"http.target.raw", of_target<&Target::raw>},
    {"http.target.decoded", of_target<&Target::decoded>},
    {"http.server", of_transaction<&Transaction::server>},
    {"http.status", of_transaction<&Transaction::status>},
    {"http.reason", of_transaction<&Transaction::reason>},
    {"http.user", of_transaction<&Transaction::user>},
    {"http.tracking_id", of_transaction<&Transaction::tracking_id>},
    {"http.complete", of_transaction<&Transaction::complete>},
    {"http.diagnostic", http_diagnostic},
    {"http.join", http_join},
    {"setting.source", setting_source},
    {"setting.path", of_setting<&SettingEvent::path>},
    {"setting.value", of_setting<&SettingEvent::value>},
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
