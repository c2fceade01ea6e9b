// Three keys: name, version, requires.
#include "signature/pack.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "signature/nearest_name.h"
#include "signature/remarks.h"
#include "signature/yaml_node.h"

namespace assay {

namespace {

constexpr std::array<std::string_view, 3> kKeys = {"name", "version", "requires"};

// "1.10" is later than "1.9" and the same as "1.10.0". Nothing for what is no such version.
std::optional<std::array<std::uint32_t, 4>> numbers_of(std::string_view text) {
  std::array<std::uint32_t, 4> numbers{};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::uint32_t& number : numbers) {
    const auto [stop, error] = std::from_chars(at, end, number);
    if (error != std::errc()) return std::nullopt;
    if (stop == end) return numbers;
    if (*stop != '.') return std::nullopt;
    at = stop + 1;
  }
  return std::nullopt;
}

void check_key(const YamlEntry& entry, Remarks& remarks) {
  if (std::find(kKeys.begin(), kKeys.end(), entry.key) == kKeys.end()) {
    return remarks.error(entry.key_mark, "unknown-key",
                         fmt::format("a pack has no key '{}'{}", entry.key, suggestion(entry.key, kKeys)));
  }
  if (!entry.value.is_scalar() || entry.value.text.empty()) {
    remarks.error(entry.value.mark, "wrong-type",
                  fmt::format("{} of a pack has to be a plain value", entry.key));
  }
}

void check_engine(const YamlNode& required, std::string_view pack, std::string_view engine_version,
                  Remarks& remarks) {
  if (!required.is_scalar()) return;
  const auto wanted = numbers_of(required.text);
  if (!wanted) {
    return remarks.error(
        required.mark, "invalid-value",
        fmt::format("requires is '{}', which is not a version like 0.2 or 1.10.3", required.text));
  }
  const auto present = numbers_of(engine_version.substr(0, engine_version.find_first_not_of("0123456789.")));
  if (present && *wanted <= *present) return;
  remarks.error(
      required.mark, "engine-too-old",
      fmt::format("the pack {} needs assay {} or later; this is {}", pack, required.text, engine_version));
}

}  // namespace

LoadedPack load_pack(std::string_view text, std::string_view file, std::string_view engine_version) {
  LoadedPack pack;
  Remarks remarks(file);
  const YamlNode root = read_yaml(text, remarks);
  if (!root.is_map() && !remarks.has_errors()) {
    remarks.error(root.mark, "wrong-type", "a pack has to be a map with the keys name and version");
  }
  if (root.is_map()) {
    for (const YamlEntry& entry : root.entries) check_key(entry, remarks);
    for (const std::string_view key : {"name", "version"}) {
      if (root.find(key) == nullptr) {
        remarks.error(root.mark, "missing-key", fmt::format("a pack needs the key '{}'", key));
      } else {
        pack.words += fmt::format("{}{}", pack.words.empty() ? "" : " ", root.find(key)->text);
      }
    }
    if (const YamlNode* required = root.find("requires")) {
      check_engine(*required, pack.words, engine_version, remarks);
    }
  }
  pack.diagnostics = remarks.take();
  return pack;
}

}  // namespace assay
