// assay version.
#include "assay/version.h"

#include <fmt/format.h>

#include "assay/signatures.h"
#include "command.h"
#include "terminal.h"

namespace assay {

void add_version(CLI::App& app, int& status) {
  CLI::App& command = *app.add_subcommand("version", "Show the version and where the signatures are");
  command.footer("Example:\n  assay version\n");
  command.callback([&status] {
    std::string text = fmt::format("assay {}\n", version());
    for (const std::filesystem::path& path : SignatureSet::installed_paths()) {
      text += fmt::format("signatures {}\n", printable(path.string()));
    }
    write_stdout(text);
    status = kNothingFound;
  });
}

}  // namespace assay
