// assay certificates: every certificate of captures and files, and those that a trust store lacks.
#include "assay/certificates.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "command.h"
#include "export.h"
#include "inputs.h"
#include "terminal.h"

namespace assay {
namespace {

struct CertificatesRequest {
  BundleRequest bundles;
  std::string format;
  std::string folder;
  bool missing = false;
  bool force = false;
};

bool has_failed(const Handshake& handshake) {
  return handshake.outcome == HandshakeOutcome::refused_by_client ||
         handshake.outcome == HandshakeOutcome::refused_by_server ||
         handshake.outcome == HandshakeOutcome::cut;
}

// What --missing cannot know, so that an empty list is not taken for a clean one.
void say_what_is_hidden(const Report& report) {
  std::size_t hidden = 0;
  std::size_t unjudged = 0;
  for (const Handshake& handshake : report.handshakes) {
    if (!has_failed(handshake)) continue;
    const bool is_hidden = handshake.server_certificates_seen == CertificateVisibility::not_visible;
    hidden += is_hidden ? 1U : 0U;
    unjudged += !handshake.server_certificates.empty() && !handshake.trust.known ? 1U : 0U;
  }
  if (hidden > 0) {
    say(fmt::format("assay: of {} failed connection{} the certificates are not visible (TLS 1.3)", hidden,
                    hidden == 1 ? "" : "s"));
  }
  if (unjudged > 0) {
    say(fmt::format(
        "assay: for {} failed connection{} there is no trust store (ca_*.pem) beside the capture; "
        "only an unknown_ca alert tells that something is missing",
        unjudged, unjudged == 1 ? "" : "s"));
  }
}

void write_files(const CertificatesRequest& request, const std::vector<CertificatePointer>& certificates) {
  if (request.folder.empty()) return;
  const Exported exported = export_certificates(request.folder, certificates, request.force);
  std::string words = fmt::format("assay: {} file{} written to {}", exported.written,
                                  exported.written == 1 ? "" : "s", request.folder);
  if (exported.already_there > 0) words += fmt::format(", {} already there", exported.already_there);
  if (exported.unreadable > 0)
    words += fmt::format(", {} cannot be read and were left out", exported.unreadable);
  say(words);
}

int list_missing(const CertificatesRequest& request, const Report& report) {
  const std::vector<MissingCertificate> missing = missing_certificates(report);
  std::vector<CertificatePointer> certificates;
  for (const MissingCertificate& one : missing) {
    const bool is_new =
        std::find(certificates.begin(), certificates.end(), one.certificate) == certificates.end();
    if (one.certificate && is_new) certificates.push_back(one.certificate);
  }
  write_files(request, certificates);
  write_list(request.format, missing.empty(),
             missing_certificates_to(table_format(request.format), missing, report, table_style()));
  say_what_is_hidden(report);
  if (missing.empty())
    say("assay: as far as the captures show, no connection failed for want of a trusted certificate");
  bool is_complete = true;
  for (const MissingCertificate& one : missing) {
    if (one.certificate) continue;
    is_complete = false;
    say(fmt::format(
        "assay: {} is missing on {}, and no valid one was seen that could be exported; ask whoever runs "
        "that authority for it",
        one.subject, one.node));
  }
  if (!is_complete) return kFound;
  return status_of(report);
}

int list_all(const CertificatesRequest& request, const Report& report) {
  std::vector<CertificatePointer> certificates;
  for (const SeenCertificate& seen : report.certificates) certificates.push_back(seen.certificate);
  write_files(request, certificates);
  write_list(request.format, certificates.empty(),
             certificates_to(table_format(request.format), report, table_style()));
  if (certificates.empty()) say("assay: there is no certificate in the captures and files");
  return status_of(report);
}

int run(CertificatesRequest& request) {
  if (!request.folder.empty()) check_folder(request.folder);
  request.bundles.options.certificates = true;
  request.bundles.options.handshakes = request.missing;
  const Report report = read_bundles(request.bundles);
  return request.missing ? list_missing(request, report) : list_all(request, report);
}

constexpr const char* kCertificatesFooter =
    R"(Validity is that at the time of the evidence, trust that of the node's own trust store (ca_*.pem).
The table shows what one looks at first; jsonl has all, csv nearly all. On a terminal that is too narrow for
the table each certificate has a paragraph.

--missing lists what would have to be uploaded to the trust store for the connections to succeed that
failed in the captures. An issuer of which no valid certificate was seen is named, but nobody can export it.

A file is named for the CN and the fingerprint. One that is there with the same content is left alone,
one that differs only --force overwrites.

Exit status: 0, or 1 if of a missing one no valid certificate was seen, or 2 if the request was wrong, or 3 if
some evidence could not be read.

Examples:
  assay certificates diag.tar.gz
  assay certificates --missing --export upload/ diag.tar.gz
)";

}  // namespace

void add_certificates(CLI::App& app, int& status) {
  const auto request = std::make_shared<CertificatesRequest>();
  CLI::App& command =
      *app.add_subcommand("certificates", "List the certificates of captures and files, and export them");
  add_bundle_options(command, request->bundles);
  add_format(command, request->format);
  command.add_flag("--missing", request->missing, "only what the trust store lacks");
  CLI::Option* folder =
      command.add_option("--export", request->folder, "write each as a PEM file into DIR")->type_name("DIR");
  command.add_flag("--force", request->force, "overwrite files in DIR that differ")->needs(folder);
  command.footer(kCertificatesFooter);
  command.callback([request, &status] { status = run(*request); });
}

}  // namespace assay
