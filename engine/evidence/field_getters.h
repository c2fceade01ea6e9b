// How a field is read: one small function for each name of the vocabulary.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/event.h"
#include "evidence/fields.h"

namespace assay {

struct FieldGetter {
  std::string_view name;  // as in the vocabulary; a test holds the two together
  ReadField read;
};

// Those of `tls` and `certificate`.
std::span<const FieldGetter> wire_getters();

// ---- Adding to the values of a field: what an event does not have adds nothing -------------------------

inline void add_value(std::string_view text, FieldValues& values) {
  if (!text.empty()) values.values.emplace_back(text);
}
inline void add_value(Time time, FieldValues& values) {
  values.values.emplace_back(time);
}
inline void add_value(bool flag, FieldValues& values) {
  values.values.emplace_back(flag);
}
template <std::integral Number>
void add_value(Number number, FieldValues& values) {
  values.values.emplace_back(static_cast<std::int64_t>(number));
}
template <class Value>
void add_value(const std::optional<Value>& value, FieldValues& values) {
  if (value) add_value(*value, values);
}
inline void add_value(const std::vector<std::string>& several, FieldValues& values) {
  for (const std::string& value : several) add_value(value, values);
}

}  // namespace assay
