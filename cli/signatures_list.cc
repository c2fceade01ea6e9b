// assay signatures list and show: which there are, where each comes from, and its file.
#include <fmt/format.h>

#include <memory>
#include <sstream>

#include "files.h"
#include "inputs.h"
#include "signatures.h"
#include "terminal.h"

namespace assay {
namespace {

struct ListRequest {
  SignatureChoice signatures;
  std::string format;
  std::string id;
};

const std::vector<std::string> kColumns = {"id",    "severity",      "kind", "maturity", "scope",
                                           "title", "also_known_as", "pack", "file",     "replaces"};
// For people the title ends the line; the rest is for programs.
const std::vector<std::string> kShortColumns = {"id",    "severity", "kind", "maturity",
                                                "scope", "from",     "title"};

std::string from(const SignatureCard& card) {
  return card.pack.empty() ? card.file : card.pack;
}

std::vector<Table::Cell> row_of(const SignatureCard& card, bool for_people) {
  std::vector<Table::Cell> row{card.id, std::string(to_string(card.severity)),
                               std::string(to_string(card.kind)), std::string(to_string(card.maturity)),
                               std::string(to_string(card.scope))};
  if (for_people) {
    row.insert(row.end(), {from(card), card.title});
  } else {
    row.insert(row.end(), {card.title, card.also_known_as, card.pack, card.file, card.replaces});
  }
  return row;
}

std::string words_on_replaced(const SignatureSet& set) {
  std::string words;
  for (const SignatureCard& card : set.cards()) {
    for (const std::string& file : card.replaces) {
      words += fmt::format("{} of {} replaces the one of {}\n", printable(card.id), printable(card.file),
                           printable(file));
    }
  }
  return words.empty() ? words : '\n' + words;
}

// What was left out is no part of the list.
int say_left_out(const SignatureSet& set) {
  for (const Diagnostic& diagnostic : set.left_out()) say(to_string(diagnostic));
  if (!set.left_out().empty()) say("assay: these signatures are left out");
  return set.left_out().empty() ? kNothingFound : kFound;
}

int list(const ListRequest& request) {
  const SignatureSet set = load_signatures(request.signatures);
  const bool for_people = request.format == "table";
  Table table{for_people ? kShortColumns : kColumns, {}};
  for (const SignatureCard& card : set.cards()) table.rows.push_back(row_of(card, for_people));
  std::string text = rows_to(table_format(request.format), table, table_style());
  if (for_people) text += words_on_replaced(set);
  write_stdout(text);
  return say_left_out(set);
}

int show(const ListRequest& request) {
  const SignatureSet set = load_signatures(request.signatures);
  const SignatureCard& card = card_called(set, request.id);
  const std::string content = read_text(card.file);
  if (request.format == "json") {
    write_stdout(signature_to_json({card.file, content}));
    return kNothingFound;
  }
  std::string text = fmt::format("# {}\n", printable(card.file));
  for (const std::string& replaced : card.replaces) {
    text += fmt::format("# replaces {}\n", printable(replaced));
  }
  std::istringstream lines(content);
  for (std::string line; std::getline(lines, line);) text += printable(line) + '\n';
  write_stdout(text);
  return kNothingFound;
}

}  // namespace

void add_signatures_list(CLI::App& app, int& status) {
  const auto request = std::make_shared<ListRequest>();
  CLI::App& command = *app.add_subcommand("list", "List the signatures, and where each comes from");
  add_signature_choice(command, request->signatures);
  add_format(command, request->format);
  command.footer(
      "Exit status: 0, or 1 if a signature is left out for its mistakes.\n\n"
      "Examples:\n"
      "  assay signatures list --format jsonl\n"
      "  assay signatures list --signatures installed --signatures mine/\n");
  command.callback([request, &status] { status = list(*request); });
}

void add_signatures_show(CLI::App& app, int& status) {
  const auto request = std::make_shared<ListRequest>();
  CLI::App& command = *app.add_subcommand("show", "Show the file of one signature");
  command.add_option("ID", request->id, "its id, or a name that it is also known as")
      ->required()
      ->type_name("");
  add_signature_choice(command, request->signatures);
  command
      .add_option("--format", request->format,
                  "yaml (the file as it is) or json (what it says); default: yaml")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"yaml", "json"}).description(""));
  command.footer(
      "Examples:\n"
      "  assay signatures show CSCwc69661\n"
      "  assay signatures show CSCwc69661 --format json\n");
  command.callback([request, &status] { status = show(*request); });
}

}  // namespace assay
