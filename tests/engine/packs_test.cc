// Packs: what comes later replaces, a bad signature is left out and named, and a pack can ask for an engine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "assay/analyze.h"
#include "folder.h"

namespace assay {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Packs : public ::testing::Test {
 protected:
  void TearDown() override { ::unsetenv("ASSAY_SIGNATURES"); }

  std::string write(const std::string& name, const std::string& text) const { return own_.write(name, text); }

  static std::string signature(const std::string& id, const std::string& title) {
    return "id: " + id + "\ntitle: " + title +
           "\nkind: defect\nseverity: low\nneeds: [log]\n"
           "observe:\n  seen:\n    log: {message: 'something is wrong'}\n"
           "conclude:\n  - {status: issue, when: seen}\n"
           "text:\n  description: It is wrong.\n  actions: [Mend it.]\n";
  }

  SignatureSet load(const std::vector<std::string>& names, bool strict = true) const {
    std::vector<fs::path> paths;
    for (const std::string& name : names) paths.push_back(folder_ / name);
    return SignatureSet::load(paths, {.strict = strict});
  }

  // "CODE\n" of the Error, and each of its remarks.
  std::string refusal(const std::vector<std::string>& names, bool strict = true) const {
    try {
      load(names, strict);
    } catch (const Error& error) {
      std::string words = error.code() + '\n';
      for (const Diagnostic& diagnostic : error.diagnostics()) {
        words += fs::path(to_string(diagnostic)).lexically_relative(folder_).string() + '\n';
      }
      return words;
    }
    return "not refused";
  }

  const test::Folder own_;
  const fs::path folder_ = own_.path();
};

TEST_F(Packs, SayWhereASignatureComesFromAndWhatItReplaced) {
  const std::string first = write("pack/one.yaml", signature("ONE", "original"));
  write("pack/pack.yaml", "name: vendor\nversion: 1.4\n");
  const std::string second = write("site/one.yaml", signature("ONE", "of the site"));
  const std::string third = write("mine.yaml", signature("ONE", "mine"));
  write("site/two/two.yaml", signature("TWO", "second"));
  write("site/two/pack.yaml", "name: two\nversion: '2026-11'\nrequires: 0.1\n");
  const SignatureSet set = load({"pack", "site", "mine.yaml"});
  ASSERT_EQ(set.cards().size(), 2U);
  EXPECT_EQ(set.cards()[0].title, "mine");
  EXPECT_EQ(set.cards()[0].file, third);
  EXPECT_EQ(set.cards()[0].pack, "") << "a file that is given by itself belongs to none";
  EXPECT_THAT(set.cards()[0].replaces, ElementsAre(first, second));
  EXPECT_EQ(set.cards()[1].pack, "two 2026-11") << "the nearest pack counts";
  EXPECT_THAT(set.cards()[1].replaces, IsEmpty());
  EXPECT_EQ(load({"pack"}).cards()[0].pack, "vendor 1.4");
}

TEST_F(Packs, AreNamedInTheReport) {
  write("pack/one.yaml", signature("ONE", "one"));
  write("pack/two.yaml", signature("TWO", "two"));
  write("pack/pack.yaml", "name: vendor\nversion: 1.4\n");
  write("site/three.yaml", signature("THREE", "three"));
  write("site/pack.yaml", "name: site\nversion: 7\n");
  write("mine.yaml", signature("MINE", "mine"));
  const Report report = analyze(load({"pack", "site", "mine.yaml"}), Input::from_bytes("log", {}));
  EXPECT_THAT(report.packs, ElementsAre("site 7", "vendor 1.4"));
}

TEST_F(Packs, LeaveOutABadSignatureAndWorkWithTheOthers) {
  write("pack/good.yaml", signature("GOOD", "good"));
  const std::string bad = write("pack/bad.yaml", "id: BAD\ntitel: x\n");
  EXPECT_THAT(refusal({"pack"}), HasSubstr("invalid-signatures\npack/bad.yaml:")) << "strict is the default";
  const SignatureSet set = load({"pack"}, false);
  ASSERT_EQ(set.cards().size(), 1U);
  EXPECT_EQ(set.cards()[0].id, "GOOD");
  ASSERT_FALSE(set.left_out().empty());
  EXPECT_EQ(set.left_out()[0].file, bad);

  const std::string_view log = "2022-07-11T18:55:25.910+02:00 vcsc tvcs: something is wrong\n";
  const Input input = Input::from_bytes("loggingsnapshot_test.txt", log);
  const Report report = analyze(set, input);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].status, Status::issue);
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_EQ(report.problems[0].code, "invalid-signature");
  EXPECT_EQ(report.problems[0].path, bad);
  EXPECT_THAT(report.problems[0].message, HasSubstr("left out: line 1: "));
  EXPECT_THAT(report.problems[0].message, HasSubstr(" more."));
  EXPECT_TRUE(report.complete) << "the evidence was all read";
}

