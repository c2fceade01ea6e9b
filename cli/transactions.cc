// assay transactions: the requests of MRA clients, with their real targets and fates.
#include <memory>

#include "command.h"
#include "inputs.h"
#include "terminal.h"

namespace assay {
namespace {

int list_transactions(ListingRequest& request) {
  request.bundles.options.transactions = true;
  const Report report = read_bundles(request.bundles);
  if (report.transactions.empty()) {
    say("assay: there is no HTTP transaction in the logs; the traffic server writes them at the level debug, "
        "as during diagnostic logging");
  }
  write_list(request.format, report.transactions.empty(),
             transactions_to(table_format(request.format), report, table_style()));
  return status_of(report);
}

constexpr const char* kTransactionsFooter =
    R"(The table shows the columns that one looks at first; jsonl and csv have all.

Exit status: 0, or 2 if the request was wrong, or 3 if some evidence could not be read.

Example:
  assay transactions --format csv diag.tar.gz > requests.csv
)";

}  // namespace

void add_transactions(CLI::App& app, int& status) {
  const auto request = std::make_shared<ListingRequest>();
  CLI::App& command =
      *app.add_subcommand("transactions", "List the MRA requests, with real targets and fates");
  add_bundle_options(command, request->bundles);
  add_format(command, request->format);
  command.footer(kTransactionsFooter);
  command.callback([request, &status] { status = list_transactions(*request); });
}

}  // namespace assay
