// assay signatures format, from the shell.
#include "program.h"

namespace assay::test {
namespace {

constexpr const char* kCrooked = "title:   T\nid: X\n";
constexpr const char* kStraight = "id: X\ntitle: T\n";

TEST(Format, ChangesFilesAndNamesThem) {
  const Folder folder;
  const std::string crooked = folder.write("crooked.yaml", kCrooked);
  folder.write("straight.yaml", kStraight);
  const Outcome outcome = assay("signatures format " + folder.path(""));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out, crooked + '\n');
  EXPECT_EQ(read_file(crooked), kStraight);
  EXPECT_EQ(assay("signatures format " + folder.path("")).out, "");
}

TEST(Format, OnlyChecks) {
  const Folder folder;
  const std::string crooked = folder.write("crooked.yaml", kCrooked);
  const std::string straight = folder.write("straight.yaml", kStraight);
  const Outcome outcome = assay("signatures format --check " + crooked + ' ' + straight);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out, crooked + '\n');
  EXPECT_EQ(read_file(crooked), kCrooked);
  EXPECT_EQ(assay("signatures format --check " + straight).status, 0);
}

TEST(Format, OfStandardInputGoesToStandardOutput) {
  const Outcome outcome = shell("printf 'title:   T\\nid: X\\n' | $assay signatures format -");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out, kStraight);
  EXPECT_EQ(shell("printf 'title: T\\nid: X\\n' | $assay signatures format --check -").status, 1);
}

TEST(Format, ChangesNothingIfOneFileCannotBeRead) {
  const Folder folder;
  const std::string crooked = folder.write("crooked.yaml", kCrooked);
  const std::string broken = folder.write("worse.yaml", "id: [x\n");
  const Outcome outcome = assay("signatures format " + folder.path(""));
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find(broken + ":2:1: error: "), std::string::npos) << outcome.err;
  EXPECT_EQ(read_file(crooked), kCrooked);
  EXPECT_EQ(assay("signatures format").status, 2) << "the installed signatures are nobody's to lay out";
}

}  // namespace
}  // namespace assay::test
