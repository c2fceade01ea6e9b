// One spelling for every name: lower case, words joined by dots.
#include "diagnose/facts.h"

#include <algorithm>

#include "evidence/setting_names.h"

namespace assay {

Facts::Facts(const NodeEvidence& node) {
  facts_.reserve(node.facts.size() + node.settings.size());
  for (const Fact& fact : node.facts) facts_.push_back({in_one_spelling(fact.name), &fact});
  // Where a setting is there twice, once spelled with dots, that one was given by a person, and wins.
  for (auto setting = node.settings.rbegin(); setting != node.settings.rend(); ++setting) {
    facts_.push_back({in_one_spelling(setting->first), &setting->second});
  }
  const auto by_name = [](const Named& left, const Named& right) { return left.first < right.first; };
  const auto same_name = [](const Named& left, const Named& right) { return left.first == right.first; };
  std::stable_sort(facts_.begin(), facts_.end(), by_name);
  facts_.erase(std::unique(facts_.begin(), facts_.end(), same_name), facts_.end());
}

std::vector<const Fact*> Facts::find(std::string_view name) const {
  const std::string wanted = in_one_spelling(name);
  const std::string_view fixed = std::string_view(wanted).substr(0, wanted.find('*'));
  auto at = std::lower_bound(facts_.begin(), facts_.end(), fixed,
                             [](const Named& fact, std::string_view text) { return fact.first < text; });
  std::vector<const Fact*> found;
  if (fixed.size() == wanted.size()) {
    if (at != facts_.end() && at->first == wanted) found.push_back(at->second);
    return found;
  }
  for (; at != facts_.end() && at->first.starts_with(fixed); ++at) {
    if (names_setting(wanted, at->first)) found.push_back(at->second);
  }
  return found;
}

}  // namespace assay
