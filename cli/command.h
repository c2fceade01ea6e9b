// What the commands of the program have in common. Each command is one file that adds itself to the parser.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>

namespace assay {

// The exit statuses; docs/json.md and the manual page explain them.
enum ExitStatus : int {
  kNothingFound = 0,
  kFound = 1,         // for `analyze` an issue or potential problem; for the others something that failed
  kWrongRequest = 2,  // what was asked for cannot be done
  kIncomplete = 3,    // nothing found, but the evidence was incomplete
  kCancelled = 130,   // as shells do for SIGINT
};

// Each adds a subcommand to `app`, which sets `status` when it has run.
void add_analyze(CLI::App& app, int& status);
void add_explain(CLI::App& app, int& status);
void add_transactions(CLI::App& app, int& status);
void add_handshakes(CLI::App& app, int& status);
void add_certificates(CLI::App& app, int& status);
void add_decode(CLI::App& app, int& status);
void add_signatures(CLI::App& app, int& status);
void add_fields(CLI::App& app, int& status);
void add_version(CLI::App& app, int& status);

// "--format table|jsonl|csv" for a command that lists things.
void add_format(CLI::App& command, std::string& format);

// A value option that may be given several times, each time with one value.
CLI::Option* add_repeated(CLI::App& command, const std::string& name, std::vector<std::string>& values,
                          const std::string& help);

// For the name of a file: an empty one is a variable of a script that has no value.
CLI::Validator not_empty();

// The name that is most like `word`, or nothing if none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& names);

}  // namespace assay
