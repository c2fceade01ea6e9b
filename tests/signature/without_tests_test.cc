// What is read of a signature by those who only analyse.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "signature/load.h"
#include "signature_texts.h"

namespace assay {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kTests = R"(tests:
  # one that fires

- name: fires
  log: certificate of cucm.example.com is not trusted
  expect: {status: issue}
)";

const std::string kTested = std::string(kSmallest) + std::string(kTests);

TEST(LoadWithoutTests, LeavesOutThoseAtTheEnd) {
  const LoadedSignature loaded = load_signature_without_tests(kTested, "x.yaml");
  ASSERT_TRUE(loaded.signature);
  EXPECT_THAT(loaded.signature->tests, IsEmpty());
  EXPECT_THAT(load_signature(kTested, "x.yaml").signature->tests, SizeIs(1)) << "the other way reads them";
}

TEST(LoadWithoutTests, ReadsThoseThatStandBeforeSomethingElse) {
  const std::string text = kTested + "references: ['https://example.com']\n";
  const LoadedSignature loaded = load_signature_without_tests(text, "x.yaml");
  ASSERT_TRUE(loaded.signature);
  EXPECT_THAT(loaded.signature->tests, SizeIs(1));
  EXPECT_THAT(loaded.signature->references, SizeIs(1));
}

TEST(LoadWithoutTests, DoesNotMindAMistakeInThem) {
  const std::string text = kTested + "- {name: wrong, expect: {status: isue}}\n";
  EXPECT_FALSE(load_signature(text, "x.yaml").signature);
  EXPECT_TRUE(load_signature_without_tests(text, "x.yaml").signature);
}

TEST(LoadWithoutTests, SaysAllMistakesOfAFileThatHasOneBeforeThem) {
  const std::string text = "severty: high\n" + kTested + "- {name: wrong, expect: {status: isue}}\n";
  const auto messages_of = [](const LoadedSignature& loaded) {
    std::string messages;
    for (const Diagnostic& diagnostic : loaded.diagnostics) messages += to_string(diagnostic) + "\n";
    return messages;
  };
  const LoadedSignature loaded = load_signature_without_tests(text, "x.yaml");
  EXPECT_EQ(messages_of(loaded), messages_of(load_signature(text, "x.yaml")));
  EXPECT_THAT(loaded.diagnostics, SizeIs(2));
}

// Whatever a file looks like: what is left without its tests is what it is with them.
TEST(LoadWithoutTests, IsOtherwiseTheSame) {
  for (const std::string& text : texts_with_one_change()) {
    const LoadedSignature whole = load_signature(text, "x.yaml");
    const LoadedSignature without = load_signature_without_tests(text, "x.yaml");
    if (!whole.signature) continue;
    ASSERT_TRUE(without.signature) << text;
    EXPECT_EQ(without.signature->observations.size(), whole.signature->observations.size()) << text;
    EXPECT_EQ(without.signature->conclusions.size(), whole.signature->conclusions.size()) << text;
  }
}

}  // namespace
}  // namespace assay
