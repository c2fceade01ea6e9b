// Values are compared as what they are: versions, numbers, moments, words.
#include "signature/value_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Operator = ValueTest::Operator;

ValueTest test(FieldType type, Operator op, std::vector<std::string> operands) {
  ValueTest result;
  result.op = op;
  result.type = type;
  result.operands = std::move(operands);
  return result;
}

ValueTest matching(std::string_view pattern) {
  ValueTest result = test(FieldType::text, Operator::matches, {});
  result.pattern = std::make_shared<const Pattern>(std::get<Pattern>(Pattern::compile(pattern)));
  return result;
}

TEST(Versions, AreComparedNumberByNumber) {
  const std::vector<std::string_view> ascending = {"X8.10.2", "X8.11.4", "X12.5",   "X12.5.9",
                                                   "X14.0.7", "X14.2",   "X14.2.1", "X15.0"};
  for (std::size_t i = 0; i + 1 < ascending.size(); ++i) {
    EXPECT_EQ(compare_versions(ascending[i], ascending[i + 1]), std::strong_ordering::less) << ascending[i];
    EXPECT_EQ(compare_versions(ascending[i + 1], ascending[i]), std::strong_ordering::greater)
        << ascending[i];
  }
}

TEST(Versions, IgnoreWhatFollowsTheNumbers) {
  for (const std::string_view same :
       {"X14.2", "x14.2", "14.2", "X14.2.0", "X14.2 Test Software", "X14.2-b2bua-1.0", " X14.2"}) {
    EXPECT_EQ(compare_versions("X14.2", same), std::strong_ordering::equal) << same;
  }
}

TEST(Versions, AreNoneWithoutDigits) {
  for (const std::string_view none : {"", "X", "unknown", "Xx14", "-14", "99999999999999999999999"}) {
    EXPECT_FALSE(is_version(none)) << none;
  }
}

TEST(ValueTest, RangesIncludeTheirEndsWhereTheySay) {
  EXPECT_TRUE(passes(test(FieldType::version, Operator::at_least, {"X14.2"}), "X14.2"));
  EXPECT_FALSE(passes(test(FieldType::version, Operator::above, {"X14.2"}), "X14.2"));
  EXPECT_TRUE(passes(test(FieldType::version, Operator::at_most, {"X14.2"}), "X14.2"));
  EXPECT_FALSE(passes(test(FieldType::version, Operator::below, {"X14.2"}), "X14.2"));
  EXPECT_TRUE(passes(test(FieldType::version, Operator::below, {"X14.2"}), "X8.11.4"));
}

TEST(ValueTest, NumbersAreReadFromTextToo) {
  EXPECT_TRUE(passes(test(FieldType::number, Operator::above, {"99"}), "502"));
  EXPECT_TRUE(passes(test(FieldType::number, Operator::is, {"502"}), std::int64_t{502}));
  EXPECT_TRUE(passes(test(FieldType::number, Operator::one_of, {"502", "504.0"}), std::int64_t{504}));
  EXPECT_FALSE(passes(test(FieldType::number, Operator::is, {"502"}), "502 "));
  EXPECT_FALSE(passes(test(FieldType::number, Operator::at_least, {"0"}), "inf"));
}

TEST(ValueTest, MomentsKnowTheirOffset) {
  EXPECT_EQ(to_time("2022-07-11T18:55:26.016+02:00"), to_time("2022-07-11T16:55:26.016Z"));
  EXPECT_EQ(to_time("1970-01-02"), Time{86'400'000'000});
  EXPECT_EQ(to_time("1970-01-01 00:00:01,5"), Time{1'500'000});
  EXPECT_FALSE(to_time("2022-02-30"));
  EXPECT_FALSE(to_time("2022-02-03T"));
  EXPECT_FALSE(to_time("yesterday"));
  EXPECT_TRUE(passes(test(FieldType::time, Operator::below, {"1970-01-02"}), Time{86'399'999'999}));
}

TEST(ValueTest, WordsIgnoreCaseAndTextDoesNot) {
  EXPECT_TRUE(passes(test(FieldType::word, Operator::is, {"expressway-c"}), "Expressway-C"));
  EXPECT_FALSE(passes(test(FieldType::word, Operator::is, {"expressway"}), "Expressway-C"));
  EXPECT_FALSE(passes(test(FieldType::text, Operator::is, {"failed"}), "Failed"));
  EXPECT_TRUE(passes(test(FieldType::text, Operator::contains, {"ail"}), "Failed"));
  EXPECT_FALSE(passes(test(FieldType::text, Operator::contains, {"AIL"}), "Failed"));
}

TEST(ValueTest, FlagsAreReadFromTheirWords) {
  EXPECT_TRUE(passes(test(FieldType::flag, Operator::is, {"true"}), "On"));
  EXPECT_TRUE(passes(test(FieldType::flag, Operator::is, {"false"}), false));
  EXPECT_FALSE(passes(test(FieldType::flag, Operator::is, {"false"}), "maybe"));
}

TEST(ValueTest, AnyOfSeveralIsEnoughUnlessEveryOneIsAsked) {
  const std::vector<TestedValue> values = {"rsa", "ecdsa"};
  ValueTest one = test(FieldType::word, Operator::is, {"ecdsa"});
  EXPECT_TRUE(passes(one, values));
  one.every = true;
  EXPECT_FALSE(passes(one, values));
  one.operands = {"dsa"};
  one.negated = true;
  EXPECT_TRUE(passes(one, values));
}

TEST(ValueTest, WithoutAValueOnlyItsAbsencePasses) {
  const std::vector<TestedValue> none;
  ValueTest one = test(FieldType::word, Operator::is, {"ecdsa"});
  EXPECT_FALSE(passes(one, none));
  one.negated = true;
  EXPECT_FALSE(passes(one, none));
  one.every = true;
  EXPECT_FALSE(passes(one, none));
  EXPECT_TRUE(passes(test(FieldType::word, Operator::exists, {"false"}), none));
  EXPECT_FALSE(passes(test(FieldType::word, Operator::exists, {"true"}), none));
  EXPECT_TRUE(passes(test(FieldType::word, Operator::exists, {"true"}), std::vector<TestedValue>{"x"}));
}

TEST(ValueTest, CapturesComeFromTheFirstThatPassed) {
  std::vector<std::string_view> captures = {"left over"};
  const std::vector<TestedValue> values = {"no", "name=b", "name=c"};
  EXPECT_TRUE(passes(matching("name=(?P<name>\\w)"), values, captures));
  EXPECT_THAT(captures, ElementsAre("b"));
  ValueTest negated = matching("name=(?P<name>\\w)");
  negated.negated = true;
  EXPECT_TRUE(passes(negated, values, captures));
  EXPECT_THAT(captures, IsEmpty());
}

}  // namespace
}  // namespace assay
