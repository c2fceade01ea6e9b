// Whatever bytes the evidence holds, no output lets them act: on a terminal, in a spreadsheet, in JSON.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "assay/formats.h"
#include "report/utf8.h"
#include "reports.h"

namespace assay::test {
namespace {

// Pieces that have fooled programs before, between random bytes.
std::string hostile_bytes(std::mt19937& random) {
  static const std::vector<std::string> kPieces = {"\x1b[2J",
                                                   "\x1b]0;title\x07",
                                                   "\r",
                                                   "\n",
                                                   "\t",
                                                   "\x9b"
                                                   "31m",
                                                   "\xc2\x9b"
                                                   "31m",
                                                   "\xe2\x80\xae",
                                                   "\xe2\x81\xa6",
                                                   "\xff\xfe",
                                                   "\xe3\x81",
                                                   "\xc0\x80",
                                                   "\xed\xa0\x80",
                                                   "\xf4\x90\x80\x80",
                                                   std::string(1, '\0'),
                                                   "\"",
                                                   ",",
                                                   "=1+1",
                                                   "{}",
                                                   "%s",
                                                   "\xe8\xa8\xbc",
                                                   "\xf3\xa0\x80\x81",
                                                   "\x7f",
                                                   "\b",
                                                   "plain words ",
                                                   "\xe2\x80\xa8"};
  std::string bytes;
  const std::size_t pieces = random() % 8;
  for (std::size_t i = 0; i < pieces; ++i) {
    bytes += kPieces[random() % kPieces.size()];
    if (random() % 2 == 0) bytes += static_cast<char>(random() % 256);
  }
  return bytes;
}

void add_hostile_wire(Report& report, std::mt19937& random) {
  const auto bytes = [&random] { return hostile_bytes(random); };
  Certificate certificate = *report.certificates.front().certificate;
  for (std::string* text : {&certificate.subject, &certificate.issuer, &certificate.serial,
                            &certificate.key_type, &certificate.signature_algorithm}) {
    *text = bytes();
  }
  certificate.common_names = {bytes()};
  certificate.subject_parts = {{bytes(), bytes()}};
  certificate.sans = {{"dns", bytes()}};
  const auto shared = std::make_shared<Certificate>(certificate);
  report.certificates.front().certificate = shared;
  report.certificates.front().sightings.front().place.path = bytes();
  Handshake& handshake = report.handshakes.front();
  for (std::string* text : {&handshake.node, &handshake.sni, &handshake.asked_name,
                            &handshake.trust.missing_issuer, &handshake.place.path}) {
    *text = bytes();
  }
  handshake.server_certificates = {shared, shared};
  handshake.client_certificates = {shared};
}

Report hostile_report(std::mt19937& random) {
  const auto bytes = [&random] { return hostile_bytes(random); };
  Report report = full_report();
  for (Finding& finding : report.findings) {
    for (std::string* text : {&finding.node, &finding.title, &finding.description, &finding.condition,
                              &finding.further_information, &finding.id}) {
      *text += bytes();
    }
    finding.actions.push_back(bytes());
    finding.notes.push_back(bytes());
    finding.missing.push_back({bytes(), bytes(), bytes()});
    for (Group& group : finding.groups) {
      group.captures.emplace_back("capture", bytes());
      group.evidence[0].text = bytes();
      group.evidence[0].place.path += bytes();
    }
  }
  for (Fact& fact : report.nodes[0].facts) fact.value = bytes();
  report.nodes[0].name = bytes();
  report.problems.push_back({bytes(), bytes(), bytes(), 1});
  UnexplainedGroup& unexplained = report.unexplained.groups[0];
  for (std::string* text : {&unexplained.node, &unexplained.kind, &unexplained.level, &unexplained.shape,
                            &unexplained.place.path, &unexplained.text}) {
    *text = bytes();
  }
  Transaction& one = report.transactions[0];
  for (std::string* text :
       {&one.node, &one.client, &one.method, &one.url_asked, &one.server, &one.user, &one.reason}) {
    *text = bytes();
  }
  one.handshake->place.path = bytes();
  one.target = Target{bytes(), true, bytes(), bytes(), bytes(), 1};
  one.diagnostics[0].text = bytes();
  add_hostile_wire(report, random);
  return report;
}

// Only line breaks may stand among the printable characters.
void expect_harmless(const std::string& output, const std::string& allowed) {
  std::string_view left = output;
  while (!left.empty()) {
    const CodePoint next = first_code_point(left);
    ASSERT_TRUE(next.valid) << "invalid UTF-8 at byte " << output.size() - left.size();
    const bool is_allowed =
        next.value < 0x80 && allowed.find(static_cast<char>(next.value)) != std::string::npos;
    ASSERT_TRUE(is_allowed || !is_unsafe(next.value))
        << "character " << static_cast<std::uint32_t>(next.value);
    left.remove_prefix(next.size);
  }
}

TEST(Safety, NoByteOfTheEvidenceActsInAnyOutput) {
  std::mt19937 random(20220711);
  for (int round = 0; round < 100; ++round) {
    const Report report = hostile_report(random);
    TextStyle style;
    style.all = true;
    style.width = 40 + static_cast<unsigned>(round % 100);
    expect_harmless(to_text(report, style), "\n");
    expect_harmless(transactions_to(TableFormat::table, report, style), "\n");
    expect_harmless(transactions_to(TableFormat::csv, report), "\r\n");
    expect_harmless(transactions_to(TableFormat::jsonl, report), "\n");
    for (const TableFormat format : {TableFormat::table, TableFormat::csv, TableFormat::jsonl}) {
      const std::string allowed = format == TableFormat::csv ? "\r\n" : "\n";
      expect_harmless(handshakes_to(format, report, style), allowed);
      expect_harmless(certificates_to(format, report, style), allowed);
      const auto& certificate = report.certificates.front().certificate;
      const std::vector<MissingCertificate> missing{{"node", certificate->subject, certificate, {"x"}}};
      expect_harmless(missing_certificates_to(format, missing, report, style), allowed);
    }
    expect_harmless(to_json(report), "\n");
    EXPECT_TRUE(nlohmann::json::accept(to_json(report)));
    if (HasFatalFailure()) return;
  }
}

TEST(Safety, NothingFromTheEvidenceBeginsALine) {
  Report report = full_report();
  report.findings[0].description = "first\nISSUE  forged";
  report.findings[0].groups[0].evidence[0].text = "first\nISSUE  forged";
  report.findings[0].actions = {"first\nISSUE  forged"};
  EXPECT_EQ(to_text(report).find("\nISSUE  forged"), std::string::npos);
}

TEST(Printable, SpellsOutWhatATerminalWouldObey) {
  EXPECT_EQ(printable("a\n\t\r\x1b[0m\x7f"), "a\\n\\t\\r\\x1b[0m\\x7f");
  EXPECT_EQ(printable("\xff\xe3\x81"), "\\xff\\xe3\\x81");
  EXPECT_EQ(printable("\u202e\u2066\u0085\ufeff"), "\\u202e\\u2066\\u0085\\ufeff");
  EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
  EXPECT_EQ(printable("\xc0\x80 \xed\xa0\x80"), "\\xc0\\x80 \\xed\\xa0\\x80");
}

TEST(Printable, LeavesWordsAloneAndIsDoneAfterOnce) {
  const std::string words = "C:\\temp \u8a3c\u660e\u66f8 citt\u00e0";
  EXPECT_EQ(printable(words), words);
  EXPECT_EQ(printable(printable("\x1b\xff")), printable("\x1b\xff"));
}

}  // namespace
}  // namespace assay::test
