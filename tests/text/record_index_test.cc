// Where the records of a block begin, found in one pass.
#include "text/record_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>

#include "text/record.h"
#include "text/record_blocks.h"

namespace assay {
namespace {

constexpr std::string_view kUsualLine = "2022-07-11T18:55:25.910+02:00 vcsc tvcs: Event=\"System Start\"\n";

// Lines that begin no record, though some look like it.
constexpr std::array<std::string_view, 9> kOtherLines = {
    "\n",          " SIPMSG:\n",        " |INVITE sip:alice@example.com SIP/2.0\n",
    "HTTPMSG:\n",  "|GET / HTTP/1.1\n", "-----BEGIN CERTIFICATE-----\n",
    "MIIDxTCCA\n", " Foo-from-Tag\n",   "On a line of its own\n",
};

// By the plain way, from record to record.
void expect_those_of(const RecordIndex& index, std::string_view text) {
  std::size_t at = 0;
  std::uint64_t records = 0;
  for (std::size_t i = 0; i < index.size(); ++i) {
    ASSERT_EQ(index.begin(i), at) << text;
    ASSERT_EQ(index.end(i), record_end(text, at)) << text;
    ASSERT_EQ(index.line(i), static_cast<std::uint64_t>(std::count(&text[0], &text[at], '\n'))) << text;
    if (begins_record(text.substr(at))) ++records;
    at = index.end(i);
  }
  EXPECT_EQ(at, text.size()) << text;
  EXPECT_EQ(index.records(), records) << text;
  EXPECT_EQ(index.lines(), static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'))) << text;
}

TEST(RecordIndex, HasEveryRecordWithItsLine) {
  std::mt19937 random(3);
  RecordIndex index;
  for (int round = 0; round < 300; ++round) {
    std::string text;
    while (text.size() < random() % 5000) {
      const bool usual = random() % 3 == 0;
      text += usual ? kUsualLine : kOtherLines.at(random() % kOtherLines.size());
      if (round % 3 == 0 && random() % 20 == 0) text += "Jul 19 15:30:30 vcs tvcs: Event=\"System Start\"\n";
    }
    if (round % 2 == 0) text.resize(text.size() - std::min<std::size_t>(text.size(), random() % 20));
    index.read(text);
    expect_those_of(index, text);
  }
}

TEST(RecordIndex, HasRecordsOfAllForms) {
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
  RecordIndex index;
  for (const std::string_view form : forms) {
    const std::string text = std::string(kUsualLine) + std::string(form) + std::string(kUsualLine);
    index.read(text);
    EXPECT_EQ(index.records(), 3U) << form;
    EXPECT_EQ(index.begin(1), kUsualLine.size()) << form;
  }
}

TEST(RecordIndex, TakesLinesBeforeTheFirstRecordAsOne) {
  const std::string text = "the end of\na record\n" + std::string(kUsualLine);
  RecordIndex index;
  index.read(text);
  ASSERT_EQ(index.size(), 2U);
  EXPECT_EQ(index.end(0), text.find("2022"));
  EXPECT_EQ(index.line(1), 2U);
  EXPECT_EQ(index.records(), 1U) << "they are none";
}

TEST(RecordIndex, OfNothingIsEmpty) {
  RecordIndex index;
  index.read(kUsualLine);
  index.read("");
  EXPECT_EQ(index.size(), 0U);
  EXPECT_EQ(index.records(), 0U);
  EXPECT_EQ(index.lines(), 0U);
}

TEST(RecordIndex, FindsTheRecordAroundAPosition) {
  const std::string text = std::string(kUsualLine) + " and more\n" + std::string(kUsualLine);
  RecordIndex index;
  index.read(text);
  for (std::size_t at = 0; at < text.size(); ++at) {
    ASSERT_EQ(index.begin(index.find(at, 0)), record_begin(text, at)) << at;
  }
  EXPECT_EQ(index.find(text.size() - 1, 1), 1U) << "from the one before on";
}

}  // namespace
}  // namespace assay
