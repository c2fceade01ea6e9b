// One spelling for every name: lower case, words joined by dots.
#include "diagnose/facts.h"

#include <algorithm>

namespace assay {

namespace {

std::string one_spelling(std::string_view name) {
  std::string result(name);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ') c = '.';
  }
  return result;
}

// The part before the first dot; `text` loses it and the dot.
std::string_view next_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find('.'));
  text.remove_prefix(std::min(word.size() + 1, text.size()));
  return word;
}

// Both in one spelling; the pattern's '*' stands for any one word.
bool same_words(std::string_view pattern, std::string_view name) {
  while (!pattern.empty() && !name.empty()) {
    const std::string_view wanted = next_word(pattern);
    const std::string_view there = next_word(name);
    if (wanted != "*" && wanted != there) return false;
  }
  return pattern.empty() && name.empty();
}

}  // namespace

Facts::Facts(const NodeEvidence& node) {
  facts_.reserve(node.facts.size() + node.settings.size());
  for (const Fact& fact : node.facts) facts_.push_back({one_spelling(fact.name), &fact});
  // Where a setting is there twice, once spelled with dots, that one was given by a person, and wins.
  for (auto setting = node.settings.rbegin(); setting != node.settings.rend(); ++setting) {
    facts_.push_back({one_spelling(setting->first), &setting->second});
  }
  const auto by_name = [](const Named& left, const Named& right) { return left.first < right.first; };
  const auto same_name = [](const Named& left, const Named& right) { return left.first == right.first; };
  std::stable_sort(facts_.begin(), facts_.end(), by_name);
  facts_.erase(std::unique(facts_.begin(), facts_.end(), same_name), facts_.end());
}

std::vector<const Fact*> Facts::find(std::string_view name) const {
  const std::string wanted = one_spelling(name);
  const std::string_view fixed = std::string_view(wanted).substr(0, wanted.find('*'));
  auto at = std::lower_bound(facts_.begin(), facts_.end(), fixed,
                             [](const Named& fact, std::string_view text) { return fact.first < text; });
  std::vector<const Fact*> found;
  if (fixed.size() == wanted.size()) {
    if (at != facts_.end() && at->first == wanted) found.push_back(at->second);
    return found;
  }
  for (; at != facts_.end() && at->first.starts_with(fixed); ++at) {
    if (same_words(wanted, at->first)) found.push_back(at->second);
  }
  return found;
}

}  // namespace assay
