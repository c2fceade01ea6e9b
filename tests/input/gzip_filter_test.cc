// gzip streams, one or many, whole or not, read in pieces of any size.
#include "input/gzip_filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "input/archives.h"

namespace assay {
namespace {

using namespace archives;

// A device that gives at most `step` bytes at once.
struct Dripping {
  using char_type = char;
  using category = boost::iostreams::source_tag;

  std::streamsize read(char* buffer, std::streamsize size) {
    const std::size_t count = std::min({static_cast<std::size_t>(size), step, bytes.size()});
    std::memcpy(buffer, bytes.data(), count);
    bytes.remove_prefix(count);
    return count > 0 ? static_cast<std::streamsize>(count) : -1;
  }

  std::string_view bytes;
  std::size_t step;
};

struct Inflated {
  std::string text;
  StreamEnding ending = StreamEnding::not_yet;
  std::uint64_t consumed = 0;

  friend bool operator==(const Inflated&, const Inflated&) = default;
  friend void PrintTo(const Inflated& inflated, std::ostream* out) {
    *out << inflated.text.size() << " bytes, ending " << static_cast<int>(inflated.ending) << " after "
         << inflated.consumed;
  }
};

Inflated inflate(std::string_view bytes, std::size_t step, std::size_t piece) {
  Dripping device{.bytes = bytes, .step = step};
  GzipFilter filter;
  Inflated inflated;
  std::string buffer(piece, '\0');
  while (true) {
    const std::streamsize count = filter.read(device, buffer.data(), static_cast<std::streamsize>(piece));
    if (count < 0) break;
    inflated.text.append(buffer, 0, static_cast<std::size_t>(count));
  }
  inflated.ending = filter.ending();
  inflated.consumed = filter.consumed();
  return inflated;
}

// With extra bytes, a name, a comment and a checksum of its own, as RFC 1952 allows.
TEST(GzipFilter, ReadsAHeaderWithAllPartsHoweverItArrives) {
  constexpr char kHeader[] =
      "\x1f\x8b\x08\x1e\0\0\0\0\0\x03"
      "\x02\0ab"
      "name\0"
      "comment\0"
      "\xa0\xf0";
  const std::string header(kHeader, sizeof kHeader - 1);
  const std::string plain = gzip("hello");
  const std::string stream = header + plain.substr(10);
  for (const std::size_t step : {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{1000}}) {
    const Inflated inflated = inflate(stream + std::string(3, '\0') + stream, step, 100);
    EXPECT_EQ(inflated.text, "hellohello") << step;
    EXPECT_EQ(inflated.ending, StreamEnding::whole) << step;
  }
}

TEST(GzipFilter, ReadsStreamsInARowWithPaddingHoweverTheyArrive) {
  const std::string packed =
      gzip("one ") + gzip("") + gzip("two ") + std::string(700, '\0') + gzip("three") + std::string(13, '\0');
  for (std::size_t step = 1; step < 60; ++step) {
    const Inflated inflated = inflate(packed, step, 1'000);
    EXPECT_EQ(inflated, (Inflated{"one two three", StreamEnding::whole, packed.size()}))
        << "in steps of " << step;
  }
}

TEST(GzipFilter, FillsBuffersOfAnySize) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i) + " is a line of a log\n";
  const std::string packed = gzip(text);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{1'000}, std::size_t{300'000}}) {
    const Inflated inflated = inflate(packed, 4'096, piece);
    EXPECT_EQ(inflated.text, text) << "in pieces of " << piece;
    EXPECT_EQ(inflated.ending, StreamEnding::whole);
  }
}

TEST(GzipFilter, GivesWhatWasBeforeTheCutWhereverItIs) {
  const std::string text = noise(300) + std::string(3'000, 'x');
  const std::string packed = gzip(text);
  for (std::size_t size = 3; size < packed.size(); ++size) {
    const Inflated inflated = inflate(std::string_view(packed).substr(0, size), 100, 1'000);
    EXPECT_EQ(inflated.ending, StreamEnding::truncated) << "cut at " << size;
    EXPECT_TRUE(text.starts_with(inflated.text)) << "cut at " << size;
  }
  EXPECT_EQ(inflate(std::string_view(packed).substr(0, packed.size() - 8), 100, 1'000).text, text);
}

TEST(GzipFilter, TellsGarbageFromASecondStream) {
  const std::string packed = gzip("text");
  const Inflated inflated = inflate(packed + "garbage", 3, 1'000);
  EXPECT_EQ(inflated, (Inflated{"text", StreamEnding::trailing_garbage, inflated.consumed}));
  EXPECT_EQ(inflate(packed + "garbage", 1'000, 1'000).consumed, packed.size());
}

TEST(GzipFilter, LooksAtTheChecksum) {
  std::string packed = gzip("text");
  packed[packed.size() - 5] = static_cast<char>(packed[packed.size() - 5] ^ 1);
  const Inflated inflated = inflate(packed, 1'000, 1'000);
  EXPECT_EQ(inflated.text, "text");
  EXPECT_EQ(inflated.ending, StreamEnding::corrupt);
}

TEST(GzipFilter, EndsAtDamageWhereverItIs) {
  const std::string text = noise(500) + std::string(5'000, 'y') + noise(500);
  const std::string packed = gzip(text);
  for (std::size_t at = 10; at < packed.size(); ++at) {
    std::string damaged = packed;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    EXPECT_NE(inflate(damaged, 1'000, 700).ending, StreamEnding::whole) << "damaged at " << at;
  }
}

}  // namespace
}  // namespace assay
