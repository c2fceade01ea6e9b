// assay signatures: list, show, lint and test them.
#include "assay/signatures.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>

#include "command.h"
#include "inputs.h"
#include "terminal.h"

namespace assay {
namespace {

struct SignaturesRequest {
  std::vector<std::string> paths;
  std::string format;
  std::string id;
};

std::vector<std::filesystem::path> paths_of(const SignaturesRequest& request) {
  if (request.paths.empty()) return {SignatureSet::installed_path()};
  return {request.paths.begin(), request.paths.end()};
}

int list(const SignaturesRequest& request) {
  const SignatureSet set = load_signatures(request.paths);
  Table table{{"id", "severity", "kind", "maturity", "scope", "title", "also_known_as", "file"}, {}};
  // For people the title ends the line; the rest is for programs.
  const bool for_people = request.format == "table";
  if (for_people) table.columns.resize(6);
  for (const SignatureCard& card : set.cards()) {
    std::vector<Table::Cell> row{card.id,
                                 std::string(to_string(card.severity)),
                                 std::string(to_string(card.kind)),
                                 std::string(to_string(card.maturity)),
                                 std::string(to_string(card.scope)),
                                 card.title,
                                 card.also_known_as,
                                 card.file};
    if (for_people) row.resize(6);
    table.rows.push_back(std::move(row));
  }
  write_stdout(rows_to(table_format(request.format), table, table_style()));
  return kNothingFound;
}

bool is_called(const SignatureCard& card, const std::string& id) {
  const auto same = [&id](const std::string& name) {
    return CLI::detail::to_lower(name) == CLI::detail::to_lower(id);
  };
  return same(card.id) || std::any_of(card.also_known_as.begin(), card.also_known_as.end(), same);
}

int show(const SignaturesRequest& request) {
  const SignatureSet set = load_signatures(request.paths);
  std::vector<std::string> ids;
  for (const SignatureCard& card : set.cards()) {
    ids.push_back(card.id);
    if (!is_called(card, request.id)) continue;
    std::ifstream file(card.file, std::ios::binary);
    if (!file) throw Error("unreadable", fmt::format("cannot open signature file {}", card.file));
    if (request.format == "json") {
      write_stdout(signature_to_json({card.file, {std::istreambuf_iterator<char>(file), {}}}));
      return kNothingFound;
    }
    std::string text = fmt::format("# {}\n", printable(card.file));
    for (std::string line; std::getline(file, line);) text += printable(line) + '\n';
    write_stdout(text);
    return kNothingFound;
  }
  const std::string near = nearest(request.id, ids);
  throw Error("unknown-signature", fmt::format("there is no signature '{}'{}", request.id,
                                               near.empty() ? "; `assay signatures list` shows all"
                                                            : fmt::format("; did you mean '{}'?", near)));
}

int lint(const SignaturesRequest& request) {
  const std::vector<Diagnostic> diagnostics = lint_signatures(paths_of(request));
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) text += to_string(diagnostic) + '\n';
  write_stdout(text.empty() ? "no remarks\n" : text);
  return diagnostics.empty() ? kNothingFound : kFound;
}

int test(const SignaturesRequest& request) {
  const std::vector<SignatureTestResult> results = test_signatures(paths_of(request));
  std::string text;
  std::size_t failed = 0;
  for (const SignatureTestResult& result : results) {
    if (result.passed) continue;
    ++failed;
    text += fmt::format("{}:{}: {}: test '{}' failed\n", printable(result.file), result.line,
                        printable(result.signature), printable(result.test));
    for (const std::string& failure : result.failures) text += fmt::format("  {}\n", printable(failure));
  }
  text += results.empty()
              ? "there are no tests\n"
              : fmt::format("{} test{}, {} failed\n", results.size(), results.size() == 1 ? "" : "s", failed);
  write_stdout(text);
  return failed == 0 ? kNothingFound : kFound;
}

void add_signature_option(CLI::App& command, SignaturesRequest& request) {
  add_repeated(command, "-s,--signatures", request.paths,
               "file or folder to use instead of the installed signatures; repeatable")
      ->type_name("PATH");
}

void add_paths(CLI::App& command, SignaturesRequest& request) {
  command.add_option("PATH", request.paths, "files or folders; default: the installed signatures")
      ->type_name("");
}

}  // namespace

void add_signatures(CLI::App& app, int& status) {
  const auto request = std::make_shared<SignaturesRequest>();
  CLI::App& command = *app.add_subcommand("signatures", "List, show, check and test signatures");
  command.require_subcommand(1);
  command.footer("Example:\n  assay signatures lint my-signatures/\n");

  CLI::App& list_command = *command.add_subcommand("list", "List the signatures");
  add_signature_option(list_command, *request);
  add_format(list_command, request->format);
  list_command.footer("Example:\n  assay signatures list --format jsonl\n");
  list_command.callback([request, &status] { status = list(*request); });

  CLI::App& show_command = *command.add_subcommand("show", "Show the file of one signature");
  show_command.add_option("ID", request->id, "its id, or a name that it is also known as")
      ->required()
      ->type_name("");
  add_signature_option(show_command, *request);
  show_command
      .add_option("--format", request->format,
                  "yaml (the file as it is) or json (what it says); default: yaml")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"yaml", "json"}).description(""));
  show_command.footer(
      "Examples:\n"
      "  assay signatures show CSCwc69661\n"
      "  assay signatures show CSCwc69661 --format json\n");
  show_command.callback([request, &status] { status = show(*request); });

  CLI::App& lint_command = *command.add_subcommand("lint", "Find every mistake in signature files");
  add_paths(lint_command, *request);
  lint_command.footer(
      "Exit status: 0 without remarks, otherwise 1.\n\nExample:\n  assay signatures lint mine.yaml\n");
  lint_command.callback([request, &status] { status = lint(*request); });

  CLI::App& test_command = *command.add_subcommand("test", "Run the tests in signature files");
  add_paths(test_command, *request);
  test_command.footer(
      "Exit status: 0 if all pass, otherwise 1.\n\nExample:\n  assay signatures test mine.yaml\n");
  test_command.callback([request, &status] { status = test(*request); });
}

}  // namespace assay
