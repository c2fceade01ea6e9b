// Lets go of one demand after the other, the window first, and sees with which of them it would have held.
#include "explain/correlation_gap.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>

#include "diagnose/conditions.h"
#include "diagnose/correlate.h"
#include "explain/key_words.h"

namespace assay {
namespace {

using Kind = Correlation::Kind;
using Duration = std::chrono::microseconds;

class Gap {
 public:
  Gap(const Subject& subject, const Correlation& correlation)
      : subject_(subject), correlation_(correlation), keeps_time_(correlation.within.has_value()) {}

  // Those that are sure, or those whose window reaches beyond the evidence.
  std::vector<CorrelationMatch> matches(const Correlation& correlation, bool open = false) const {
    std::vector<CorrelationMatch> matches =
        correlate(*subject_.signature, correlation, subject_.hits, subject_.case_file->member_paths,
                  reach_of(subject_, correlation));
    std::erase_if(matches, [&](const CorrelationMatch& match) { return match.open != open; });
    return matches;
  }

  std::string lacks() const {
    for (std::size_t slot = 0; slot < correlation_.observations.size(); ++slot) {
      const bool is_looked_for = correlation_.kind != Kind::absent || slot == 0;
      if (is_looked_for && hits_of(slot) == 0) return fmt::format("there is no hit of {}", name_of(slot));
    }
    switch (correlation_.kind) {
      case Kind::count:
      case Kind::distinct:
        return lacks_number();
      case Kind::sequence:
      case Kind::together:
        return lacks_partner();
      case Kind::absent:
        return lacks_end() ? fmt::format("whether {} came lies beyond the evidence", name_of(1))
                           : fmt::format("every {} has {} {} it{}", name_of(0), name_of(1), direction(),
                                         window_words());
    }
    return "";
  }

 private:
  std::string name_of(std::size_t slot) const {
    return subject_.signature->observations[correlation_.observations[slot]].name;
  }

  std::size_t hits_of(std::size_t slot) const {
    return static_cast<std::size_t>(
        std::count_if(subject_.hits.begin(), subject_.hits.end(),
                      [&](const Hit* hit) { return hit->observation == correlation_.observations[slot]; }));
  }

  std::string_view direction() const {
    return correlation_.direction == Correlation::Direction::after ? "after" : "before";
  }

  std::string window_words() const {
    return correlation_.within ? fmt::format(" within {}", duration_words(*correlation_.within)) : "";
  }

  // The most that any window and any strand holds.
  std::string lacks_number() const {
    Correlation relaxed = correlation_;
    for (std::uint64_t enough = correlation_.at_least; enough-- > 1;) {
      relaxed.at_least = enough;
      if (matches(relaxed).empty()) continue;
      const std::string_view what = correlation_.kind == Kind::distinct ? "different values" : "hits";
      return fmt::format("at most {} of {} {}{}{}", enough, correlation_.at_least, what, window_words(),
                         same_words(correlation_.same));
    }
    return "no hit counts: each lacks a key or a time";
  }

  bool lacks_end() const { return !matches(correlation_, true).empty(); }

  std::string lacks_partner() const {
    Correlation any_time = correlation_;
    any_time.within.reset();
    if (keeps_time_) {
      const std::optional<std::string> gap = shortest(matches(any_time));
      if (gap) return *gap;
    }
    if (correlation_.kind == Kind::sequence) {
      Correlation any_order = correlation_;
      any_order.kind = Kind::together;
      if (!matches(any_order).empty()) return "they came, but not in this order";
    }
    Correlation any_key = correlation_;
    any_key.same.clear();
    if (!correlation_.same.empty() && !matches(any_key).empty()) return keys_words();
    any_key.within.reset();
    any_key.kind = Kind::together;
    if (!correlation_.same.empty() && !matches(any_key).empty()) return keys_words();
    return "no hits are left that have not served already, or they lack a time";
  }

  // "refused 7.2 s after untrusted, window 5 s", of the match that needs the shortest window.
  std::optional<std::string> shortest(const std::vector<CorrelationMatch>& matches) const {
    const Hit* first = nullptr;
    const Hit* last = nullptr;
    Duration least{};
    for (const CorrelationMatch& match : matches) {
      const Hit* begin = subject_.hits[match.hits.front()];
      const Hit* end = subject_.hits[match.hits.back()];
      if (!begin->time || !end->time) continue;
      const Duration span{end->time->microseconds - begin->time->microseconds};
      if (first != nullptr && span >= least) continue;
      least = span;
      first = begin;
      last = end;
    }
    if (first == nullptr) return std::nullopt;
    const std::vector<Observation>& observations = subject_.signature->observations;
    return fmt::format("{} seen {} after {}, window {}", observations[last->observation].name,
                       duration_words(least), observations[first->observation].name,
                       duration_words(*correlation_.within));
  }

  std::string keys_words() const {
    return no_hits_agree(subject_, correlation_.observations, correlation_.same);
  }

  const Subject& subject_;
  const Correlation& correlation_;
  bool keeps_time_;
};

std::string correlation_words(const Signature& signature, const Correlation& correlation) {
  std::vector<std::string> names;
  for (const std::uint32_t observation : correlation.observations) {
    names.push_back(signature.observations[observation].name);
  }
  std::string words;
  switch (correlation.kind) {
    case Kind::count:
      words = fmt::format("at least {} of {}", correlation.at_least, names.front());
      break;
    case Kind::distinct:
      words =
          fmt::format("at least {} different {} of {}", correlation.at_least, correlation.of, names.front());
      break;
    case Kind::sequence:
      words = fmt::format("{}", fmt::join(names, ", then "));
      break;
    case Kind::together:
      words = fmt::format("{}", fmt::join(names, " and "));
      break;
    case Kind::absent:
      words = fmt::format("{} without {} {} it", names.front(), names.back(),
                          correlation.direction == Correlation::Direction::after ? "after" : "before");
      break;
  }
  if (correlation.within) words += fmt::format(", within {}", duration_words(*correlation.within));
  if (!correlation.same.empty()) words += ",";
  return words + same_words(correlation.same);
}

}  // namespace

ExplainedCorrelation explain_correlation(const Subject& subject, std::size_t index) {
  const Correlation& correlation = subject.signature->correlations[index];
  const Gap gap(subject, correlation);
  ExplainedCorrelation explained;
  explained.name = correlation.name;
  explained.line = correlation.mark.line;
  explained.words = correlation_words(*subject.signature, correlation);
  explained.matches = gap.matches(correlation).size();
  if (explained.matches == 0) explained.lacks = gap.lacks();
  return explained;
}

}  // namespace assay
