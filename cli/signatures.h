// The commands below `assay signatures`; each is one file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "assay/signatures.h"
#include "command.h"

namespace assay {

void add_signatures_list(CLI::App& app, int& status);
void add_signatures_show(CLI::App& app, int& status);
void add_signatures_lint(CLI::App& app, int& status);
void add_signatures_format(CLI::App& app, int& status);
void add_signatures_new(CLI::App& app, int& status);
void add_signatures_test(CLI::App& app, int& status);

// "PATH...": files or folders of signatures, by default the installed ones.
void add_signature_paths(CLI::App& command, std::vector<std::string>& paths);

// Those paths, as load_signatures understands them.
std::vector<std::filesystem::path> signature_files(const std::vector<std::string>& paths);

}  // namespace assay
