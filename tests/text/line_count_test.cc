// Lines and records of a block, counted many bytes at a time.
#include "text/line_count.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>

#include "text/record.h"

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

std::uint64_t records_one_by_one(std::string_view text) {
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < text.size(); at = std::min(text.find('\n', at), text.size() - 1) + 1) {
    if (begins_record(text.substr(at))) ++count;
  }
  return count;
}

constexpr std::string_view kUsualLine = "2022-07-11T18:55:25.910+02:00 vcsc tvcs: Event=\"System Start\"\n";

// Lines that begin no record, though some look like it.
constexpr std::array<std::string_view, 9> kOtherLines = {
    "\n",          " SIPMSG:\n",        " |INVITE sip:alice@example.com SIP/2.0\n",
    "HTTPMSG:\n",  "|GET / HTTP/1.1\n", "-----BEGIN CERTIFICATE-----\n",
    "MIIDxTCCA\n", " Foo-from-Tag\n",   "On a line of its own\n",
};

TEST(LineIndex, CountsRecordsOfOtherFormsAmongTheUsualOnes) {
  const std::array<std::string_view, 8> forms = {
      "Jul 19 15:30:30 vcs tvcs: Event=\"System Start\"\n",
      "Jul  9 15:30:30 vcs tvcs: Event=\"System Start\"\n",
      "<166>2020-11-18T19:55:58Z vcsc tvcs: tvcs: Event=\"System Start\"\n",
      "<14>Jul 19 15:30:30 vcs tvcs: Event=\"System Start\"\n",
      "\xEF\xBB\xBF\x32\x30\x32\x32-07-11T18:55:25.910+02:00 vcsc tvcs: Event=\"System Start\"\n",
      "Line 190: 2022-07-11T18:55:25.910+02:00 vcsc tvcs: Event=\"System Start\"\n",
      "\tLine 190: 2022-07-11T18:55:25.910+02:00 vcsc tvcs: Event=\"System Start\"\n",
      "0000000053: 10.0.0.1: Aug 22 2017 16:20:22.241 +0200: %CCBU_main-4-WARN: text\n",
  };
  LineIndex index;
  for (const std::string_view form : forms) {
    ASSERT_TRUE(begins_record(form)) << form;
    for (const std::size_t before : {1U, 2U, 30U, 200U}) {  // it is at another place of a step each time
      std::string text;
      for (std::size_t i = 0; i < before; ++i) text += kUsualLine;
      text.append(form).append(kUsualLine);
      index.count(text);
      EXPECT_EQ(index.records(), before + 2) << form;
    }
  }
}

TEST(LineIndex, CountsAsManyRecordsAsThereAreOneByOne) {
  std::mt19937 random(3);
  LineIndex index;
  for (int round = 0; round < 300; ++round) {
    std::string text;
    while (text.size() < random() % 5000) {
      const bool usual = random() % 3 == 0;
      text += usual ? kUsualLine : kOtherLines.at(random() % kOtherLines.size());
      if (round % 3 == 0 && random() % 20 == 0) text += "Jul 19 15:30:30 vcs tvcs: Event=\"System Start\"\n";
    }
    if (round % 2 == 0) text.resize(text.size() - std::min<std::size_t>(text.size(), random() % 20));
    index.count(text);
    ASSERT_EQ(index.records(), records_one_by_one(text)) << text;
  }
}

}  // namespace
}  // namespace assay
