// A value that cannot be read as the type of its test (a version of "unknown", say) passes no comparison.
#include "signature/value_test.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "characters.h"

namespace assay {

namespace {

// Expressway has up to four numbers; what comes behind the sixth decides nothing.
using VersionNumbers = std::array<std::uint64_t, 6>;

std::optional<VersionNumbers> to_version(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  if (!text.empty() && (lower(text.front()) == 'x' || lower(text.front()) == 'v')) text.remove_prefix(1);
  VersionNumbers numbers{};
  std::size_t count = 0;
  while (!text.empty() && is_digit(text.front())) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    if (count < numbers.size()) numbers[count] = number;
    ++count;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.size() < 2 || text.front() != '.' || !is_digit(text[1])) break;
    text.remove_prefix(1);
  }
  if (count == 0) return std::nullopt;
  return numbers;
}

// How `value` stands to `operand`, read as `type`; nothing if they cannot be compared.
std::optional<std::partial_ordering> compare(FieldType type, const TestedValue& value,
                                             std::string_view operand) {
  const std::string_view* text = std::get_if<std::string_view>(&value);
  switch (type) {
    case FieldType::number: {
      const std::int64_t* number = std::get_if<std::int64_t>(&value);
      const std::optional<double> left = number != nullptr ? std::optional(static_cast<double>(*number))
                                         : text != nullptr ? to_number(*text)
                                                           : std::nullopt;
      const std::optional<double> right = to_number(operand);
      if (!left || !right) return std::nullopt;
      return *left <=> *right;
    }
    case FieldType::version: {
      if (text == nullptr) return std::nullopt;
      return compare_versions(*text, operand);
    }
    case FieldType::time: {
      const Time* time = std::get_if<Time>(&value);
      const std::optional<Time> left = time != nullptr   ? std::optional(*time)
                                       : text != nullptr ? to_time(*text)
                                                         : std::nullopt;
      const std::optional<Time> right = to_time(operand);
      if (!left || !right) return std::nullopt;
      return *left <=> *right;
    }
    case FieldType::text:
    case FieldType::word:
    case FieldType::flag:
      return std::nullopt;  // these have no order
  }
  return std::nullopt;
}

bool is_equal(FieldType type, const TestedValue& value, std::string_view operand) {
  const std::string_view* text = std::get_if<std::string_view>(&value);
  switch (type) {
    case FieldType::text:
      return text != nullptr && *text == operand;
    case FieldType::word:
      return text != nullptr && equal_ignoring_case(*text, operand);
    case FieldType::flag: {
      const bool* flag = std::get_if<bool>(&value);
      const std::optional<bool> left = flag != nullptr   ? std::optional(*flag)
                                       : text != nullptr ? to_flag(*text)
                                                         : std::nullopt;
      return left && left == to_flag(operand);
    }
    case FieldType::number:
    case FieldType::version:
    case FieldType::time:
      return compare(type, value, operand) == std::partial_ordering::equivalent;
  }
  return false;
}

bool holds(const ValueTest& test, const TestedValue& value, std::vector<std::string_view>& captures) {
  const std::string_view* text = std::get_if<std::string_view>(&value);
  const auto ordering = [&] { return compare(test.type, value, test.operands.front()); };
  switch (test.op) {
    case ValueTest::Operator::matches:
      return text != nullptr && test.pattern->search(*text, captures);
    case ValueTest::Operator::is:
    case ValueTest::Operator::one_of:
      return std::any_of(test.operands.begin(), test.operands.end(),
                         [&](const std::string& operand) { return is_equal(test.type, value, operand); });
    case ValueTest::Operator::contains:
      return text != nullptr && text->find(test.operands.front()) != std::string_view::npos;
    case ValueTest::Operator::at_least: {
      const auto order = ordering();
      return order && *order >= 0;
    }
    case ValueTest::Operator::at_most: {
      const auto order = ordering();
      return order && *order <= 0;
    }
    case ValueTest::Operator::above: {
      const auto order = ordering();
      return order && *order > 0;
    }
    case ValueTest::Operator::below: {
      const auto order = ordering();
      return order && *order < 0;
    }
    case ValueTest::Operator::exists:
      return test.operands.front() == "true";
  }
  return false;
}

}  // namespace

