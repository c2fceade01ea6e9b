// How values of a report become JSON: without loss where they are evidence, readable where they are words.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assay/place.h"
#include "assay/report.h"
#include "assay/time.h"

namespace assay {

using Json = nlohmann::ordered_json;

// A value of the evidence, without loss.
Json value_of(std::string_view bytes);
Json values_of(const std::vector<std::string>& list);
// The same, where "" says that nothing is known.
Json value_or_null(std::string_view bytes);

// Words for people. Line breaks stay; a byte that is no character is spelled out.
std::string words_of(std::string_view bytes);
Json words_of(const std::vector<std::string>& list);
Json words_or_null(std::string_view words);

Json time_of(const std::optional<Time>& time);
Json line_of(const Place& place);

template <class Value>
Json optional_of(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json captures_of(const Captures& captures);
Json missing_of(const std::vector<Missing>& list);
Json problems_of(const std::vector<Problem>& problems);

// Spells out the characters that JSON allows in a string but a terminal would obey.
std::string escape_unsafe(std::string_view json);

}  // namespace assay
