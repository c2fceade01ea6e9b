// assay transactions: the requests of MRA clients, with their real targets and fates.
#include <memory>

#include "command.h"
#include "inputs.h"
#include "terminal.h"

namespace assay {
namespace {

struct TransactionsRequest {
  BundleRequest bundles;
  std::string format;
};

int run(TransactionsRequest& request) {
  request.bundles.options.transactions = true;
  const SignatureSet none = SignatureSet::from_text({});
  const Report report = analyze(none, request.bundles);
  say_problems(report.problems);
  if (report.transactions.empty()) say("assay: there is no HTTP transaction in the logs");
  const bool is_empty_table = request.format == "table" && report.transactions.empty();
  if (!is_empty_table) write_stdout(transactions_to(table_format(request.format), report, table_style()));
  return is_incomplete(report) ? kIncomplete : kNothingFound;
}

constexpr const char* kFooter =
    R"(The table shows the columns that one looks at first; jsonl and csv have all.

Exit status: 0, or 2 if the request was wrong, or 3 if some evidence could not be read.

Example:
  assay transactions --format csv diag.tar.gz > requests.csv
)";

}  // namespace

void add_transactions(CLI::App& app, int& status) {
  const auto request = std::make_shared<TransactionsRequest>();
  CLI::App& command =
      *app.add_subcommand("transactions", "List the MRA requests, with real targets and fates");
  add_bundle_options(command, request->bundles);
  add_format(command, request->format);
  command.footer(kFooter);
  command.callback([request, &status] { status = run(*request); });
}

}  // namespace assay
