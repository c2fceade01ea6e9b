// Dropping one literal after the other, the least telling first: what is left is a set in which each one is
// needed, made of the most telling ones.
#include "signature/literal_choice.h"

#include <algorithm>
#include <array>

namespace assay {

namespace {

// In lower case, as literals are. What nearly every record of its process has tells nothing.
constexpr std::array<std::string_view, 22> kEverywhere = {
    "utctime=\"", "module=\"",     "level=\"",       "event=\"",     "detail=\"",   "service=\"",
    "src-ip=\"",  "src-port=\"",   "dst-ip=\"",      "dst-port=\"",  "local-ip=\"", "local-port=\"",
    "method=\"",  "codelocation=", "thread=\"",      "protocol=\"",  "debug\"",     "info\"",
    "network.",   "trafficserver", "traffic_server", "trackingid=\""};

// Trying each one costs a walk over all; a pattern with this many alternatives keeps what it has.
constexpr std::size_t kMostTried = 256;

}  // namespace

std::size_t literal_weight(std::string_view literal) {
  // Digits count twice: a number of an error or of an alarm is rarer than words.
  std::size_t weight =
      literal.size() + static_cast<std::size_t>(std::count_if(literal.begin(), literal.end(),
                                                              [](char c) { return c >= '0' && c <= '9'; }));
  for (const std::string_view common : kEverywhere) {
    if (literal.find(common) != std::string_view::npos) weight -= std::min(weight, common.size());
    if (common.find(literal) != std::string_view::npos) return 0;
  }
  return weight;
}

std::vector<int> smallest_necessary(const std::vector<std::string>& atoms, const std::vector<int>& candidates,
                                    const std::function<bool(const std::vector<int>&)>& rules_out) {
  if (candidates.empty() || !rules_out(candidates)) return {};
  if (candidates.size() > kMostTried) return candidates;
  std::vector<int> worst_first = candidates;
  const auto text_of = [&](int index) -> const std::string& {
    return atoms[static_cast<std::size_t>(index)];
  };
  std::sort(worst_first.begin(), worst_first.end(), [&](int a, int b) {
    const std::size_t weight_a = literal_weight(text_of(a));
    const std::size_t weight_b = literal_weight(text_of(b));
    return weight_a != weight_b ? weight_a < weight_b : text_of(a) < text_of(b);
  });
  std::vector<int> kept = candidates;
  for (const int index : worst_first) {
    std::vector<int> without = kept;
    without.erase(std::lower_bound(without.begin(), without.end(), index));
    if (!without.empty() && rules_out(without)) kept = std::move(without);
  }
  return kept;
}

}  // namespace assay
