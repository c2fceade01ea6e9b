// Errors and warnings by their shape: where the next signature comes from.
//
// Kept within bounds: kShapes shapes with one example each. When there are more, those that were seen once
// only are let go; what has no place even then is counted as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "assay/time.h"
#include "evidence/event.h"

namespace assay {

inline constexpr std::size_t kShapes = 1'000;
inline constexpr std::size_t kExampleBytes = 1'024;

// Records of level WARN and above, or failed transactions, that look alike and belong to one bundle.
struct Alike {
  std::uint32_t member = 0;  // of the example
  std::string kind;          // "log" or "http"
  std::string level;         // as it stands in the example; "" for a transaction
  std::string shape;
  std::uint64_t count = 0;
  std::optional<Time> first;
  std::optional<Time> last;
  EventPlace place;  // of the example, the first that was seen
  std::string text;
  std::vector<std::uint32_t> signatures;  // that hit one of them; sorted, each once
};

struct KeptAlike {
  std::vector<Alike> alike;     // in no order
  std::uint64_t uncounted = 0;  // events that found no place
};

class UnexplainedKeeper {
 public:
  // `hit_by`: the signatures of which an observation held for the event. What is neither a warning nor a
  // failure is passed over, and an alarm that is lowered again is forgotten. What hit the diagnostics of a
  // failed transaction counts for it, too: they come before it.
  void add(const Event& event, std::uint32_t bundle, std::span<const std::uint32_t> hit_by);
  KeptAlike take();

 private:
  Alike* find_or_add(const Event& event, std::size_t shape_begin);
  bool has_room();
  void note_alarm(const Record& record, std::uint32_t bundle);
  void forget_alarm(const Record& record, std::uint32_t bundle);

  std::unordered_map<std::string, Alike> by_shape_;  // by bundle and shape
  // By bundle, host and alarm, for each time it was raised and not lowered since: the key in `by_shape_`.
  std::unordered_multimap<std::string, std::string> raised_;
  std::uint64_t uncounted_ = 0;
  bool is_full_ = false;  // of what is frequent
  std::string key_;       // space to work in
};

}  // namespace assay
