// Correlations against plain ones that try every combination, on random hits with many equal times.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>

#include "diagnose/correlate.h"
#include "diagnose/story.h"

namespace assay {
namespace {

using namespace story;

using Keys = std::vector<std::string>;
using Hits = std::vector<const Hit*>;

const std::vector<std::string> kPaths = {"b", "a", "c"};

// ---- plain truth -------------------------------------------------------------------------------------

std::tuple<bool, Time, std::string, std::uint64_t> position(const Hit& hit) {
  return {!hit.time, hit.time.value_or(Time{}), kPaths[hit.place.member], hit.place.offset};
}

bool in_window(const Correlation& correlation, const Hits& hits) {
  if (!correlation.within) return true;
  for (const Hit* left : hits) {
    for (const Hit* right : hits) {
      if (!left->time || !right->time) return false;
      if (left->time->microseconds - right->time->microseconds > correlation.within->count()) return false;
    }
  }
  return true;
}

bool different_events(const Hits& hits) {
  std::set<std::pair<std::uint32_t, std::uint64_t>> places;
  for (const Hit* hit : hits) places.insert({hit->place.member, hit->place.offset});
  return places.size() == hits.size();
}

bool in_order(const Hits& hits) {
  for (std::size_t i = 1; i < hits.size(); ++i) {
    if (!(position(*hits[i - 1]) < position(*hits[i]))) return false;
  }
  return true;
}

std::optional<Keys> keys_of(const Signature& signature, const Correlation& correlation, std::size_t slot,
                            const Hit& hit) {
  Keys keys;
  for (const SameKey& key : correlation.same) {
    const auto& names = signature.observations[hit.observation].captures;
    const auto column = std::find(names.begin(), names.end(), key.capture_of[slot]) - names.begin();
    keys.push_back(hit.captures[static_cast<std::size_t>(column)]);
    if (keys.back().empty()) return std::nullopt;
  }
  return keys;
}

// For each slot the hits that may stand in it, for hits with these keys.
std::vector<Hits> slots_of(const Signature& signature, const Correlation& correlation, const Hits& hits,
                           const Keys& keys) {
  std::vector<Hits> slots(correlation.observations.size());
  for (std::size_t slot = 0; slot < slots.size(); ++slot) {
    for (const Hit* hit : hits) {
      if (hit->observation != correlation.observations[slot]) continue;
      if (keys_of(signature, correlation, slot, *hit) == keys) slots[slot].push_back(hit);
    }
  }
  return slots;
}

// Tries every combination of one hit for each slot.
bool any_combination(const Correlation& correlation, const std::vector<Hits>& slots, Hits& chosen) {
  if (chosen.size() == slots.size()) {
    const bool ordered = correlation.kind != Correlation::Kind::sequence || in_order(chosen);
    return ordered && different_events(chosen) && in_window(correlation, chosen);
  }
  for (const Hit* hit : slots[chosen.size()]) {
    chosen.push_back(hit);
    if (any_combination(correlation, slots, chosen)) return true;
    chosen.pop_back();
  }
  return false;
}

std::uint64_t weight(const Signature& signature, const Correlation& correlation, const Hits& hits) {
  if (correlation.kind == Correlation::Kind::count) return hits.size();
  const auto& names = signature.observations[correlation.observations[0]].captures;
  const auto column = std::find(names.begin(), names.end(), correlation.of) - names.begin();
  std::set<std::string> values;
  for (const Hit* hit : hits) values.insert(hit->captures[static_cast<std::size_t>(column)]);
  values.erase("");
  return values.size();
}

// Tries every subset.
bool any_subset(const Signature& signature, const Correlation& correlation, const Hits& hits) {
  for (std::uint32_t bits = 1; bits < (1U << hits.size()); ++bits) {
    Hits subset;
    for (std::size_t i = 0; i < hits.size(); ++i) {
      if ((bits >> i) & 1U) subset.push_back(hits[i]);
    }
    if (weight(signature, correlation, subset) >= correlation.at_least && in_window(correlation, subset)) {
      return true;
    }
  }
  return false;
}

bool is_before_or_same_time(const Hit& left, const Hit& right) {
  if (left.time && right.time) return *left.time <= *right.time;
  return position(left) < position(right);
}

bool is_absent(const Correlation& correlation, const Hit& anchor, const Hits& others) {
  return std::none_of(others.begin(), others.end(), [&](const Hit* other) {
    if (!different_events({&anchor, other}) || !in_window(correlation, {&anchor, other})) return false;
    return correlation.direction == Correlation::Direction::after ? is_before_or_same_time(anchor, *other)
                                                                  : is_before_or_same_time(*other, anchor);
  });
}

// Whether there is a match for these keys.
bool exists_plainly(const Signature& signature, const Correlation& correlation, const Hits& hits,
                    const Keys& keys) {
  const std::vector<Hits> slots = slots_of(signature, correlation, hits, keys);
  switch (correlation.kind) {
    case Correlation::Kind::count:
    case Correlation::Kind::distinct:
      return any_subset(signature, correlation, slots[0]);
    case Correlation::Kind::sequence:
    case Correlation::Kind::together: {
      Hits chosen;
      return any_combination(correlation, slots, chosen);
    }
    case Correlation::Kind::absent:
      return std::any_of(slots[0].begin(), slots[0].end(), [&](const Hit* anchor) {
        return (!correlation.within || anchor->time) && is_absent(correlation, *anchor, slots[1]);
      });
  }
  return false;
}

// ---- random stories ----------------------------------------------------------------------------------

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(std::uniform_int_distribution<std::uint32_t>(0, bound - 1)(engine_));
  }
  bool one_in(std::uint32_t chance) { return below(chance) == 0; }
  template <typename Range>
  void shuffle(Range& range) {
    std::shuffle(range.begin(), range.end(), engine_);
  }

