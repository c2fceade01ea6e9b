// Every example of docs/signatures.md is a signature that loads, has nothing to lint, and is laid out.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "assay/lint.h"
#include "signature/load.h"

namespace assay {
namespace {

std::vector<std::string> examples() {
  std::ifstream file(ASSAY_SOURCE_DIR "/docs/signatures.md", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::string open = "```yaml\n";
  std::vector<std::string> blocks;
  for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
    at += open.size();
    const std::size_t end = text.find("\n```\n", at);
    blocks.push_back(text.substr(at, end - at + 1));
    at = end;
  }
  return blocks;
}

TEST(SignatureDocs, EveryExampleLoadsAndHasNothingToLint) {
  std::vector<Signature> signatures;
  for (const std::string& example : examples()) {
    LoadedSignature loaded = load_signature(example, "docs/signatures.md");
    for (const Diagnostic& diagnostic : loaded.diagnostics)
      ADD_FAILURE() << to_string(diagnostic) << "\n" << example;
    if (!loaded.signature) continue;
    for (const Diagnostic& diagnostic : lint_signature(*loaded.signature)) {
      ADD_FAILURE() << to_string(diagnostic) << "\n" << example;
    }
    signatures.push_back(std::move(*loaded.signature));
  }
  for (const Diagnostic& diagnostic : lint_together(signatures)) {
    EXPECT_EQ(diagnostic.code, "duplicate-pattern")
        << to_string(diagnostic);  // the examples are about one thing
  }
  EXPECT_GE(signatures.size(), 8U);
}

TEST(SignatureDocs, EveryExampleIsLaidOut) {
  for (const std::string& example : examples()) {
    EXPECT_EQ(format_signature({.name = "docs/signatures.md", .text = example}), example);
  }
}

}  // namespace
}  // namespace assay