TEST_F(Packs, UseTheEarlierSignatureInPlaceOfABadOne) {
  const std::string good = write("pack/one.yaml", signature("ONE", "original"));
  write("mine/one.yaml", signature("ONE", "mine") + "more: 1\n");
  const SignatureSet set = load({"pack", "mine"}, false);
  EXPECT_EQ(set.cards()[0].title, "original");
  EXPECT_THAT(set.left_out()[0].message, HasSubstr("ONE of " + good + " is used"));
}

TEST_F(Packs, AreRefusedIfNothingInThemIsGood) {
  write("pack/bad.yaml", "id: BAD\ntitel: x\n");
  EXPECT_THAT(refusal({"pack"}, false), HasSubstr("invalid-signatures"));
}

TEST_F(Packs, AskForAnEngine) {
  write("pack/one.yaml", signature("ONE", "original"));
  write("pack/pack.yaml", "name: vendor\nversion: 1.4\nrequires: 99.1\n");
  const std::string words =
      "unsuitable-pack\npack/pack.yaml:3:11: error: the pack vendor 1.4 needs assay 99.1 or later; this is ";
  EXPECT_THAT(refusal({"pack"}), HasSubstr(words));
  EXPECT_THAT(refusal({"pack"}, false), HasSubstr(words)) << "all of it may mean something else";
  const fs::path pack = folder_ / "pack";
  const std::vector<Diagnostic> remarks = lint_signatures(std::span(&pack, 1));
  ASSERT_EQ(remarks.size(), 1U);
  EXPECT_THAT(to_string(remarks[0]), HasSubstr("[engine-too-old]"));
}

TEST_F(Packs, AreDescribedByThreeKeys) {
  write("pack/one.yaml", signature("ONE", "original"));
  const auto remarks_on = [&](const std::string& text) {
    write("pack/pack.yaml", text);
    return refusal({"pack"});
  };
  EXPECT_EQ(remarks_on("name: a\nversion: 1\nrequires: 0.1.0\n"), "not refused");
  EXPECT_EQ(remarks_on("nam: a\nversion: [1]\nrequires: soon\n"),
            "unsuitable-pack\n"
            "pack/pack.yaml:1:1: error: a pack has no key 'nam'; did you mean 'name'? [unknown-key]\n"
            "pack/pack.yaml:1:1: error: a pack needs the key 'name' [missing-key]\n"
            "pack/pack.yaml:2:10: error: version of a pack has to be a plain value [wrong-type]\n"
            "pack/pack.yaml:3:11: error: requires is 'soon', which is not a version like 0.2 or 1.10.3 "
            "[invalid-value]\n");
  EXPECT_THAT(remarks_on("- a\n"), HasSubstr("has to be a map with the keys name and version [wrong-type]"));
  EXPECT_THAT(remarks_on("name: [\n"), HasSubstr("[yaml-syntax]"));
}

TEST_F(Packs, OfTheEnvironmentAreAPathList) {
  write("a/one.yaml", signature("ONE", "first"));
  write("b/one.yaml", signature("ONE", "second"));
  ::setenv("ASSAY_SIGNATURES", (folder_.string() + "/a:" + folder_.string() + "/b").c_str(), 1);
  EXPECT_THAT(SignatureSet::installed_paths(), ElementsAre(folder_ / "a", folder_ / "b"));
  EXPECT_EQ(SignatureSet::installed().cards()[0].title, "second");
  ::unsetenv("ASSAY_SIGNATURES");
  const std::vector<fs::path> own = SignatureSet::installed_paths();
  ASSERT_EQ(own.size(), 1U);
  ::setenv("ASSAY_SIGNATURES", (":" + folder_.string() + "/b").c_str(), 1);
  EXPECT_THAT(SignatureSet::installed_paths(), ElementsAre(own[0], folder_ / "b"))
      << "an empty part stands for the pack that comes with assay";
}

TEST_F(Packs, ThatAreNotWhereTheyWereInstalledAreAskedFor) {
  ::setenv("ASSAY_SIGNATURES", "/no/such", 1);
  EXPECT_THAT(SignatureSet::installed_paths(), ElementsAre("/no/such"));
  try {
    SignatureSet::installed();
    ADD_FAILURE() << "not refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), "no-such-path");
    EXPECT_STREQ(error.what(),
                 "the installed signatures should be in /no/such, which is not there; say with "
                 "ASSAY_SIGNATURES where they are");
  }
  ::unsetenv("ASSAY_SIGNATURES");
}

}  // namespace
}  // namespace assay
