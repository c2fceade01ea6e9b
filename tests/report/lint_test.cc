// Remarks as people and programs see them.
#include "assay/lint.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace assay {
namespace {

Diagnostic remark(std::uint32_t line, std::uint32_t column, std::string found = {}, std::string to = {}) {
  return {.severity = Diagnostic::Severity::error,
          .code = "unknown-key",
          .file = "pack/a b.yaml",
          .line = line,
          .column = column,
          .message = "wrong",
          .signature = "ID",
          .found = std::move(found),
          .replacement = std::move(to)};
}

constexpr std::string_view kFirst = "pack/a b.yaml:2:5: error: wrong [unknown-key]\n";

TEST(ShownRemark, PointsAtThePlace) {
  EXPECT_EQ(show(remark(2, 5), "id: x\nabc def\n"), std::string(kFirst) + "  2 | abc def\n    |     ^\n");
  EXPECT_EQ(show(remark(2, 5, "def", "fed"), "id: x\r\nabc def\r\n"),
            std::string(kFirst) + "  2 | abc def\n    |     ^^^\n");
  EXPECT_EQ(show(remark(2, 5, "def", "fed"), "id: x\nabc 'def'\n"),
            std::string(kFirst) + "  2 | abc 'def'\n    |     ^^^^^\n");
}

TEST(ShownRemark, CountsColumnsAsATerminalDoes) {
  EXPECT_EQ(show(remark(2, 5), "id: x\n\u8a3c\tx: y\n"),
            std::string(kFirst) + "  2 | \u8a3c\\tx: y\n    |     ^\n")
      << "a wide character of three bytes, and a tab that is spelled out";
}

TEST(ShownRemark, ShowsThePartOfALongLineThatMatters) {
  const std::string line = std::string(500, 'a') + "HERE" + std::string(500, 'b');
  const std::string shown = show(remark(1, 501, "HERE"), line);
  EXPECT_NE(shown.find("  1 | ..." + std::string(80, 'a') + "HERE" + std::string(76, 'b') + "...\n"),
            std::string::npos)
      << shown;
  EXPECT_NE(shown.find("    | " + std::string(83, ' ') + "^^^^\n"), std::string::npos) << shown;
}

TEST(ShownRemark, WithoutAPlaceOrTextIsOneLine) {
  EXPECT_EQ(show(remark(0, 0), "x\n"), to_string(remark(0, 0)) + '\n');
  EXPECT_EQ(show(remark(2, 5), ""), kFirst);
  EXPECT_EQ(show(remark(1, 0), "x\n"), to_string(remark(1, 0)) + "\n  1 | x\n");
  EXPECT_EQ(show(remark(1, 90), "x\n"), to_string(remark(1, 90)) + "\n  1 | x\n    |  ^\n");
}

TEST(RemarksAsJson, HaveEveryKey) {
  const std::vector<Diagnostic> remarks = {remark(2, 5, "a", "b"), remark(0, 0)};
  const auto json = nlohmann::json::parse(lint_to_json(remarks));
  EXPECT_EQ(json["format"], 1);
  EXPECT_EQ(json["errors"], 2);
  EXPECT_EQ(json["warnings"], 0);
  EXPECT_EQ(json["remarks"][0], nlohmann::json::parse(R"({"severity": "error", "code": "unknown-key",
      "file": "pack/a b.yaml", "line": 2, "column": 5, "message": "wrong", "signature": "ID", "found": "a",
      "replacement": "b"})"));
}

TEST(RemarksAsSarif, HaveRulesPlacesAndFixes) {
  const std::vector<Diagnostic> remarks = {remark(2, 6, "dfe", "def"), remark(0, 0), remark(2, 6, "dfe", "")};
  const auto sarif =
      nlohmann::json::parse(lint_to_sarif(remarks, {{"pack/a b.yaml", "id: x\n\u00e4bc dfe\n"}}));
  EXPECT_EQ(sarif["version"], "2.1.0");
  ASSERT_EQ(sarif["runs"].size(), 1U);
  const auto& run = sarif["runs"][0];
  ASSERT_EQ(run["tool"]["driver"]["rules"].size(), 1U);
  EXPECT_EQ(run["tool"]["driver"]["rules"][0]["id"], "unknown-key");
  ASSERT_EQ(run["results"].size(), 3U);
  const auto& result = run["results"][0];
  EXPECT_EQ(result["level"], "error");
  const auto& place = result["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "pack/a%20b.yaml");
  EXPECT_EQ(place["region"], nlohmann::json::parse(R"({"startLine": 2, "startColumn": 5, "endColumn": 8})"))
      << "in characters, not in bytes";
  const auto& change = result["fixes"][0]["artifactChanges"][0]["replacements"][0];
  EXPECT_EQ(change["deletedRegion"], place["region"]);
  EXPECT_EQ(change["insertedContent"]["text"], "def");
  EXPECT_EQ(run["results"][1]["locations"][0]["physicalLocation"]["region"],
            nlohmann::json::parse(R"({"startLine": 1})"));
  EXPECT_FALSE(run["results"][2].contains("fixes")) << "removing an entry is more than removing its words";
}

}  // namespace
}  // namespace assay
