// A time is left empty: it is only ever asked for as a moment, not by its letters.
#include "match/written_fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <system_error>
#include <variant>

#include "evidence/words.h"

namespace assay {
namespace {

void write_value(const FieldValue& value, std::string& text) {
  if (const auto* words = std::get_if<std::string_view>(&value)) {
    text.append(*words);
  } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
    std::array<char, 24> digits;
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), *number);
    if (error == std::errc()) text.append(digits.data(), end);
  } else if (const auto* flag = std::get_if<bool>(&value)) {
    text.append(*flag ? "true" : "false");
  }
}

}  // namespace

WrittenField written_field(std::string_view name) {
  return {.name = lower_case(name), .key = field_key(name)};
}

void write_fields(const std::vector<WrittenField>& fields, const Event& event, FieldValues& values,
                  std::string& text) {
  text.clear();
  for (const WrittenField& field : fields) {
    read_field(field.key, event, values);
    for (const FieldValue& value : values.values) {
      text.append("\n").append(field.name).append("=");
      write_value(value, text);
      text.append("\n");
    }
  }
}

std::string written_value(std::string_view name, std::string_view value) {
  return written_begin(name).append(lower_case(value)).append("\n");
}

std::string written_begin(std::string_view name) {
  std::string begin(1, '\n');
  return begin.append(lower_case(name)).append("=");
}

}  // namespace assay
