// Recorded verdicts: written and read back, and compared.
#include "assay/verdicts.h"

#include <gtest/gtest.h>

#include "assay/error.h"

namespace assay {
namespace {

RecordedVerdict verdict(std::string id, Status status, std::vector<Captures> groups = {}) {
  return {.signature = std::move(id),
          .node = "vcsc",
          .status = status,
          .hidden_by = {},
          .groups = std::move(groups)};
}

std::string differences(const std::vector<RecordedVerdict>& was, const std::vector<RecordedVerdict>& is) {
  std::string words;
  for (const VerdictDifference& difference : compare_verdicts({{"a.tar", was}}, {{"a.tar", is}})) {
    words += difference.message + '\n';
  }
  return words;
}

TEST(Verdicts, AreReadBackAsTheyWereWritten) {
  RecordedVerdict whole = verdict("C", Status::issue, {{{"target", "cucm"}, {"port", "8443"}}, {}});
  whole.hidden_by = "B";
  RecordedVerdict of_case = verdict("D", Status::not_applicable);
  of_case.node = "";
  const RecordedVerdicts all = {{"a.tar", {verdict("A", Status::no_issue), whole, of_case}}, {"b", {}}};
  EXPECT_EQ(verdicts_from_json(verdicts_to_json(all)), all);
}

TEST(Verdicts, ComeFromAReportInOrder) {
  Report report;
  report.findings.resize(2);
  report.findings[0].id = "B";
  report.findings[0].status = Status::issue;
  report.findings[0].node = "vcsc\x1b";
  report.findings[0].groups.resize(1);
  report.findings[0].groups[0].captures = {{"target", "a\xff"}};
  report.findings[1].id = "A";
  const std::vector<RecordedVerdict> verdicts = verdicts_of(report);
  ASSERT_EQ(verdicts.size(), 2U);
  EXPECT_EQ(verdicts[0].signature, "A");
  EXPECT_EQ(verdicts[1].node, "vcsc\\x1b");
  EXPECT_EQ(verdicts[1].groups[0][0].second, "a\\xff");
  EXPECT_EQ(verdicts_from_json(verdicts_to_json({{"x", verdicts}})).at("x"), verdicts);
}

TEST(Verdicts, DifferInStatusAndGroups) {
  EXPECT_EQ(differences({verdict("A", Status::no_issue)}, {verdict("A", Status::no_issue)}), "");
  EXPECT_EQ(differences({verdict("A", Status::no_issue)}, {verdict("A", Status::missing_information)}),
            "A on vcsc: was no_issue, is missing_information\n");
  EXPECT_EQ(differences({verdict("A", Status::issue, {{{"t", "x"}}})},
                        {verdict("A", Status::issue, {{{"t", "y"}}})}),
            "A on vcsc: was issue {t: x}, is issue {t: y}\n");
}

TEST(Verdicts, OfNewAndFormerSignaturesCountIfTheyFoundSomething) {
  EXPECT_EQ(differences({}, {verdict("A", Status::no_issue), verdict("B", Status::issue)}),
            "B on vcsc: is issue, nothing is recorded\n");
  EXPECT_EQ(differences({verdict("A", Status::no_issue), verdict("B", Status::issue)}, {}),
            "B on vcsc: was issue, is not judged\n");
  EXPECT_EQ(differences({verdict("A", Status::issue), verdict("C", Status::issue)},
                        {verdict("B", Status::potential_problem), verdict("C", Status::issue)}),
            "A on vcsc: was issue, is not judged\n"
            "B on vcsc: is potential_problem, nothing is recorded\n");
}

TEST(Verdicts, DifferInBundles) {
  const auto found = compare_verdicts({{"old", {}}}, {{"new", {}}});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].bundle + ": " + found[0].message, "new: nothing is recorded on it");
  EXPECT_EQ(found[1].bundle + ": " + found[1].message, "old: it is no longer there");
}

TEST(Verdicts, OnABundleWithAnyNameAreFoundAgain) {
  const RecordedVerdicts came = {{"a\nb\xff.tar", {verdict("A", Status::issue)}}};
  EXPECT_TRUE(compare_verdicts(verdicts_from_json(verdicts_to_json(came)), came).empty());
}

std::string refusal_of(std::string_view text) {
  try {
    verdicts_from_json(text, "corpus/verdicts.json");
  } catch (const Error& error) {
    return error.code() + ": " + std::string(error.what()).substr(0, std::string(error.what()).find(';'));
  }
  return "not refused";
}

TEST(Verdicts, ThatAreNoneAreRefusedWithTheirPlace) {
  const auto in_bundle = [](const std::string& list) {
    return refusal_of(R"({"format": 1, "bundles": {"a.tar": )" + list + "}}");
  };
  const std::string front = "invalid-verdicts: corpus/verdicts.json";
  EXPECT_EQ(refusal_of(""), front + ":1:1: the file ends too early");
  EXPECT_EQ(refusal_of("{\n  \"format\": 1,"), front + ":2:15: the file ends too early");
  EXPECT_EQ(refusal_of("{\n  \"format\": 1,\n<<<<<<< HEAD\n"),
            front + ":3:1: this is no JSON: '<<<<<<< HEAD'");
  EXPECT_EQ(refusal_of("[]"), front + ": \"format\" has to be 1");
  EXPECT_EQ(refusal_of(R"({"format": "x", "bundles": {}})"), front + ": \"format\" has to be 1");
  EXPECT_EQ(refusal_of(R"({"format": 1})"), front + ": \"bundles\" is missing");
  EXPECT_EQ(refusal_of(R"({"format": 1, "bundles": []})"), front + ": \"bundles\" has to be an object");
  EXPECT_EQ(in_bundle("1"), front + ": bundle 'a.tar': its verdicts have to be a list");
  EXPECT_EQ(in_bundle("[1]"), front + ": bundle 'a.tar', verdict 1: it has to be an object");
  EXPECT_EQ(in_bundle("[{}]"), front + ": bundle 'a.tar', verdict 1: \"signature\" is missing");
  EXPECT_EQ(in_bundle(R"([{"signature": "A", "status": "no_issue"}, {"signature": "A", "status": "good"}])"),
            front + ": bundle 'a.tar', verdict 2: there is no status 'good'");
  EXPECT_EQ(in_bundle(R"([{"signature": "A", "status": "issue", "groups": [{"x": 1}]}])"),
            front + ": bundle 'a.tar', verdict 1: the values of a group have to be strings");
}

}  // namespace
}  // namespace assay
