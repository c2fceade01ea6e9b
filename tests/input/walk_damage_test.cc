// Damaged, encrypted and mislabelled bundles: what can be read is read, and the rest is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <lzma.h>

#include <algorithm>

#include "input/archives.h"

namespace assay {
namespace {

using namespace archives;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string cut(const std::string& bytes, std::size_t size) {
  return bytes.substr(0, size);
}

// What came out is the beginning of what is in the whole bundle, in the same order.
void expect_beginning_of(const WalkedAll& walked, const WalkedAll& whole, std::size_t at) {
  ASSERT_LE(walked.members.size(), whole.members.size()) << "cut at " << at;
  for (std::size_t i = 0; i < walked.members.size(); ++i) {
    const std::string& content = walked.members[i].content;
    constexpr std::size_t kTarHeader = 512;
    const bool may_be_any_file = i + 1 == walked.members.size() && content.size() < kTarHeader;
    if (may_be_any_file && whole.members[i].path.starts_with(walked.members[i].path + "!/")) continue;
    EXPECT_EQ(walked.members[i].path, whole.members[i].path) << "cut at " << at;
    if (i + 1 < walked.members.size()) {
      EXPECT_EQ(content, whole.members[i].content) << "cut at " << at;
    } else {
      EXPECT_TRUE(whole.members[i].content.starts_with(content)) << "cut at " << at;
    }
  }
}

// A bundle in a bundle, of every form that is read as a stream.
std::string nested_bundle() {
  const std::string logs = tar({{"one.log", "1 " + noise(700)}, {"two.log", "2 " + noise(700)}});
  return tar(
      {{"first.txt", "the first\n"}, {"diag.zip", zip({{"logs.tar.gz", gzip(logs)}})}, {"last.txt", "z\n"}});
}

TEST(WalkDamage, ABundleCutAnywhereGivesWhatIsBeforeTheCut) {
  const std::string inside = nested_bundle();
  for (const int filter : {ARCHIVE_FILTER_NONE, ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_BZIP2,
                           ARCHIVE_FILTER_ZSTD}) {
    const std::string bytes = filter == ARCHIVE_FILTER_NONE ? inside : compress(filter, inside);
    const WalkedAll whole = walk_bytes(bytes);
    ASSERT_THAT(whole.paths(), ElementsAre("in!/first.txt", "in!/diag.zip!/logs.tar.gz!/one.log",
                                           "in!/diag.zip!/logs.tar.gz!/two.log", "in!/last.txt"));
    ASSERT_THAT(whole.problems, IsEmpty());
    const std::size_t end_of_members = bytes.find_last_not_of('\0') / 512 * 512 + 512;
    for (std::size_t size = 120; size < bytes.size() - 1; size += 37) {
      const WalkedAll walked = walk_bytes(cut(bytes, size));
      expect_beginning_of(walked, whole, size);
      // Two blocks of zeros are the end; one will do; a piece of the second may be remarked on.
      const bool has_end = filter == ARCHIVE_FILTER_NONE && size >= end_of_members + 512;
      if (has_end && size < end_of_members + 1'024) continue;
      EXPECT_EQ(walked.problems.empty(), has_end) << "cut at " << size << " of filter " << filter;
    }
  }
}

TEST(WalkDamage, ATarCutWithinItsFirstHeaderIsATruncatedArchive) {
  const std::string bytes = tar({{"loggingsnapshot_vcsc.txt", noise(700)}});
  for (const std::size_t size : {std::size_t{108}, std::size_t{150}, std::size_t{300}, std::size_t{511}}) {
    const WalkedAll walked = walk_bytes(cut(bytes, size));
    EXPECT_THAT(walked.members, IsEmpty()) << size;
    EXPECT_THAT(walked.codes(), ElementsAre("truncated")) << size;
  }
  EXPECT_THAT(walk_bytes(std::string(120, 'a') + "\n").problems, IsEmpty()) << "a text is none";
}

TEST(WalkDamage, ATarCutBetweenTwoMembersIsTruncated) {
  const std::string bytes = tar({{"a", noise(512)}, {"b", noise(512)}});
  const WalkedAll walked = walk_bytes(cut(bytes, 1'024));
  EXPECT_THAT(walked.paths(), ElementsAre("in!/a"));
  EXPECT_THAT(walked.codes(), ElementsAre("truncated"));
  EXPECT_THAT(walk_stream(cut(bytes, 1'024)).codes(), ElementsAre("truncated"));
  EXPECT_THAT(walk_bytes(gzip(cut(bytes, 1'024))).codes(), ElementsAre("no-end-mark"))
      << "the gzip is whole, so its writer left the mark out";
  EXPECT_THAT(walk_bytes(zip({{"inner.tar", cut(bytes, 1'024)}})).codes(), ElementsAre("no-end-mark"));
  EXPECT_THAT(walk_bytes(cut(bytes, 2'048 + 512)).codes(), IsEmpty()) << "one block of zeros is mark enough";
}

TEST(WalkDamage, AGzipCutNearItsEndKeepsAllTheMembersBefore) {
  const std::string bytes =
      gzip(tar({{"a", noise(5'000)}, {"b", noise(5'001).substr(1)}, {"c", noise(50'000).substr(40'000)}}));
  const WalkedAll walked = walk_bytes(cut(bytes, bytes.size() - 1'000));
  EXPECT_THAT(walked.paths(), ElementsAre("in!/a", "in!/b", "in!/c"));
  EXPECT_THAT(walked.codes(), ElementsAre("truncated", "truncated"));
  EXPECT_EQ(walked.problems[0].path, "in");
  EXPECT_THAT(walked.problems[0].message, HasSubstr("gzip"));
  EXPECT_EQ(walked.problems[1].path, "in!/c") << "the member that it hit";
  EXPECT_EQ(walked.problems[1].offset, walked.members[2].content.size());
}

TEST(WalkDamage, ACutLogSaysSoOnce) {
  const std::string bytes = gzip(noise(5'000));
  const WalkedAll walked = walk_bytes(cut(bytes, 3'000));
  EXPECT_THAT(walked.codes(), ElementsAre("truncated"));
  EXPECT_EQ(walked.problems[0].offset, walked.members.at(0).content.size());
  EXPECT_GT(walked.problems[0].offset, 2'000U);
}

TEST(WalkDamage, AZipWithoutItsEndIsReadFromItsFront) {
  const std::string bytes = zip({{"a", noise(5'000)}, {"b", noise(5'000)}});
  const WalkedAll walked = walk_bytes(cut(bytes, 7'000));
  EXPECT_THAT(walked.paths(), ElementsAre("in!/a", "in!/b"));
  EXPECT_EQ(walked.members[0].content, noise(5'000));
  EXPECT_THAT(walked.codes(), ElementsAre("truncated"));
}

TEST(WalkDamage, ASevenZipWithoutItsEndIsNoArchive) {
  const std::string bytes = seven_zip({{"a", noise(5'000)}});
  for (const std::size_t size : {std::size_t{20}, std::size_t{40}, std::size_t{3'000}, bytes.size() - 1}) {
    const WalkedAll walked = walk_bytes(cut(bytes, size));
    EXPECT_THAT(walked.members, IsEmpty());
    EXPECT_THAT(walked.codes(), ElementsAre("truncated")) << "cut at " << size;
  }
  EXPECT_THAT(walk_bytes(cut(bytes, 3'000)).problems[0].message, HasSubstr("its table of contents"));
}

TEST(WalkDamage, ADamagedMemberDoesNotHideItsNeighbours) {
  std::string bytes = zip({{"a", noise(500)}, {"b", noise(500)}, {"c", noise(500)}});
  const std::size_t in_b = bytes.find(noise(500).substr(100, 20), bytes.find("b", 600));
  ASSERT_NE(in_b, std::string::npos);
  bytes[in_b] = static_cast<char>(bytes[in_b] ^ 1);
  const WalkedAll walked = walk_bytes(bytes);
  EXPECT_THAT(walked.paths(), ElementsAre("in!/a", "in!/b", "in!/c"));
  EXPECT_EQ(walked.members[2].content, noise(500));
  EXPECT_THAT(walked.codes(), ElementsAre("corrupt"));
  EXPECT_EQ(walked.problems[0].path, "in!/b");
}

TEST(WalkDamage, ADamagedArchiveInsideDoesNotEndTheOuterOne) {
  std::string inner = gzip(noise(3'000));
  inner[1'500] = static_cast<char>(inner[1'500] ^ 0x55);
  inner[inner.size() - 5] = static_cast<char>(inner[inner.size() - 5] ^ 1);
  const WalkedAll walked = walk_bytes(gzip(tar({{"inner.gz", inner}, {"after", "fine"}})));
  EXPECT_THAT(walked.paths(), ElementsAre("in!/inner.gz", "in!/after"));
  EXPECT_EQ(walked.members[1].content, "fine");
  EXPECT_THAT(walked.codes(), ElementsAre("corrupt"));
  EXPECT_EQ(walked.problems[0].path, "in!/inner.gz");
}

TEST(WalkDamage, EveryFlippedByteIsSurvived) {
  const std::string bytes = gzip(nested_bundle());
  const std::string seven = seven_zip({{"a", noise(300)}, {"b.gz", gzip("b")}});
  for (const std::string& good : {bytes, seven, nested_bundle()}) {
    for (std::size_t at = 0; at < good.size(); at += 11) {
      std::string damaged = good;
      damaged[at] = static_cast<char>(damaged[at] ^ 0xa5);
      EXPECT_LE(walk_bytes(damaged).members.size(), 5U);
    }
  }
}

TEST(WalkDamage, AWrongChecksumAtTheEndOfTheBundleIsNotedThoughEveryMemberIsRead) {
  std::string bytes = gzip(tar({{"a.log", "a\n"}}));
  bytes[bytes.size() - 5] = static_cast<char>(bytes[bytes.size() - 5] ^ 1);
  const WalkedAll walked = walk_bytes(bytes);
  EXPECT_EQ(walked.members.at(0).content, "a\n");
  EXPECT_THAT(walked.codes(), ElementsAre("corrupt"));
}

TEST(WalkDamage, GarbageBehindAGzipIsTold) {
  const WalkedAll walked = walk_bytes(gzip("log\n") + "not gzip");
  EXPECT_EQ(walked.members.at(0).content, "log\n");
  EXPECT_THAT(walked.codes(), ElementsAre("trailing-garbage"));
  EXPECT_THAT(walk_bytes(gzip("log\n") + std::string(500, '\0')).problems, IsEmpty())
      << "padding is no garbage";
}

TEST(WalkDamage, GarbageBehindABzip2IsTold) {
  const std::string bytes = compress(ARCHIVE_FILTER_BZIP2, "log\n");
  const WalkedAll walked = walk_bytes(bytes + "something else, of some length");
  EXPECT_EQ(walked.members.at(0).content, "log\n");
  EXPECT_THAT(walked.codes(), ElementsAre("trailing-garbage"));
  EXPECT_THAT(walk_bytes(bytes + std::string(1'000, '\0')).problems, IsEmpty()) << "padding is no garbage";
}

// Behind little of it the source ends while the next stream is looked for.
TEST(WalkDamage, GarbageOfAnyLengthBehindABzip2IsTold) {
  const std::string bytes = compress(ARCHIVE_FILTER_BZIP2, "log\n");
  for (std::size_t length = 1; length < 40; ++length) {
    const WalkedAll walked = walk_bytes(bytes + std::string(length, '?'));
    EXPECT_EQ(walked.members.at(0).content, "log\n") << length;
    EXPECT_THAT(walked.codes(), ElementsAre("trailing-garbage")) << length;
  }
}

TEST(WalkDamage, GarbageBehindXzIsTold) {
  const std::string bytes = compress(ARCHIVE_FILTER_XZ, "log\n");
  const WalkedAll walked = walk_bytes(bytes + "something else, of some length");
  EXPECT_EQ(walked.members.at(0).content, "log\n");
  EXPECT_THAT(walked.codes(), ElementsAre("trailing-garbage"));
  EXPECT_THAT(walk_bytes(bytes + std::string(1'000, '\0')).problems, IsEmpty()) << "padding is no garbage";
  EXPECT_EQ(walk_bytes(bytes + bytes).members.at(0).content, "log\nlog\n");
}

TEST(WalkDamage, GarbageBehindZstdIsToldAsDamageForItsDecoderTakesItForMoreOfTheSame) {
  const WalkedAll walked =
      walk_bytes(compress(ARCHIVE_FILTER_ZSTD, "log\n") + "something else, of some length");
  EXPECT_THAT(walked.codes(), ElementsAre("corrupt"));
}

TEST(WalkDamage, NothingBeforeTheDamageOfAnXzIsLost) {
  const std::string log = noise(100'000);
  const std::string bytes = compress(ARCHIVE_FILTER_XZ, log);
  const WalkedAll cut = walk_bytes(bytes.substr(0, bytes.size() - 30));  // its index and its end are missing
  EXPECT_EQ(cut.members.at(0).content, log);
  EXPECT_THAT(cut.codes(), ElementsAre("truncated"));
  EXPECT_EQ(cut.problems.at(0).offset, log.size());

  std::string damaged = bytes;
  damaged[bytes.size() - 1] = 'x';
  const WalkedAll walked = walk_bytes(damaged);
  EXPECT_EQ(walked.members.at(0).content, log);
  EXPECT_THAT(walked.codes(), ElementsAre("corrupt"));
}

// Says in its header, of a few bytes, that its reader must hold 256 MiB of what came before.
TEST(WalkDamage, AnXzThatAsksForMuchMemoryIsRefused) {
  std::string bytes = compress(ARCHIVE_FILTER_XZ, "log\n");
  constexpr std::size_t kStreamHeader = 12;
  const std::size_t header_bytes = (static_cast<unsigned char>(bytes.at(kStreamHeader)) + 1U) * 4;
  const std::size_t dictionary = bytes.find(std::string_view("\x21\x01"), kStreamHeader) + 2;
  ASSERT_LT(dictionary, kStreamHeader + header_bytes);
  bytes[dictionary] = 32;
  const std::size_t covered = header_bytes - 4;
  const std::uint32_t checksum =
      lzma_crc32(reinterpret_cast<const std::uint8_t*>(bytes.data()) + kStreamHeader, covered, 0);
  for (std::size_t i = 0; i < 4; ++i)
    bytes[kStreamHeader + covered + i] = static_cast<char>(checksum >> 8 * i);
  const WalkedAll walked = walk_bytes(bytes);
  EXPECT_THAT(walked.codes(), ElementsAre("unsupported"));
  EXPECT_THAT(walked.problems.at(0).message, HasSubstr("it needs 256 MiB of memory"));
}

TEST(WalkDamage, EncryptedMembersOfAZipAreCountedAndTheOthersRead) {
  const Prepare encrypted = [](archive* writer) {
    archive_write_set_format_zip(writer);
    archive_write_set_options(writer, "zip:encryption=traditional");
    archive_write_set_passphrase(writer, "secret");
  };
  const std::string locked = write_archive(encrypted, {{"a.log", "a"}, {"b.log", "b"}});
  const WalkedAll walked = walk_bytes(locked);
  EXPECT_THAT(walked.members, IsEmpty());
  ASSERT_THAT(walked.codes(), ElementsAre("encrypted"));
  EXPECT_EQ(walked.problems[0].path, "in");
  EXPECT_THAT(walked.problems[0].message, HasSubstr("2 files in it are encrypted, in!/a.log the first"));

  // As a stream too, since it is small.
  const WalkedAll inside = walk_bytes(tar({{"locked.zip", locked}, {"c.log", "c"}}));
  EXPECT_THAT(inside.paths(), ElementsAre("in!/c.log"));
  ASSERT_THAT(inside.codes(), ElementsAre("encrypted"));
  EXPECT_EQ(inside.problems[0].path, "in!/locked.zip");
  EXPECT_THAT(walk_stream(locked).problems.at(0).message, HasSubstr("2 files in it are encrypted"));

  // A large one is not held in memory, and there is no way over what is encrypted.
  Options not_held;
  not_held.limits.memory_archive_bytes = 20;
  EXPECT_EQ(walk_stream(locked, not_held).problems.at(0).path, "-");
}

// Made with "7z a -ppassword" of one file, s.txt.
constexpr unsigned char kEncrypted7z[] = {
    0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0x00, 0x04, 0x11, 0xda, 0x28, 0x63, 0x10, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x62, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x3d, 0x4e, 0x23, 0x9d, 0x54, 0xa0,
    0xb1, 0x87, 0x1a, 0xc4, 0xdb, 0x64, 0xd6, 0xe7, 0x03, 0x47, 0x99, 0xab, 0x09, 0x0d, 0x01, 0x04, 0x06,
    0x00, 0x01, 0x09, 0x10, 0x00, 0x07, 0x0b, 0x01, 0x00, 0x02, 0x24, 0x06, 0xf1, 0x07, 0x01, 0x12, 0x53,
    0x0f, 0xd5, 0x5f, 0x0d, 0x04, 0x4c, 0xc6, 0x26, 0x9b, 0xbe, 0xb0, 0x69, 0xb0, 0x2b, 0x3d, 0x8d, 0x11,
    0x21, 0x21, 0x01, 0x00, 0x01, 0x00, 0x0c, 0x0b, 0x07, 0x00, 0x08, 0x0a, 0x01, 0x8c, 0xb2, 0xeb, 0xe2,
    0x00, 0x00, 0x05, 0x01, 0x19, 0x01, 0x00, 0x11, 0x0d, 0x00, 0x73, 0x00, 0x2e, 0x00, 0x74, 0x00, 0x78,
    0x00, 0x74, 0x00, 0x00, 0x00, 0x14, 0x0a, 0x01, 0x00, 0x49, 0x7a, 0xf9, 0x47, 0x9d, 0x79, 0xdd, 0x01,
    0x15, 0x06, 0x01, 0x00, 0x20, 0x80, 0xa4, 0x81, 0x00, 0x00,
};

// The same with -mhe=on: the names are encrypted, too.
constexpr unsigned char kEncryptedNames7z[] = {
    0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0x00, 0x04, 0xe1, 0x5e, 0xa7, 0x7a, 0x80, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x2e, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x5b, 0x01, 0x3c, 0xd4,
    0x74, 0x68, 0x23, 0x38, 0x31, 0xe4, 0x1d, 0xb0, 0x33, 0x66, 0x2e, 0x8f, 0x04, 0x82, 0x66, 0xf6,
    0x63, 0x09, 0x71, 0x99, 0x77, 0x9d, 0x17, 0x40, 0x4f, 0xaa, 0xe7, 0x6e, 0x4e, 0xa6, 0x14, 0x68,
    0x56, 0x7d, 0x9b, 0x57, 0x4f, 0xbc, 0x12, 0x94, 0x10, 0x7b, 0xdf, 0x68, 0x09, 0x4a, 0xe7, 0xaf,
    0x76, 0xc8, 0xd1, 0x5e, 0xa4, 0x93, 0x53, 0xd0, 0xaa, 0xdf, 0x4f, 0x1a, 0xe6, 0x35, 0xea, 0x3b,
    0x9d, 0xde, 0x1c, 0xbb, 0x68, 0xb7, 0x63, 0x73, 0x96, 0x7e, 0xcb, 0x16, 0x37, 0xb4, 0x16, 0x1f,
    0xc9, 0x45, 0x29, 0x34, 0xf4, 0xca, 0xa5, 0x06, 0x72, 0xdc, 0x50, 0x15, 0xf5, 0xb9, 0x43, 0x11,
    0x60, 0x46, 0xf7, 0x48, 0xf2, 0x14, 0xc4, 0x4c, 0x8a, 0xf3, 0xc1, 0x1d, 0xb8, 0x79, 0xfa, 0xd7,
    0x3d, 0x70, 0x98, 0x60, 0x18, 0xa2, 0x18, 0xa8, 0x9d, 0x0a, 0x6b, 0x0a, 0x9e, 0x58, 0x95, 0x06,
    0x17, 0x06, 0x10, 0x01, 0x09, 0x70, 0x00, 0x07, 0x0b, 0x01, 0x00, 0x01, 0x24, 0x06, 0xf1, 0x07,
    0x01, 0x12, 0x53, 0x0f, 0x13, 0x90, 0x05, 0x4b, 0xba, 0x47, 0x45, 0xf6, 0x45, 0x3a, 0x1f, 0x06,
    0x13, 0x96, 0x73, 0xdc, 0x0c, 0x62, 0x0a, 0x01, 0xed, 0x03, 0x77, 0x83, 0x00, 0x00,
};

TEST(WalkDamage, EncryptedSevenZipsAreNamed) {
  const std::string content(std::begin(kEncrypted7z), std::end(kEncrypted7z));
  const WalkedAll walked = walk_bytes(content);
  EXPECT_THAT(walked.members, IsEmpty());
  EXPECT_THAT(walked.codes(), ElementsAre("encrypted"));
  EXPECT_EQ(walked.problems[0].path, "in!/s.txt");

  const std::string names(std::begin(kEncryptedNames7z), std::end(kEncryptedNames7z));
  EXPECT_THAT(walk_bytes(names).codes(), ElementsAre("encrypted"));
  EXPECT_THAT(walk_stream(names).codes(), ElementsAre("encrypted"));
}

TEST(WalkDamage, WhatOnlyBeginsLikeAnArchiveIsOne) {
  const WalkedAll walked = walk_bytes(tar({{"a.gz", "\x1f\x8b\x08 and then text"},
                                           {"b.xz", std::string("\xfd\x37zXZ\0 and then text", 20)},
                                           {"c.zip", "PK\x03\x04 and then text"},
                                           {"d.7z", "7z\xbc\xaf\x27\x1c and then text"},
                                           {"e.zst", "\x28\xb5\x2f\xfd and then text"},
                                           {"f.log", "fine"}}));
  EXPECT_THAT(walked.paths(), Contains("in!/f.log"));
  EXPECT_THAT(walked.problems, ::testing::SizeIs(5));
  for (const Problem& problem : walked.problems) EXPECT_THAT(problem.path, Not("in"));
}

TEST(WalkDamage, ProblemsWithoutEndAreCountedAndNotListed) {
  std::vector<File> files;
  for (int i = 0; i < 1'500; ++i) files.push_back({std::to_string(i), "Rar!\x1a\x07"});
  const WalkedAll walked = walk_bytes(tar(files));
  ASSERT_EQ(walked.problems.size(), 1'001U);
  EXPECT_EQ(walked.problems.back().code, "many-problems");
  EXPECT_THAT(walked.problems.back().message, HasSubstr("500 more"));
}

}  // namespace
}  // namespace assay
