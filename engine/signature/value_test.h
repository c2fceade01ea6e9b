// Says whether a value passes what a signature says of it. Versions, moments and numbers are compared as
// such.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "assay/time.h"
#include "signature/signature.h"

namespace assay {

// A value of a field, a capture or a fact. Text is read as the test's type asks: "8443" passes {above: 1024}.
using TestedValue = std::variant<std::string_view, std::int64_t, Time, bool>;

// Whether this one value passes; `every` and `exists` do not matter here.
bool passes(const ValueTest& test, const TestedValue& value);

// The same for all values that a field has, or none: by `every` all of them, else at least one, has to pass;
// without a value only {exists: false} does. `captures` gets what the test's pattern captured in the first
// value that passed, as views into that value; it is cleared if there is nothing of the kind.
bool passes(const ValueTest& test, std::span<const TestedValue> values,
            std::vector<std::string_view>& captures);
bool passes(const ValueTest& test, std::span<const TestedValue> values);

// X8.11.4 < X12.5 < X14.0.7 < X14.2 = X14.2.0 = "X14.2 Test Software" < X14.2.1. Nothing if one of them is
// no version: digits, with or without an X or a v before and with dots between.
std::optional<std::strong_ordering> compare_versions(std::string_view a, std::string_view b);
bool is_version(std::string_view text);

// The value of text that is nothing but a decimal number.
std::optional<double> to_number(std::string_view text);

// "2022-07-11", "2022-07-11T16:55:26.016Z", "2022-07-11 18:55:26+02:00"; UTC where it names no offset.
std::optional<Time> to_time(std::string_view text);

// true, on, yes, 1 and false, off, no, 0, in any case.
std::optional<bool> to_flag(std::string_view text);

}  // namespace assay
