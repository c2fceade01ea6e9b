// The JSON output: as its schema says, without loss, and the same every time.
#include <nlohmann/json.hpp>

#include "assay/error.h"
#include "assay/formats.h"
#include "reports.h"
#include "schema.h"

namespace assay::test {
namespace {

using nlohmann::json;

// What the schema has against a report: "" if nothing.
std::string objections(const json& report) {
  static const json schema =
      json::parse(read_file(std::string(ASSAY_SOURCE_DIR) + "/docs/report.schema.json"));
  return test::objections(report, schema);
}

TEST(Json, IsAsItsSchemaSays) {
  EXPECT_EQ(objections(json::parse(to_json(full_report()))), "");
  EXPECT_EQ(objections(json::parse(to_json(Report()))), "");
  Report report = full_report();
  report.transactions.push_back({});
  report.handshakes.push_back({});
  report.certificates.push_back({std::make_shared<Certificate>(), {{}}});
  report.findings.push_back({});
  report.findings[0].groups[0].evidence[0].text = "\xff";
  report.findings[0].scope = Scope::whole_case;
  EXPECT_EQ(objections(json::parse(to_json(report))), "");
}

TEST(Json, SchemaRefusesWhatItDoesNotKnow) {
  json report = json::parse(to_json(full_report()));
  report["findings"][0]["surprise"] = 1;
  EXPECT_NE(objections(report), "");
  report["findings"][0].erase("surprise");
  EXPECT_EQ(objections(report), "");
  report["findings"][0].erase("status");
  EXPECT_NE(objections(report), "");
}

TEST(Json, ReadsAsItShould) {
  expect_golden("report/golden/full.json", to_json(full_report()));
}

TEST(Json, KeepsBytesThatAreNoText) {
  Report report = full_report();
  report.findings[0].groups[0].evidence[0].text = "M\xff";
  report.findings[0].groups[0].evidence[0].captures = {{"a", "Ma\xff"}, {"b", "Man\xff"}, {"c", "\u8a3c"}};
  const json evidence = json::parse(to_json(report))["findings"][0]["groups"][0]["evidence"][0];
  EXPECT_EQ(evidence["text"], json({{"base64", "Tf8="}}));
  EXPECT_EQ(evidence["captures"]["a"], json({{"base64", "TWH/"}}));
  EXPECT_EQ(evidence["captures"]["b"], json({{"base64", "TWFu/w=="}}));
  EXPECT_EQ(evidence["captures"]["c"], "\u8a3c");
}

TEST(Json, KeepsEveryCharacterOfText) {
  const std::string text = "\x1b[2J \u202e \x7f \t \" \\ \U000e0041 \u8a3c";
  Report report = full_report();
  report.findings[0].groups[0].evidence[0].text = text;
  EXPECT_EQ(json::parse(to_json(report))["findings"][0]["groups"][0]["evidence"][0]["text"], text);
}

TEST(Json, CountsByStatusWithoutTheHidden) {
  const json summary = json::parse(to_json(full_report()))["summary"];
  EXPECT_EQ(summary["issue"], 1);
  EXPECT_EQ(summary["potential_problem"], 1);
  EXPECT_EQ(summary["missing_information"], 2);
  EXPECT_EQ(summary["error"], 1);
  EXPECT_EQ(summary["no_issue"], 1);
  EXPECT_EQ(summary["not_applicable"], 1);
  EXPECT_EQ(summary["hidden"], 1);
}

TEST(Json, LeavesOutWhatWasNotAskedFor) {
  Report report = full_report();
  report.transactions.clear();
  report.handshakes.clear();
  report.certificates.clear();
  const json all = json::parse(to_json(report));
  for (const char* key : {"transactions", "handshakes", "certificates"}) EXPECT_FALSE(all.contains(key));
  EXPECT_EQ(all["handshake_count"], 2) << "counted all the same";
}

TEST(Json, NamesNothingThatTheWireDidNotShow) {
  const json part = json::parse(to_json(full_report()))["handshakes"][1];
  EXPECT_EQ(part["partial"], true);
  for (const char* key : {"time", "sni", "version", "cipher", "cipher_number", "dh_bits", "group"}) {
    EXPECT_TRUE(part[key].is_null()) << key;
  }
  EXPECT_EQ(part["trust"]["verdict"], "unknown");
  EXPECT_TRUE(part["trust"]["error"].is_null());
}

TEST(Diagnostic, IsALineLikeACompilers) {
  EXPECT_EQ(
      to_string(Diagnostic{Diagnostic::Severity::error, "unknown-key", "a.yaml", 3, 5, "no key 'x'", "ID"}),
      "a.yaml:3:5: error: no key 'x' [unknown-key]");
  EXPECT_EQ(to_string(Diagnostic{Diagnostic::Severity::warning, "empty", "", 0, 0, "nothing here", ""}),
            "<text>: warning: nothing here [empty]");
}

}  // namespace
}  // namespace assay::test
