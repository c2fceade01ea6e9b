// The facts of each node, settled where its files disagree.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "diagnose/case_file.h"
#include "evidence/inventory.h"

namespace assay {

// Gives each node its facts and settings. Where those of one node disagree, the lower rank wins, then the
// bundle with the latest record. A problem for each value of the same rank that was not taken.
std::vector<Problem> settle_facts(const Inventory& inventory, std::span<const std::uint32_t> node_of_member,
                                  std::span<NodeEvidence> nodes);

// Tells product.family of each node, by the forms of its logs and dumps and by its role. Where these are of
// two families it stays unknown: the evidence may be that of two devices.
void settle_families(const Inventory& inventory, std::span<const std::uint32_t> node_of_member,
                     std::span<NodeEvidence> nodes);

// Facts that are taken as known, over what the evidence says (for tests of signatures).
using GivenFacts = std::span<const std::pair<std::string, std::string>>;

void give_facts(GivenFacts given, std::span<NodeEvidence> nodes);

}  // namespace assay