 private:
  std::mt19937 engine_;
};

// Records at few times in three files; one record may give hits of several observations.
std::vector<Hit> random_hits(Random& random, std::uint32_t observations) {
  std::vector<Hit> hits;
  const std::uint32_t records = 1 + random.below(9);
  for (std::uint32_t record = 0; record < records; ++record) {
    Hit hit;
    hit.place.member = random.below(3);
    hit.place.offset = 10 * (record % 4 + 1) + record;
    if (!random.one_in(6)) hit.time = at_second(random.below(5));
    const std::uint32_t of = random.one_in(3) ? 2 : 1;
    for (std::uint32_t i = 0; i < of; ++i) {
      hit.observation = (record + i * (1 + random.below(2))) % observations;
      if (i > 0 && hits.back().observation == hit.observation) continue;
      hit.captures = {random.one_in(8) ? "" : std::string(1, static_cast<char>('a' + random.below(2))),
                      random.one_in(8) ? "" : std::string(1, static_cast<char>('x' + random.below(3)))};
      hits.push_back(hit);
    }
  }
  return hits;
}

Correlation random_correlation(Random& random, std::uint32_t observations) {
  const auto kind = static_cast<Correlation::Kind>(random.below(5));
  std::vector<std::uint32_t> of;
  std::size_t slots = 1;
  if (kind == Correlation::Kind::sequence || kind == Correlation::Kind::together) slots = 2 + random.below(3);
  if (kind == Correlation::Kind::absent) slots = 2;
  for (std::size_t slot = 0; slot < slots; ++slot) of.push_back(random.below(observations));
  std::optional<std::chrono::seconds> within;
  if (!random.one_in(3)) within = std::chrono::seconds(random.below(4));
  Correlation result = correlation(kind, of, within);
  if (random.one_in(2)) {
    // Observations of odd number have the key under another name.
    SameKey key{.name = "key", .capture_of = {}};
    for (const std::uint32_t observation : of)
      key.capture_of.push_back(observation % 2 == 0 ? "key" : "alias");
    result.same.push_back(key);
  }
  result.of = "value";
  result.at_least = 1 + random.below(4);
  result.direction = random.one_in(2) ? Correlation::Direction::before : Correlation::Direction::after;
  return result;
}

Signature random_signature(std::uint32_t observations) {
  Signature signature;
  for (std::uint32_t i = 0; i < observations; ++i) {
    signature.observations.push_back(
        observation(std::string("o") + std::to_string(i), {i % 2 == 0 ? "key" : "alias", "value"}));
  }
  return signature;
}

// What must be true of every match.
void expect_sound(const Signature& signature, const Correlation& correlation, const Hits& hits,
                  const CorrelationMatch& match) {
  Hits chosen;
  for (const std::uint32_t index : match.hits) chosen.push_back(hits[index]);
  EXPECT_TRUE(in_window(correlation, chosen));
  EXPECT_TRUE(std::is_sorted(chosen.begin(), chosen.end(), [](const Hit* left, const Hit* right) {
    return position(*left) < position(*right);
  }));
  for (const Hit* hit : chosen) {
    const auto slot =
        std::find(correlation.observations.begin(), correlation.observations.end(), hit->observation) -
        correlation.observations.begin();
    EXPECT_EQ(keys_of(signature, correlation, static_cast<std::size_t>(slot), *hit), match.keys);
  }
  std::vector<std::uint32_t> wanted = correlation.observations;
  std::vector<std::uint32_t> got;
  for (const Hit* hit : chosen) got.push_back(hit->observation);
  switch (correlation.kind) {
    case Correlation::Kind::count:
    case Correlation::Kind::distinct:
      EXPECT_GE(weight(signature, correlation, chosen), correlation.at_least);
      break;
    case Correlation::Kind::sequence:
      EXPECT_EQ(got, wanted);
      EXPECT_TRUE(in_order(chosen));
      break;
    case Correlation::Kind::together:
      std::sort(got.begin(), got.end());
      std::sort(wanted.begin(), wanted.end());
      EXPECT_EQ(got, wanted);
      EXPECT_TRUE(different_events(chosen));
      break;
    case Correlation::Kind::absent:
      ASSERT_EQ(chosen.size(), 1U);
      EXPECT_TRUE(is_absent(correlation, *chosen[0], slots_of(signature, correlation, hits, match.keys)[1]));
      break;
  }
}

