// What hits have to agree in, and how near in time they have to be, in words.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "diagnose/subject.h"
#include "signature/signature.h"

namespace assay {

// "5 s", "2.5 min", "3 h".
std::string duration_words(std::chrono::microseconds duration);

// " with the same target, user"; "" where there are no keys.
std::string same_words(const std::vector<SameKey>& same);

// "no hits agree with the same target; refused has cucm01.example.com; served has cucm02.example.com": with
// the values of the first key. `observations` is parallel to SameKey::capture_of. REQUIRES: !same.empty()
std::string no_hits_agree(const Subject& subject, std::span<const std::uint32_t> observations,
                          const std::vector<SameKey>& same);

}  // namespace assay
