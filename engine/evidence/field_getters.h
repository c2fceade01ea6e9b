// How a field is read: one small function for each name of the vocabulary.
#pragma once

#include <span>
#include <string_view>

#include "evidence/event.h"
#include "evidence/fields.h"

namespace assay {

// Adds the values that the event has of the field; `rest` is what "*" stands for in its name.
using ReadField = void (*)(const Event& event, std::string_view rest, FieldValues& values);

struct FieldGetter {
  std::string_view name;  // as in the vocabulary; a test holds the two together
  ReadField read;
};

// Those of `tls` and `certificate`.
std::span<const FieldGetter> wire_getters();

}  // namespace assay
