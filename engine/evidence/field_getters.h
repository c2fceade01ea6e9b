// How a field is read: one small function for each name of the vocabulary.
#pragma once

#include <span>
#include <string_view>

#include "evidence/event.h"
#include "evidence/fields.h"

namespace assay {

struct FieldGetter {
  std::string_view name;  // as in the vocabulary; a test holds the two together
  ReadField read;
};

// Those of `tls` and `certificate`.
std::span<const FieldGetter> wire_getters();

}  // namespace assay
