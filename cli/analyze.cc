// assay analyze: bundles in, a report out, as text or JSON or both.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "command.h"
#include "files.h"
#include "inputs.h"
#include "terminal.h"

namespace assay {
namespace {

struct AnalyzeRequest {
  BundleRequest bundles;
  SignatureChoice signatures;
  std::string text_file;
  std::string json_file;
  std::string color = "auto";
  bool all = false;
  std::string profile_format = "table";
};

// A slip of the hand must cost neither the evidence nor one of the two reports.
void check_distinct(const AnalyzeRequest& request) {
  const std::filesystem::path text = file_of(request.text_file);
  const std::filesystem::path json = file_of(request.json_file);
  if (!text.empty() && text == json) {
    throw Error(
        "invalid-option",
        fmt::format("--text and --json would both write {}; give each a file of its own", request.json_file));
  }
  for (const std::string& input : request.bundles.paths) {
    const std::filesystem::path read = file_of(input);
    if (read.empty() || (read != text && read != json)) continue;
    throw Error(
        "invalid-option",
        fmt::format("the report would overwrite {}, which is to be read; write it to another file", input));
  }
}

TextStyle style_of(const AnalyzeRequest& request) {
  TextStyle style;
  const bool on_stdout = request.text_file == "-";
  style.colour = on_stdout ? wants_colour(request.color) : request.color == "always";
  style.width = on_stdout ? terminal_width() : style.width;
  style.all = request.all;
  style.language = request.bundles.options.language;
  return style;
}

// Any that signatures can be written in.
CLI::Validator language() {
  return {[](const std::string& name) {
            const bool is_one = name.size() >= 2 && std::all_of(name.begin(), name.begin() + 2,
                                                                [](char c) { return c >= 'a' && c <= 'z'; });
            return is_one ? "" : fmt::format("'{}' is not a language like en, ja or pt-BR", name);
          },
          ""};
}

// On standard error, since it is no part of the report and differs from run to run.
void write_costs(const Report& report, const std::string& format) {
  const auto microseconds = [](std::chrono::nanoseconds time) {
    return std::int64_t{std::chrono::duration_cast<std::chrono::microseconds>(time).count()};
  };
  Table table{{"signature", "candidates", "hits", "matching_us", "judging_us"}, {}};
  for (const SignatureCost& cost : report.costs) {
    table.rows.push_back({cost.id, static_cast<std::int64_t>(cost.candidates),
                          static_cast<std::int64_t>(cost.hits), microseconds(cost.matching),
                          microseconds(cost.judging)});
  }
  fmt::print(stderr, "{}", rows_to(table_format(format), table, TextStyle{}));
}

// One that cannot be written must not cost the other.
void write_outputs(const AnalyzeRequest& request, const Report& report) {
  const auto write_text = [&] {
    if (!request.text_file.empty()) write_output(request.text_file, to_text(report, style_of(request)));
  };
  try {
    if (!request.json_file.empty()) write_output(request.json_file, to_json(report));
  } catch (const Error&) {
    write_text();
    throw;
  }
  write_text();
}

int run(AnalyzeRequest& request) {
  if (request.text_file.empty() && request.json_file.empty()) request.text_file = "-";
  if (request.text_file == "-" && request.json_file == "-") {
    throw Error("invalid-option",
                "--text and --json cannot both go to standard output; give one of them a file");
  }
  check_distinct(request);
  check_writable(request.text_file);
  check_writable(request.json_file);
  const SignatureSet signatures = load_signatures(request.signatures);
  const Report report = analyze(signatures, request.bundles);
  if (request.bundles.options.profile) write_costs(report, request.profile_format);
  write_outputs(request, report);
  return status_of(report);
}

constexpr const char* kAnalyzeFooter = R"(Without --text and --json the text goes to standard output.

Exit status:
  0  nothing found
  1  an issue or potential problem
  2  the request was wrong
  3  nothing found, but the evidence was incomplete: something that a signature needs is missing or was cut
     (a bundle without a packet capture, say), or a signature was left out

Examples:
  assay analyze diagnostic_log_vcsc_2022-07-11_17_33_18.tar.gz
  assay analyze --json report.json --text report.txt case.zip
  ssh vcsc.example.com cat /tmp/diag.tar.gz | assay analyze -
)";

}  // namespace

void add_analyze(CLI::App& app, int& status) {
  const auto request = std::make_shared<AnalyzeRequest>();
  CLI::App& command = *app.add_subcommand("analyze", "Say what is wrong in diagnostic bundles");
  add_bundle_options(command, request->bundles);
  add_limit_of_hits(command, request->bundles);
  add_signature_choice(command, request->signatures);
  command.add_option("--text", request->text_file, "write the text for people to FILE; - is standard output")
      ->type_name("FILE")
      ->check(not_empty());
  command.add_option("--json", request->json_file, "write JSON to FILE; - is standard output")
      ->type_name("FILE")
      ->check(not_empty());
  command.add_flag("-a,--all", request->all,
                   "list also what was found in order or does not apply, and all that was not checked");
  command
      .add_option("--language", request->bundles.options.language,
                  "of the text, such as en, ja or it; what is not there in it is in English; default: en")
      ->type_name("LANGUAGE")
      ->check(language());
  command.add_option("--color", request->color, "auto, always or never; default: auto")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}).description(""));
  command.add_flag("--transactions", request->bundles.options.transactions,
                   "put every HTTP transaction in the JSON");
  command.add_flag("--handshakes", request->bundles.options.handshakes,
                   "put every TLS connection of the captures in the JSON");
  command.add_flag("--certificates", request->bundles.options.certificates,
                   "put every certificate of captures and files in the JSON");
  CLI::Option* profile =
      command.add_flag("--profile", request->bundles.options.profile,
                       "write the time and the candidates of each signature to standard error");
  command
      .add_option("--profile-format", request->profile_format,
                  "table, jsonl (one JSON object a line) or csv; default: table")
      ->type_name("FORMAT")
      ->needs(profile)
      ->check(CLI::IsMember({"table", "jsonl", "csv"}).description(""));
  command.footer(kAnalyzeFooter);
  command.callback([request, &status] { status = run(*request); });
}

}  // namespace assay
