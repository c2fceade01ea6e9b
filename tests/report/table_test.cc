// Tables for people, lines for programs, CSV for spreadsheets.
#include <algorithm>

#include "assay/formats.h"
#include "reports.h"

namespace assay::test {
namespace {

const Table kSample{
    {"id", "count", "complete", "names"},
    {{"a", std::int64_t{7}, true, std::vector<std::string>{"x", "y"}}, {"longer", {}, false, {}}}};

TEST(Table, LinesUpItsColumns) {
  EXPECT_EQ(rows_to(TableFormat::table, kSample),
            "id      count  complete  names\n"
            "a       7      true      x, y\n"
            "longer         false\n");
}

TEST(Table, LinesUpWideCharacters) {
  const Table table{{"a", "b"}, {{"\u8a3c\u660e", "x"}, {"abcd", "y"}}};
  EXPECT_EQ(rows_to(TableFormat::table, table), "a     b\n\u8a3c\u660e  x\nabcd  y\n");
}

TEST(Table, WrapsCellsThatAreTooWide) {
  TextStyle style;
  style.width = 40;
  const Table table{{"name", "help"}, {{"field", "a help text that goes on for more than forty columns"}}};
  EXPECT_EQ(rows_to(TableFormat::table, table, style),
            "name   help\n"
            "field  a help text that goes on for more\n"
            "       than forty columns\n");
}

TEST(JsonLines, KeepTypes) {
  EXPECT_EQ(rows_to(TableFormat::jsonl, kSample),
            "{\"id\":\"a\",\"count\":7,\"complete\":true,\"names\":[\"x\",\"y\"]}\n"
            "{\"id\":\"longer\",\"count\":null,\"complete\":false,\"names\":null}\n");
}

TEST(Csv, QuotesWhatNeedsIt) {
  const Table table{{"a", "b"}, {{"x,y", "say \"hi\""}, {"two\nlines", " blank"}}};
  EXPECT_EQ(rows_to(TableFormat::csv, table),
            "a,b\r\n\"x,y\",\"say \"\"hi\"\"\"\r\ntwo\\nlines,\" blank\"\r\n");
}

TEST(Csv, HasNoFormulas) {
  const Table table{{"a"},
                    {{"=HYPERLINK(1)"}, {"+1"}, {"-1"}, {"@x"}, {"\uff1d1"}, {std::int64_t{-1}}, {"1-1"}}};
  EXPECT_EQ(rows_to(TableFormat::csv, table),
            "a\r\n'=HYPERLINK(1)\r\n'+1\r\n'-1\r\n'@x\r\n'\uff1d1\r\n-1\r\n1-1\r\n");
}

TEST(Transactions, ShowTargetAndFate) {
  expect_golden("report/golden/transactions.txt", transactions_to(TableFormat::table, full_report()));
  expect_golden("report/golden/transactions.csv", transactions_to(TableFormat::csv, full_report()));
  expect_golden("report/golden/transactions.jsonl", transactions_to(TableFormat::jsonl, full_report()));
}

TEST(Transactions, HaveACellForEveryColumn) {
  Report report = full_report();
  report.transactions.push_back({});  // nothing known
  const std::string csv = transactions_to(TableFormat::csv, report);
  const std::string last = csv.substr(csv.rfind('\n', csv.size() - 2) + 1);
  const std::string first = csv.substr(0, csv.find('\n'));
  EXPECT_EQ(std::count(last.begin(), last.end(), ','), std::count(first.begin(), first.end(), ','));
}

std::vector<MissingCertificate> some_missing() {
  return {{"vcsc.example.com", "CN=Example CA,O=Example", nullptr, {"192.0.2.10:6972", "192.0.2.10:8443"}},
          {"vcsc.example.com",
           "CN=cucm.example.com,O=Example",
           certificate_of("cucm.example.com", "Example CA", 'a'),
           {"192.0.2.11:8443"}}};
}

TextStyle of_width(unsigned width) {
  TextStyle style;
  style.width = width;
  return style;
}

TEST(Handshakes, ShowPartnersAndFate) {
  const Report report = full_report();
  expect_golden("report/golden/handshakes.txt", handshakes_to(TableFormat::table, report, of_width(250)));
  expect_golden("report/golden/handshakes.csv", handshakes_to(TableFormat::csv, report));
  expect_golden("report/golden/handshakes.jsonl", handshakes_to(TableFormat::jsonl, report));
}

TEST(Handshakes, HaveAParagraphEachOnANarrowPage) {
  expect_golden("report/golden/handshakes.80.txt",
                handshakes_to(TableFormat::table, full_report(), of_width(80)));
}

TEST(Certificates, ShowValidityTrustAndUse) {
  const Report report = full_report();
  expect_golden("report/golden/certificates.txt", certificates_to(TableFormat::table, report, of_width(250)));
  expect_golden("report/golden/certificates.csv", certificates_to(TableFormat::csv, report));
  expect_golden("report/golden/certificates.jsonl", certificates_to(TableFormat::jsonl, report));
}

TEST(Certificates, HaveAParagraphEachOnANarrowPage) {
  expect_golden("report/golden/certificates.80.txt",
                certificates_to(TableFormat::table, full_report(), of_width(80)));
}

TEST(Certificates, DifferWhereOneChainIsTrustedAndAnotherIsNot) {
  Report report;
  report.certificates = seen_certificates();
  SeenCertificate& leaf = report.certificates.front();
  leaf.sightings.push_back(sighting_of("presented_by_server", "192.0.2.11:8443", {"a.pcap", 1, 40}, true));
  EXPECT_NE(certificates_to(TableFormat::jsonl, report).find(R"("trust":"differs","sightings")"),
            std::string::npos);
  // In a file of its own it has lost its issuers; what was presented counts.
  leaf.sightings.erase(leaf.sightings.begin());
  EXPECT_NE(certificates_to(TableFormat::jsonl, report).find(R"("trust":"trusted","sightings")"),
            std::string::npos);
}

TEST(MissingCertificates, AreAListToWorkOff) {
  const Report report = full_report();
  const auto missing = some_missing();
  expect_golden("report/golden/missing.txt",
                missing_certificates_to(TableFormat::table, missing, report, of_width(250)));
  expect_golden("report/golden/missing.80.txt",
                missing_certificates_to(TableFormat::table, missing, report, of_width(80)));
  expect_golden("report/golden/missing.csv", missing_certificates_to(TableFormat::csv, missing, report));
  expect_golden("report/golden/missing.jsonl", missing_certificates_to(TableFormat::jsonl, missing, report));
}

TEST(WireTables, HaveACellForEveryColumn) {
  Report report = full_report();
  report.handshakes.push_back({});
  report.certificates.push_back({std::make_shared<Certificate>(), {}});
  const auto commas_of_ends = [](const std::string& csv) {
    const std::string last = csv.substr(csv.rfind('\n', csv.size() - 2) + 1);
    const std::string first = csv.substr(0, csv.find('\n'));
    return std::pair(std::count(first.begin(), first.end(), ','), std::count(last.begin(), last.end(), ','));
  };
  for (const std::string& csv :
       {handshakes_to(TableFormat::csv, report), certificates_to(TableFormat::csv, report),
        missing_certificates_to(TableFormat::csv, {{}}, report)}) {
    const auto [first, last] = commas_of_ends(csv);
    EXPECT_EQ(first, last) << csv;
  }
}

TEST(Validity, IsThatAtTheTimeOfTheEvidence) {
  Certificate one;
  EXPECT_EQ(validity_at(one, moment(0)), Validity::unknown);
  one.not_before = moment(10);
  one.not_after = moment(20);
  EXPECT_EQ(validity_at(one, std::nullopt), Validity::unknown);
  EXPECT_EQ(validity_at(one, moment(9)), Validity::not_yet_valid);
  EXPECT_EQ(validity_at(one, moment(10)), Validity::valid);
  EXPECT_EQ(validity_at(one, moment(20)), Validity::valid);
  EXPECT_EQ(validity_at(one, moment(21)), Validity::expired);
}

}  // namespace
}  // namespace assay::test
