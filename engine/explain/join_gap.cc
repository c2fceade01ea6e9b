// Joins the hits as the diagnosis does; where that brings nothing together, by this join alone, and then
// without its window.
#include "explain/join_gap.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "diagnose/join_hits.h"
#include "explain/key_words.h"

namespace assay {
namespace {

std::vector<std::string> names_of(const Signature& signature,
                                  const std::vector<std::uint32_t>& observations) {
  std::vector<std::string> names;
  for (const std::uint32_t observation : observations) {
    names.push_back(signature.observations[observation].name);
  }
  return names;
}

std::uint64_t hits_of(const Subject& subject, const std::vector<std::uint32_t>& observations) {
  return static_cast<std::uint64_t>(
      std::count_if(subject.hits.begin(), subject.hits.end(), [&](const Hit* hit) {
        return std::find(observations.begin(), observations.end(), hit->observation) != observations.end();
      }));
}

// Whether the join would find something if it were the only one.
bool joins(Subject subject, HitJoin join) {
  Signature alone = *subject.signature;
  alone.joins = {std::move(join)};
  subject.signature = &alone;
  join_hits(subject);
  return subject.joined.front() > 0;
}

std::string words_of(const Signature& signature, const HitJoin& join) {
  std::string words =
      fmt::format("{} takes in the nearest {}{}", fmt::join(names_of(signature, join.into), " or "),
                  signature.observations[join.take].name, same_words(join.same));
  if (join.within) words += fmt::format(", within {}", duration_words(*join.within));
  return words;
}

std::string lacks(const Subject& subject, std::size_t index, const ExplainedJoin& explained) {
  const HitJoin& join = subject.signature->joins[index];
  const std::vector<std::string> into = names_of(*subject.signature, join.into);
  if (explained.hits == 0) return fmt::format("there is no hit of {}", fmt::join(into, " or "));
  if (explained.offered == 0) {
    return fmt::format("there is no hit of {}", subject.signature->observations[join.take].name);
  }
  if (joins(subject, join)) return "an earlier join has served these hits";
  HitJoin any_time = join;
  any_time.within.reset();
  if (join.within && joins(subject, any_time)) {
    return fmt::format("hits agree{}, but are not within {}", same_words(join.same),
                       duration_words(*join.within));
  }
  if (join.same.empty()) return "no hit is left, or they lack a time";
  std::vector<std::uint32_t> observations{join.take};
  observations.insert(observations.end(), join.into.begin(), join.into.end());
  return no_hits_agree(subject, observations, join.same);
}

}  // namespace

std::vector<ExplainedJoin> explain_joins(const Subject& subject) {
  const std::vector<HitJoin>& joins = subject.signature->joins;
  Subject after = subject;
  join_hits(after);
  std::vector<ExplainedJoin> explained;
  for (std::size_t i = 0; i < joins.size(); ++i) {
    ExplainedJoin one;
    one.words = words_of(*subject.signature, joins[i]);
    one.line = joins[i].mark.line;
    one.hits = hits_of(subject, joins[i].into);
    one.offered = hits_of(subject, {joins[i].take});
    one.joined = after.joined[i];
    if (one.joined == 0) one.lacks = lacks(subject, i, one);
    explained.push_back(std::move(one));
  }
  return explained;
}

}  // namespace assay
