// Names of settings as signatures write them ("configuration.Zones.Zone.*.Type"), and which of all settings
// these ask for.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace assay {

// In lower case, words joined by dots.
std::string in_one_spelling(std::string_view name);

// Both in one spelling; a word '*' of the pattern stands for any one word.
bool names_setting(std::string_view pattern, std::string_view name);

// A dump has thousands of settings, and conditions ask for a few of them: only those are kept as facts.
// Immutable once it is made.
class WantedSettings {
 public:
  WantedSettings() = default;  // all
  explicit WantedSettings(std::span<const std::string> names);

  // `name`: "configuration.Zones Zone 3 Type".
  bool contains(std::string_view name) const;

 private:
  bool all_ = true;
  std::unordered_set<std::string> plain_;
  std::vector<std::string> patterns_;  // with a '*'
};

}  // namespace assay
