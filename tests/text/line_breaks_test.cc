// Line breaks are found the same way many at a time as one by one.
#include "text/line_breaks.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace assay {
namespace {

std::vector<std::size_t> line_breaks(std::string_view text) {
  std::vector<std::size_t> found;
  for_each_line_break(text, [&](std::size_t at) { found.push_back(at); });
  return found;
}

std::vector<std::size_t> line_breaks_slowly(std::string_view text) {
  std::vector<std::size_t> found;
  for_each_line_break_slowly(text, 0, [&](std::size_t at) { found.push_back(at); });
  return found;
}

TEST(LineBreaks, AreFoundAtEveryOffsetOfATextOfAnyLength) {
  for (std::size_t size = 0; size < 200; ++size) {
    std::string text(size, '.');
    EXPECT_TRUE(line_breaks(text).empty());
    for (std::size_t at = 0; at < size; ++at) {
      text[at] = '\n';
      EXPECT_EQ(line_breaks(text), std::vector<std::size_t>{at}) << size;
      text[at] = '.';
    }
  }
}

TEST(LineBreaks, AreFoundAsThePlainWayFindsThem) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    std::string text(random() % 700, '\0');
    const auto rarity = 1 + random() % 40;
    for (char& byte : text) byte = random() % rarity == 0 ? '\n' : static_cast<char>(random());
    EXPECT_EQ(line_breaks(text), line_breaks_slowly(text));
  }
}

TEST(LineBreaks, AreNoneInTextsThatAreFullOfOtherBytes) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(300, static_cast<char>(byte));
    EXPECT_EQ(line_breaks(text).size(), byte == '\n' ? text.size() : 0U) << byte;
  }
}

}  // namespace
}  // namespace assay
