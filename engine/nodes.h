// Which evidence belongs to which device: members into bundles, bundles into nodes.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnose/case_file.h"
#include "evidence/inventory.h"
#include "match/hits.h"
#include "node_facts.h"

namespace assay {

struct Assembled {
  CaseFile case_file;                         // at least one node
  std::vector<std::uint32_t> node_of_member;  // index in CaseFile::nodes, by member
  std::vector<bool> outdated;                 // by member, as find_outdated says
  std::vector<std::uint32_t> originals;       // by member, as find_originals says
  std::vector<Problem> problems;              // what was noticed while assembling: facts that disagree
};

// Members of one container (archive or folder) are one bundle. A member belongs to the node of the host that
// its own name or records tell; one that tells none, to the host that most records of its bundle tell; a
// bundle without any host is a node of its own, named after it. Host names are compared without regard to
// case. What lies side by side in folders of services (evidence/service_folder.h) is a bundle of one host,
// whatever else lies beside these folders.
//
// Facts are settled as settle_facts does. Of dumps and certificates only hits of the latest bundle that has
// them are handed out. `problems` are those of the walk and the readers: they say which evidence was cut
// short. `digests`: by member, as MemberDigests has them. Of a copy in another bundle no hits are handed out.
Assembled assemble_nodes(const Inventory& inventory, std::span<const std::uint64_t> digests, KeptHits&& kept,
                         std::span<const Problem> problems, std::span<const std::string> input_names,
                         GivenFacts given);

// True if the member's events are those of an earlier one of its node.
bool is_copy(const Assembled& assembled, std::uint32_t member);

}  // namespace assay
