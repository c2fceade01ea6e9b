// The signatures that the other tests start from are good ones.
#include "signature_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "signature/load.h"

namespace assay {

namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

void add_changes(std::string_view text, std::vector<std::string>& texts) {
  texts.emplace_back(text);
  const std::vector<std::string> lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::vector<std::string> without = lines;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    texts.push_back(joined(without));
    // Behind each colon another kind of value, and before it another key.
    for (std::size_t colon = lines[i].find(": "); colon != std::string::npos;
         colon = lines[i].find(": ", colon + 1)) {
      for (const std::string_view value : {"7", "true", "~", "[]", "{}", "[x, y]", "{en: z}", "0.5", "on"}) {
        std::vector<std::string> changed = lines;
        changed[i] = lines[i].substr(0, colon + 2) + std::string(value) +
                     (lines[i].find('{') < colon && lines[i].back() == '}' ? "}" : "");
        texts.push_back(joined(changed));
      }
      std::vector<std::string> changed = lines;
      changed[i].insert(colon, "x");
      texts.push_back(joined(changed));
    }
  }
}

}  // namespace

std::string with(std::string_view text, std::string_view from, std::string_view to) {
  std::string changed(text);
  const std::size_t at = changed.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) changed.replace(at, from.size(), to);
  return changed;
}

std::vector<std::string> texts_with_one_change() {
  std::vector<std::string> texts;
  add_changes(kSmallest, texts);
  add_changes(kWhole, texts);
  return texts;
}

namespace {

std::string remarks_on(const std::vector<Diagnostic>& diagnostics) {
  std::string all;
  for (const Diagnostic& diagnostic : diagnostics) all += to_string(diagnostic) + "\n";
  return all;
}

TEST(SignatureTexts, LoadWithoutARemark) {
  EXPECT_EQ(remarks_on(load_signature(kSmallest, "smallest.yaml").diagnostics), "");
  EXPECT_EQ(remarks_on(load_signature(kWhole, "whole.yaml").diagnostics), "");
}

TEST(SignatureTexts, TheWholeOneHasNothingToLint) {
  const LoadedSignature whole = load_signature(kWhole, "whole.yaml");
  ASSERT_TRUE(whole.signature);
  EXPECT_EQ(remarks_on(lint_signature(*whole.signature)), "");
}

}  // namespace
}  // namespace assay
