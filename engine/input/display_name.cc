// Names as they are shown.
#include "input/display_name.h"

#include <algorithm>
#include <array>
#include <utility>

#include "assay/formats.h"
#include "characters.h"

namespace assay {
namespace {

// The longest path a system lets a file have; only a hostile archive has longer ones.
constexpr std::size_t kNameBytes = 4'096;

std::string shown(std::string_view raw) {
  const bool too_long = raw.size() > kNameBytes;
  std::size_t end = std::min(raw.size(), kNameBytes);
  // Not in the middle of a UTF-8 character, where it is one.
  while (too_long && kNameBytes - end < 3 && (static_cast<unsigned char>(raw[end]) & 0xC0U) == 0x80U) --end;
  std::string name = printable(raw.substr(0, end));
  if (too_long) name += "...";
  return name;
}

std::string last_component(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));  // npos + 1 is 0: the whole
}

bool ends_with_ignoring_case(std::string_view text, std::string_view ending) {
  if (text.size() < ending.size()) return false;
  const std::string_view end = text.substr(text.size() - ending.size());
  return std::equal(end.begin(), end.end(), ending.begin(), [](char a, char b) { return lower(a) == b; });
}

}  // namespace

DisplayName name_of_input(std::string_view given) {
  std::string path = shown(given);
  std::string_view trimmed = path;
  while (trimmed.size() > 1 && trimmed.back() == '/') trimmed.remove_suffix(1);
  std::string last = last_component(trimmed);
  return {.path = std::move(path), .last = std::move(last)};
}

DisplayName name_in_folder(const DisplayName& folder, std::string_view file) {
  const std::string_view between = folder.path.ends_with('/') ? "" : "/";
  std::string last = shown(file);
  std::string path = folder.path;
  path.append(between).append(last);
  return {.path = std::move(path), .last = std::move(last)};
}

DisplayName name_in_archive(const DisplayName& archive, std::string_view entry) {
  while (entry.starts_with("./")) entry.remove_prefix(2);
  const std::string inside = entry.empty() ? "(no name)" : shown(entry);
  return {.path = archive.path + "!/" + inside, .last = last_component(inside)};
}

DisplayName without_compression(DisplayName name) {
  static constexpr std::array<std::string_view, 4> kEndings = {".gz", ".xz", ".bz2", ".zst"};
  static constexpr std::array<std::string_view, 4> kTarEndings = {".tgz", ".txz", ".tbz2", ".tzst"};
  for (const std::string_view ending : kEndings) {
    if (!ends_with_ignoring_case(name.last, ending)) continue;
    name.last.resize(name.last.size() - ending.size());
    return name;
  }
  for (const std::string_view ending : kTarEndings) {
    if (!ends_with_ignoring_case(name.last, ending)) continue;
    name.last.replace(name.last.size() - ending.size(), ending.size(), ".tar");
    return name;
  }
  return name;
}

std::string container_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return "";
  const bool after_archive = slash > 0 && path[slash - 1] == '!';
  return std::string(path.substr(0, after_archive ? slash - 1 : slash));
}

bool lies_in(std::string_view path, std::string_view folder) {
  if (path.size() <= folder.size() || !path.starts_with(folder)) return false;
  return path[folder.size()] == '/' || path.substr(folder.size()).starts_with("!/") || folder.ends_with('/');
}

}  // namespace assay
