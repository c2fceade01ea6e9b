// Folders: sorted, never led out, never hung by what is no file.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "assay/error.h"
#include "folder.h"
#include "input/archives.h"

namespace assay {
namespace {

namespace fs = std::filesystem;
using namespace archives;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class WalkFolders : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directory(case_folder()); }

  fs::path case_folder() const { return root_ / "case"; }

  void write(const std::string& name, std::string_view content) const {
    folder_.write("case/" + name, content);
  }

  WalkedAll walk_case(const Options& options = {}) {
    return walk_all({Input{.name = "case", .source = case_folder()}}, options);
  }

  const test::Folder folder_;
  const fs::path root_ = folder_.path();
};

TEST_F(WalkFolders, AreReadInTheOrderOfTheirNames) {
  write("b.log", "2");
  write("a/z.log", "1");
  write("c/d/e.log", "3");
  write("C.log", "0");
  const WalkedAll walked = walk_case();
  EXPECT_THAT(walked.members, ElementsAre(Seen{"case/C.log", "case", "C.log", "0"},
                                          Seen{"case/a/z.log", "case/a", "z.log", "1"},
                                          Seen{"case/b.log", "case", "b.log", "2"},
                                          Seen{"case/c/d/e.log", "case/c/d", "e.log", "3"}));
  EXPECT_THAT(walked.problems, IsEmpty());
}

TEST_F(WalkFolders, ArchivesInThemAreOpenedWhateverTheirNames) {
  write("bundle.dat", gzip(tar({{"a.log", "a"}})));
  write("seven.txt", seven_zip({{"b.log", "b"}}));
  EXPECT_THAT(walk_case().paths(), ElementsAre("case/bundle.dat!/a.log", "case/seven.txt!/b.log"));
}

TEST_F(WalkFolders, APathIsShownAsItWasGiven) {
  write("a.log", "a");
  const std::string given = case_folder().string() + "/";
  EXPECT_THAT(walk_all({Input::from_path(given)}).paths(), ElementsAre(given + "a.log"));
  const std::string file = (case_folder() / "a.log").string();
  EXPECT_THAT(walk_all({Input::from_path(file)}).paths(), ElementsAre(file));
}

TEST_F(WalkFolders, LinksAreNotFollowed) {
  write("a.log", "a");
  write("sub/b.log", "b");
  std::ofstream(root_ / "outside.log") << "secret";
  fs::create_symlink("a.log", case_folder() / "again.log");
  fs::create_directory_symlink("..", case_folder() / "sub" / "loop");
  fs::create_symlink("../outside.log", case_folder() / "out.log");
  fs::create_directory_symlink("/", case_folder() / "root");
  fs::create_symlink("nowhere", case_folder() / "dangling");
  fs::create_symlink("self", case_folder() / "self");
  const WalkedAll walked = walk_case();
  EXPECT_THAT(walked.paths(), ElementsAre("case/a.log", "case/sub/b.log"));
  EXPECT_THAT(walked.codes(), ElementsAre("unreadable", "link-outside", "link-outside", "unreadable"));
  EXPECT_EQ(walked.problems[1].path, "case/out.log");
}

TEST_F(WalkFolders, ALinkThatWasGivenIsFollowed) {
  write("a.log", "a");
  fs::create_symlink(case_folder() / "a.log", root_ / "link");
  EXPECT_EQ(walk_all({Input::from_path(root_ / "link")}).members.at(0).content, "a");
}

TEST_F(WalkFolders, AGivenPipeThatNobodyWritesToIsWaitedForUntilTheAnalysisIsCancelled) {
  const std::filesystem::path pipe = case_folder() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  Options options;
  int asked = 0;
  options.cancelled = [&asked] { return ++asked > 3; };
  const Input input = Input::from_path(pipe);
  try {
    walk(std::span(&input, 1), options, [](Member& member) {
      std::array<char, 100> buffer;
      member.content.read(buffer);
    });
    ADD_FAILURE() << "the walk ended by itself";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), "cancelled");
  }
}

TEST_F(WalkFolders, NoPathHoldsANul) {
  using namespace std::string_literals;
  try {
    walk_all({Input::from_path(case_folder().string() + "\0/x"s)});
    ADD_FAILURE() << "something was there";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), "no-such-path");
  }
}

TEST_F(WalkFolders, PipesAreNotOpened) {
  write("a.log", "a");
  ASSERT_EQ(::mkfifo((case_folder() / "pipe").c_str(), 0600), 0);
  const WalkedAll walked = walk_case();
  EXPECT_THAT(walked.paths(), ElementsAre("case/a.log"));
  EXPECT_THAT(walked.codes(), ElementsAre("unsupported"));
  EXPECT_EQ(walked.problems[0].path, "case/pipe");
}

