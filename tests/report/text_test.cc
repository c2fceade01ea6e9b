// The report for people: how it reads, and what it says when there is nothing to say.
#include "assay/formats.h"
#include "report/utf8.h"
#include "reports.h"

namespace assay::test {
namespace {

TEST(Text, ReadsAsItShould) {
  expect_golden("report/golden/full.en.txt", to_text(full_report()));
}

TEST(Text, ListsTheRestOnDemand) {
  TextStyle style;
  style.all = true;
  expect_golden("report/golden/full.all.txt", to_text(full_report(), style));
}

TEST(Text, HasJapaneseAndItalianHeadings) {
  TextStyle style;
  style.language = "ja";
  expect_golden("report/golden/full.ja.txt", to_text(full_report(), style));
  style.language = "it";
  expect_golden("report/golden/full.it.txt", to_text(full_report(), style));
}

TEST(Text, IsColouredOnDemand) {
  TextStyle style;
  style.colour = true;
  expect_golden("report/golden/full.colour.txt", to_text(full_report(), style));
}

TEST(Text, KeepsToTheWidth) {
  Report report = full_report();
  // Japanese words: two columns each, no blanks.
  for (int i = 0; i < 40; ++i) report.findings[0].description += "\u8a3c\u660e\u66f8\u306e\u691c\u8a3c\u3002";
  for (const unsigned width : {40U, 60U, 80U, 133U}) {
    for (const char* language : {"en", "ja", "it"}) {
      TextStyle style;
      style.width = width;
      style.language = language;
      const std::string text = to_text(report, style);
      for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = text.find('\n', from);
        EXPECT_LE(columns_of(text.substr(from, end - from)), width) << text.substr(from, end - from);
        from = end + 1;
      }
    }
  }
}

TEST(Text, SaysThatAllIsWellOnlyIfItIs) {
  Report report;
  report.members = 1;
  report.nodes = {{"vcsc.example.com", {}, {}}};
  report.findings = {finding_of("zone-password", Status::no_issue, "Zone")};
  EXPECT_TRUE(to_text(report).starts_with("No issue found.\n"));

  report.findings.push_back(finding_of("other", Status::missing_information, "Other"));
  EXPECT_TRUE(to_text(report).starts_with("No issue found, but not everything could be checked.\n"));

  report.findings.pop_back();
  report.complete = false;
  EXPECT_TRUE(to_text(report).starts_with("No issue found, but not everything could be checked.\n"));

  report.complete = true;
  report.findings = {finding_of("edge-only", Status::not_applicable, "Edge")};
  EXPECT_TRUE(to_text(report).starts_with("No issue found: no signature applies to what was given.\n"));

  report.findings.clear();
  EXPECT_TRUE(to_text(report).starts_with("Nothing was checked: there are no signatures.\n"));
  EXPECT_TRUE(to_text(Report()).starts_with("Nothing could be judged: there was no file to read.\n"));
}

TEST(Text, CountsNeitherHiddenNorHarmlessFindings) {
  Report report = full_report();
  report.findings.erase(report.findings.begin());
  EXPECT_TRUE(to_text(report).starts_with("1 potential problem found.\n")) << to_text(report);
}

TEST(Text, NamesTheLevelOfAnUnexplainedRecordAlsoWhereItIsADigit) {
  Report report = full_report();
  report.unexplained.groups[0].level = "3";
  EXPECT_NE(to_text(report).find("      ERROR (3)  12 times"), std::string::npos) << to_text(report);
}

TEST(Text, ShowsTheLinesOfAnUnexplainedRecordAsLines) {
  Report report = full_report();
  report.unexplained.groups[0].text =
      "2022-07-11T18:55:26.016+02:00 vcsc tvcs: SIPMSG:\r\n |INVITE sip:a@b\r\n";
  const std::string text = to_text(report);
  EXPECT_NE(text.find("tvcs: SIPMSG:\n       |INVITE sip:a@b\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("\\n"), std::string::npos) << "line breaks are no part of what is shown";
}

TEST(Text, TellsProblemsBeforeAllThatIsUncheckedForThem) {
  Report report;
  report.findings = {finding_of("some-signature", Status::missing_information, "One")};
  report.problems = {
      {.code = "encrypted", .path = "case.zip!/diag.tar.gz", .message = "Encrypted", .offset = 0}};
  report.complete = false;
  const std::string nothing_found = to_text(report);
  EXPECT_LT(nothing_found.find("[encrypted]"), nothing_found.find("some-signature")) << nothing_found;

  report.findings.push_back(finding_of("other-signature", Status::issue, "Other"));
  const std::string found = to_text(report);
  EXPECT_GT(found.find("[encrypted]"), found.find("some-signature")) << found;
  EXPECT_NE(found.find("[encrypted]"), std::string::npos);
}

TEST(Text, KeepsIdsWholeBesideALongNode) {
  Report report;
  report.findings = {
      finding_of("EXPRESSWAY-HYBRID-CALENDAR-IMPERSONATION", Status::missing_information, "One"),
      finding_of("EXPRESSWAY-HYBRID-CONNECTOR-DOWN", Status::missing_information, "Other")};
  for (Finding& finding : report.findings)
    finding.node = "/home/alice/cases/700123456/what-the-customer-sent";
  const std::string text = to_text(report);
  EXPECT_NE(text.find("what-the-customer-sent:\n      EXPRESSWAY-HYBRID-CALENDAR-IMPERSONATION,"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("EXPRESSWAY-HYBRID-CONNECTOR-DOWN\n"), std::string::npos) << text;
}

TEST(Text, CutsLongEvidenceAndSaysSo) {
  Report report;
  report.findings = {untrusted_servers()};
  report.findings[0].groups[0].evidence[0].text = std::string(4096, 'x');
  EXPECT_NE(to_text(report).find("more bytes)"), std::string::npos);
}

}  // namespace
}  // namespace assay::test
