// Where the signatures are that came with assay, or that ASSAY_SIGNATURES names.
#include <fmt/format.h>

#include <cstdlib>
#include <string_view>
#include <system_error>

#include "assay/error.h"
#include "assay/signatures.h"

namespace assay {

namespace fs = std::filesystem;

namespace {

// An installed tree may be moved as a whole, so the pack beside the running program comes before the folder
// that the library was configured for.
fs::path own_pack() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path beside = program.parent_path().parent_path() / "share" / "assay" / "signatures";
  return !error && fs::is_directory(beside, error) ? beside : fs::path(ASSAY_SIGNATURE_FOLDER);
}

}  // namespace

std::vector<fs::path> SignatureSet::installed_paths() {
  const char* variable = std::getenv("ASSAY_SIGNATURES");
  if (variable == nullptr || *variable == '\0') return {own_pack()};
  std::vector<fs::path> paths;
  std::string_view rest = variable;
  for (bool more = true; more;) {
    const std::size_t colon = rest.find(':');
    more = colon != std::string_view::npos;
    const std::string_view path = rest.substr(0, colon);
    paths.push_back(path.empty() ? own_pack() : fs::path(path));
    if (more) rest.remove_prefix(colon + 1);
  }
  return paths;
}

// Who named nothing must be told what to name when there is nothing.
std::vector<fs::path> SignatureSet::find_installed() {
  std::vector<fs::path> paths = installed_paths();
  std::error_code error;
  for (const fs::path& path : paths) {
    if (fs::exists(path, error) || error) continue;
    throw Error("no-such-path",
                fmt::format("the installed signatures should be in {}, which is not there; say "
                            "with ASSAY_SIGNATURES where they are",
                            path.string()));
  }
  return paths;
}

SignatureSet SignatureSet::installed(const LoadOptions& options) {
  return load(find_installed(), options);
}

}  // namespace assay
