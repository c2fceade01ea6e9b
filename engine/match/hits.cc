// Hits are kept in one drawer for each observation and bundle, and counted by tuple and member.
#include "match/hits.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace assay {
namespace {

using Tuple = std::vector<std::string>;

// Of which observation, in which bundle.
using DrawerKey = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

struct Drawer {
  std::vector<Hit> hits;
  std::map<Tuple, std::size_t> latest;  // of each tuple: index in `hits`
  std::size_t beyond = 0;               // tuples that were added when `hits_each` hits were there already
  std::map<std::pair<std::uint32_t, Tuple>, HitCount> counts;
  std::optional<HitCount> uncounted;  // of the tuples that `counts` had no room for
  bool bounded = false;
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

std::size_t bytes_of(const HitCount& count) {
  return sizeof(HitCount) + kEntryBytes + 2 * bytes_of(count.captures);
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
  HitCount& count_for(Drawer& drawer, const Hit& hit);
  void count(Drawer& drawer, const Hit& hit);
  void put(Drawer& drawer, Hit&& hit);
  void replace(Hit& latest, Hit&& hit);
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

HitCount& HitKeeper::Inside::count_for(Drawer& drawer, const Hit& hit) {
  std::pair<std::uint32_t, Tuple> key(hit.place.member, hit.captures);
  const auto found = drawer.counts.find(key);
  if (found != drawer.counts.end()) return found->second;
  HitCount count{.signature = hit.signature,
                 .observation = hit.observation,
                 .member = hit.place.member,
                 .captures = hit.captures,
                 .count = 0,
                 .first = std::nullopt,
                 .last = std::nullopt};
  if (drawer.counts.size() < 2 * std::size_t{hits_each} && has_room_for(bytes_of(count), bytes_at_most)) {
    bytes += bytes_of(count);
    return drawer.counts.emplace(std::move(key), std::move(count)).first->second;
  }
  drawer.bounded = true;
  if (!drawer.uncounted) {
    count.captures.assign(hit.captures.size(), std::string());
    drawer.uncounted = std::move(count);
  }
  return *drawer.uncounted;
}

void HitKeeper::Inside::count(Drawer& drawer, const Hit& hit) {
  HitCount& count = count_for(drawer, hit);
  ++count.count;
  if (!hit.time) return;
  if (!count.first || *hit.time < *count.first) count.first = hit.time;
  if (!count.last || *hit.time > *count.last) count.last = hit.time;
}

void HitKeeper::Inside::put(Drawer& drawer, Hit&& hit) {
  bytes += bytes_of(hit);
  const auto [entry, is_new] = drawer.latest.try_emplace(hit.captures, drawer.hits.size());
  if (!is_new && is_later(hit, drawer.hits[entry->second])) entry->second = drawer.hits.size();
  drawer.hits.push_back(std::move(hit));
}

void HitKeeper::Inside::replace(Hit& latest, Hit&& hit) {
  const std::size_t free = bytes < bytes_at_most ? bytes_at_most - bytes : 0;
  hit.text.resize(std::min(hit.text.size(), latest.text.size() + free));
  hit.text.shrink_to_fit();
  bytes = bytes - latest.text.size() + hit.text.size();
  latest = std::move(hit);
}

HitKeeper::HitKeeper(std::uint32_t hits_each, std::size_t bytes) : inside_(std::make_unique<Inside>()) {
  inside_->hits_each = std::max<std::uint32_t>(hits_each, 1);
  inside_->bytes_at_most = bytes;
}
HitKeeper::~HitKeeper() = default;

void HitKeeper::add(Hit&& hit, std::uint32_t bundle) {
  Drawer* drawer = inside_->drawer_for(DrawerKey(hit.signature, hit.observation, bundle));
  if (drawer == nullptr) return;
  inside_->count(*drawer, hit);
  const std::size_t all_bytes = inside_->bytes_at_most;
  const std::size_t most_bytes = all_bytes / 4 * 3;
  if (drawer->hits.size() < inside_->hits_each && inside_->has_room_for(bytes_of(hit), most_bytes)) {
    inside_->put(*drawer, std::move(hit));
    return;
  }
  drawer->bounded = true;
  const auto seen = drawer->latest.find(hit.captures);
  if (seen != drawer->latest.end()) {
    Hit& latest = drawer->hits[seen->second];
    if (is_later(hit, latest)) inside_->replace(latest, std::move(hit));
  } else if (drawer->beyond < inside_->hits_each && inside_->has_room_for(bytes_of(hit), all_bytes)) {
    ++drawer->beyond;
    inside_->put(*drawer, std::move(hit));
  }
}

KeptHits HitKeeper::take() {
  KeptHits kept;
  for (auto& [key, drawer] : inside_->drawers) {
    for (Hit& hit : drawer.hits) kept.hits.push_back(std::move(hit));
    for (auto& [tuple, count] : drawer.counts) kept.counts.push_back(std::move(count));
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
