// A hit: an observation of one signature that held for one event. Owns its words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assay/time.h"
#include "evidence/event.h"

namespace assay {

struct Hit {
  std::uint32_t signature = 0;    // index in the compiled set
  std::uint32_t observation = 0;  // index in Signature::observations
  EventPlace place;
  std::optional<Time> time;
  // Parallel to Observation::captures, each cut at kHitCaptureBytes; "" where a group took no part.
  std::vector<std::string> captures;
  std::string text;  // of the event, cut at kHitTextBytes
};

inline constexpr std::size_t kHitTextBytes = 4096;
inline constexpr std::size_t kHitCaptureBytes = 1024;

}  // namespace assay
