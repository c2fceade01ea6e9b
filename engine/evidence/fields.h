// Reads the fields of the table in assay/fields.h from events.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "assay/fields.h"
#include "evidence/event.h"

namespace assay {

// text, word and version are views (into the event, or into `storage` of the Values); the others are numbers.
using FieldValue = std::variant<std::string_view, std::int64_t, Time, bool>;

struct FieldValues {
  std::vector<FieldValue> values;
  std::string storage;
};

// Adds the values that the event has of one field; `rest` is what "*" stands for in its name.
using ReadField = void (*)(const Event& event, std::string_view rest, FieldValues& values);

// A resolved field name: made once when signatures are compiled, used for every event.
struct FieldKey {
  const Field* field = nullptr;
  ReadField read = nullptr;
  std::string rest;  // for "log.pair.Src-ip": "Src-ip"
};

// REQUIRES: find_field(name) != nullptr.
FieldKey field_key(std::string_view name);

// Replaces `values` by the values that the event has: none if the field is absent or empty, or if the
// event is of another kind. Views live as long as the event's and as `storage` is left alone.
void read_field(const FieldKey& key, const Event& event, FieldValues& values);

// The kind of an event as in field names: "log", "http", "setting", "tls", "certificate".
std::string_view kind_of(const Event& event);

}  // namespace assay
