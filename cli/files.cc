// A file is written beside the old one, which it then replaces in one step.
#include "files.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "assay/error.h"

namespace assay {

namespace fs = std::filesystem;

std::string read_text(const std::string& file) {
  std::ifstream input(file, std::ios::binary);
  if (!input) throw Error("unreadable", fmt::format("cannot open {}: {}", file, std::strerror(errno)));
  return {std::istreambuf_iterator<char>(input), {}};
}

void replace_file(const std::string& file, const std::string& text) {
  std::error_code error;
  const fs::path target = fs::weakly_canonical(file, error);  // a link stays one
  const fs::path beside = target.string() + ".new";
  std::ofstream output(beside, std::ios::binary | std::ios::trunc);
  output.write(text.data(), static_cast<std::streamsize>(text.size()));
  output.close();
  if (!output) {
    const std::string why = std::strerror(errno);
    fs::remove(beside, error);
    throw Error("unwritable", fmt::format("cannot write {}: {}", beside.string(), why));
  }
  if (fs::exists(target, error)) fs::permissions(beside, fs::status(target).permissions(), error);
  fs::rename(beside, target, error);
  if (error) throw Error("unwritable", fmt::format("cannot write {}: {}", file, error.message()));
}

}  // namespace assay
