// Hands each signature what concerns it.
#include "diagnose/subject.h"

#include <algorithm>

#include "diagnose/event_order.h"

namespace assay {

Subjects::Subjects(const CaseFile& case_file, std::size_t signature_count) : case_file_(case_file) {
  nodes_.reserve(case_file.nodes.size());
  for (const NodeEvidence& node : case_file.nodes) {
    OfNode of_node(node);
    of_node.hits.resize(signature_count);
    of_node.counts.resize(signature_count);
    for (const Hit& hit : node.hits) {
      if (hit.signature < signature_count) of_node.hits[hit.signature].push_back(&hit);
    }
    for (const HitCount& count : node.counts) {
      if (count.signature < signature_count) of_node.counts[count.signature].push_back(&count);
    }
    nodes_.push_back(std::move(of_node));
  }
}

void Subjects::add(const OfNode& node, std::uint32_t index, Subject& subject) const {
  subject.nodes.push_back(node.node);
  subject.facts.push_back(&node.facts);
  const std::vector<const Hit*>& hits = node.hits[index];
  const std::vector<const HitCount*>& counts = node.counts[index];
  subject.hits.insert(subject.hits.end(), hits.begin(), hits.end());
  subject.counts.insert(subject.counts.end(), counts.begin(), counts.end());
}

std::vector<Subject> Subjects::of(const Signature& signature, std::uint32_t index) const {
  Subject empty;
  empty.signature = &signature;
  empty.case_file = &case_file_;
  for (const auto& [of, observation] : case_file_.bounded) {
    if (of == index) empty.bounded.push_back(observation);
  }
  std::sort(empty.bounded.begin(), empty.bounded.end());

  const bool whole_case = signature.scope == Scope::whole_case;
  std::vector<Subject> subjects(whole_case ? 1 : nodes_.size(), empty);
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    add(nodes_[node], index, subjects[whole_case ? 0 : node]);
  }
  for (Subject& subject : subjects) {
    const auto foreign = [&](const auto* of) { return of->observation >= signature.observations.size(); };
    std::erase_if(subject.hits, foreign);
    std::erase_if(subject.counts, foreign);
    std::sort(subject.hits.begin(), subject.hits.end(), EventOrder(case_file_.member_paths));
  }
  return subjects;
}

}  // namespace assay
