// Blocks of whole records: held against splitting the whole text at once, on random logs.
#include "text/record_blocks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/record.h"

namespace assay {
namespace {

struct Piece {
  std::string text;
  std::uint64_t offset = 0;
  std::uint64_t line = 0;
  std::uint64_t cut = 0;  // bytes dropped behind it

  friend bool operator==(const Piece&, const Piece&) = default;
  friend void PrintTo(const Piece& piece, std::ostream* out) {
    *out << piece.offset << " line " << piece.line << " cut " << piece.cut << " \"" << piece.text << '"';
  }
};

// The plain way: line by line over the whole text.
std::vector<Piece> split_plainly(std::string_view text, std::size_t record_bytes) {
  std::vector<Piece> pieces;
  std::uint64_t line = 1;
  for (std::size_t begin = 0; begin < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    if (pieces.empty() || begins_record(text.substr(begin, end - begin))) {
      pieces.push_back({.text = {}, .offset = begin, .line = line});
    }
    pieces.back().text += text.substr(begin, end - begin);
    begin = end;
  }
  for (Piece& piece : pieces) {
    if (piece.text.size() <= record_bytes) continue;
    piece.cut = piece.text.size() - record_bytes;
    piece.text.resize(record_bytes);
  }
  return pieces;
}

// Splits what for_each_block shows, which may hold several records, with record_end.
std::vector<Piece> split_by_blocks(std::string_view text, std::size_t block_bytes, std::size_t record_bytes,
                                   std::size_t most_bytes_a_read, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<Piece> pieces;
  std::size_t read_so_far = 0;
  const auto next_bytes = [&](std::span<char> buffer) {
    EXPECT_FALSE(buffer.empty());
    const std::size_t most = std::min({buffer.size(), text.size() - read_so_far, most_bytes_a_read});
    const std::size_t n = most == 0 ? 0 : 1 + random() % most;
    std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(read_so_far), n, buffer.begin());
    read_so_far += n;
    return n;
  };
  // Now and then the stream has its next bytes in a buffer of its own, with some room before them.
  const auto exchange = [&](std::vector<char>& buffer) -> std::span<char> {
    if (random() % 4 == 0) return {};
    const std::size_t room = random() % 2000;
    std::vector<char> own(room + most_bytes_a_read, '#');
    const std::size_t n = next_bytes(std::span(own).subspan(room));
    if (n == 0) return {};
    own.resize(room + n);
    buffer.swap(own);
    return std::span(buffer).subspan(room);
  };
  RecordStream stream{.read = next_bytes};
  if (seed % 3 != 0) stream.exchange = exchange;
  for_each_block(
      stream, block_bytes, record_bytes,
      [&](const RecordBlock& block) {
        std::uint64_t line = block.line;
        for (std::size_t begin = 0; begin < block.text.size();) {
          const std::size_t end = record_end(block.text, begin);
          const std::string_view record = block.text.substr(begin, end - begin);
          EXPECT_EQ(record_begin(block.text, end - 1), begin);
          pieces.push_back({.text = std::string(record), .offset = block.offset + begin, .line = line});
          line += static_cast<std::uint64_t>(std::count(record.begin(), record.end(), '\n'));
          begin = end;
        }
      },
      [&](const RecordCut& cut) {
        ASSERT_FALSE(pieces.empty());
        EXPECT_EQ(cut.offset, pieces.back().offset);
        EXPECT_EQ(cut.line, pieces.back().line);
        pieces.back().cut = cut.bytes;
      });
  return pieces;
}

// Lines of every kind that matter for where records begin, some long, some nearly headers.
std::string random_log(std::mt19937& random, std::size_t lines) {
  const std::vector<std::string> kinds{
      "2018-01-01T12:56:48.964-05:00 vcse tvcs: words\n",
      "2018-01-01T12:56:48Z vcse traffic_server[1]: words\r\n",
      "Jul 19 15:30:30 vcs tvcs: words\n",
      "<166>2020-11-18T19:55:58Z vcsc tvcs: tvcs: words\n",
      "0000000053: 10.48.47.142: Aug 22 2017 16:20:22.241 +0200: %CCBU_CUIC-4-WARN: words\n",
      " SIPMSG:\n |INVITE sip:x SIP/2.0\n \n |\n",
      "\n",
      "2018-01-01T12:56:48.964 no header\n",
      "2018-01-01T12\n",
      std::string("nul\0bytes\xFF\n", 11),
  };
  std::string text;
  for (std::size_t i = 0; i < lines; ++i) {
    text += kinds[random() % kinds.size()];
    if (random() % 8 == 0) text += std::string(random() % 900, 'x') + "\n";
  }
  if (random() % 2 == 0) text.resize(text.size() - std::min<std::size_t>(text.size(), random() % 30));
  return text;
}

TEST(RecordBlocks, HoldTheSameRecordsHoweverTheyAreReadAndCut) {
  std::mt19937 random(20220711);
  for (std::uint32_t round = 0; round < 600; ++round) {
    const std::string text = random_log(random, random() % 60);
    const std::size_t block_bytes = 1 + random() % 2000;
    const std::size_t record_bytes = 1 + random() % (round % 2 == 0 ? 500 : 5000);
    const std::size_t most_bytes_a_read = 1 + random() % 1000;
    ASSERT_EQ(split_by_blocks(text, block_bytes, record_bytes, most_bytes_a_read, round),
              split_plainly(text, record_bytes))
        << "round " << round << ", blocks of " << block_bytes << ", records of " << record_bytes;
  }
}

TEST(RecordBlocks, AreShownWhereTheStreamHasThem) {
  const std::string record = "2018-01-01T12:56:48.964-05:00 vcse tvcs: words\n";
  const char* shown = nullptr;
  std::vector<char> own(1000, '#');
  for (int i = 0; i < 2; ++i) own.insert(own.end(), record.begin(), record.end());
  const char* const begin = own.data() + 1000;
  const RecordStream stream{.read = [](std::span<char>) { return std::size_t{0}; },
                            .exchange = [&](std::vector<char>& buffer) -> std::span<char> {
                              if (own.empty()) return {};
                              buffer = std::exchange(own, {});
                              return std::span(buffer).subspan(1000);
                            }};
  for_each_block(
      stream, 10, 1000,
      [&](const RecordBlock& block) {
        if (shown == nullptr) shown = block.text.data();
      },
      [](const RecordCut&) { FAIL() << "nothing is too long here"; });
  EXPECT_EQ(shown, begin);
}

TEST(RecordBlocks, AreOfTheUsualSize) {
  std::string text;
  while (text.size() < 100'000) text += "2018-01-01T12:56:48.964-05:00 vcse tvcs: words\n";
  std::size_t read_so_far = 0;
  std::size_t blocks = 0;
  for_each_block(
      {.read =
           [&](std::span<char> buffer) {
             const std::size_t n = std::min(buffer.size(), text.size() - read_so_far);
             std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(read_so_far), n, buffer.begin());
             read_so_far += n;
             return n;
           }},
      10'000, 1'000'000,
      [&](const RecordBlock& block) {
        ++blocks;
        EXPECT_LE(block.text.size(), 10'000U);
      },
      [](const RecordCut&) { FAIL() << "nothing is too long here"; });
  EXPECT_GE(blocks, 10U);
  EXPECT_LE(blocks, 15U);
}

TEST(RecordBlocks, OfAnEndlessLineTakeBoundedMemory) {
  constexpr std::uint64_t kEndless = 300'000'000;
  std::uint64_t given = 0;
  std::size_t largest_buffer = 0;
  std::vector<RecordCut> cuts;
  std::uint64_t shown = 0;
  for_each_block(
      {.read =
           [&](std::span<char> buffer) {
             largest_buffer = std::max(largest_buffer, buffer.size());
             const std::size_t n = std::min<std::uint64_t>(buffer.size(), kEndless - given);
             std::fill_n(buffer.begin(), n, 'x');
             given += n;
             return n;
           }},
      1 << 20, 1 << 22, [&](const RecordBlock& block) { shown += block.text.size(); },
      [&](const RecordCut& cut) { cuts.push_back(cut); });
  EXPECT_LE(largest_buffer, (1U << 22) + kHeaderReach);
  EXPECT_EQ(shown, 1U << 22);
  ASSERT_EQ(cuts.size(), 1U);
  EXPECT_EQ(cuts[0].offset, 0U);
  EXPECT_EQ(cuts[0].bytes, kEndless - (1U << 22));
}

TEST(RecordBlocks, OfNothingAreNone) {
  for_each_block(
      {.read = [](std::span<char>) { return std::size_t{0}; }}, 1000, 1000,
      [](const RecordBlock&) { FAIL() << "there is nothing to show"; },
      [](const RecordCut&) { FAIL() << "there is nothing to cut"; });
}

TEST(RecordBounds, AreTheHeadersAroundAPosition) {
  constexpr std::string_view kText =
      "the rest of a record\n"
      "2018-01-01T12:56:48Z vcse tvcs: one\n"
      " goes on\n"
      "2018-01-01T12:56:49Z vcse tvcs: two\n";
  const std::size_t one = kText.find("2018");
  const std::size_t two = kText.rfind("2018");
  EXPECT_EQ(record_begin(kText, 3), 0U);
  EXPECT_EQ(record_end(kText, 3), one);
  EXPECT_EQ(record_begin(kText, one - 1), 0U) << "the newline belongs to the line that it ends";
  EXPECT_EQ(record_begin(kText, one), one);
  EXPECT_EQ(record_begin(kText, kText.find("on\n")), one);
  EXPECT_EQ(record_end(kText, one), two);
  EXPECT_EQ(record_end(kText, two - 1), two);
  EXPECT_EQ(record_begin(kText, kText.size()), two);
  EXPECT_EQ(record_end(kText, two), kText.size());
  EXPECT_EQ(record_end("", 0), 0U);
}

}  // namespace
}  // namespace assay
