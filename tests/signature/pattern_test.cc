// Patterns find what they say, around any bytes, and their literals never rule out a text that matches.
#include "signature/pattern.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace assay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

Pattern pattern(std::string_view text) {
  auto compiled = Pattern::compile(text);
  if (const auto* wrong = std::get_if<Pattern::SyntaxError>(&compiled)) {
    ADD_FAILURE() << text << ": " << wrong->message << " " << wrong->where;
    return std::get<Pattern>(Pattern::compile("x"));
  }
  return std::get<Pattern>(std::move(compiled));
}

std::vector<std::string_view> captures_of(const Pattern& compiled, std::string_view text) {
  std::vector<std::string_view> captures = {"left over"};
  EXPECT_TRUE(compiled.search(text, captures)) << text;
  return captures;
}

bool finds(const Pattern& compiled, std::string_view text) {
  std::vector<std::string_view> captures;
  return compiled.search(text, captures);
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool holds_a_literal(const Pattern& compiled, std::string_view text) {
  const std::string lowered = lower(text);
  return std::any_of(compiled.literals().begin(), compiled.literals().end(), [&](const std::string& literal) {
    return lowered.find(lower(literal)) != std::string::npos;
  });
}

TEST(Pattern, NamedGroupsComeInTheirOrder) {
  const Pattern compiled =
      pattern(R"(failed for '(?P<target>[^']+)'(?:.*depth=(\d+))?.*server=(?P<server>\S+))");
  EXPECT_THAT(compiled.capture_names(), ElementsAre("target", "server"));
  EXPECT_THAT(captures_of(compiled, "xx failed for 'cucm.example.com' depth=0 server=b yy"),
              ElementsAre("cucm.example.com", "b"));
}

TEST(Pattern, AGroupThatTookNoPartIsEmpty) {
  const Pattern compiled = pattern("alert (?:unknown (?P<what>ca)|bad (?P<other>\\w+))");
  EXPECT_THAT(captures_of(compiled, "alert bad record"), ElementsAre("", "record"));
}

TEST(Pattern, AMatchWithoutNamedGroupsClearsTheCaptures) {
  EXPECT_THAT(captures_of(pattern("certificate (verify) failed"), "certificate verify failed"), IsEmpty());
}

TEST(Pattern, ADotMatchesAByteThatIsNoUtf8) {
  EXPECT_TRUE(finds(pattern("from .* to"), "from \xff\xfe to"));
  EXPECT_THAT(captures_of(pattern("name='(?P<name>[^']*)'"), "name='\xe8\xa8\xbc\xff'"),
              ElementsAre("\xe8\xa8\xbc\xff"));
}

TEST(Pattern, LettersBeyondAsciiAreCharacters) {
  EXPECT_TRUE(finds(pattern("(?i)\xc3\x84rger [\xc3\xa4\xc3\xb6]x"), "\xc3\xa4RGER \xc3\xb6x"));
  EXPECT_TRUE(finds(pattern("\\pL{3}$"), "\xe8\xa8\xbc\xe6\x98\x8e\xe6\x9b\xb8"));
}

TEST(Pattern, AnErrorNamesTheOffendingPart) {
  const auto compiled = Pattern::compile("server=(?P<server>.+ depth");
  const auto* wrong = std::get_if<Pattern::SyntaxError>(&compiled);
  ASSERT_NE(wrong, nullptr);
  EXPECT_EQ(wrong->message, "missing ): server=(?P<server>.+ depth");
  EXPECT_EQ(wrong->where, "server=(?P<server>.+ depth");
}

TEST(Pattern, AProgramThatWouldBeHugeIsRefused) {
  const auto compiled = Pattern::compile("((((a{100}){100}){100}){100})");
  ASSERT_TRUE(std::holds_alternative<Pattern::SyntaxError>(compiled));
  const auto wide = Pattern::compile("\\pL{1000}");
  ASSERT_TRUE(std::holds_alternative<Pattern::SyntaxError>(wide));
}

TEST(Pattern, TooManyGroupsAreRefused) {
  std::string text;
  for (int i = 0; i < 33; ++i) text += "(a)";
  const auto compiled = Pattern::compile(text + "(?P<last>b)");
  const auto* wrong = std::get_if<Pattern::SyntaxError>(&compiled);
  ASSERT_NE(wrong, nullptr);
  EXPECT_EQ(wrong->where, "last");
}

TEST(PatternLiterals, TheLongestOfAConjunctionIsEnough) {
  EXPECT_THAT(pattern("SSL .*certificate verify failed.* depth=0").literals(),
              ElementsAre("certificate verify failed"));
}

TEST(PatternLiterals, EachAlternativeNeedsOne) {
  EXPECT_THAT(pattern("alert (unknown ca: (\\d+)|certificate expired.*sent)").literals(),
              UnorderedElementsAre("unknown ca: ", "certificate expired"));
}

TEST(PatternLiterals, WhatEveryRecordHasIsTheLastChoice) {
  EXPECT_THAT(pattern("Module=\"network\\.http\\.trafficserver\".*refused").literals(),
              ElementsAre("refused"));
}

TEST(PatternLiterals, APatternWithoutOneHasNone) {
  EXPECT_THAT(pattern("\\d+ \\w+").literals(), IsEmpty());
  EXPECT_THAT(pattern("(certificate)?").literals(), IsEmpty());
  EXPECT_THAT(pattern("a|certificate").literals(), IsEmpty());
  EXPECT_THAT(pattern("").literals(), IsEmpty());
}

TEST(PatternLiterals, LettersThatFoldBeyondAsciiRuleNothingOut) {
  EXPECT_THAT(pattern("\xc3\x84rger").literals(), IsEmpty());
  EXPECT_TRUE(finds(pattern("(?i)kelvin\\x{20}"),
                    "\xe2\x84\xaa"
                    "elvin "));
  EXPECT_THAT(pattern("(?i)kelvin\\x{20}").literals(), IsEmpty());
  EXPECT_FALSE(finds(pattern("(?i)kelvin"),
                     "\xe2\x84\xaa"
                     "elvin"));
  EXPECT_THAT(pattern("\xe8\xa8\xbc.*tcp port").literals(), ElementsAre("tcp port"));
}

// A random pattern over few letters, so that random texts match often.
class RandomPattern {
 public:
  explicit RandomPattern(unsigned seed) : random_(seed) {}

  std::string any(int depth) {
    static const std::vector<std::string> kWords = {"abc",
                                                    "abd",
                                                    "ABCD",
                                                    "bcd",
                                                    "K",
                                                    "dcb ",
                                                    "\xc3\xa4"
                                                    "b",
                                                    "ab",
                                                    "cab",
                                                    "s",
                                                    "ddda",
                                                    "\xff",
                                                    "kab",
                                                    "\xe2\x84\xaa"};
    switch (depth == 0 ? below(2) : below(9)) {
      case 0:
        return kWords[below(below(3) == 0 ? kWords.size() : 7)];
      case 1:
        return below(2) == 0 ? "." : "[bcK]";
      case 2:
        return any(depth - 1) + any(depth - 1);
      case 3:
        return any(depth - 1) + any(depth - 1);
      case 4:
        return "(?:" + any(depth - 1) + "|" + any(depth - 1) + ")";
      case 5:
        return "(?:" + any(depth - 1) + ")" + (below(2) == 0 ? "*" : "?");
      case 6:
        return "(?:" + any(depth - 1) + ")+";
      case 7:
        return "(?i:" + any(depth - 1) + ")";
      default:
        return any(depth - 1) + ".*" + any(depth - 1);
    }
  }

  std::string text() {
    static const std::vector<std::string> kPieces = {
        "abc",          "a",    "b", "D",   "cd",   "K",   "k",       "s", "\xc3\xa4", "\xc3\x84",
        "\xe2\x84\xaa", "\xff", " ", "BCD", "dcb ", "ddd", "\xc5\xbf"};
    std::string result;
    for (std::size_t i = 0, pieces = below(12); i < pieces; ++i) result += kPieces[below(kPieces.size())];
    return result;
  }

 private:
  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }
  std::mt19937 random_;
};

TEST(PatternLiterals, AMatchAlwaysHoldsOne) {
  int matches_with_literals = 0;
  for (unsigned seed = 0; seed < 4000; ++seed) {
    RandomPattern random(seed);
    auto compiled = Pattern::compile(random.any(4));
    if (std::holds_alternative<Pattern::SyntaxError>(compiled)) continue;  // half a character
    const Pattern& one = std::get<Pattern>(compiled);
    if (one.literals().empty()) continue;
    for (int i = 0; i < 60; ++i) {
      const std::string text = random.text();
      if (!finds(one, text)) continue;
      ++matches_with_literals;
      ASSERT_TRUE(holds_a_literal(one, text)) << one.text() << " on " << text;
    }
  }
  EXPECT_GT(matches_with_literals, 1000);
}

}  // namespace
}  // namespace assay
