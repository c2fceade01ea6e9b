// Hits of one moment stand together; only where they come from several files is more compared than the time.
#include "repeated_hits.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <numeric>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "evidence/words.h"

namespace assay {
namespace {

using Indices = std::vector<std::size_t>;

bool are_of_one_moment(const Hit& a, const Hit& b) {
  return a.time &&
         std::tie(a.signature, a.observation, a.time) == std::tie(b.signature, b.observation, b.time);
}

// Without the end of the line, which the last record of a file may lack.
std::tuple<std::string_view, const std::vector<std::string>&> words_of(const Hit& hit) {
  return {trimmed(hit.text), hit.captures};
}

// Of hits that are the same: the file that has them most often, the first of several.
std::uint32_t fullest_file(std::span<const Hit> hits, std::span<const std::size_t> same) {
  std::map<std::uint32_t, std::size_t> counts;
  for (const std::size_t i : same) ++counts[hits[i].place.member];
  std::uint32_t best = hits[same.front()].place.member;
  for (const std::size_t i : same) {
    const std::uint32_t member = hits[i].place.member;
    if (counts[member] > counts[best]) best = member;
  }
  return best;
}

// Which of the hits of one moment are repeated.
Indices find_repeated(std::span<const Hit> hits) {
  Indices repeated;
  const auto is_elsewhere = [&](const Hit& hit) { return hit.place.member != hits.front().place.member; };
  if (std::none_of(hits.begin(), hits.end(), is_elsewhere)) return repeated;
  Indices order(hits.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return words_of(hits[a]) < words_of(hits[b]); });
  for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
    for (to = from + 1; to < order.size() && words_of(hits[order[from]]) == words_of(hits[order[to]]);) ++to;
    const std::span<const std::size_t> same = std::span(order).subspan(from, to - from);
    const std::uint32_t kept = fullest_file(hits, same);
    std::copy_if(same.begin(), same.end(), std::back_inserter(repeated),
                 [&](std::size_t i) { return hits[i].place.member != kept; });
  }
  return repeated;
}

void drop_counts(std::span<const Hit> hits, const std::vector<bool>& repeated,
                 std::vector<HitCount>& counts) {
  using Tuple = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::vector<std::string>>;
  std::map<Tuple, std::uint64_t> dropped;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    const Hit& hit = hits[i];
    if (repeated[i]) ++dropped[{hit.signature, hit.observation, hit.place.member, hit.captures}];
  }
  for (HitCount& count : counts) {
    const auto found = dropped.find({count.signature, count.observation, count.member, count.captures});
    if (found != dropped.end()) count.count -= std::min(count.count, found->second);
  }
  std::erase_if(counts, [](const HitCount& count) { return count.count == 0; });
}

}  // namespace

void drop_repeated_hits(NodeEvidence& node) {
  const std::span<const Hit> hits(node.hits);
  std::vector<bool> repeated(hits.size());
  for (std::size_t begin = 0, end = 0; begin < hits.size(); begin = end) {
    for (end = begin + 1; end < hits.size() && are_of_one_moment(hits[begin], hits[end]);) ++end;
    for (const std::size_t i : find_repeated(hits.subspan(begin, end - begin))) repeated[begin + i] = true;
  }
  if (std::find(repeated.begin(), repeated.end(), true) == repeated.end()) return;
  drop_counts(hits, repeated, node.counts);
  std::vector<Hit> kept;
  for (std::size_t i = 0; i < repeated.size(); ++i) {
    if (!repeated[i]) kept.push_back(std::move(node.hits[i]));
  }
  node.hits = std::move(kept);
}

}  // namespace assay
