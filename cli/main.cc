// The program: reads the command line, runs one command, and turns what goes wrong into words and a status.
#include <fmt/format.h>

#include "assay/error.h"
#include "assay/version.h"
#include "command.h"
#include "terminal.h"

namespace assay {
namespace {

constexpr const char* kFooter = R"(Example:
  assay analyze diagnostic_log_vcsc_2022-07-11_17_33_18.tar.gz

`assay COMMAND --help` explains a command.
)";

const CLI::App& innermost(const CLI::App& app) {
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  return chosen.empty() ? app : innermost(*chosen.front());
}

// "assay signatures list".
std::string full_name(const CLI::App& command) {
  const CLI::App* parent = command.get_parent();
  return parent == nullptr ? command.get_name() : full_name(*parent) + ' ' + command.get_name();
}

std::vector<std::string> commands_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* one : command.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(one->get_name());
  }
  return names;
}

std::vector<std::string> names_in(const CLI::App& command) {
  std::vector<std::string> names = commands_of(command);
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string words_for(const CLI::ParseError& error, const CLI::App& command) {
  const std::vector<std::string> unknown = command.remaining();
  const bool has_commands = !commands_of(command).empty();
  if (unknown.empty() && has_commands) {
    return "a command is needed: " + CLI::detail::join(commands_of(command), ", ");
  }
  if (unknown.empty()) return error.what();
  const std::string word = unknown.front().substr(0, unknown.front().find('='));
  const bool is_option = word.starts_with('-');
  const std::string near = nearest(word, names_in(command));
  return fmt::format("unknown {} '{}'{}",
                     is_option      ? "option"
                     : has_commands ? "command"
                                    : "argument",
                     word, near.empty() ? "" : fmt::format("; did you mean '{}'?", near));
}

int explain(const CLI::ParseError& error, const CLI::App& app) {
  const CLI::App& command = innermost(app);
  if (error.get_exit_code() == 0) {  // --help and --version come as exceptions
    const bool is_version = dynamic_cast<const CLI::CallForVersion*>(&error) != nullptr;
    write_stdout(is_version ? fmt::format("{}\n", error.what()) : app.help());
    return kNothingFound;
  }
  const std::string name = full_name(command);
  say(fmt::format("{}: {}", name, words_for(error, command)));
  say(fmt::format("`{} --help` explains it.", name));
  return kWrongRequest;
}

int explain(const Error& error) {
  if (error.code() == "cancelled") {
    say("assay: cancelled; nothing was written");
    return kCancelled;
  }
  for (const Diagnostic& diagnostic : error.diagnostics()) say(to_string(diagnostic));
  say(fmt::format("assay: {} [{}]", error.what(), error.code()));
  return kWrongRequest;
}

int run(int argc, char** argv) {
  install_signal_handlers();
  CLI::App app("Says what is wrong in diagnostic bundles, how it knows, and what to do.", "assay");
  app.get_formatter()->column_width(34);
  app.get_formatter()->label("REQUIRED", "");
  app.set_version_flag("--version", fmt::format("assay {}", version()), "Show the version");
  app.set_help_flag("-h,--help", "Show this help");
  app.require_subcommand(1);
  app.footer(kFooter);
  int status = kNothingFound;
  add_analyze(app, status);
  add_explain(app, status);
  add_transactions(app, status);
  add_handshakes(app, status);
  add_certificates(app, status);
  add_decode(app, status);
  add_signatures(app, status);
  add_fields(app, status);
  add_version(app, status);
  try {
    app.parse(argc, argv);
    return status;
  } catch (const CLI::ParseError& error) {
    return explain(error, app);
  } catch (const Error& error) {
    return explain(error);
  }
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) {
  try {
    return assay::run(argc, argv);
  } catch (const std::exception& error) {  // out of memory, or standard output that cannot be written
    fmt::print(stderr, "assay: {}\n", error.what());
    return assay::kWrongRequest;
  }
}