bool passes(const ValueTest& test, const TestedValue& value) {
  std::vector<std::string_view> captures;
  return holds(test, value, captures) != test.negated;
}

bool passes(const ValueTest& test, std::span<const TestedValue> values,
            std::vector<std::string_view>& captures) {
  captures.clear();
  if (test.op == ValueTest::Operator::exists) return (test.operands.front() == "true") != values.empty();
  bool any = false;
  for (const TestedValue& value : values) {
    // Once one has passed, the others may only spoil it for `every`; their captures do not count.
    const bool passed = any ? passes(test, value) : holds(test, value, captures) != test.negated;
    if (test.every && !passed) {
      captures.clear();
      return false;
    }
    any = any || passed;
    if (any && !test.every) break;
  }
  if (!any || test.negated) captures.clear();
  return any;
}

bool passes(const ValueTest& test, std::span<const TestedValue> values) {
  std::vector<std::string_view> captures;
  return passes(test, values, captures);
}

std::optional<std::strong_ordering> compare_versions(std::string_view a, std::string_view b) {
  const std::optional<VersionNumbers> left = to_version(a);
  const std::optional<VersionNumbers> right = to_version(b);
  if (!left || !right) return std::nullopt;
  return *left <=> *right;
}

bool is_version(std::string_view text) {
  return to_version(text).has_value();
}

std::optional<double> to_number(std::string_view text) {
  double number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  const bool digits = !text.empty() && (is_digit(text.back()) || text.back() == '.');  // neither inf nor nan
  if (error != std::errc() || end != text.data() + text.size() || !digits) return std::nullopt;
  return number;
}

std::optional<bool> to_flag(std::string_view text) {
  for (const std::string_view yes : {"true", "on", "yes", "1"}) {
    if (equal_ignoring_case(text, yes)) return true;
  }
  for (const std::string_view no : {"false", "off", "no", "0"}) {
    if (equal_ignoring_case(text, no)) return false;
  }
  return std::nullopt;
}

namespace {

// Takes `digits` digits off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits ||
      !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(digits), is_digit)) {
    return std::nullopt;
  }
  int number = 0;
  std::from_chars(text.data(), text.data() + digits, number);
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, std::string_view one_of) {
  if (text.empty() || one_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::chrono::microseconds> take_date(std::string_view& text) {
  const std::optional<int> year = take_number(text, 4);
  if (!year || !take(text, "-")) return std::nullopt;
  const std::optional<int> month = take_number(text, 2);
  if (!month || !take(text, "-")) return std::nullopt;
  const std::optional<int> day = take_number(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch();
}

// "16:55", "16:55:26", "16:55:26.016"
std::optional<std::chrono::microseconds> take_clock(std::string_view& text) {
  const std::optional<int> hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take(text, ":")) return std::nullopt;
  const std::optional<int> minute = take_number(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::chrono::microseconds clock = std::chrono::hours(*hour) + std::chrono::minutes(*minute);
  if (!take(text, ":")) return clock;
  const std::optional<int> second = take_number(text, 2);
  if (!second || *second > 60) return std::nullopt;
  clock += std::chrono::seconds(*second);
  if (!take(text, ".,")) return clock;
  for (int unit = 100'000; !text.empty() && is_digit(text.front()); unit /= 10) {
    clock += std::chrono::microseconds((text.front() - '0') * unit);
    text.remove_prefix(1);
  }
  return clock;
}

}  // namespace

std::optional<Time> to_time(std::string_view text) {
  const std::optional<std::chrono::microseconds> date = take_date(text);
  if (!date) return std::nullopt;
  std::chrono::microseconds moment = *date;
  if (take(text, "T ")) {
    const std::optional<std::chrono::microseconds> clock = take_clock(text);
    if (!clock) return std::nullopt;
    moment += *clock;
  }
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    const int sign = text.front() == '+' ? 1 : -1;
    text.remove_prefix(1);
    const std::optional<int> hours = take_number(text, 2);
    take(text, ":");
    const std::optional<int> minutes = take_number(text, 2);
    if (!hours || !minutes) return std::nullopt;
    moment -= sign * (std::chrono::hours(*hours) + std::chrono::minutes(*minutes));
  } else {
    take(text, "Z");
  }
  if (!text.empty()) return std::nullopt;
  return Time{moment.count()};
}

}  // namespace assay
