// Hits are kept in one drawer for each observation and bundle, and counted by tuple and member. A flood asks
// for a tuple at every hit, so they are looked up by hash; they are put in order once, at the end.
#include "match/hits.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace assay {
namespace {

using Tuple = std::vector<std::string>;

// Of which observation, in which bundle.
using DrawerKey = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

struct HashOfTuple {
  std::size_t operator()(const Tuple& tuple) const {
    std::size_t hash = 0;
    for (const std::string& value : tuple)
      hash = hash * 0x9E3779B97F4A7C15U + std::hash<std::string_view>()(value);
    return hash;
  }
};

// What is kept of a tuple.
struct Seen {
  std::optional<std::size_t> latest;  // index in Drawer::hits
  std::vector<HitCount> counts;       // one for each member
};

struct Drawer {
  std::vector<Hit> hits;
  std::unordered_map<Tuple, Seen, HashOfTuple> seen;
  std::size_t beyond = 0;             // tuples that were added when `hits_each` hits were there already
  std::size_t counts = 0;             // in all of `seen`
  std::optional<HitCount> uncounted;  // of the tuples that `seen` had no room for
  bool bounded = false;

  Seen* find(const Tuple& tuple) {
    const auto found = seen.find(tuple);
    return found == seen.end() ? nullptr : &found->second;
  }
};

// About what a map needs for an entry beyond what is in it.
constexpr std::size_t kEntryBytes = 64;
constexpr std::size_t kDrawerBytes = sizeof(DrawerKey) + sizeof(Drawer) + kEntryBytes;

std::size_t bytes_of(const Tuple& tuple) {
  std::size_t bytes = 0;
  for (const std::string& value : tuple) bytes += sizeof(std::string) + value.size();
  return bytes;
}

// With its tuple a second time, as the key of `latest`.
std::size_t bytes_of(const Hit& hit) {
  return sizeof(Hit) + kEntryBytes + hit.text.size() + 2 * bytes_of(hit.captures);
}

// Of the HitCount of a tuple.
std::size_t count_bytes(const Tuple& tuple) {
  return sizeof(HitCount) + kEntryBytes + 2 * bytes_of(tuple);
}

HitCount nothing_counted(const Hit& hit, Tuple tuple) {
  return {.signature = hit.signature,
          .observation = hit.observation,
          .member = hit.place.member,
          .captures = std::move(tuple),
          .count = 0,
          .first = std::nullopt,
          .last = std::nullopt};
}

// A hit without a time is older than every one that has one; among equals the one that came later is later.
bool is_later(const Hit& hit, const Hit& than) {
  return !(hit.time < than.time);
}

}  // namespace

struct HitKeeper::Inside {
  std::uint32_t hits_each = 0;
  std::size_t bytes_at_most = 0;
  std::size_t bytes = 0;
  std::map<DrawerKey, Drawer> drawers;
  std::set<std::pair<std::uint32_t, std::uint32_t>> bounded;  // observations that got no drawer at all

  bool has_room_for(std::size_t more, std::size_t share) const { return bytes + more <= share; }
  Drawer* drawer_for(const DrawerKey& key);
  HitCount& count_for(Drawer& drawer, const Hit& hit, Seen*& seen);
  void count(Drawer& drawer, const Hit& hit, Seen*& seen);
  void put(Drawer& drawer, const Hit& hit, Seen* seen);
  void replace(Hit& latest, const Hit& hit);
};

Drawer* HitKeeper::Inside::drawer_for(const DrawerKey& key) {
  const auto drawer = drawers.find(key);
  if (drawer != drawers.end()) return &drawer->second;
  if (!has_room_for(kDrawerBytes, bytes_at_most)) {
    bounded.emplace(std::get<0>(key), std::get<1>(key));
    return nullptr;
  }
  bytes += kDrawerBytes;
  return &drawers[key];
}

// `seen` is what is kept of the hit's tuple; null while that is nothing.
HitCount& HitKeeper::Inside::count_for(Drawer& drawer, const Hit& hit, Seen*& seen) {
  if (seen != nullptr) {
    // The latest member first, because members come one after the other.
    const auto found = std::find_if(seen->counts.rbegin(), seen->counts.rend(),
                                    [&](const HitCount& count) { return count.member == hit.place.member; });
    if (found != seen->counts.rend()) return *found;
  }
  if (drawer.counts < 2 * std::size_t{hits_each} && has_room_for(count_bytes(hit.captures), bytes_at_most)) {
    bytes += count_bytes(hit.captures);
    ++drawer.counts;
    if (seen == nullptr) seen = &drawer.seen[hit.captures];
    return seen->counts.emplace_back(nothing_counted(hit, hit.captures));
  }
  drawer.bounded = true;
  if (!drawer.uncounted) drawer.uncounted = nothing_counted(hit, Tuple(hit.captures.size()));
  return *drawer.uncounted;
}

