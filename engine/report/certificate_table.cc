// Certificates for people, those that were presented first: one row for each where the page is wide enough,
// else a paragraph; and all that is known of them as CSV.
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

constexpr std::size_t kPlacesShown = 3;

// What was presented is what one looks for; a trust store is long.
std::size_t rank_of(const SeenCertificate& seen) {
  return seen.sightings.empty() ? 0 : rank_of(*in_order(seen.sightings).front());
}

std::vector<const SeenCertificate*> in_order(const Report& report) {
  std::vector<const SeenCertificate*> order;
  for (const SeenCertificate& seen : report.certificates) order.push_back(&seen);
  std::stable_sort(order.begin(), order.end(), [](const SeenCertificate* a, const SeenCertificate* b) {
    const std::size_t rank_a = rank_of(*a);
    const std::size_t rank_b = rank_of(*b);
    return rank_a != rank_b ? rank_a < rank_b : a->certificate->subject < b->certificate->subject;
  });
  return order;
}

// Each once, in order: "presented by server 192.0.2.10:8443".
std::vector<std::string> uses_of(const SeenCertificate& seen) {
  std::vector<std::string> uses;
  for (const Sighting* sighting : in_order(seen.sightings)) {
    std::string words = words_for_use(*sighting);
    if (std::find(uses.begin(), uses.end(), words) == uses.end()) uses.push_back(std::move(words));
  }
  return uses;
}

std::string shortened(std::vector<std::string> list, std::string_view between) {
  const std::size_t more = list.size() > kPlacesShown ? list.size() - kPlacesShown : 0;
  list.resize(list.size() - more);
  return joined(list, between) + (more == 0 ? "" : fmt::format("{}and {} more", between, more));
}

std::string trust_words(const SeenCertificate& seen) {
  switch (verdict_of(seen)) {
    case SeenTrust::trusted:
      return "trusted";
    case SeenTrust::not_trusted:
      return "not trusted: " + error_of(seen);
    case SeenTrust::differs:
      return "trusted in some chains, not in others: " + error_of(seen);
    case SeenTrust::unknown:
      return "unknown";
  }
  return "unknown";
}

std::string subject_words(const Certificate& certificate) {
  if (!certificate.unreadable.empty()) return "cannot be read: " + certificate.unreadable;
  return certificate.subject;
}

Table certificate_overview(const std::vector<const SeenCertificate*>& order) {
  Table table{{"sha256", "subject", "issuer", "not_after", "validity", "trust", "seen"}, {}};
  for (const SeenCertificate* seen : order) {
    const Certificate& certificate = *seen->certificate;
    table.rows.push_back({short_fingerprint(certificate), subject_words(certificate),
                          certificate.self_signed ? "self-signed" : certificate.issuer,
                          day_of(certificate.not_after),
                          words_for_validity(certificate, latest_time_of(*seen)), trust_words(*seen),
                          shortened(uses_of(*seen), "; ")});
  }
  return table;
}

// ---- paragraphs --------------------------------------------------------------------------------------

std::string names_of(const Certificate& certificate) {
  std::vector<std::string> names;
  for (const SubjectName& name : certificate.sans) names.push_back(name.value);
  return joined(names, ", ");
}

std::string key_of(const Certificate& certificate) {
  std::string key = certificate.key_type;
  if (certificate.key_bits > 0) key += fmt::format(" {}", certificate.key_bits);
  return key + ", signed with " + certificate.signature_algorithm;
}

Paint paint_of(SeenTrust verdict) {
  if (verdict == SeenTrust::trusted) return Paint::green;
  return verdict == SeenTrust::unknown ? Paint::plain : Paint::red;
}

std::string validity_words(const Certificate& certificate, std::optional<Time> moment) {
  const std::string then = words_for_validity(certificate, moment);
  return words_for_span(certificate) + (then.empty() ? "" : "; " + then);
}

void write_places(Page& page, const SeenCertificate& seen) {
  const std::vector<const Sighting*> order = in_order(seen.sightings);
  const std::size_t shown = std::min(order.size(), kPlacesShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const Sighting& one = *order[i];
    page.field(i == 0 ? "seen" : "", fmt::format("{}: {}", words_for_use(one), words_for_place(one.place)));
  }
  const std::size_t more = order.size() - shown;
  if (more > 0) page.field("", fmt::format("and {} more", more));
}

