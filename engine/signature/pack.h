// pack.yaml: what a folder of signatures is called, its version, and the assay that it needs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assay/error.h"

namespace assay {

struct LoadedPack {
  std::string words;                    // name and version: "lab 1.4"
  std::vector<Diagnostic> diagnostics;  // all errors; in order of line and column
};

// `engine_version` is the one that `requires` is held against. Never throws for what is in the text.
LoadedPack load_pack(std::string_view text, std::string_view file, std::string_view engine_version);

}  // namespace assay
