// Fixes: each makes the file lint clean, and changes nothing else of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "assay/lint.h"
#include "signature/load.h"
#include "signature_texts.h"

namespace assay {
namespace {

// A comment, odd blanks and quotes, a tab in a comment and no newline at the end: all of it has to stay.
const std::string kGood =
    "# what\tit is for\n"
    "id: TEST-1\n"
    "title:    Something is wrong   # said in one line\n"
    "kind: \"defect\"\n"
    "severity: high\n"
    "also_known_as: [ A-1,   B-2 ]\n"
    "references:\n"
    "  - https://example.com/one   \n"
    "  - https://example.com/two\n"
    "\n"
    "needs: [log]\n"
    "observe:\n"
    "  untrusted:\n"
    "    log: {process: traffic_server, message: 'failed for \\((?P<target>[^)]+)\\)'}\n"
    "conclude:\n"
    "  - {status: issue, when: untrusted, group_by: target}\n"
    "text:\n"
    "  description: '{{all.target}} is wrong'\n"
    "  actions: [Mend it.]";

std::string remarks_on(const std::string& text) {
  const LoadedSignature loaded = load_signature(text, "x.yaml");
  std::string words;
  for (const Diagnostic& diagnostic : loaded.diagnostics) words += to_string(diagnostic) + '\n';
  if (!loaded.signature) return words;
  for (const Diagnostic& diagnostic : lint_signature(*loaded.signature))
    words += to_string(diagnostic) + '\n';
  return words;
}

struct Fixed {
  std::string_view good;
  std::string_view bad;
  std::string_view code;
};

TEST(Mend, MakesEachFixAndChangesNothingElse) {
  ASSERT_EQ(remarks_on(kGood), "");
  const Fixed fixes[] = {
      {"severity: high", "sevrity: high", "[unknown-key]"},
      {"observe:\n", "obsreve:\n", "[unknown-key]"},
      {"severity: high", "severity: hgih", "[unknown-value]"},
      {"\"defect\"", "\"defct\"", "[unknown-value]"},
      {"{process: traffic", "{proces: traffic", "[unknown-field]"},
      {"needs: [log]", "needs: [lgo]", "[unknown-evidence]"},
      {"when: untrusted", "when: untrsuted", "[unknown-observation]"},
      {"[ A-1,   B-2 ]", "[ A-1,   B-2,  A-1 ]", "[duplicate-entry]"},
      {"[ A-1,   B-2 ]", "[ A-1,   B-2 , 'A-1' ]", "[duplicate-entry]"},
      {"/two\n", "/two\n  - https://example.com/one\n", "[duplicate-entry]"},
      {"/two\n", "/two\n  - 'https://example.com/one'  \n", "[duplicate-entry]"},
      {"/two\n", "/two\n  - https://example.com/one\n  - https://example.com/one\n", "[duplicate-entry]"},
  };
  for (const Fixed& fix : fixes) {
    const std::string bad = with(kGood, fix.good, fix.bad);
    EXPECT_THAT(remarks_on(bad), ::testing::HasSubstr(std::string(fix.code))) << fix.bad;
    const MendedSignature result = mend_signature({.name = "x.yaml", .text = bad});
    const bool blank_before_comma = fix.bad.find(" ,") != std::string_view::npos;
    EXPECT_EQ(result.text, blank_before_comma ? with(kGood, "B-2 ]", "B-2  ]") : kGood) << fix.bad;
    EXPECT_FALSE(result.mended.empty());
    EXPECT_EQ(remarks_on(result.text), "");
  }
}

TEST(Mend, PutsTextThatLooksLikeANumberBetweenQuotes) {
  const std::string bad = with(kGood, "title:    Something is wrong ", "title:    42 ");
  ASSERT_THAT(remarks_on(bad), ::testing::HasSubstr("[wrong-type]"));
  EXPECT_EQ(mend_signature({.name = "x.yaml", .text = bad}).text, with(bad, "42", "'42'"));
}

TEST(Mend, GoesOnToWhatComesToLight) {
  const std::string bad = with(with(kGood, "observe:\n", "obsreve:\n"), "{process:", "{proces:");
  const MendedSignature result = mend_signature({.name = "x.yaml", .text = bad});
  EXPECT_EQ(result.text, kGood);
  EXPECT_EQ(result.mended.size(), 2U);
}

TEST(Mend, LeavesWhatNeedsAPerson) {
  for (const std::string& bad : {
           with(kGood, "severity: high", "severity: quite high"),          // nothing is near
           with(kGood, "severity: high", "severity: high\nsevrity: low"),  // the key is there already
           with(kGood, "'{{all.target}} is wrong'", "'{{all.taget}} is wrong'"),
           with(kGood, "/two\n", "/two\n  - https://example.com/one # a reason\n"),
           with(kGood, "observe:\n", "observe: [\n"),
           with(with(kGood, "  untrusted:\n", "  a:\n"), "when: untrusted",
                "when: b"),  // any letter is as near
       }) {
    const MendedSignature result = mend_signature({.name = "x.yaml", .text = bad});
    EXPECT_EQ(result.text, bad);
    EXPECT_TRUE(result.mended.empty());
    EXPECT_NE(remarks_on(bad), "");
  }
}

TEST(Mend, LeavesAGoodFileAsItIs) {
  EXPECT_EQ(mend_signature({.name = "x.yaml", .text = kGood}).text, kGood);
}

}  // namespace
}  // namespace assay
