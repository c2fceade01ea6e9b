// Text that went through an editor or a shell of Windows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "input/archives.h"

namespace assay {
namespace {

using namespace archives;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string little_end_first(std::u16string_view text) {
  std::string bytes;
  for (const char16_t unit : text) {
    bytes += static_cast<char>(unit & 0xFF);
    bytes += static_cast<char>(unit >> 8);
  }
  return bytes;
}

std::string big_end_first(std::u16string_view text) {
  std::string bytes;
  for (const char16_t unit : text) {
    bytes += static_cast<char>(unit >> 8);
    bytes += static_cast<char>(unit & 0xFF);
  }
  return bytes;
}

std::string content_of(const std::string& bytes) {
  const WalkedAll walked = walk_bytes(bytes);
  EXPECT_THAT(walked.problems, IsEmpty());
  return walked.members.size() == 1 ? walked.members.front().content : "no member";
}

TEST(Utf16, WithItsMarkIsReadAsUtf8InBothOrders) {
  constexpr std::u16string_view kText = u"\uFEFFvcsc \u00FC \u8A3C\u660E\u66F8 \U0001F600\r\n";
  const std::string text =
      "\xEF\xBB\xBFvcsc \xC3\xBC \xE8\xA8\xBC\xE6\x98\x8E\xE6\x9B\xB8 \xF0\x9F\x98\x80\r\n";
  EXPECT_EQ(content_of(little_end_first(kText)), text);
  EXPECT_EQ(content_of(big_end_first(kText)), text);
}

TEST(Utf16, InAnArchiveIsReadToo) {
  const WalkedAll walked = walk_stream(gzip(tar({{"a.txt", little_end_first(u"\uFEFFwords\r\n")}})));
  ASSERT_EQ(walked.members.size(), 1U);
  EXPECT_EQ(walked.members.front().content, "\xEF\xBB\xBFwords\r\n");
  EXPECT_THAT(walked.problems, IsEmpty());
}

TEST(Utf16, WithoutItsMarkIsLeftAsItIs) {
  const std::string bytes = little_end_first(u"words");
  EXPECT_EQ(content_of(bytes), bytes);
}

TEST(Utf16, ThatIsBrokenHasReplacementsInTheBrokenPlaces) {
  const std::string broken = little_end_first(
      u"\uFEFFa\xD83D"
      u"b\xDE00"
      u"c\xD83D\xD83D\xDE00"
      u"d\xD83D");
  EXPECT_EQ(content_of(broken),
            "\xEF\xBB\xBF"
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD"
            "c\xEF\xBF\xBD\xF0\x9F\x98\x80"
            "d\xEF\xBF\xBD");
  EXPECT_EQ(content_of(little_end_first(u"\uFEFFab") + "c"),
            "\xEF\xBB\xBF"
            "ab\xEF\xBF\xBD");
  EXPECT_EQ(content_of("\xFF\xFE"), "\xEF\xBB\xBF");
}

// A pair of units lies across every place at which a block of it may end.
TEST(Utf16, IsTheSameWhereverItsBlocksEnd) {
  std::u16string text = u"\uFEFF";
  std::string expected = "\xEF\xBB\xBF";
  for (int i = 0; i < 9'000; ++i) {
    text += i % 7 == 0 ? u"-\U0001F600" : u"\U0001F600";
    expected += i % 7 == 0 ? "-\xF0\x9F\x98\x80" : "\xF0\x9F\x98\x80";
  }
  EXPECT_EQ(content_of(big_end_first(text)), expected);
}

TEST(Utf16, CountsAgainstTheLimitAsTheTextThatItIs) {
  Options options;
  options.limits.member_bytes = 7;
  const WalkedAll walked = walk_bytes(little_end_first(u"\uFEFFwords"), options);
  ASSERT_EQ(walked.members.size(), 1U);
  EXPECT_EQ(walked.members.front().content, "\xEF\xBB\xBFword");
  EXPECT_THAT(walked.codes(), ElementsAre("limit-member-bytes"));
}

}  // namespace
}  // namespace assay
