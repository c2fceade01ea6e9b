// Lines and records of a block, counted many bytes at a time.
#include "text/line_count.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace assay {
namespace {

std::string random_lines(std::size_t bytes, unsigned seed) {
  std::mt19937 random(seed);
  std::string text;
  while (text.size() < bytes) text += random() % 7 == 0 ? '\n' : 'x';
  return text;
}

TEST(LineIndex, KnowsTheLinesBeforeEveryPlace) {
  LineIndex index;
  for (const std::size_t bytes : {0U, 1U, 1023U, 1024U, 1025U, 5000U}) {
    const std::string text = random_lines(bytes, static_cast<unsigned>(bytes));
    index.count(text);
    std::uint64_t lines = 0;
    for (std::size_t at = 0; at <= bytes; ++at) {
      ASSERT_EQ(index.before(text, at), lines) << at << " of " << bytes;
      if (at < bytes && text[at] == '\n') ++lines;
    }
    EXPECT_EQ(index.all(), lines);
  }
}

TEST(LineCount, IsThatOfCountingByteByByte) {
  for (const std::size_t bytes : {0U, 1U, 31U, 32U, 33U, 9000U}) {
    const std::string text = random_lines(bytes, 7);
    EXPECT_EQ(count_newlines(text), static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')));
  }
}

}  // namespace
}  // namespace assay
