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

}  // namespace
}  // namespace assay::test
