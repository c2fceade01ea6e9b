// One analysis up to its findings, with what they were made of.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "assay/analyze.h"
#include "compiled.h"
#include "evidence/inventory.h"
#include "evidence/read.h"
#include "input/walk.h"
#include "match/hits.h"
#include "match/unexplained.h"
#include "nodes.h"
#include "repeated_requests.h"

namespace assay {

// What one pass over the inputs brings together.
struct Gathered {
  Walked walked;
  Inventory inventory;
  KeptHits kept;
  KeptAlike unexplained;
  std::vector<std::pair<std::uint32_t, Transaction>> transactions;  // with the index of the member
  std::vector<SeenRequest> requests;                                // the first of all, in the same order
  std::vector<JudgedHandshake> handshakes;
  std::vector<CertificateSighting> certificates;
  std::vector<std::uint64_t> digests;  // by member, as MemberDigests
  std::vector<SignatureCost> costs;    // one for each signature; empty unless asked for
};

struct Analysis {
  Gathered gathered;  // without `kept` and the problems, which have gone where they belong
  Assembled assembled;
  std::vector<Problem> problems;  // by path and offset
  std::vector<Finding> findings;
};

// Sees every event, before it is matched.
using Watcher = std::function<void(const Event&)>;

// With a watcher every record of the logs becomes an event; without, only those that a signature or a reader
// may want.
Analysis run_analysis(const SignatureSet::Compiled& compiled, std::span<const Input> inputs,
                      const Options& options, GivenFacts given, const Watcher& watcher);

}  // namespace assay
