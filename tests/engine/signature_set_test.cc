// Sets of signatures: from folders and files, replaced, refused as a whole with every remark, linted, tested.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "assay/signatures.h"
#include "folder.h"

namespace assay {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;

class SignatureFiles : public ::testing::Test {
 protected:
  fs::path write(const std::string& name, const std::string& text) const { return folder_.write(name, text); }

  static std::string signature(const std::string& id, const std::string& title,
                               const std::string& more = "") {
    return "id: " + id + "\ntitle: " + title +
           "\nkind: defect\nseverity: low\nneeds: [log]\n"
           "observe:\n  seen:\n    log: {message: 'something is wrong with (?P<what>[a-z]+)'}\n"
           "conclude:\n  - {status: issue, when: seen, group_by: what}\n"
           "text:\n  description: 'Wrong: {{all.what}}.'\n  actions: [Mend it.]\n" +
           more;
  }

  static SignatureSet load(const std::vector<fs::path>& paths) { return SignatureSet::load(paths); }

  const test::Folder folder_;
};

TEST_F(SignatureFiles, AreFoundBelowFoldersInOrderOfTheirIds) {
  write("b/two.yaml", signature("TWO", "second"));
  write("a/one.yml", signature("ONE", "first"));
  write("notes.txt", "no signature");
  const SignatureSet set = load({folder_.path()});
  ASSERT_EQ(set.cards().size(), 2U);
  EXPECT_EQ(set.cards()[0].id, "ONE");
  EXPECT_EQ(set.cards()[1].title, "second");
}

TEST_F(SignatureFiles, ReplaceEarlierOnesOnlyFromALaterPath) {
  const fs::path first = write("pack/one.yaml", signature("ONE", "original"));
  const fs::path second = write("mine/one.yaml", signature("ONE", "mine"));
  EXPECT_EQ(load({first.parent_path(), second.parent_path()}).cards()[0].title, "mine");
  try {
    load({folder_.path()});
    FAIL() << "one path held the id twice";
  } catch (const Error& error) {
    EXPECT_THAT(error.diagnostics(), Contains(Field(&Diagnostic::code, "duplicate-id")));
  }
}

TEST_F(SignatureFiles, AreRefusedWithEveryRemarkOfEveryFile) {
  write("a.yaml", "id: A\ntitel: x\n");
  write("b.yaml", "id: [\n");
  try {
    load({folder_.path()});
    FAIL() << "loaded broken files";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), "invalid-signatures");
    EXPECT_THAT(error.diagnostics(), Contains(Field(&Diagnostic::file, HasSubstr("a.yaml"))));
    EXPECT_THAT(error.diagnostics(), Contains(Field(&Diagnostic::file, HasSubstr("b.yaml"))));
  }
}

TEST_F(SignatureFiles, RunTheirTestsAndSayWhyOneFails) {
  write("one.yaml",
        signature("ONE", "first",
                  "tests:\n"
                  "  - name: fires\n"
                  "    log: '2022-07-11T18:55:25.910+02:00 vcsc tvcs: something is wrong with disks'\n"
                  "    expect: {status: issue, groups: [{what: disks}]}\n"
                  "  - name: expects another\n"
                  "    log: '2022-07-11T18:55:25.910+02:00 vcsc tvcs: something is wrong with disks'\n"
                  "    expect: {status: no_issue, groups: []}\n"));
  const auto results = test_signatures(std::vector<fs::path>{folder_.path()});
  ASSERT_EQ(results.size(), 2U);
  EXPECT_TRUE(results[0].passed) << ::testing::PrintToString(results[0].failures);
  EXPECT_FALSE(results[1].passed);
  EXPECT_THAT(results[1].failures[0], HasSubstr("expected status no_issue, came issue"));
  EXPECT_GT(results[1].line, results[0].line);
}

TEST_F(SignatureFiles, ManyAreLoadedOnAllCoresInTheSameOrder) {
  for (int i = 0; i < 300; ++i) {
    const std::string id = "MANY-" + std::to_string(1000 + i);
    write(id + ".yaml", signature(id, "number " + std::to_string(i)));
  }
  const SignatureSet set = load({folder_.path()});
  ASSERT_EQ(set.cards().size(), 300U);
  for (int i = 0; i < 300; ++i)
    EXPECT_EQ(set.cards()[static_cast<std::size_t>(i)].title, "number " + std::to_string(i));
}

TEST(Signatures, AreRefusedWhereThereIsNoSuchPath) {
  EXPECT_THROW(SignatureSet::load({"/no/such/folder"}), Error);
}

TEST(ShippedSignatures, AreCleanAndPassTheirTests) {
  const fs::path pack = fs::path(ASSAY_SOURCE_DIR) / "signatures";
  for (const Diagnostic& diagnostic : lint_signatures(std::span(&pack, 1)))
    ADD_FAILURE() << to_string(diagnostic);
  const auto results = test_signatures(std::span(&pack, 1));
  EXPECT_GT(results.size(), 20U);
  for (const SignatureTestResult& result : results) {
    EXPECT_TRUE(result.passed) << result.file << ':' << result.line << ": " << result.signature << ", "
                               << result.test << ": " << ::testing::PrintToString(result.failures);
  }
}

}  // namespace
}  // namespace assay
