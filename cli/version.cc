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
    write_stdout(fmt::format("assay {}\nsignatures {}\n", version(),
                             printable(SignatureSet::installed_path().string())));
    status = kNothingFound;
  });
}

}  // namespace assay
