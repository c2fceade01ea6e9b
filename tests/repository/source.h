// The sources of assay, to be looked at as text.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

inline const std::filesystem::path kSource = ASSAY_SOURCE_DIR;

inline std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}