// Of the hits that no match has used up, none is left over that would make another match.
void expect_exhausted(const Signature& signature, const Correlation& correlation, const Hits& hits,
                      const std::vector<CorrelationMatch>& matches) {
  std::set<std::uint32_t> used;
  for (const CorrelationMatch& match : matches) {
    for (const std::uint32_t index : match.hits) {
      EXPECT_TRUE(used.insert(index).second) << "a hit is in two matches";
    }
  }
  const bool uses_up =
      correlation.kind == Correlation::Kind::sequence || correlation.kind == Correlation::Kind::together;
  if (!uses_up) return;
  Hits rest;
  for (std::uint32_t i = 0; i < hits.size(); ++i) {
    if (used.find(i) == used.end()) rest.push_back(hits[i]);
  }
  std::set<Keys> all_keys;
  for (const Hit* hit : hits) {
    for (std::size_t slot = 0; slot < correlation.observations.size(); ++slot) {
      if (correlation.observations[slot] != hit->observation) continue;
      if (const auto keys = keys_of(signature, correlation, slot, *hit)) all_keys.insert(*keys);
    }
  }
  for (const Keys& keys : all_keys) {
    EXPECT_FALSE(exists_plainly(signature, correlation, rest, keys)) << "a match was overlooked";
  }
}

void expect_as_plain(const Signature& signature, const Correlation& correlation, const Hits& hits) {
  const std::vector<CorrelationMatch> matches = correlate(signature, correlation, hits, kPaths);
  std::set<Keys> found;
  for (const CorrelationMatch& match : matches) {
    found.insert(match.keys);
    expect_sound(signature, correlation, hits, match);
  }
  expect_exhausted(signature, correlation, hits, matches);

  std::set<Keys> all_keys;
  for (std::size_t slot = 0; slot < correlation.observations.size(); ++slot) {
    for (const Hit* hit : hits) {
      if (hit->observation != correlation.observations[slot]) continue;
      if (const auto keys = keys_of(signature, correlation, slot, *hit)) all_keys.insert(*keys);
    }
  }
  for (const Keys& keys : all_keys) {
    EXPECT_EQ(found.find(keys) != found.end(), exists_plainly(signature, correlation, hits, keys));
  }
}

TEST(RandomCorrelation, FindsWhatTryingEverythingFinds) {
  Random random(20220711);
  std::map<Correlation::Kind, int> with_match;
  std::map<Correlation::Kind, int> without;
  for (int round = 0; round < 12'000 && !testing::Test::HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const std::uint32_t observations = 1 + random.below(4);
    const Signature signature = random_signature(observations);
    const std::vector<Hit> owned = random_hits(random, observations);
    const Correlation correlation = random_correlation(random, observations);
    Hits hits;
    for (const Hit& one : owned) hits.push_back(&one);
    expect_as_plain(signature, correlation, hits);
    ++(correlate(signature, correlation, hits, kPaths).empty() ? without : with_match)[correlation.kind];
  }
  // The stories are worth something only if both outcomes are common.
  for (int kind = 0; kind < 5; ++kind) {
    EXPECT_GT(with_match[static_cast<Correlation::Kind>(kind)], 200) << kind;
    EXPECT_GT(without[static_cast<Correlation::Kind>(kind)], 200) << kind;
  }
}

TEST(RandomCorrelation, DoesNotDependOnTheOrderOfTheHits) {
  Random random(75);
  for (int round = 0; round < 3'000 && !testing::Test::HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    const std::uint32_t observations = 1 + random.below(4);
    const Signature signature = random_signature(observations);
    const std::vector<Hit> owned = random_hits(random, observations);
    const Correlation correlation = random_correlation(random, observations);
    Hits hits;
    for (const Hit& one : owned) hits.push_back(&one);
    const auto as_hits = [](const Hits& from, const std::vector<CorrelationMatch>& matches) {
      std::vector<std::pair<Hits, Keys>> result;
      for (const CorrelationMatch& match : matches) {
        Hits of_match;
        for (const std::uint32_t index : match.hits) of_match.push_back(from[index]);
        result.push_back({of_match, match.keys});
      }
      return result;
    };
    const auto before = as_hits(hits, correlate(signature, correlation, hits, kPaths));
    random.shuffle(hits);
    EXPECT_EQ(as_hits(hits, correlate(signature, correlation, hits, kPaths)), before);
  }
}

}  // namespace
}  // namespace assay
