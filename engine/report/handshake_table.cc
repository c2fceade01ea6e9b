// TLS connections for people: one row for each where the page is wide enough, else a paragraph; and all that
// is known of them as CSV.
#include <fmt/format.h>

#include <algorithm>

#include "assay/formats.h"
#include "report/json.h"
#include "report/layout.h"
#include "report/page.h"
#include "report/sightings.h"
#include "report/table.h"

namespace assay {
namespace {

using Cell = Table::Cell;

std::string words_of(HandshakeOutcome outcome) {
  std::string words(to_string(outcome));
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

// "fatal unknown_ca from client".
std::string words_of(const Alert& alert) {
  if (alert.encrypted) return fmt::format("encrypted alert from {}", to_string(alert.from));
  return fmt::format("{} {} from {}", alert.level, alert.description, to_string(alert.from));
}

std::vector<std::string> alerts_of(const Handshake& handshake) {
  std::vector<std::string> words;
  for (const Alert& alert : handshake.alerts) words.push_back(words_of(alert));
  return words;
}

std::string trust_words(const Handshake& handshake) {
  const TrustVerdict& trust = handshake.trust;
  if (handshake.server_certificates_seen == CertificateVisibility::not_visible)
    return "certificates are not visible";
  if (handshake.server_certificates.empty()) return {};
  if (!trust.known) return "trust unknown";
  if (trust.error.empty()) return "chain trusted";
  const std::string missing = trust.missing_issuer.empty() ? "" : ", missing " + trust.missing_issuer;
  return fmt::format("chain not trusted: {} at depth {}{}", trust.error, trust.depth, missing);
}

// Where the standard and the traffic server disagree, that is what one wants to know.
std::string name_words(const TrustVerdict& trust) {
  if (!trust.name_by_standard || !trust.name_by_traffic_server) return {};
  if (*trust.name_by_standard && *trust.name_by_traffic_server) return {};
  if (*trust.name_by_standard) return "asked name is in the certificate, but not for the traffic server";
  if (*trust.name_by_traffic_server) return "asked name is in the certificate for the traffic server only";
  return "asked name is not in the certificate";
}

void add(std::vector<std::string>& list, std::string words) {
  if (!words.empty()) list.push_back(std::move(words));
}

// What a person should know of a handshake beyond its parameters.
std::vector<std::string> remarks_of(const Handshake& handshake) {
  std::vector<std::string> remarks = alerts_of(handshake);
  add(remarks, trust_words(handshake));
  add(remarks, name_words(handshake.trust));
  if (handshake.dh_bits > 0) remarks.push_back(fmt::format("DH {} bits", handshake.dh_bits));
  if (!handshake.protocol_before.empty()) remarks.push_back("after " + handshake.protocol_before);
  if (handshake.partial) remarks.push_back("seen in part");
  return remarks;
}

Table handshake_overview(const Report& report) {
  const bool several_nodes = report.nodes.size() > 1;
  Table table{{"time", "client", "server", "asked_name", "version", "cipher", "outcome", "remarks"}, {}};
  if (several_nodes) table.columns.insert(table.columns.begin(), "node");
  for (const Handshake& one : report.handshakes) {
    std::vector<Cell> row{moment_of(one.begin),  to_string(one.client),
                          to_string(one.server), one.asked_name,
                          one.version,           one.cipher,
                          words_of(one.outcome), joined(remarks_of(one), "; ")};
    if (several_nodes) row.insert(row.begin(), Cell(one.node));
    table.rows.push_back(std::move(row));
  }
  return table;
}

// ---- paragraphs --------------------------------------------------------------------------------------

std::string parameters_of(const Handshake& handshake) {
  std::vector<std::string> words;
  add(words, handshake.version);
  add(words, handshake.cipher);
  add(words, handshake.group);
  if (handshake.dh_bits > 0) words.push_back(fmt::format("DH {} bits", handshake.dh_bits));
  if (!handshake.protocol_before.empty()) words.push_back("after " + handshake.protocol_before);
  if (words.empty()) words = handshake.offered_versions;
  return joined(words, ", ");
}

void write_chain(Page& page, std::string_view what, const std::vector<CertificatePointer>& chain,
                 std::optional<Time> moment) {
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const Certificate& certificate = *chain[i];
    const std::string issued = certificate.self_signed ? "self-signed" : "issued by " + certificate.issuer;
    std::string words = fmt::format("{}, {}, {}", certificate.subject, issued, words_for_span(certificate));
    if (validity_at(certificate, moment) != Validity::valid)
      words += ", " + words_for_validity(certificate, moment);
    if (!certificate.unreadable.empty())
      words = "a certificate that cannot be read: " + certificate.unreadable;
    page.field(i == 0 ? what : "", words);
  }
}

Paint paint_of(HandshakeOutcome outcome) {
  if (outcome == HandshakeOutcome::completed) return Paint::green;
  return outcome == HandshakeOutcome::unfinished ? Paint::plain : Paint::red;
}

std::string outcome_of(const Handshake& handshake) {
  std::string words = words_of(handshake.outcome);
  const std::vector<std::string> alerts = alerts_of(handshake);
  if (!alerts.empty()) words += ": " + joined(alerts, ", ");
  return handshake.partial ? words + "; seen in part" : words;
}

// Where the ClientHello was not captured, nobody knows which name it asked for.
std::string asked_words(const Handshake& handshake) {
  if (!handshake.sni.empty()) return handshake.sni;
  return handshake.partial ? "" : "no name (no SNI)";
}

void write_handshake(Page& page, const Handshake& handshake) {
  page.blank();
  page.paragraph(fmt::format("{}  {} \u2192 {}", moment_of(handshake.begin), to_string(handshake.client),
                             to_string(handshake.server)),
                 0, Paint::bold);
  page.field("asked for", asked_words(handshake));
  page.field("spoken", parameters_of(handshake));
  write_chain(page, "presented", handshake.server_certificates, handshake.begin);
  write_chain(page, "by client", handshake.client_certificates, handshake.begin);
  page.field("outcome", outcome_of(handshake), paint_of(handshake.outcome));
  page.field("trust", trust_words(handshake));
  page.field("name", name_words(handshake.trust));
  page.field("seen in", words_for_place(handshake.place));
}

std::string paragraphs_of(const Report& report, const TextStyle& style) {
  Page page(style);
  for (const Handshake& handshake : report.handshakes) write_handshake(page, handshake);
  return page.take();
}

// ---- everything --------------------------------------------------------------------------------------

using ChainText = std::string (*)(const Certificate&);

Cell chain_cell(const std::vector<CertificatePointer>& chain, ChainText text) {
  std::vector<std::string> texts;
  for (const CertificatePointer& certificate : chain) texts.push_back(text(*certificate));
  return text_or_none(joined(texts, " | "));
}

std::string subject_of(const Certificate& certificate) {
  return certificate.subject;
}
std::string issuer_of(const Certificate& certificate) {
  return certificate.issuer;
}
std::string fingerprint_of(const Certificate& certificate) {
  return certificate.sha256;
}

void append_parameters(const Handshake& one, std::vector<Cell>& row) {
  const std::vector<Cell> cells{text_or_none(one.protocol_before),
                                text_or_none(one.sni),
                                text_or_none(one.asked_name),
                                one.offered_versions,
                                text_or_none(one.version),
                                one.offered_ciphers,
                                text_or_none(one.cipher),
                                one.cipher_number < 0 ? Cell() : Cell(std::int64_t{one.cipher_number}),
                                one.signature_algorithms,
                                one.groups,
                                text_or_none(one.group),
                                one.dh_bits == 0 ? Cell() : Cell(std::int64_t{one.dh_bits}),
                                one.client_certificate_asked,
                                std::string(to_string(one.server_certificates_seen))};
  row.insert(row.end(), cells.begin(), cells.end());
}

void append_chains(const Handshake& one, std::vector<Cell>& row) {
  for (const auto* chain : {&one.server_certificates, &one.client_certificates}) {
    for (const ChainText text : {subject_of, issuer_of, fingerprint_of})
      row.push_back(chain_cell(*chain, text));
  }
}

void append_fate(const Handshake& one, std::vector<Cell>& row) {
  const bool has_error = one.trust.known && !one.trust.error.empty();
  const std::vector<Cell> cells{text_or_none(joined(alerts_of(one), " | ")),
                                std::string(to_string(one.outcome)),
                                one.partial,
                                std::string(to_string(verdict_of(one.trust))),
                                has_error ? Cell(one.trust.error) : Cell(),
                                has_error ? Cell(std::int64_t{one.trust.depth}) : Cell(),
                                text_or_none(one.trust.missing_issuer),
                                flag_cell(one.trust.name_by_standard),
                                flag_cell(one.trust.name_by_traffic_server)};
  row.insert(row.end(), cells.begin(), cells.end());
}

Table handshake_details(const Report& report) {
  Table table{{"node",
               "path",
               "packet",
               "offset",
               "time",
               "end",
               "client",
               "server",
               "protocol_before",
               "sni",
               "asked_name",
               "offered_versions",
               "version",
               "offered_ciphers",
               "cipher",
               "cipher_number",
               "signature_algorithms",
               "groups",
               "group",
               "dh_bits",
               "client_certificate_asked",
               "certificates",
               "server_certificates.subject",
               "server_certificates.issuer",
               "server_certificates.sha256",
               "client_certificates.subject",
               "client_certificates.issuer",
               "client_certificates.sha256",
               "alerts",
               "outcome",
               "partial",
               "trust.verdict",
               "trust.error",
               "trust.depth",
               "trust.missing_issuer",
               "trust.name_by_standard",
               "trust.name_by_traffic_server"},
              {}};
  for (const Handshake& one : report.handshakes) {
    std::vector<Cell> row{one.node,
                          one.place.path,
                          number_cell(one.place.line),
                          number_cell(one.place.offset),
                          time_cell(one.begin),
                          time_cell(one.end),
                          to_string(one.client),
                          to_string(one.server)};
    append_parameters(one, row);
    append_chains(one, row);
    append_fate(one, row);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

std::string handshakes_to(TableFormat format, const Report& report, const TextStyle& style) {
  std::string lines;
  switch (format) {
    case TableFormat::table: {
      const Table table = handshake_overview(report);
      return fits(table, style) ? rows_to(format, table, style) : paragraphs_of(report, style);
    }
    case TableFormat::csv:
      return rows_to(format, handshake_details(report));
    case TableFormat::jsonl:
      for (const Handshake& one : report.handshakes) lines += json_line(one) + '\n';
      return lines;
  }
  return lines;
}

}  // namespace assay
