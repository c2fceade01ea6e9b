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
  report.nodes = {{"vcsc.example.com", {}, {}, {"log"}}};
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
  report.nodes = {{"vcsc.example.com", {}, {}, {"log"}}};
  report.findings = {finding_of("some-signature", Status::missing_information, "One")};
  report.findings[0].missing = {{"status", "There is no status.", "Take one."}};
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

TEST(Text, TellsTheFileThePacketAndTheByteOfAProblem) {
  EXPECT_NE(
      to_text(full_report())
          .find("  - case.zip!/diag.tar.gz!/eth0.pcap packet 12 at byte 3000  [capture-malformed-packets]\n"),
      std::string::npos);
}

// Five signatures lack the status, and one of them the configuration, too.
Report much_unchecked() {
  Report report;
  report.nodes = {{"vcsc.example.com", {}, {}, {"log"}}};
  const Missing status{"status", "There is no status.", "Take one."};
  for (const char* id : {"one", "two", "three", "four", "five"}) {
    report.findings.push_back(finding_of(id, Status::missing_information, "Other"));
    report.findings.back().missing = {status};
  }
  report.findings.back().missing.push_back({"configuration", "There is no configuration.", "Take one."});
  return report;
}

TEST(Text, SaysOnceWhatIsMissingAndNamesTheGravestThatLackIt) {
  const std::string text = to_text(much_unchecked());
  EXPECT_NE(text.find("  vcsc.example.com\n"
                      "    - There is no status.\n"
                      "      one, two, three ... and 2 more\n"
                      "    - There is no configuration.\n"
                      "      five\n"
                      "\n"
                      "How to get what is missing:\n"
                      "  - Take one.\n"
                      "\n"),
            std::string::npos)
      << text;
  TextStyle style;
  style.all = true;
  const std::string all = to_text(much_unchecked(), style);
  EXPECT_NE(all.find("      one, two, three, four, five\n"), std::string::npos) << all;
}

TEST(Text, DoesNotListWhatIsMissingWhereThereIsNothing) {
  Report report = much_unchecked();
  report.nodes.push_back({"passwd", {}, {}, {}});
  report.findings.push_back(finding_of("one", Status::missing_information, "Other"));
  report.findings.back().node = "passwd";
  report.findings.back().missing = {{"log", "There is no log.", "Take one."}};
  const std::string text = to_text(report);
  EXPECT_NE(text.find("  passwd\n    - Nothing was found in it that a signature could look at.\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("There is no log."), std::string::npos);

  report.nodes.erase(report.nodes.begin());
  const std::string nothing = to_text(report);
  EXPECT_TRUE(
      nothing.starts_with("Nothing could be checked: nothing was found that a signature could look at.\n"));
  EXPECT_EQ(nothing.find("Not checked"), std::string::npos) << nothing;
}

TEST(Text, HasNoSectionOfEvidenceForWhatStandsOnAbsence) {
  Report report;
  report.findings = {finding_of("never-started", Status::issue, "Never started")};
  report.findings[0].groups = {Group{}};
  EXPECT_EQ(to_text(report).find("\nEvidence\n"), std::string::npos);
  report.findings[0].groups[0].count = 1;
  EXPECT_NE(to_text(report).find("\nEvidence\n"), std::string::npos);
}

TEST(Text, CutsLongEvidenceAndSaysSo) {
  Report report;
  report.findings = {untrusted_servers()};
  report.findings[0].groups[0].evidence[0].text = std::string(4096, 'x');
  EXPECT_NE(to_text(report).find("more bytes)"), std::string::npos);
}

}  // namespace
}  // namespace assay::test
