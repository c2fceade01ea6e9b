// Keeps hits within bounds. Beyond the bounds the counts go on, and of every distinct tuple of captures
// the latest hit is kept, so that no affected server is lost in a flood.
//
// The bounds, for each observation and bundle: `hits_each` hits in the order in which they come; beyond
// them the latest hit of each tuple, for at most `hits_each` tuples more. For everything together:
// kHitBytes. When three quarters of them are used up, only tuples that are new are still added; when all
// are, nothing is, but a later hit still replaces the latest of its tuple, with its text cut if need be.
// What is let go is counted (but for bundles that come when nothing is left at all) and named in `bounded`.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "match/hit.h"

namespace assay {

// Of all kept hits and counts together, with what it costs to hold them.
inline constexpr std::size_t kHitBytes = 32U << 20;

// All hits of one observation with the same captures, counted even where not all are kept.
struct HitCount {
  std::uint32_t signature = 0;
  std::uint32_t observation = 0;
  std::uint32_t member = 0;
  // Parallel to Observation::captures. All empty in the one entry of a bundle (under its first such member)
  // that counts the tuples which found no room of their own.
  std::vector<std::string> captures;
  std::uint64_t count = 0;
  std::optional<Time> first;
  std::optional<Time> last;
};

struct KeptHits {
  std::vector<Hit> hits;  // by signature, observation, bundle; then as found, except replaced ones
  // One for each (signature, observation, member, captures), in order of signature, observation and bundle.
  std::vector<HitCount> counts;
  // (signature, observation) for which hits were let go; sorted, each once
  std::vector<std::pair<std::uint32_t, std::uint32_t>> bounded;
};

class HitKeeper {
 public:
  // `hits_each`: Limits::hits.
  explicit HitKeeper(std::uint32_t hits_each, std::size_t bytes = kHitBytes);
  ~HitKeeper();

  void add(const Hit& hit, std::uint32_t bundle);
  // Whether a hit of the observation was added since the beginning or the last call of take.
  bool has_hit(std::uint32_t signature, std::uint32_t observation) const;
  // What was kept since the beginning or the last call.
  KeptHits take();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace assay
