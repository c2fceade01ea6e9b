// assay signatures: everything that is done with signatures themselves.
#include "signatures.h"

#include "inputs.h"

namespace assay {

void add_signature_paths(CLI::App& command, std::vector<std::string>& paths) {
  command.add_option("PATH", paths, "files or folders; default: the installed signatures")->type_name("");
}

std::vector<std::filesystem::path> signature_files(const std::vector<std::string>& paths) {
  return paths_of({.paths = paths, .strict = true});
}

void add_signatures(CLI::App& app, int& status) {
  CLI::App& command = *app.add_subcommand("signatures", "List, show, check, write and test signatures");
  command.require_subcommand(1);
  command.footer("Example:\n  assay signatures lint my-signatures/\n");
  add_signatures_list(command, status);
  add_signatures_show(command, status);
  add_signatures_lint(command, status);
  add_signatures_format(command, status);
  add_signatures_new(command, status);
  add_signatures_test(command, status);
}

}  // namespace assay
