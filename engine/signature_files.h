// Which files a set of signatures is made of, and the packs that they belong to.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "assay/error.h"

namespace assay {

// One file, and which of the given paths it comes from: only a later path may replace a signature.
struct SignatureFile {
  std::string name;
  std::string text;
  std::size_t origin = 0;
  std::string pack;  // name and version of the nearest pack around it; empty if there is none
};

struct SignatureFiles {
  std::vector<SignatureFile> files;
  // What is wrong with the descriptions of packs, among that: that one asks for a later assay.
  std::vector<Diagnostic> pack_remarks;
};

// Files as they are; from folders every *.yaml, *.yml and *.json below them, in order of their paths, but for
// schemas and pack.yaml, which describes the folder that it lies in.
// Throws Error "no-such-path", "unreadable".
SignatureFiles read_signature_files(std::span<const std::filesystem::path> paths);

// Where a file is that a signature file names by its path from the folder that it lies in itself.
std::filesystem::path beside(const std::string& signature_file, const std::string& path);

}  // namespace assay
