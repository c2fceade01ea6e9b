// What a trust store lacks, as a list to work off: what to upload, who needs it, and where it is to be had.
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

const SeenCertificate* seen_of(const MissingCertificate& missing, const Report& report) {
  if (!missing.certificate) return nullptr;
  const auto at = std::find_if(
      report.certificates.begin(), report.certificates.end(),
      [&](const SeenCertificate& seen) { return seen.certificate->sha256 == missing.certificate->sha256; });
  return at == report.certificates.end() ? nullptr : &*at;
}

std::string place_words(const SeenCertificate* seen) {
  if (seen == nullptr || seen->sightings.empty()) return "no valid one seen";
  const Sighting& first = *in_order(seen->sightings).front();
  return fmt::format("{}: {}", words_for_use(first), words_for_place(first.place));
}

std::string not_after_of(const MissingCertificate& missing) {
  return missing.certificate ? day_of(missing.certificate->not_after) : "";
}

Table missing_overview(const std::vector<MissingCertificate>& list, const Report& report) {
  Table table{{"node", "subject", "sha256", "not_after", "needed_for", "seen"}, {}};
  for (const MissingCertificate& missing : list) {
    const SeenCertificate* seen = seen_of(missing, report);
    const std::string fingerprint = missing.certificate ? short_fingerprint(*missing.certificate) : "";
    table.rows.push_back({missing.node, missing.subject, fingerprint, not_after_of(missing),
                          joined(missing.needed_for, ", "), place_words(seen)});
  }
  return table;
}

std::string paragraphs_of(const std::vector<MissingCertificate>& list, const Report& report,
                          const TextStyle& style) {
  Page page(style);
  for (const MissingCertificate& missing : list) {
    const SeenCertificate* seen = seen_of(missing, report);
    page.blank();
    page.paragraph(printable(missing.subject), 0, Paint::bold);
    page.field("on node", missing.node);
    page.field("needed for", joined(missing.needed_for, ", "));
    if (seen != nullptr) {
      page.field("valid", words_for_span(*missing.certificate));
      page.field("", words_for_validity(*missing.certificate, latest_time_of(*seen)));
      page.field("SHA-256", missing.certificate->sha256);
    }
    page.field("seen", place_words(seen), seen == nullptr ? Paint::red : Paint::plain);
  }
  return page.take();
}

Table missing_details(const std::vector<MissingCertificate>& list, const Report& report) {
  Table table{{"node", "subject", "needed_for", "sha256", "issuer", "not_before", "not_after", "seen"}, {}};
  for (const MissingCertificate& missing : list) {
    const SeenCertificate* seen = seen_of(missing, report);
    std::vector<Cell> row{missing.node, missing.subject, missing.needed_for};
    row.resize(table.columns.size());
    if (seen != nullptr) {
      row[3] = missing.certificate->sha256;
      row[4] = missing.certificate->issuer;
      row[5] = time_cell(missing.certificate->not_before);
      row[6] = time_cell(missing.certificate->not_after);
    }
    row[7] = place_words(seen);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

std::string missing_certificates_to(TableFormat format, const std::vector<MissingCertificate>& missing,
                                    const Report& report, const TextStyle& style) {
  std::string lines;
  switch (format) {
    case TableFormat::table: {
      const Table table = missing_overview(missing, report);
      return fits(table, style) ? rows_to(format, table, style) : paragraphs_of(missing, report, style);
    }
    case TableFormat::csv:
      return rows_to(format, missing_details(missing, report));
    case TableFormat::jsonl:
      for (const MissingCertificate& one : missing) lines += json_line(one, seen_of(one, report)) + '\n';
      return lines;
  }
  return lines;
}

}  // namespace assay
