// Some observations find nothing: their hits only take back what others found, as the success that must not
// follow a failure does. Where nothing was found nobody asks for them, and such hits are often a flood.
#pragma once

#include <cstdint>
#include <vector>

#include "signature/signature.h"

namespace assay {

// For each observation of the signature: its anchors, if it is nothing but what must be absent in a
// correlation, and no conclusion can hold without a hit of an anchor. Then its own hits change nothing where
// no anchor has one: neither a verdict nor what a group shows. Empty: its hits count by themselves.
std::vector<std::vector<std::uint32_t>> anchors_of(const Signature& signature);

}  // namespace assay
