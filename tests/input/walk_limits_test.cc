// Every limit: what came before it is kept, what comes after it is named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iomanip>
#include <limits>
#include <sstream>

#include "assay/error.h"
#include "input/archives.h"

namespace assay {
namespace {

using namespace archives;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Options with(const Limits& limits) {
  Options options;
  options.limits = limits;
  return options;
}

constexpr std::uint64_t kMiB = 1U << 20;

// Megabytes of zeros in a few kilobytes: gzip streams in a row, each of one MiB.
std::string gzip_of_zeros(std::size_t megabytes) {
  const std::string one = gzip(std::string(kMiB, '\0'));
  std::string all;
  for (std::size_t i = 0; i < megabytes; ++i) all += one;
  return all;
}

TEST(WalkLimits, BytesOfOneMember) {
  const Options options = with({.member_bytes = 10});
  const WalkedAll walked =
      walk_bytes(tar({{"exact", "0123456789"}, {"long", "0123456789abc"}, {"next", "n"}}), options);
  EXPECT_THAT(walked.paths(), ElementsAre("in!/exact", "in!/long", "in!/next"));
  EXPECT_EQ(walked.members[1].content, "0123456789");
  EXPECT_EQ(walked.members[2].content, "n");
  ASSERT_THAT(walked.codes(), ElementsAre("limit-member-bytes"));
  EXPECT_EQ(walked.problems[0].path, "in!/long");
  EXPECT_EQ(walked.problems[0].offset, 10U);
  EXPECT_THAT(walked.problems[0].message,
              AllOf(HasSubstr("--limit-member-bytes 10"), HasSubstr("left unread")));
}

TEST(WalkLimits, BytesInAll) {
  const std::string bytes = gzip(tar({{"a", "01234"}, {"b", "56789"}, {"c", "x"}, {"d", "y"}}));
  const WalkedAll walked = walk_bytes(bytes, with({.total_bytes = 8}));
  EXPECT_THAT(walked.paths(), ElementsAre("in!/a", "in!/b"));
  EXPECT_EQ(walked.members[1].content, "567");
  ASSERT_THAT(walked.codes(), ElementsAre("limit-total-bytes"));
  EXPECT_EQ(walked.problems[0].path, "in!/b");
  EXPECT_EQ(walked.problems[0].offset, 3U);
  EXPECT_THAT(walked.problems[0].message, HasSubstr("--limit-total-bytes 8"));

  EXPECT_THAT(walk_bytes(bytes, with({.total_bytes = 12})).problems, IsEmpty())
      << "exactly so many are no excess";
}

TEST(WalkLimits, Members) {
  const std::string bytes = tar({{"a", "1"}, {"b.zip", zip({{"c", "2"}, {"d", "3"}})}, {"e", "4"}});
  const WalkedAll walked = walk_bytes(bytes, with({.members = 3}));
  EXPECT_THAT(walked.paths(), ElementsAre("in!/a", "in!/b.zip!/c"));
  ASSERT_THAT(walked.codes(), ElementsAre("limit-members"));
  EXPECT_EQ(walked.problems[0].path, "in!/b.zip!/d");
  EXPECT_THAT(walked.problems[0].message, HasSubstr("--limit-members 3"));
  EXPECT_THAT(walk_bytes(bytes, with({.members = 5})).problems, IsEmpty());
}

TEST(WalkLimits, Depth) {
  const std::string bytes =
      zip({{"b.tar.gz", gzip(tar({{"c.gz", gzip("deep")}, {"d", "shallow"}}))}, {"e", "e"}});
  const WalkedAll walked = walk_bytes(bytes, with({.depth = 3}));
  EXPECT_THAT(walked.paths(), ElementsAre("in!/b.tar.gz!/d", "in!/e"));
  ASSERT_THAT(walked.codes(), ElementsAre("limit-depth"));
  EXPECT_EQ(walked.problems[0].path, "in!/b.tar.gz!/c.gz");
  EXPECT_THAT(walked.problems[0].message, AllOf(HasSubstr("--limit-depth 3"), HasSubstr("gzip")));
  EXPECT_THAT(walk_bytes(bytes, with({.depth = 4})).problems, IsEmpty());
}

TEST(WalkLimits, ANestWithoutEndIsLeftEvenWhereTheOptionAllowsIt) {
  std::string bytes = "at last";
  for (int i = 0; i < 100; ++i) bytes = i % 2 == 0 ? gzip(bytes) : tar({{"n", bytes}});
  for (const std::uint32_t depth : {8U, std::numeric_limits<std::uint32_t>::max()}) {
    const WalkedAll walked = walk_bytes(bytes, with({.depth = depth}));
    EXPECT_THAT(walked.members, IsEmpty());
    EXPECT_THAT(walked.codes(), ElementsAre("limit-depth"));
  }
}

TEST(WalkLimits, RatioOfACompression) {
  const WalkedAll walked = walk_bytes(tar({{"bomb.gz", gzip_of_zeros(80)}, {"next", "n"}}));
  EXPECT_THAT(walked.paths(), ElementsAre("in!/bomb.gz", "in!/next"));
  EXPECT_GE(walked.members[0].content.size(), 64 * kMiB);
  EXPECT_LT(walked.members[0].content.size(), 66 * kMiB);
  ASSERT_THAT(walked.codes(), ElementsAre("limit-ratio"));
  EXPECT_EQ(walked.problems[0].path, "in!/bomb.gz");
  EXPECT_EQ(walked.problems[0].offset, walked.members[0].content.size());
  EXPECT_THAT(walked.problems[0].message, HasSubstr("--limit-ratio 500"));
}

// As fast as can be, so the ratio is not what it could be, but high enough.
template <int (*Format)(archive*)>
void quickly(archive* writer) {
  Format(writer);
  archive_write_set_options(writer, "compression=deflate,compression-level=1");
}

constexpr Limits kLowRatio = {.expansion_ratio = 50};

TEST(WalkLimits, RatioOfEveryOtherForm) {
  const std::string zeros(66 * kMiB, '\0');
  for (const std::string& bomb : {compress(ARCHIVE_FILTER_ZSTD, zeros),
                                  write_archive(quickly<archive_write_set_format_zip>, {{"a", zeros}}),
                                  write_archive(quickly<archive_write_set_format_7zip>, {{"a", zeros}})}) {
    const WalkedAll walked = walk_bytes(bomb, with(kLowRatio));
    ASSERT_EQ(walked.members.size(), 1U);
    EXPECT_GE(walked.members[0].content.size(), 64 * kMiB);
    EXPECT_LT(walked.members[0].content.size(), 65 * kMiB);
    EXPECT_THAT(walked.codes(), ElementsAre("limit-ratio"));
  }
}

TEST(WalkLimits, AMemberBehindABombInAZipIsStillRead) {
  const std::string bytes = write_archive(quickly<archive_write_set_format_zip>,
                                          {{"bomb", std::string(66 * kMiB, '\0')}, {"next", "n"}});
  EXPECT_THAT(walk_bytes(bytes, with(kLowRatio)).paths(), ElementsAre("in!/bomb", "in!/next"));
  EXPECT_THAT(walk_stream(bytes, with(kLowRatio)).paths(), ElementsAre("-!/bomb", "-!/next"));

  constexpr Limits kNotHeld = {.expansion_ratio = 50, .memory_archive_bytes = 1'000};
  const WalkedAll as_stream = walk_stream(bytes, with(kNotHeld));
  EXPECT_THAT(as_stream.paths(), ElementsAre("-!/bomb"))
      << "to find the next one, the bomb would have to go off";
  EXPECT_THAT(as_stream.problems.at(0).message, HasSubstr("the rest of the archive"));
}

TEST(WalkLimits, AHandfulOfRepeatedLinesIsNoBomb) {
  EXPECT_THAT(walk_bytes(gzip_of_zeros(10)).problems, IsEmpty());
  EXPECT_THAT(walk_bytes(gzip_of_zeros(80), with({.expansion_ratio = 2'000})).problems, IsEmpty());
}

TEST(WalkLimits, MemoryForASevenZipInAStream) {
  const std::string bytes = tar({{"big.7z", seven_zip({{"a", noise(5'000)}})}, {"b", "b"}});
  const WalkedAll walked = walk_bytes(bytes, with({.memory_archive_bytes = 4'000}));
  EXPECT_THAT(walked.paths(), ElementsAre("in!/b"));
  ASSERT_THAT(walked.codes(), ElementsAre("limit-memory-archive"));
  EXPECT_EQ(walked.problems[0].path, "in!/big.7z");
  EXPECT_THAT(walked.problems[0].message, HasSubstr("--limit-memory-archive 4000"));
  EXPECT_THAT(walk_bytes(bytes).problems, IsEmpty());
  EXPECT_THAT(walk_bytes(seven_zip({{"a", noise(5'000)}}), with({.memory_archive_bytes = 4'000})).problems,
              IsEmpty())
      << "where it can seek, it takes no memory";
}

TEST(WalkLimits, Time) {
  const WalkedAll walked = walk_bytes(tar({{"a", "1"}}), with({.seconds = 0}));
  EXPECT_EQ(walked.bytes, 0U);
  ASSERT_THAT(walked.codes(), ElementsAre("limit-time"));
  EXPECT_THAT(walked.problems[0].message, AllOf(HasSubstr("--limit-time 0"), HasSubstr("left unread")));
}

TEST(WalkLimits, TheLargestValuesAreNoLimits) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  constexpr auto kMost32 = std::numeric_limits<std::uint32_t>::max();
  const Options options = with({.total_bytes = kMost,
                                .member_bytes = kMost,
                                .members = kMost,
                                .depth = kMost32,
                                .expansion_ratio = kMost32,
                                .seconds = kMost32,
                                .memory_archive_bytes = kMost});
  const WalkedAll walked = walk_bytes(gzip(tar({{"a", "1"}, {"b.7z", seven_zip({{"c", "2"}})}})), options);
  EXPECT_THAT(walked.paths(), ElementsAre("in!/a", "in!/b.7z!/c"));
  EXPECT_THAT(walked.problems, IsEmpty());
}

// One file of 7 GiB in a tar of three blocks: all of it is a hole, but for the last four bytes.
std::string sparse_tar() {
  std::string header(512, '\0');
  const auto put = [&header](std::size_t at, std::string_view field) {
    header.replace(at, field.size(), field);
  };
  put(0, "hole");
  put(124, "00000000004");  // bytes of data
  put(148, "        ");     // checksum
  put(156, "S");            // sparse, as GNU tar wrote it
  put(257, "ustar  ");
  put(386, "70000000000");  // where the data goes
  put(398, "00000000004");
  put(483, "70000000004");  // bytes of the file
  unsigned sum = 0;
  for (const char byte : header) sum += static_cast<unsigned char>(byte);
  std::ostringstream octal;
  octal << std::oct << std::setw(6) << std::setfill('0') << sum;
  put(148, octal.str() + std::string(1, '\0'));
  return header + "data" + std::string(508, '\0');
}

TEST(WalkLimits, RatioOfAHole) {
  const WalkedAll walked = walk_bytes(sparse_tar() + tar({{"next", "n"}}));
  EXPECT_THAT(walked.paths(), ElementsAre("in!/hole", "in!/next"));
  EXPECT_LT(walked.members[0].content.size(), 66 * kMiB);
  EXPECT_EQ(walked.members[0].content.find_first_not_of('\0'), std::string::npos);
  EXPECT_THAT(walked.codes(), ElementsAre("limit-ratio"));
}

}  // namespace
}  // namespace assay
