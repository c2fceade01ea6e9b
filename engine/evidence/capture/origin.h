// Where in the captures something was seen.
#pragma once

#include <cstdint>
#include <optional>

#include "assay/time.h"

namespace assay {

struct Origin {
  std::uint32_t member = 0;
  std::uint64_t packet = 0;  // number in that member, from 1
  std::uint64_t offset = 0;  // of its bytes in the member
  std::optional<Time> time;
};

}  // namespace assay
