// Reads a test aloud.
#include "explain/test_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace assay {
namespace {

std::string first_operand(const ValueTest& test) {
  return test.operands.empty() ? std::string() : test.operands.front();
}

std::string plain_words(const ValueTest& test) {
  switch (test.op) {
    case ValueTest::Operator::matches:
      return fmt::format("matches '{}'", test.pattern ? test.pattern->text() : first_operand(test));
    case ValueTest::Operator::is:
      return fmt::format("is {}", first_operand(test));
    case ValueTest::Operator::one_of:
      return fmt::format("is one of {}", fmt::join(test.operands, ", "));
    case ValueTest::Operator::contains:
      return fmt::format("contains '{}'", first_operand(test));
    case ValueTest::Operator::at_least:
      return fmt::format("is at least {}", first_operand(test));
    case ValueTest::Operator::at_most:
      return fmt::format("is at most {}", first_operand(test));
    case ValueTest::Operator::above:
      return fmt::format("is above {}", first_operand(test));
    case ValueTest::Operator::below:
      return fmt::format("is below {}", first_operand(test));
    case ValueTest::Operator::exists:
      return first_operand(test) == "false" ? "does not exist" : "exists";
  }
  return "";
}

}  // namespace

std::string words_of(const ValueTest& test) {
  return fmt::format("{}{}{}", test.every ? "in every value " : "", test.negated ? "not: " : "",
                     plain_words(test));
}

std::string words_of(std::string_view subject, const ValueTest& test) {
  return fmt::format("{} {}", subject, words_of(test));
}

}  // namespace assay
