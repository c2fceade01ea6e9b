// What is written as SARIF keeps to the rules of SARIF 2.1.0 for the objects that it has: which properties
// each of them may and must have, and what values. A hosting site refuses a file that breaks one of them.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "assay/lint.h"
#include "schema.h"

namespace assay {
namespace {

using nlohmann::json;

// Sections 3.13 (log), 3.14 (run), 3.18 (tool), 3.19 (driver), 3.49 (rule), 3.27 (result), 3.28 and 3.29
// (places), 3.30 (region), 3.4 (file), 3.11 (message), 3.55 to 3.57 (fix) of the standard.
constexpr const char* kRules = R"json({
  "definitions": {
    "message": {"type": "object", "required": ["text"], "additionalProperties": false,
      "properties": {"text": {"type": "string", "minLength": 1}}},
    "file": {"type": "object", "required": ["uri"], "additionalProperties": false,
      "properties": {"uri": {"type": "string", "minLength": 1, "pattern": "^[!#-;=?-Z_a-z~%\\[\\]]+$"}}},
    "region": {"type": "object", "required": ["startLine"], "additionalProperties": false,
      "properties": {
        "startLine": {"type": "integer", "minimum": 1},
        "startColumn": {"type": "integer", "minimum": 1},
        "endColumn": {"type": "integer", "minimum": 1}}},
    "rule": {"type": "object", "required": ["id"], "additionalProperties": false,
      "properties": {"id": {"type": "string"}, "shortDescription": {"$ref": "#/definitions/message"}}},
    "replacement": {"type": "object", "required": ["deletedRegion"], "additionalProperties": false,
      "properties": {
        "deletedRegion": {"$ref": "#/definitions/region"},
        "insertedContent": {"type": "object", "additionalProperties": false,
          "properties": {"text": {"type": "string"}}}}},
    "change": {"type": "object", "required": ["artifactLocation", "replacements"], "additionalProperties": false,
      "properties": {
        "artifactLocation": {"$ref": "#/definitions/file"},
        "replacements": {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/replacement"}}}},
    "fix": {"type": "object", "required": ["artifactChanges"], "additionalProperties": false,
      "properties": {
        "description": {"$ref": "#/definitions/message"},
        "artifactChanges": {"type": "array", "minItems": 1, "uniqueItems": true,
          "items": {"$ref": "#/definitions/change"}}}},
    "location": {"type": "object", "required": ["physicalLocation"], "additionalProperties": false,
      "properties": {"physicalLocation": {"type": "object", "required": ["artifactLocation"],
        "additionalProperties": false,
        "properties": {
          "artifactLocation": {"$ref": "#/definitions/file"}, "region": {"$ref": "#/definitions/region"}}}}},
    "result": {"type": "object", "required": ["message"], "additionalProperties": false,
      "properties": {
        "ruleId": {"type": "string", "minLength": 1},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": {"$ref": "#/definitions/message"},
        "locations": {"type": "array", "items": {"$ref": "#/definitions/location"}},
        "fixes": {"type": "array", "uniqueItems": true, "items": {"$ref": "#/definitions/fix"}}}},
    "run": {"type": "object", "required": ["tool"], "additionalProperties": false,
      "properties": {
        "tool": {"type": "object", "required": ["driver"], "additionalProperties": false,
          "properties": {"driver": {"type": "object", "required": ["name"], "additionalProperties": false,
            "properties": {
              "name": {"type": "string", "minLength": 1},
              "version": {"type": "string"},
              "rules": {"type": "array", "uniqueItems": true, "items": {"$ref": "#/definitions/rule"}}}}}},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": {"$ref": "#/definitions/result"}}}}
  },
  "type": "object", "required": ["version", "runs"], "additionalProperties": false,
  "properties": {
    "$schema": {"enum": ["https://json.schemastore.org/sarif-2.1.0.json"]},
    "version": {"enum": ["2.1.0"]},
    "runs": {"type": "array", "items": {"$ref": "#/definitions/run"}}
  }
})json";

// What these rules have against it: "" if nothing.
std::string objections(const json& sarif) {
  return test::objections(sarif, json::parse(kRules));
}

Diagnostic remark(std::string code, std::string file, std::uint32_t line, std::uint32_t column,
                  std::string found = {}, std::string replacement = {}) {
  return {.severity = Diagnostic::Severity::error,
          .code = std::move(code),
          .file = std::move(file),
          .line = line,
          .column = column,
          .message = "what is wrong",
          .signature = "ID",
          .found = std::move(found),
          .replacement = std::move(replacement)};
}

json sarif_of(const std::vector<Diagnostic>& remarks, const SignatureTexts& texts) {
  return json::parse(lint_to_sarif(remarks, texts));
}

TEST(Sarif, KeepsToTheStandard) {
  const SignatureTexts texts = {{"a.yaml", "severity: hihg\nkind: 'defekt'\n"}};
  EXPECT_EQ(objections(sarif_of({}, {})), "") << "nothing to say";
  EXPECT_EQ(objections(sarif_of({remark("unknown-value", "a.yaml", 1, 11, "hihg", "high"),
                                 remark("unknown-value", "a.yaml", 2, 7, "defekt", "defect"),
                                 remark("duplicate-entry", "a.yaml", 1, 11, "hihg"),
                                 remark("empty-file", "/tmp/a b\xff\"<>^`{|}\\.yaml", 0, 0),
                                 remark("yaml-syntax", "c:d\n.yaml", 9000, 9000)},
                                texts)),
            "");
}

TEST(Sarif, WouldBeRefusedWithoutWhatIsNeeded) {
  const json sarif = sarif_of({remark("unknown-value", "a.yaml", 1, 11)}, {});
  for (const char* needed : {"/version", "/runs", "/runs/0/tool", "/runs/0/tool/driver/name",
                             "/runs/0/results/0/message", "/runs/0/results/0/message/text"}) {
    const json::json_pointer place(needed);
    json without = sarif;
    without[place.parent_pointer()].erase(place.back());
    EXPECT_NE(objections(without), "") << needed;
  }
}

TEST(Sarif, HasARuleForEveryResult) {
  std::vector<Diagnostic> remarks;
  for (const LintCode& code : lint_codes()) remarks.push_back(remark(std::string(code.code), "a.yaml", 1, 1));
  const json run = sarif_of(remarks, {})["runs"][0];
  ASSERT_EQ(run["results"].size(), remarks.size());
  ASSERT_EQ(run["tool"]["driver"]["rules"].size(), remarks.size()) << "each once";
  for (std::size_t i = 0; i < remarks.size(); ++i) {
    EXPECT_EQ(run["results"][i]["ruleId"], run["tool"]["driver"]["rules"][i]["id"]);
  }
}

// A fix that took the quote along would leave the other one alone behind.
TEST(Sarif, FixesReplaceTheWordsBetweenTheQuotes) {
  const SignatureTexts texts = {{"a.yaml", "kind: 'defekt'\nkind: \"d\\x65fekt\"\n"}};
  const json results = sarif_of({remark("unknown-value", "a.yaml", 1, 7, "defekt", "defect"),
                                 remark("unknown-value", "a.yaml", 2, 7, "defekt", "defect"),
                                 remark("unknown-value", "b.yaml", 1, 7, "defekt", "defect")},
                                texts)["runs"][0]["results"];
  EXPECT_EQ(results[0]["locations"][0]["physicalLocation"]["region"],
            json::parse(R"({"startLine": 1, "startColumn": 7, "endColumn": 15})"));
  EXPECT_EQ(results[0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"],
            json::parse(R"({"startLine": 1, "startColumn": 8, "endColumn": 14})"));
  EXPECT_FALSE(results[1].contains("fixes")) << "it stands there in other letters";
  EXPECT_FALSE(results[2].contains("fixes")) << "nobody knows what stands there";
}

}  // namespace
}  // namespace assay
