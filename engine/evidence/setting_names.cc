// Names without '*' are looked up; the few with one are tried in turn.
#include "evidence/setting_names.h"

#include <algorithm>

#include "characters.h"

namespace assay {
namespace {

// The part before the first dot; `text` loses it and the dot.
std::string_view next_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find('.'));
  text.remove_prefix(std::min(word.size() + 1, text.size()));
  return word;
}

}  // namespace

std::string in_one_spelling(std::string_view name) {
  std::string result(name);
  for (char& c : result) c = c == ' ' ? '.' : lower(c);
  return result;
}

bool names_setting(std::string_view pattern, std::string_view name) {
  while (!pattern.empty() && !name.empty()) {
    const std::string_view wanted = next_word(pattern);
    const std::string_view there = next_word(name);
    if (wanted != "*" && wanted != there) return false;
  }
  return pattern.empty() && name.empty();
}

WantedSettings::WantedSettings(std::span<const std::string> names) : all_(false) {
  for (const std::string& name : names) {
    std::string wanted = in_one_spelling(name);
    if (wanted.find('*') == std::string::npos) {
      plain_.insert(std::move(wanted));
    } else if (std::find(patterns_.begin(), patterns_.end(), wanted) == patterns_.end()) {
      patterns_.push_back(std::move(wanted));
    }
  }
}

bool WantedSettings::contains(std::string_view name) const {
  if (all_) return true;
  if (plain_.empty() && patterns_.empty()) return false;
  const std::string there = in_one_spelling(name);
  return plain_.contains(there) ||
         std::any_of(patterns_.begin(), patterns_.end(),
                     [&there](const std::string& pattern) { return names_setting(pattern, there); });
}

}  // namespace assay
