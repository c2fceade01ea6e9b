// Names the keys, and a few of the values that the hits have of them.
#include "explain/key_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace assay {
namespace {

constexpr std::size_t kValuesNamed = 3;

std::set<std::string> values_of(const Subject& subject, std::uint32_t observation,
                                const std::string& capture) {
  const std::vector<std::string>& names = subject.signature->observations[observation].captures;
  const auto column =
      static_cast<std::size_t>(std::find(names.begin(), names.end(), capture) - names.begin());
  std::set<std::string> values;
  for (const Hit* hit : subject.hits) {
    if (hit->observation != observation || column >= hit->captures.size()) continue;
    if (!hit->captures[column].empty()) values.insert(hit->captures[column]);
  }
  return values;
}

}  // namespace

std::string duration_words(std::chrono::microseconds duration) {
  const double seconds = static_cast<double>(duration.count()) / 1e6;
  if (seconds >= 7200) return fmt::format("{:.4g} h", seconds / 3600);
  if (seconds >= 120) return fmt::format("{:.4g} min", seconds / 60);
  return fmt::format("{:.4g} s", seconds);
}

std::string same_words(const std::vector<SameKey>& same) {
  std::vector<std::string> names;
  for (const SameKey& key : same) names.push_back(key.name);
  return names.empty() ? "" : fmt::format(" with the same {}", fmt::join(names, ", "));
}

std::string no_hits_agree(const Subject& subject, std::span<const std::uint32_t> observations,
                          const std::vector<SameKey>& same) {
  std::string words = fmt::format("no hits agree{}", same_words(same));
  for (std::size_t slot = 0; slot < observations.size(); ++slot) {
    std::set<std::string> values = values_of(subject, observations[slot], same.front().capture_of[slot]);
    const std::size_t count = values.size();
    while (values.size() > kValuesNamed) values.erase(std::prev(values.end()));
    words += fmt::format("; {} has {}{}", subject.signature->observations[observations[slot]].name,
                         count == 0 ? "none" : fmt::format("{}", fmt::join(values, ", ")),
                         count > kValuesNamed ? ", ..." : "");
  }
  return words;
}

}  // namespace assay
