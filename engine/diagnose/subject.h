// What one signature is held against: one node, or the case as a whole.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "diagnose/case_file.h"
#include "diagnose/facts.h"
#include "signature/signature.h"

namespace assay {

// Refers to the signature and the case file, which must outlive it.
struct Subject {
  const Signature* signature = nullptr;
  const CaseFile* case_file = nullptr;
  std::vector<const NodeEvidence*> nodes;       // one, or for the case all
  std::vector<const Facts*> facts;              // parallel to nodes
  std::vector<const Hit*> hits;                 // of the signature on these nodes, in EventOrder
  std::vector<const HitCount*> counts;          // likewise
  std::vector<std::uint32_t> bounded;           // observations of which hits were let go; sorted
  std::shared_ptr<const std::deque<Hit>> made;  // those among `hits` that no node holds
  std::vector<std::uint64_t> joined;            // by join of the signature: hits that took one in
};

// The hits and counts of all nodes by signature: looked through once for all signatures.
class Subjects {
 public:
  // Refers to the case file, which must outlive it.
  Subjects(const CaseFile& case_file, std::size_t signature_count);

  // One for each node, or one for the case, by the signature's scope.
  std::vector<Subject> of(const Signature& signature, std::uint32_t index) const;

 private:
  struct OfNode {
    explicit OfNode(const NodeEvidence& of) : node(&of), facts(of) {}
    const NodeEvidence* node;
    Facts facts;
    std::vector<std::vector<const Hit*>> hits;         // by signature
    std::vector<std::vector<const HitCount*>> counts;  // by signature
  };
  void add(const OfNode& node, std::uint32_t index, Subject& subject) const;

  const CaseFile& case_file_;
  std::vector<OfNode> nodes_;
};

}  // namespace assay