TEST_F(WalkFolders, WithoutPermissionAreNamedAndTheRestIsRead) {
  write("a/x.log", "a");
  write("b.log", "b");
  write("c.log", "c");
  fs::permissions(case_folder() / "a", fs::perms::none);
  fs::permissions(case_folder() / "b.log", fs::perms::none);
  const bool is_root = ::geteuid() == 0;  // who may read everything, and so becomes somebody else
  fs::permissions(root_, fs::perms::all);
  ASSERT_EQ(::seteuid(is_root ? 65'534 : ::geteuid()), 0);
  const WalkedAll walked = walk_case();
  ASSERT_EQ(::seteuid(is_root ? 0 : ::geteuid()), 0);
  fs::permissions(case_folder() / "a", fs::perms::owner_all);
  EXPECT_THAT(walked.paths(), ElementsAre("case/c.log"));
  EXPECT_THAT(walked.codes(), ElementsAre("unreadable", "unreadable"));
  EXPECT_EQ(walked.problems[0].path, "case/a");
}

TEST_F(WalkFolders, AnEmptyOneIsTold) {
  EXPECT_THAT(walk_case().codes(), ElementsAre("empty"));
}

TEST_F(WalkFolders, MoreFilesThanTheLimitAreNotEvenListed) {
  for (int i = 0; i < 10; ++i) write(std::to_string(i), "x");
  Options options;
  options.limits.members = 4;
  const WalkedAll walked = walk_case(options);
  EXPECT_EQ(walked.members.size(), 4U);
  ASSERT_THAT(walked.codes(), ElementsAre("limit-members"));
  EXPECT_EQ(walked.problems[0].path, "case");
}

TEST_F(WalkFolders, DeepFoldersEnd) {
  fs::path deep = case_folder();
  for (int i = 0; i < 250; ++i) deep /= "d";
  fs::create_directories(deep);
  std::ofstream(deep / "a.log") << "a";
  const WalkedAll walked = walk_case();
  EXPECT_THAT(walked.members, IsEmpty());
  EXPECT_THAT(walked.codes(), ElementsAre("unsupported"));
}

TEST_F(WalkFolders, NamesAreShownHarmless) {
  write("a\x1b[2Jb", "x");
  EXPECT_THAT(walk_case().paths(), ElementsAre("case/a\\x1b[2Jb"));
}

// The next three change what is being read, so each walks on its own.
class WalkChangingFiles : public WalkFolders {
 protected:
  std::string read_all(ByteStream& stream) {
    std::string all;
    std::array<char, 1'000> buffer;
    while (const std::size_t count = stream.read(buffer)) all.append(buffer.data(), count);
    return all;
  }
  Walked walk_and(const MemberVisitor& visit) {
    return walk(std::vector<Input>{Input{.name = "case", .source = case_folder()}}, {}, visit);
  }
};

TEST_F(WalkChangingFiles, AFileThatGrowsIsReadUpToTheSizeItHad) {
  write("a.log", std::string(1'000, 'a'));
  std::string content;
  const Walked walked = walk_and([&](Member& member) {
    std::ofstream(case_folder() / "a.log", std::ios::app) << "more";
    content = read_all(member.content);
  });
  EXPECT_EQ(content, std::string(1'000, 'a'));
  EXPECT_THAT(walked.problems, IsEmpty());
}

TEST_F(WalkChangingFiles, AFileThatShrinksIsTold) {
  write("a.log", std::string(100'000, 'a'));
  const Walked walked = walk_and([&](Member& member) {
    fs::resize_file(case_folder() / "a.log", 2'000);
    EXPECT_EQ(read_all(member.content).size(), 2'000U);
  });
  ASSERT_EQ(walked.problems.size(), 1U);
  EXPECT_EQ(walked.problems[0].code, "truncated");
  EXPECT_EQ(walked.problems[0].offset, 2'000U);
  EXPECT_THAT(walked.problems[0].message, HasSubstr("became shorter"));
}

TEST_F(WalkChangingFiles, AFileThatVanishesIsTold) {
  write("a.log", "a");
  write("b.log", "b");
  write("c.log", "c");
  std::vector<std::string> paths;
  const Walked walked = walk_and([&](Member& member) {
    paths.push_back(member.path);
    fs::remove(case_folder() / "b.log");
  });
  EXPECT_THAT(paths, ElementsAre("case/a.log", "case/c.log"));
  ASSERT_EQ(walked.problems.size(), 1U);
  EXPECT_EQ(walked.problems[0].code, "vanished");
  EXPECT_EQ(walked.problems[0].path, "case/b.log");
}

}  // namespace
}  // namespace assay
