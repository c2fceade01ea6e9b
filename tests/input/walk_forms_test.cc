// Whatever a bundle is packed in, its files come out: known by their content, named by their way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "assay/error.h"
#include "input/archives.h"
#include "input/budget.h"
#include "input/raw_source.h"

namespace assay {
namespace {

using namespace archives;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<File> kBundle = {{"logs/", ""}, {"logs/a.log", "first\n"}, {"b.log", "second\n"}};

void expect_bundle(const WalkedAll& walked, const std::string& chain) {
  EXPECT_THAT(walked.members, ElementsAre(Seen{chain + "!/logs/a.log", chain + "!/logs", "a.log", "first\n"},
                                          Seen{chain + "!/b.log", chain, "b.log", "second\n"}));
  EXPECT_THAT(walked.problems, IsEmpty());
}

TEST(WalkForms, PlainTextIsAMemberItself) {
  const WalkedAll walked = walk_bytes("hello\n");
  EXPECT_THAT(walked.members, ElementsAre(Seen{"in", "", "in", "hello\n"}));
  EXPECT_THAT(walked.problems, IsEmpty());
}

TEST(WalkForms, EveryArchiveIsOpenedFromMemoryAndFromAStream) {
  for (const std::string& bytes : {tar(kBundle), zip(kBundle), seven_zip(kBundle)}) {
    expect_bundle(walk_bytes(bytes), "in");
    expect_bundle(walk_stream(bytes), "-");
  }
}

// `yes abc | head -100 | 7z a -si X.txt`: the archive calls its file a pipe, because it came from one.
TEST(WalkForms, What7zPackedFromAPipeIsAFile) {
  constexpr char kFromPipe[] =
      "\x37\x7a\xbc\xaf\x27\x1c\x00\x04\x50\x2c\x22\xcf\x14\x00\x00\x00\x00\x00\x00\x00"
      "\x52\x00\x00\x00\x00\x00\x00\x00\x3c\x56\x35\x77\xe0\x01\x8f\x00\x0c\x5d\x00\x30"
      "\x98\x88\x91\x45\x53\x15\x0e\x9e\x3e\x00\x00\x00\x01\x04\x06\x00\x01\x09\x14\x00"
      "\x07\x0b\x01\x00\x01\x21\x21\x01\x1a\x0c\x81\x90\x00\x08\x0a\x01\xca\xae\x1d\xcd"
      "\x00\x00\x05\x01\x19\x0b\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x11\x0d\x00"
      "\x58\x00\x2e\x00\x74\x00\x78\x00\x74\x00\x00\x00\x14\x0a\x01\x00\x69\xbd\xc9\x5c"
      "\x41\x7a\xdd\x01\x15\x06\x01\x00\x20\x80\x80\x11\x00\x00";
  const WalkedAll walked = walk_bytes(std::string(kFromPipe, sizeof kFromPipe - 1));
  ASSERT_EQ(walked.members.size(), 1U);
  EXPECT_EQ(walked.members[0].name, "X.txt");
  EXPECT_EQ(walked.members[0].content.size(), 400U);
  EXPECT_THAT(walked.problems, IsEmpty());
}

TEST(WalkForms, OldAndNewTarsAreOpened) {
  expect_bundle(walk_bytes(write_archive(archive_write_set_format_v7tar, kBundle)), "in");
  expect_bundle(walk_bytes(write_archive(archive_write_set_format_gnutar, kBundle)), "in");
  expect_bundle(walk_bytes(write_archive(archive_write_set_format_pax, kBundle)), "in");
}

TEST(WalkForms, EveryCompressionOfATarIsUndone) {
  for (const int filter :
       {ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_BZIP2, ARCHIVE_FILTER_ZSTD}) {
    expect_bundle(walk_bytes(compress(filter, tar(kBundle))), "in");
    expect_bundle(walk_stream(compress(filter, tar(kBundle))), "-");
  }
}

TEST(WalkForms, ACompressedFileKeepsItsPathAndLosesTheEndingOfItsName) {
  const WalkedAll walked = walk_bytes(tar({{"x/a.log.gz", gzip("one\n")},
                                           {"x/B.LOG.XZ", compress(ARCHIVE_FILTER_XZ, "two\n")},
                                           {"x/c.log.bz2", compress(ARCHIVE_FILTER_BZIP2, "three\n")},
                                           {"x/d.log.zst", compress(ARCHIVE_FILTER_ZSTD, "four\n")},
                                           {"x/e.tgz", gzip("no tar\n")},
                                           {"x/f.log", gzip("five\n")},
                                           {"x/plain.gz", "only called so\n"}}));
  EXPECT_THAT(walked.members, ElementsAre(Seen{"in!/x/a.log.gz", "in!/x", "a.log", "one\n"},
                                          Seen{"in!/x/B.LOG.XZ", "in!/x", "B.LOG", "two\n"},
                                          Seen{"in!/x/c.log.bz2", "in!/x", "c.log", "three\n"},
                                          Seen{"in!/x/d.log.zst", "in!/x", "d.log", "four\n"},
                                          Seen{"in!/x/e.tgz", "in!/x", "e.tar", "no tar\n"},
                                          Seen{"in!/x/f.log", "in!/x", "f.log", "five\n"},
                                          Seen{"in!/x/plain.gz", "in!/x", "plain.gz", "only called so\n"}));
}

TEST(WalkForms, ArchivesInArchivesAreOpenedInPlace) {
  const std::string inner = gzip(tar(kBundle));
  const std::string bytes = zip({{"before.txt", "1"},
                                 {"diag.tar.gz", inner},
                                 {"more.7z", seven_zip({{"deep.zip", zip({{"log.gz", gzip("deep\n")}})}})},
                                 {"after.txt", "2"}});
  for (const WalkedAll& walked : {walk_bytes(bytes), walk_stream(bytes)}) {
    const std::string root = walked.members.at(0).container;
    EXPECT_THAT(walked.paths(), ElementsAre(root + "!/before.txt", root + "!/diag.tar.gz!/logs/a.log",
                                            root + "!/diag.tar.gz!/b.log",
                                            root + "!/more.7z!/deep.zip!/log.gz", root + "!/after.txt"));
    EXPECT_EQ(walked.members.at(3).content, "deep\n");
    EXPECT_EQ(walked.members.at(3).container, root + "!/more.7z!/deep.zip");
    EXPECT_EQ(walked.members.at(3).name, "log");
    EXPECT_THAT(walked.problems, IsEmpty());
  }
}

TEST(WalkForms, SeveralArchivesInOneTarFileAreAllRead) {
  const WalkedAll walked = walk_bytes(tar({{"a", "1"}}) + tar({{"b", "2"}}));
  EXPECT_THAT(walked.paths(), ElementsAre("in!/a", "in!/b"));
  EXPECT_THAT(walked.problems, IsEmpty());
}

TEST(WalkForms, LinksAndFoldersInArchivesHaveNoContent) {
  std::string bytes = write_archive(archive_write_set_format_ustar, {{"real.log", "x"}});
  for (char& byte : bytes) {
    if (&byte == &bytes[156]) byte = '2';  // the same entry, as a symbolic link
  }
  // The checksum of the header grows with its type.
  const std::string checksum = bytes.substr(148, 6);
  const unsigned long sum = std::stoul(checksum, nullptr, 8) + ('2' - '0');
  std::ostringstream octal;
  octal << std::oct << std::setw(6) << std::setfill('0') << sum;
  bytes.replace(148, 6, octal.str());
  const WalkedAll walked = walk_bytes(bytes + tar({{"other.log", "y"}}));
  EXPECT_THAT(walked.members, ElementsAre(Seen{"in!/other.log", "in", "other.log", "y"}));
}

TEST(WalkForms, HolesOfSparseFilesAreZeros) {
  std::string bytes;
  {
    const std::unique_ptr<archive, decltype(&archive_write_free)> writer(archive_write_new(),
                                                                         &archive_write_free);
    archive_write_set_format_pax(writer.get());
    archive_write_open(
        writer.get(), &bytes, nullptr,
        [](archive*, void* target, const void* data, std::size_t size) {
          static_cast<std::string*>(target)->append(static_cast<const char*>(data), size);
          return static_cast<la_ssize_t>(size);
        },
        nullptr);
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, "core");
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, 1'000'000);
    archive_entry_sparse_add_entry(entry, 400'000, 4);
    archive_write_header(writer.get(), entry);
    std::string content(1'000'000, '\0');
    content.replace(400'000, 4, "data");
    archive_write_data(writer.get(), content.data(), content.size());
    archive_entry_free(entry);
  }
  ASSERT_LT(bytes.size(), 100'000U) << "the archive is not sparse";
  const WalkedAll walked = walk_bytes(bytes);
  ASSERT_EQ(walked.members.size(), 1U);
  std::string expected(1'000'000, '\0');
  expected.replace(400'000, 4, "data");
  EXPECT_EQ(walked.members[0].content, expected);
}

TEST(WalkForms, FilesInArchivesMayBeEmptyButAnInputMayNot) {
  EXPECT_THAT(walk_bytes(tar({{"empty", ""}, {"full", "x"}})).problems, IsEmpty());
  for (const std::string& bytes : {std::string(), tar({{"folder/", ""}}), zip({}), gzip("")}) {
    EXPECT_THAT(walk_bytes(bytes).codes(), ElementsAre("empty")) << bytes.size() << " bytes";
  }
}

TEST(WalkForms, UnsupportedArchivesAreNamed) {
  using namespace std::string_literals;
  for (const std::string& bytes :
       {"Rar!\x1a\x07\x01\x00 and so on"s, compress(ARCHIVE_FILTER_LZ4, "text"),
        compress(ARCHIVE_FILTER_LZIP, "text"), compress(ARCHIVE_FILTER_COMPRESS, "text")}) {
    const WalkedAll walked = walk_bytes(tar({{"a.bin", bytes}, {"b.log", "b"}}));
    EXPECT_THAT(walked.paths(), ElementsAre("in!/b.log"));
    EXPECT_THAT(walked.codes(), ElementsAre("unsupported"));
    EXPECT_EQ(walked.problems[0].path, "in!/a.bin");
  }
}

TEST(WalkForms, HostileNamesAreOnlyShown) {
  const WalkedAll walked = walk_bytes(tar({{"../../etc/passwd", "1"},
                                           {"/etc/shadow", "2"},
                                           {"./logs/./x", "3"},
                                           {"a\x1b[31m\nb", "4"},
                                           {"caf\xe9", "5"},
                                           {"txt.\xe2\x80\xaegnp", "6"}}));
  EXPECT_THAT(walked.paths(), ElementsAre("in!/../../etc/passwd", "in!//etc/shadow", "in!/logs/./x",
                                          "in!/a\\x1b[31m\\nb", "in!/caf\\xe9", "in!/txt.\\u202egnp"));
  EXPECT_EQ(walked.members[1].container, "in!//etc");
  EXPECT_EQ(walked.members[1].name, "shadow");
}

TEST(WalkForms, NamesKeepTheirLettersInEveryFormat) {
  const std::vector<File> files = {{"\xe3\x83\xad\xe3\x82\xb0.log", "x"}};
  const Prepare pax = archive_write_set_format_pax;
  for (const std::string& bytes : {tar(files), write_archive(pax, files), zip(files), seven_zip(files)}) {
    EXPECT_THAT(walk_bytes(bytes).paths(), ElementsAre("in!/\xe3\x83\xad\xe3\x82\xb0.log"));
  }
}

TEST(WalkForms, AnEndlessNameIsCut) {
  const Prepare pax = archive_write_set_format_pax;
  const WalkedAll walked = walk_bytes(write_archive(pax, {{std::string(100'000, 'n'), "x"}}));
  ASSERT_EQ(walked.members.size(), 1U);
  EXPECT_LT(walked.members[0].path.size(), 5'000U);
  EXPECT_TRUE(walked.members[0].path.ends_with("nnn..."));
}

TEST(WalkForms, InputsAreWalkedInTheirOrder) {
  const std::string first = "1";
  const std::string second = tar({{"x", "2"}});
  const WalkedAll walked = walk_all({Input::from_bytes("z", first), Input::from_bytes("a", second)});
  EXPECT_THAT(walked.paths(), ElementsAre("z", "a!/x"));
}

TEST(WalkForms, ProgressGrowsAndNamesWhatIsRead) {
  const std::string bytes = tar({{"a", std::string(3'000'000, 'a')}, {"b", std::string(3'000'000, 'b')}});
  int told = 0;
  Progress last;
  Options options;
  options.progress = [&](const Progress& progress) {
    EXPECT_GE(progress.bytes, last.bytes);
    EXPECT_FALSE(progress.path.empty());
    last = progress;
    ++told;
  };
  walk(std::vector<Input>{Input::from_bytes("in", bytes)}, options, [](Member&) {});
  EXPECT_GE(told, 1);
}

TEST(WalkForms, CancellingFromTheVisitorEndsTheWalk) {
  std::vector<File> files;
  for (int i = 0; i < 40; ++i) files.push_back({std::to_string(i), std::string(300'000, 'x')});
  const std::string bytes = gzip(tar(files));
  bool cancelled = false;
  Options options;
  options.cancelled = [&cancelled] { return cancelled; };
  int visits = 0;
  const auto visit = [&](Member&) {
    ++visits;
    cancelled = true;
  };
  EXPECT_THROW(walk(std::vector<Input>{Input::from_bytes("in", bytes)}, options, visit), Error);
  EXPECT_LT(visits, 40);
}

TEST(WalkForms, AnInputThatIsNotThereEndsTheWalkBeforeItBegins) {
  const std::vector<Input> inputs = {Input::from_bytes("in", {}), Input::from_path("/nowhere/bundle.tar.gz")};
  try {
    walk(inputs, {}, [](Member&) { FAIL() << "visited"; });
    FAIL() << "did not throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), "no-such-path");
    EXPECT_THAT(error.what(), ::testing::HasSubstr("/nowhere/bundle.tar.gz"));
  }
}

// A link that leads to itself cannot be opened by anybody, not even by those who may read everything.
TEST(WalkForms, AnInputThatIsThereButCannotBeOpenedIsToldApartFromOneThatIsNot) {
  const std::filesystem::path path =
      std::filesystem::path(testing::TempDir()) / ("assay_loop_" + std::to_string(::getpid()));
  std::filesystem::remove(path);
  std::filesystem::create_symlink(path, path);
  try {
    walk(std::vector<Input>{Input::from_path(path)}, {}, [](Member&) { FAIL() << "visited"; });
    ADD_FAILURE() << "did not throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), "unreadable");
    EXPECT_THAT(error.what(), ::testing::HasSubstr("cannot be read"));
  }
  std::filesystem::remove(path);
}

TEST(WalkForms, AStreamThatFailsIsReadUpToThere) {
  struct Failing : std::stringbuf {
    using std::stringbuf::stringbuf;
    int_type underflow() override { throw std::runtime_error("the line went dead"); }
  };
  Failing buffer(std::string(512, 'x'));
  std::istream stream(&buffer);
  std::string content(1'000, '\0');
  const Walked walked = walk(std::vector<Input>{Input::from_stream("-", stream)}, {},
                             [&](Member& member) { content.resize(member.content.read(content)); });
  EXPECT_EQ(content, std::string(512, 'x'));
  ASSERT_EQ(walked.problems.size(), 1U);
  EXPECT_EQ(walked.problems[0].code, "unreadable");
  EXPECT_EQ(walked.problems[0].offset, 512U);
}

TEST(WalkForms, WhatAStreamHasIsReadWithoutWaitingForMore) {
  // As a pipe: a part is there, and the next one may be long in coming.
  struct InParts : std::streambuf {
    std::vector<std::string> parts{"first ", "second"};
    std::size_t given = 0;
    int_type underflow() override {
      if (given == parts.size()) return traits_type::eof();
      std::string& part = parts[given++];
      setg(part.data(), part.data(), part.data() + part.size());
      return traits_type::to_int_type(part.front());
    }
  };
  InParts buffer;
  std::istream stream(&buffer);
  const Options options;
  Budget budget(options);
  IstreamSource source(stream, "-", budget);
  std::string content(1'000, '\0');
  EXPECT_EQ(content.substr(0, source.read(content)), "first ");
  EXPECT_EQ(buffer.given, 1U);
  EXPECT_EQ(content.substr(0, source.read(content)), "second");
  EXPECT_EQ(source.read(content), 0U);
}

}  // namespace
}  // namespace assay
