// assay decode: the target that stands in the URL of an MRA client.
#include <algorithm>
#include <iostream>
#include <memory>
#include <string_view>

#include "assay/target.h"
#include "command.h"
#include "terminal.h"

namespace assay {
namespace {

struct DecodeRequest {
  std::vector<std::string> texts;
  std::string format;
};

std::vector<std::string> with_stdin(const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  for (const std::string& text : texts) {
    if (text != "-") {
      all.push_back(text);
      continue;
    }
    for (std::string line; std::getline(std::cin, line);) {
      if (line.ends_with('\r')) line.pop_back();
      if (!line.empty()) all.push_back(line);
    }
  }
  return all;
}

// What a request line asks for ("|GET /c3Rld.../version HTTP/1.1", as logs have them); any other text as it
// is.
std::string_view url_in(std::string_view text) {
  const auto trim = [&] {
    text.remove_prefix(std::min(text.find_first_not_of(" \t|"), text.size()));
    text = text.substr(0, text.find_last_not_of(" \t") + 1);
  };
  trim();
  const std::size_t blank = text.find(' ');
  const std::string_view method = text.substr(0, blank);
  if (blank == text.npos || method.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != method.npos)
    return text;
  text.remove_prefix(blank);
  trim();
  return text.substr(0, text.find(' '));
}

int run(const DecodeRequest& request) {
  Table table{{"text", "decoded", "target", "domain", "protocol", "host", "port"}, {}};
  int status = kNothingFound;
  for (const std::string& text : with_stdin(request.texts)) {
    const std::optional<Target> target = target_of_url(url_in(text));
    if (!target || !target->decoded) {
      status = kFound;
      table.rows.push_back({text, false, {}, {}, {}, {}, {}});
      continue;
    }
    const Table::Cell port = target->port ? Table::Cell(std::int64_t{*target->port}) : Table::Cell();
    table.rows.push_back(
        {text, true, to_string(*target), target->domain, target->protocol, target->host, port});
  }
  write_stdout(rows_to(table_format(request.format), table, table_style()));
  return status;
}

constexpr const char* kDecodeFooter = R"(Exit status: 0 if every text decodes, otherwise 1.

Examples:
  assay decode c3RldmVuLmxhYi9odHRwcy8xMC40OC4zNi4yMTUvODQ0Mw
  grep -o 'https://[^ "]*' access.log | assay decode --format csv -
)";

}  // namespace

void add_decode(CLI::App& app, int& status) {
  const auto request = std::make_shared<DecodeRequest>();
  CLI::App& command = *app.add_subcommand("decode", "Decode the target in URLs, paths or path segments");
  command.add_option("TEXT", request->texts, "URLs, paths or segments; - reads lines of standard input")
      ->required()
      ->type_name("");
  add_format(command, request->format);
  command.footer(kDecodeFooter);
  command.callback([request, &status] { status = run(*request); });
}

}  // namespace assay
