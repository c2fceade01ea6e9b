// assay explain: why a signature did, or did not, fire.
#include "assay/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "command.h"
#include "inputs.h"
#include "terminal.h"

namespace assay {
namespace {

struct ExplainRequest {
  BundleRequest bundles;
  std::string id;
  SignatureChoice signatures;
  std::string format;
};

// Fitted to the terminal; elsewhere to COLUMNS, as the report of an analysis.
TextStyle page_style() {
  TextStyle style;
  style.colour = wants_colour("auto");
  style.width = terminal_width();
  return style;
}

int run(ExplainRequest& request) {
  const SignatureSet signatures = load_signatures(request.signatures);
  const std::string& id = card_called(signatures, request.id).id;
  const Explanation explanation = explain(signatures, id, request.bundles);
  write_stdout(request.format == "json" ? to_json(explanation) : to_text(explanation, page_style()));
  say_problems(explanation.problems);
  return explanation.complete && has_evidence(explanation) ? kNothingFound : kIncomplete;
}

constexpr const char* kExplainFooter =
    R"(Shows what was read, how many events passed each test and which came nearest, what joins and
correlations lacked, and the value of every condition. Takes longer than an analysis.

Exit status: 0, or 2 if the request was wrong, or 3 if some evidence could not be read.

Examples:
  assay explain CSCwc69661 diag.tar.gz
  assay explain --signatures mine.yaml --format json MINE diag.tar.gz | jq '.verdicts[].status'
)";

}  // namespace

void add_explain(CLI::App& app, int& status) {
  const auto request = std::make_shared<ExplainRequest>();
  CLI::App& command = *app.add_subcommand("explain", "Say why a signature did, or did not, fire");
  command.add_option("ID", request->id, "id of the signature, or a name that it is also known as")
      ->required()
      ->type_name("");
  add_bundle_options(command, request->bundles);
  add_limit_of_hits(command, request->bundles);
  add_signature_choice(command, request->signatures);
  command.add_option("--format", request->format, "text or json; default: text")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json"}).description(""));
  command.footer(kExplainFooter);
  command.callback([request, &status] { status = run(*request); });
}

}  // namespace assay
