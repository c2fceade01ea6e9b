// Codes are a promise to whoever reads the JSON: docs/json.md has each one that the sources make, and no
// other.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "source.h"

namespace {

namespace fs = std::filesystem;

std::string text_below(const std::vector<fs::path>& folders) {
  std::string all;
  for (const fs::path& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".cc") all += text_of(entry.path());
    }
  }
  return all;
}

// Every group of every match.
void add_matches(const std::string& text, const char* pattern, std::set<std::string>& codes,
                 const std::string& front = "") {
  const std::regex regex(pattern);
  for (auto at = std::sregex_iterator(text.begin(), text.end(), regex); at != std::sregex_iterator(); ++at) {
    for (std::size_t group = 1; group < at->size(); ++group) {
      if ((*at)[group].matched) codes.insert(front + (*at)[group].str());
    }
  }
}

// Remarks on signatures have codes too; docs/lint.md lists those, and another test holds them to it.
std::set<std::string> problem_codes() {
  const fs::path engine = kSource / "engine";
  const std::string text = text_below({engine / "input", engine / "text", engine / "evidence"}) +
                           text_of(engine / "nodes.cc") + text_of(engine / "node_facts.cc") +
                           text_of(engine / "problems.cc");
  std::set<std::string> codes;
  add_matches(text, R"re(\.code = "([a-z-]+)")re", codes);
  add_matches(text, R"re(\breport\(\s*"([a-z-]+)",)re", codes);
  add_matches(text, R"re(\breport\([^;"]*\? "([a-z-]+)" : "([a-z-]+)",)re", codes);
  add_matches(text, R"re(\bnote_fault\(\s*"([a-z-]+)",)re", codes);
  add_matches(text, R"re(\breport_damage\("([a-z-]+)",)re", codes);
  add_matches(text, R"re(\breport_limit\(\s*"([a-z-]+)",)re", codes, "limit-");
  const std::string reader = text_of(engine / "input" / "archive_reader.cc");
  add_matches(reader.substr(reader.find("::code_of_failure()")), R"re(return "([a-z]+)";)re", codes);
  return codes;
}

std::set<std::string> error_codes() {
  std::set<std::string> codes;
  add_matches(text_below({kSource / "engine", kSource / "cli"}), R"re(\bError\(\s*"([a-z-]+)")re", codes);
  return codes;
}

std::set<std::string> documented(const std::string& heading) {
  std::string docs = text_of(kSource / "docs" / "json.md");
  const std::size_t begin = docs.find("## " + heading + "\n");
  if (begin == std::string::npos) return {};
  docs = docs.substr(begin, docs.find("\n## ", begin) - begin);
  std::set<std::string> codes;
  add_matches(docs, R"re(\n\| `([a-z-]+)`)re", codes);
  return codes;
}

TEST(Codes, OfProblemsAreThoseOfTheDocs) {
  EXPECT_GT(problem_codes().size(), 20U) << "the sources were not read";
  EXPECT_EQ(documented("Codes of problems"), problem_codes());
}

TEST(Codes, OfErrorsAreThoseOfTheDocs) {
  EXPECT_EQ(documented("Codes of errors"), error_codes());
}

// The docs mark them with a star; what they do to Report::complete is said in one place.
TEST(Codes, ThatLeaveTheEvidenceCompleteAreMarkedInTheDocs) {
  const std::string source = text_of(kSource / "engine" / "problems.cc");
  const std::size_t begin = source.find("kHarmless");
  ASSERT_NE(begin, std::string::npos);
  std::set<std::string> harmless;
  add_matches(source.substr(begin, source.find(';', begin) - begin), R"re("([a-z-]+)")re", harmless);
  std::set<std::string> marked;
  add_matches(text_of(kSource / "docs" / "json.md"), R"re(\n\| `([a-z-]+)` \* \|)re", marked);
  EXPECT_EQ(marked, harmless);
}

}  // namespace
