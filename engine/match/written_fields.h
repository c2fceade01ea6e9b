// Events whose fields have no text in common, written out as "\nname=value\n" each, so that literals can be
// looked for in them as in a log record.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/event.h"
#include "evidence/fields.h"

namespace assay {

// A field to be written out.
struct WrittenField {
  std::string name;  // lower case
  FieldKey key;
};

// REQUIRES: find_field(name) != nullptr.
WrittenField written_field(std::string_view name);

// Replaces `text` by the values that the event has for the fields. `values` is space to work in.
void write_fields(const std::vector<WrittenField>& fields, const Event& event, FieldValues& values,
                  std::string& text);

// What is written for one value, in lower case; and how each value of a field begins.
std::string written_value(std::string_view name, std::string_view value);
std::string written_begin(std::string_view name);

}  // namespace assay