void HitKeeper::Inside::count(Drawer& drawer, const Hit& hit, Seen*& seen) {
  HitCount& count = count_for(drawer, hit, seen);
  ++count.count;
  if (!hit.time) return;
  if (!count.first || *hit.time < *count.first) count.first = hit.time;
  if (!count.last || *hit.time > *count.last) count.last = hit.time;
}

void HitKeeper::Inside::put(Drawer& drawer, const Hit& hit, Seen* seen) {
  bytes += bytes_of(hit);
  if (seen == nullptr) seen = &drawer.seen[hit.captures];
  if (!seen->latest || is_later(hit, drawer.hits[*seen->latest])) seen->latest = drawer.hits.size();
  drawer.hits.push_back(hit);
}

// The captures are the same, and the text takes the memory of the one before: this is what most hits of a
// flood come to.
void HitKeeper::Inside::replace(Hit& latest, const Hit& hit) {
  const std::size_t before = latest.text.capacity();
  const std::size_t free = bytes < bytes_at_most ? bytes_at_most - bytes : 0;
  const std::size_t room = before + free / 2;  // a text that grows may take twice what it needs
  latest.place = hit.place;
  latest.time = hit.time;
  latest.text.assign(hit.text, 0, room);
  bytes += latest.text.capacity() - before;
}

HitKeeper::HitKeeper(std::uint32_t hits_each, std::size_t bytes) : inside_(std::make_unique<Inside>()) {
  inside_->hits_each = std::max<std::uint32_t>(hits_each, 1);
  inside_->bytes_at_most = bytes;
}
HitKeeper::~HitKeeper() = default;

void HitKeeper::add(const Hit& hit, std::uint32_t bundle) {
  Drawer* drawer = inside_->drawer_for(DrawerKey(hit.signature, hit.observation, bundle));
  if (drawer == nullptr) return;
  Seen* seen = drawer->find(hit.captures);
  inside_->count(*drawer, hit, seen);
  const std::size_t all_bytes = inside_->bytes_at_most;
  const std::size_t most_bytes = all_bytes / 4 * 3;
  if (drawer->hits.size() < inside_->hits_each && inside_->has_room_for(bytes_of(hit), most_bytes)) {
    inside_->put(*drawer, hit, seen);
    return;
  }
  drawer->bounded = true;
  if (seen != nullptr && seen->latest) {
    Hit& latest = drawer->hits[*seen->latest];
    if (is_later(hit, latest)) inside_->replace(latest, hit);
  } else if (drawer->beyond < inside_->hits_each && inside_->has_room_for(bytes_of(hit), all_bytes)) {
    ++drawer->beyond;
    inside_->put(*drawer, hit, seen);
  }
}

bool HitKeeper::has_hit(std::uint32_t signature, std::uint32_t observation) const {
  const auto drawer = inside_->drawers.lower_bound(DrawerKey(signature, observation, 0));
  if (drawer != inside_->drawers.end() && std::get<0>(drawer->first) == signature &&
      std::get<1>(drawer->first) == observation)
    return true;
  return inside_->bounded.contains({signature, observation});
}

KeptHits HitKeeper::take() {
  KeptHits kept;
  for (auto& [key, drawer] : inside_->drawers) {
    for (Hit& hit : drawer.hits) kept.hits.push_back(std::move(hit));
    const auto first = static_cast<std::ptrdiff_t>(kept.counts.size());
    for (auto& [tuple, seen] : drawer.seen) {
      std::move(seen.counts.begin(), seen.counts.end(), std::back_inserter(kept.counts));
    }
    std::sort(kept.counts.begin() + first, kept.counts.end(), [](const HitCount& a, const HitCount& b) {
      return std::tie(a.member, a.captures) < std::tie(b.member, b.captures);
    });
    if (drawer.uncounted) kept.counts.push_back(std::move(*drawer.uncounted));
    if (drawer.bounded) inside_->bounded.emplace(std::get<0>(key), std::get<1>(key));
  }
  kept.bounded.assign(inside_->bounded.begin(), inside_->bounded.end());
  inside_->drawers.clear();
  inside_->bounded.clear();
  inside_->bytes = 0;
  return kept;
}

}  // namespace assay
