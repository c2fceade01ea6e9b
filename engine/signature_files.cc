// Walks the folders, reads the files, and gives each file the pack that is nearest around it.
#include "signature_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <map>
#include <sstream>
#include <system_error>

#include "assay/signatures.h"
#include "assay/version.h"
#include "signature/pack.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPackFile = "pack.yaml";

bool is_signature_file(const fs::path& path) {
  const std::string extension = path.extension().string();
  const bool schema = path.filename().string().ends_with(".schema.json");
  return !schema && (extension == ".yaml" || extension == ".yml" || extension == ".json");
}

std::vector<fs::path> files_of(const fs::path& path) {
  std::error_code error;
  if (fs::is_regular_file(path, error)) return {path};
  if (error == std::errc::permission_denied || error == std::errc::too_many_symbolic_link_levels) {
    throw Error("unreadable", fmt::format("{}: cannot be read ({})", path.string(), error.message()));
  }
  if (!fs::is_directory(path, error)) {
    if (fs::exists(path, error)) {
      throw Error("unreadable", fmt::format("{} is neither a file nor a folder", path.string()));
    }
    throw Error("no-such-path", fmt::format("there is no file or folder {}", path.string()));
  }
  std::vector<fs::path> files;
  fs::recursive_directory_iterator at(path, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (at->is_regular_file() && is_signature_file(at->path())) files.push_back(at->path());
  }
  if (error) {
    throw Error("unreadable", fmt::format("cannot read folder {}: {}", path.string(), error.message()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw Error("unreadable", fmt::format("cannot open signature file {}: {}", path.string(),
                                          std::generic_category().message(errno)));
  }
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

// The packs of one given path, by the folders that they describe.
using Packs = std::map<fs::path, std::string>;

std::string pack_of(const fs::path& file, const Packs& packs) {
  for (fs::path folder = file.parent_path(); !folder.empty(); folder = folder.parent_path()) {
    const auto found = packs.find(folder);
    if (found != packs.end()) return found->second;
    if (folder == folder.parent_path()) break;
  }
  return {};
}

void read_path(const fs::path& path, std::size_t origin, SignatureFiles& result) {
  Packs packs;
  std::vector<fs::path> files = files_of(path);
  const auto describes_pack = [&](const fs::path& file) {
    return file != path && file.filename() == kPackFile;
  };
  for (const fs::path& file : files) {
    if (!describes_pack(file)) continue;
    const LoadedPack loaded = load_pack(read_file(file), file.string(), version());
    packs.emplace(file.parent_path(), loaded.words);
    result.pack_remarks.insert(result.pack_remarks.end(), loaded.diagnostics.begin(),
                               loaded.diagnostics.end());
  }
  for (const fs::path& file : files) {
    if (describes_pack(file)) continue;
    result.files.push_back(
        {.name = file.string(), .text = read_file(file), .origin = origin, .pack = pack_of(file, packs)});
  }
}

}  // namespace

SignatureFiles read_signature_files(std::span<const fs::path> paths) {
  SignatureFiles result;
  for (std::size_t origin = 0; origin < paths.size(); ++origin) read_path(paths[origin], origin, result);
  return result;
}

fs::path beside(const std::string& signature_file, const std::string& path) {
  return fs::path(signature_file).parent_path() / path;
}

std::vector<SignatureSource> signature_sources(std::span<const fs::path> paths) {
  std::vector<SignatureSource> sources;
  for (SignatureFile& file : read_signature_files(paths).files) {
    sources.push_back({.name = std::move(file.name), .text = std::move(file.text)});
  }
  return sources;
}

}  // namespace assay
