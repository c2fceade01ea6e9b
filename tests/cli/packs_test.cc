// Several packs at once, from the shell.
#include "program.h"

namespace assay::test {
namespace {

TEST(Packs, AreListedWithWhatTheyReplaced) {
  const Folder folder;
  const std::string first = folder.write("first.yaml", kSignature);
  const std::string second =
      folder.write("second.yaml", with(kSignature, "title: Something is broken", "title: Mine"));
  const std::string both = "signatures list --signatures " + first + " --signatures " + second;
  const Outcome table = assay(both);
  EXPECT_EQ(table.status, 0) << table.err;
  EXPECT_NE(table.out.find("second.yaml  Mine\n"), std::string::npos) << table.out;
  EXPECT_NE(table.out.find("\nbroken of " + second + " replaces the one of " + first + "\n"),
            std::string::npos);
  const Outcome lines = assay(both + " --format jsonl");
  EXPECT_NE(lines.out.find("\"file\":\"" + second + "\",\"replaces\":[\"" + first + "\"]"), std::string::npos)
      << lines.out;
  EXPECT_NE(assay("signatures list --format csv").out.find(",assay 0."), std::string::npos)
      << "the pack that comes with assay names itself";
}

TEST(Packs, OfTheEnvironmentAndInstalledOnesAreUsedTogether) {
  const Folder folder;
  const std::string mine = folder.write("mine.yaml", kSignature);
  const std::string list = " $assay signatures list --format csv";
  const std::string all = shell("ASSAY_SIGNATURES=$ASSAY_SIGNATURES:" + mine + list).out;
  EXPECT_NE(all.find("\nbroken,"), std::string::npos) << all;
  EXPECT_NE(all.find("\nCSCwc69661,"), std::string::npos) << all;
  const std::string added = assay("signatures list --format csv -s installed -s " + mine).out;
  EXPECT_EQ(added, all);
  EXPECT_EQ(shell("ASSAY_SIGNATURES=" + mine + list).out.find("\nCSCwc69661,"), std::string::npos);
  const std::string own = shell("ASSAY_SIGNATURES=:" + mine + " $assay version").out;
  EXPECT_NE(own.find("/share/assay/signatures\nsignatures " + mine), std::string::npos) << own;
}

TEST(Packs, ThatAreNotWhereTheyWereInstalledAreAskedFor) {
  const Outcome outcome = shell("ASSAY_SIGNATURES=/no/such $assay analyze " + kBundle);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err,
            "assay: the installed signatures should be in /no/such, which is not there; say with "
            "ASSAY_SIGNATURES where they are [no-such-path]\n");
}

TEST(Packs, WithABadSignatureWorkUnlessStrict) {
  const Folder folder;
  std::filesystem::create_directory(folder.path("pack"));
  const std::string good = folder.write("pack/good.yaml", kSignature);
  const std::string bad = folder.write("pack/bad.yaml", "id: BAD\ntitel: x\n");
  const std::string broken = folder.write("broken.txt", kLogOfBroken);
  const std::string other = folder.write("other.txt", kLogOfOther);
  const std::string pack = " -s " + folder.path("pack") + " ";
  const Outcome found = assay("analyze" + pack + broken);
  EXPECT_EQ(found.status, 1) << found.err;
  EXPECT_NE(found.out.find("[invalid-signature]"), std::string::npos) << found.out;
  EXPECT_EQ(assay("analyze" + pack + other).status, 3) << "nobody looked for what the bad one knows";
  const Outcome strict = assay("analyze --strict" + pack + broken);
  EXPECT_EQ(strict.status, 2);
  EXPECT_NE(strict.err.find("bad.yaml:2:1: error:"), std::string::npos) << strict.err;

  const Outcome list = assay("signatures list" + pack);
  EXPECT_EQ(list.status, 1);
  EXPECT_NE(list.out.find("broken"), std::string::npos);
  EXPECT_NE(list.err.find("bad.yaml:2:1: error:"), std::string::npos) << list.err;
  EXPECT_EQ(assay("signatures list --strict" + pack).status, 2);
  EXPECT_NE(assay("signatures show broken" + pack).out.find("id: broken"), std::string::npos);
}

TEST(Packs, ThatNeedALaterEngineAreRefused) {
  const Folder folder;
  folder.write("one.yaml", kSignature);
  folder.write("pack.yaml", "name: lab\nversion: 7\nrequires: 99.0\n");
  const Outcome outcome = assay("analyze -s " + folder.path("") + " " + kBundle);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("pack.yaml:3:11: error: the pack lab 7 needs assay 99.0 or later"),
            std::string::npos)
      << outcome.err;
}

}  // namespace
}  // namespace assay::test
