// Findings that another one explains better.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "assay/report.h"
#include "signature/signature.h"

namespace assay {

// A record or other event, by its place.
struct Seen {
  std::uint32_t member = 0;
  std::uint64_t offset = 0;
  friend auto operator<=>(const Seen&, const Seen&) = default;
};

// A finding with what it takes to compare it with others.
struct Verdict {
  Finding finding;
  const Signature* signature = nullptr;
  std::vector<Seen> stands_on;  // what its groups were decided by; sorted
  std::vector<Seen> covers;     // everything that belongs to its groups; sorted
};

// Sets Finding::hidden_by: to the first id in Signature::hidden_by whose finding, on the same node, is an
// issue or a potential problem too and covers all that this one stands on; a finding that stands on facts
// alone is covered by any. `verdicts` are in the order of the report; of two that would hide each other the
// first stays.
void hide_explained(std::span<Verdict> verdicts);

}  // namespace assay
