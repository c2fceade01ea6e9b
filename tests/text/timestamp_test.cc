// Timestamps are of fixed shape: each byte is the one that is expected there, or there is none.
#include "text/timestamp.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "characters.h"

namespace assay {
namespace {

TEST(Timestamp, OfIsoFormHasADigitOrItsSignAtEachPlace) {
  const std::string_view right = "2022-07-11T18:55:25Z";
  for (std::size_t at = 0; at < right.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      std::string text(right);
      text[at] = static_cast<char>(value);
      // 'Z' may give way to a fraction or an offset, but nothing of that follows.
      const bool is_right = is_digit(right[at]) ? is_digit(text[at]) : text[at] == right[at];
      EXPECT_EQ(iso_timestamp_length(text), is_right ? right.size() : 0) << at << ' ' << value;
    }
  }
}

TEST(Timestamp, EndsWhereTheTextEnds) {
  const std::string_view whole = "2022-07-11T18:55:25.910+02:00";
  EXPECT_EQ(iso_timestamp_length(whole), whole.size());
  for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
    EXPECT_EQ(iso_timestamp_length(whole.substr(0, size)), 0U) << size;
  }
}

TEST(Timestamp, OfADayOrHourThatThereIsNotHasALengthButNoTime) {
  for (const std::string_view text : {"2022-02-30T18:55:25Z", "2022-13-11T18:55:25Z", "2022-07-11T24:55:25Z",
                                      "2022-07-11T18:60:25Z", "2022-07-11T18:55:61Z"}) {
    const auto timestamp = iso_timestamp(text);
    ASSERT_TRUE(timestamp) << text;
    EXPECT_EQ(timestamp->length, text.size());
    EXPECT_FALSE(timestamp->time) << text;
  }
}

}  // namespace
}  // namespace assay
