// All that a diagnosis may look at: nodes with their facts, evidence and hits. Plain data.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "assay/report.h"
#include "match/hit.h"
#include "match/hits.h"

namespace assay {

// What is known about one kind of evidence of a node.
struct EvidenceSeen {
  std::uint64_t events = 0;
  std::optional<Time> first;  // of what holds it, where that has times
  std::optional<Time> last;
  bool cut = false;                    // some of it could not be read to its end
  std::vector<std::string> cut_paths;  // which members
};

struct NodeEvidence {
  std::string name;
  std::vector<std::string> bundles;
  std::vector<Fact> facts;  // derived ones, shown in the report; sorted by name
  // By "configuration.<path>" and "status.<path>", in lower case.
  std::map<std::string, Fact, std::less<>> settings;
  std::map<std::string, EvidenceSeen, std::less<>> seen;  // by name of the evidence table
  std::vector<Hit> hits;         // sorted by signature, observation, time (none last), path, offset
  std::vector<HitCount> counts;  // of this node's hits
};

struct CaseFile {
  std::vector<NodeEvidence> nodes;                               // by name
  std::vector<std::string> member_paths;                         // by EventPlace::member
  std::vector<std::pair<std::uint32_t, std::uint32_t>> bounded;  // as KeptHits::bounded
};

}  // namespace assay
