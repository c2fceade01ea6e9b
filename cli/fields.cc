// assay fields: the words that signatures may use.
#include "assay/fields.h"

#include <memory>

#include "command.h"
#include "terminal.h"

namespace assay {
namespace {

std::string text_of(std::string_view text) {
  return std::string(text);
}

int run(const std::string& format) {
  Table table{{"of", "name", "type", "many", "unit", "help", "example"}, {}};
  for (const Field& field : fields()) {
    table.rows.push_back({"field", text_of(field.name), text_of(to_string(field.type)), field.many,
                          text_of(field.unit), text_of(field.help), text_of(field.example)});
  }
  for (const FactName& fact : fact_names()) {
    table.rows.push_back({"fact",
                          text_of(fact.name),
                          text_of(to_string(fact.type)),
                          {},
                          {},
                          text_of(fact.help),
                          text_of(fact.example)});
  }
  for (const EvidenceName& evidence : evidence_names()) {
    table.rows.push_back({"evidence", text_of(evidence.name), {}, {}, {}, text_of(evidence.help), {}});
  }
  write_stdout(rows_to(table_format(format), table, table_style()));
  return kNothingFound;
}

constexpr const char* kFieldsFooter =
    R"(field: what `observe` may ask of an event. fact: what `applies` may ask of a node.
evidence: what `needs` may name. A name that ends in .* stands for any name below it.

Example:
  assay fields --format csv | grep http
)";

}  // namespace

void add_fields(CLI::App& app, int& status) {
  const auto format = std::make_shared<std::string>();
  CLI::App& command =
      *app.add_subcommand("fields", "List the fields, facts and evidence that signatures use");
  add_format(command, *format);
  command.footer(kFieldsFooter);
  command.callback([format, &status] { status = run(*format); });
}

}  // namespace assay
