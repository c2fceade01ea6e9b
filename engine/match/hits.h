// Keeps hits within bounds. Beyond the bound the counts go on, and of every distinct tuple of captures
// the latest hit is kept, so that no affected server is lost in a flood.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "match/hit.h"

namespace assay {

// All hits of one observation with the same captures, counted even where not all are kept.
struct HitCount {
  std::uint32_t signature = 0;
  std::uint32_t observation = 0;
  std::uint32_t member = 0;
  std::vector<std::string> captures;
  std::uint64_t count = 0;
  std::optional<Time> first;
  std::optional<Time> last;
};

struct KeptHits {
  std::vector<Hit> hits;         // in the order in which they were found, except replaced ones
  std::vector<HitCount> counts;  // one for each (signature, observation, member, captures)
  // (signature, observation) for which hits were let go
  std::vector<std::pair<std::uint32_t, std::uint32_t>> bounded;
};

class HitKeeper {
 public:
  // At most `hits_each` are kept for each observation and bundle (Limits::hits).
  explicit HitKeeper(std::uint32_t hits_each);
  ~HitKeeper();

  void add(Hit&& hit, std::uint32_t bundle);
  KeptHits take();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace assay