void write_certificate(Page& page, const SeenCertificate& seen) {
  const Certificate& certificate = *seen.certificate;
  page.blank();
  page.paragraph(printable(subject_words(certificate)), 0, Paint::bold);
  if (certificate.unreadable.empty()) {
    page.field("issuer", certificate.self_signed ? "self-signed" : certificate.issuer);
    page.field("names", names_of(certificate));
    page.field("valid", validity_words(certificate, latest_time_of(seen)));
    page.field("key", key_of(certificate));
    page.field("trust", trust_words(seen), paint_of(verdict_of(seen)));
  }
  page.field("SHA-256", certificate.sha256);
  write_places(page, seen);
}

std::string paragraphs_of(const std::vector<const SeenCertificate*>& order, const TextStyle& style) {
  Page page(style);
  for (const SeenCertificate* seen : order) write_certificate(page, *seen);
  return page.take();
}

// ---- everything --------------------------------------------------------------------------------------

// "presented_by_server 192.0.2.10:8443 eth0.pcap, packet 4".
std::string sighting_text(const Sighting& sighting) {
  const std::string who = sighting.endpoint.empty() ? "" : sighting.endpoint + " ";
  return fmt::format("{} {}{}", sighting.use, who, words_for_place(sighting.place));
}

Cell sightings_cell(const SeenCertificate& seen, std::string (*text)(const Sighting&)) {
  std::vector<std::string> texts;
  for (const Sighting& sighting : seen.sightings) {
    std::string one = text(sighting);
    if (std::find(texts.begin(), texts.end(), one) == texts.end()) texts.push_back(std::move(one));
  }
  return text_or_none(joined(texts, " | "));
}

void append_key(const Certificate& one, std::vector<Cell>& row) {
  const std::vector<Cell> cells{text_or_none(one.key_type),
                                one.key_bits == 0 ? Cell() : Cell(std::int64_t{one.key_bits}),
                                text_or_none(one.key_sha256),
                                text_or_none(one.signature_algorithm),
                                text_or_none(one.signature_algorithm_oid),
                                text_or_none(one.signature_hash),
                                number_cell(one.signature_salt),
                                text_or_none(one.subject_key_id),
                                text_or_none(one.authority_key_id),
                                flag_cell(one.is_ca),
                                number_cell(one.path_length),
                                one.key_usage,
                                one.extended_key_usage,
                                one.self_signed};
  row.insert(row.end(), cells.begin(), cells.end());
}

void append_judgement(const SeenCertificate& seen, std::vector<Cell>& row) {
  const std::optional<Time> moment = latest_time_of(seen);
  const std::vector<Cell> cells{std::string(to_string(validity_at(*seen.certificate, moment))),
                                time_cell(moment),
                                std::string(to_string(verdict_of(seen))),
                                text_or_none(error_of(seen)),
                                sightings_cell(seen, [](const Sighting& one) { return one.node; }),
                                sightings_cell(seen, [](const Sighting& one) { return one.use; }),
                                sightings_cell(seen, sighting_text),
                                text_or_none(seen.certificate->unreadable)};
  row.insert(row.end(), cells.begin(), cells.end());
}

Table certificate_details(const Report& report) {
  Table table{{"sha256",
               "subject",
               "issuer",
               "common_names",
               "sans",
               "serial",
               "not_before",
               "not_after",
               "key_type",
               "key_bits",
               "key_sha256",
               "signature_algorithm",
               "signature_algorithm_oid",
               "signature_hash",
               "signature_salt",
               "subject_key_id",
               "authority_key_id",
               "is_ca",
               "path_length",
               "key_usage",
               "extended_key_usage",
               "self_signed",
               "validity",
               "validity_at",
               "trust",
               "trust.error",
               "nodes",
               "uses",
               "sightings",
               "unreadable"},
              {}};
  for (const SeenCertificate& seen : report.certificates) {
    const Certificate& one = *seen.certificate;
    std::vector<Cell> row{text_or_none(one.sha256),  text_or_none(one.subject),   text_or_none(one.issuer),
                          one.common_names,          text_or_none(names_of(one)), text_or_none(one.serial),
                          time_cell(one.not_before), time_cell(one.not_after)};
    append_key(one, row);
    append_judgement(seen, row);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

std::string certificates_to(TableFormat format, const Report& report, const TextStyle& style) {
  std::string lines;
  switch (format) {
    case TableFormat::table: {
      const std::vector<const SeenCertificate*> order = in_order(report);
      const Table table = certificate_overview(order);
      return fits(table, style) ? rows_to(format, table, style) : paragraphs_of(order, style);
    }
    case TableFormat::csv:
      return rows_to(format, certificate_details(report));
    case TableFormat::jsonl:
      for (const SeenCertificate& seen : report.certificates) lines += json_line(seen) + '\n';
      return lines;
  }
  return lines;
}

}  // namespace assay
