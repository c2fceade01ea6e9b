// Which errors and warnings no finding accounts for.
#pragma once

#include <span>
#include <vector>

#include "assay/report.h"
#include "match/unexplained.h"
#include "nodes.h"
#include "signature/signature.h"

namespace assay {

// Groups that are listed at most; the rest is counted.
inline constexpr std::size_t kUnexplainedListed = 100;

// Those of which no signature that hit one of their events came to an issue or a potential problem on their
// node, the most frequent first. Bundles of one node are taken together, and what stands in several files of
// it counts once.
UnexplainedEvents unexplained_events(KeptAlike&& kept, const Assembled& assembled,
                                     const std::vector<Signature>& signatures,
                                     std::span<const Finding> findings);

}  // namespace assay
