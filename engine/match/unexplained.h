// Errors and warnings by their shape: where the next signature comes from.
//
// Kept within bounds: kShapes shapes with one example each. When there are more, those that were seen once
// only are let go; what has no place even then is counted as a whole. The counts of a shape are kept for each
// of the first kMembersEach files that it stands in, so that those of a copy of a file can be left out, and
// of the first kSightings events it is kept which they were, so that what several files hold counts once.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <map>
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
inline constexpr std::size_t kMembersEach = 64;
inline constexpr std::size_t kSightings = 250'000;

// How often something was seen, and when.
struct Occurrences {
  std::uint64_t count = 0;
  std::optional<Time> first;
  std::optional<Time> last;

  void add(std::optional<Time> time);
  void add(const Occurrences& other);
};

// One event in one file. Of a record that lies in two files the words are the same, of a transaction the
// client and the time of its end: `what` stands for them.
struct EventSighting {
  std::uint64_t what = 0;
  std::uint32_t member = 0;
  auto operator<=>(const EventSighting&) const = default;
};

// Records of level WARN and above, or failed transactions, that look alike and belong to one bundle.
struct Alike {
  std::uint32_t member = 0;  // of the example
  std::string kind;          // "log" or "http"
  std::string level;         // as it stands in the example; "" for a transaction
  std::string shape;
  std::map<std::uint32_t, Occurrences> in_members;  // kFurtherMembers: in all beyond kMembersEach
  std::vector<EventSighting> sightings;             // of those that are counted for their own member
  EventPlace place;                                 // of the example, the first that was seen
  std::string text;
  std::vector<std::uint32_t> signatures;  // that hit one of them; sorted, each once
};
inline constexpr std::uint32_t kFurtherMembers = std::numeric_limits<std::uint32_t>::max();

Occurrences in_all_members(const Alike& alike);

struct KeptAlike {
  std::vector<Alike> alike;     // in no order
  std::uint64_t uncounted = 0;  // events that found no place
};

class UnexplainedKeeper {
 public:
  // `hit_by`: the signatures of which an observation held for the event. What is neither a warning nor a
  // failure is passed over, and an alarm that is lowered later is forgotten, in whichever order files are
  // read. What hit the diagnostics of a failed transaction counts for it, too: they come before it; and what
  // hit the record of an error response, for the transaction of which nothing but that response is known.
  void add(const Event& event, std::uint32_t bundle, std::span<const std::uint32_t> hit_by);
  KeptAlike take();

 private:
  // An alarm that was raised.
  struct Raised {
    std::string shape;  // its key in `by_shape_`
    EventSighting sighting;
    std::optional<Time> time;
  };

  Alike* find_or_add(const Event& event, std::size_t shape_begin);
  bool has_room();
  bool is_lowered_later(const Record& record, std::uint32_t bundle) const;
  void count(const Event& event, const EventSighting& sighting, Alike& alike);
  void note_alarm(const Record& record, std::uint32_t bundle, const EventSighting& sighting);
  void lower_alarm(const Record& record, std::uint32_t bundle);
  void forget(const Raised& raised);
  void note_error_response(const Record& record, std::uint32_t bundle, std::span<const std::uint32_t> hit_by);

  std::unordered_map<std::string, Alike> by_shape_;  // by bundle and shape
  // By bundle, host and alarm.
  std::unordered_multimap<std::string, Raised> raised_;  // and not lowered since
  std::unordered_map<std::string, Time> lowered_;        // when last
  // What hit error responses, by the key that a transaction has of which nothing else is known.
  std::unordered_map<std::string, std::vector<std::uint32_t>> error_responses_;
  std::size_t sightings_ = 0;  // in all of `by_shape_`
  std::uint64_t uncounted_ = 0;
  bool is_full_ = false;  // of what is frequent
  std::string key_;       // space to work in
};

}  // namespace assay
