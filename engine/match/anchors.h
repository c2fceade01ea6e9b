// Some observations find nothing: their hits only take back what others found, as the success that must not
// follow a failure does. Where nothing failed nobody asks for them, and such hits are often a flood.
#pragma once

#include <cstdint>
#include <vector>

#include "signature/signature.h"

namespace assay {

// For each observation of the signature: the anchors of the correlations in which it is what must be absent,
// if it is nothing else. Without a hit of any of them its own hits change nothing. Empty: its hits count.
std::vector<std::vector<std::uint32_t>> anchors_of(const Signature& signature);

}  // namespace assay
