// Which evidence belongs to which device: members into bundles, bundles into nodes, facts settled.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnose/case_file.h"
#include "evidence/inventory.h"
#include "match/hits.h"

namespace assay {

// Facts that are taken as known, over what the evidence says (for tests of signatures).
using GivenFacts = std::span<const std::pair<std::string, std::string>>;

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
// case.
//
// Where facts of one node disagree, the lower rank wins, then the bundle with the latest record. Of dumps and
// certificates only hits of the latest bundle that has them are handed out.
// `problems` are those of the walk and the readers: they say which evidence was cut short.
// `digests`: by member, as MemberDigests has them. Of a copy in another bundle no hits are handed out.
Assembled assemble_nodes(const Inventory& inventory, std::span<const std::uint64_t> digests, KeptHits&& kept,
                         std::span<const Problem> problems, std::span<const std::string> input_names,
                         GivenFacts given);

// True if the member's events are those of an earlier one of its node.
bool is_copy(const Assembled& assembled, std::uint32_t member);

// True if `path` is of something in the folder or archive with the path `folder`.
bool lies_in(std::string_view path, std::string_view folder);

// True if the problem means that something that was there was not read to its end.
bool means_incomplete(const Problem& problem);

}  // namespace assay
