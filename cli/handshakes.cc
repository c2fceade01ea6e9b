// assay handshakes: each TLS connection of the captures, and how it ended.
#include <memory>

#include "command.h"
#include "inputs.h"
#include "terminal.h"

namespace assay {
namespace {

int list_handshakes(ListingRequest& request) {
  request.bundles.options.handshakes = true;
  const Report report = read_bundles(request.bundles);
  if (report.handshakes.empty()) say("assay: there is no TLS connection in the captures");
  write_list(request.format, report.handshakes.empty(),
             handshakes_to(table_format(request.format), report, table_style()));
  return status_of(report);
}

constexpr const char* kHandshakesFooter =
    R"(The table shows what one looks at first; jsonl has all, csv nearly all. On a terminal that is too
narrow for the table each connection has a paragraph.

Exit status: 0, or 2 if the request was wrong, or 3 if some evidence could not be read.

Examples:
  assay handshakes diag.tar.gz
  assay handshakes --format jsonl diag.tar.gz | jq 'select(.outcome != "completed")'
)";

}  // namespace

void add_handshakes(CLI::App& app, int& status) {
  const auto request = std::make_shared<ListingRequest>();
  CLI::App& command =
      *app.add_subcommand("handshakes", "List the TLS connections of captures, and their fates");
  add_bundle_options(command, request->bundles);
  add_format(command, request->format);
  command.footer(kHandshakesFooter);
  command.callback([request, &status] { status = list_handshakes(*request); });
}

}  // namespace assay
