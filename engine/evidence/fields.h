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

// A resolved field name: made once when signatures are compiled, used for every event.
struct FieldKey {
  const Field* field = nullptr;
  std::uint32_t getter = 0;  // index of the table
  std::string rest;          // for "log.pair.Src-ip": "Src-ip"
};

// REQUIRES: find_field(name) != nullptr.
FieldKey field_key(std::string_view name);

// text, word and version are views (into the event, or into `storage` of the Values); the others are numbers.
using FieldValue = std::variant<std::string_view, std::int64_t, Time, bool>;

// Replaces `values` by the values that the event has: none if the field is absent or empty, or if the
// event is of another kind. Views live as long as the event's and as `storage` is left alone.
struct FieldValues {
  std::vector<FieldValue> values;
  std::string storage;
};
void read_field(const FieldKey& key, const Event& event, FieldValues& values);

// The kind of an event as in field names: "log", "http", "setting".
std::string_view kind_of(const Event& event);

}  // namespace assay
