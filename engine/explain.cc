// An analysis with a few signatures that watches every event, and then goes the way to each status again.
#include "assay/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "analysis.h"
#include "assay/error.h"
#include "diagnose/subject.h"
#include "explain/observation_trace.h"
#include "explain/verdict.h"
#include "problems.h"
#include "signature/nearest_name.h"

namespace assay {
namespace {

const Signature& signature_of(const SignatureSet::Compiled& compiled, std::string_view id) {
  const auto found = std::find_if(compiled.signatures.begin(), compiled.signatures.end(),
                                  [&](const Signature& signature) { return signature.id == id; });
  if (found != compiled.signatures.end()) return *found;
  std::vector<std::string_view> ids;
  for (const Signature& signature : compiled.signatures) ids.push_back(signature.id);
  throw Error("unknown-signature", fmt::format("there is no signature '{}' among the {} that were loaded{}",
                                               id, ids.size(), suggestion(id, ids)));
}

const SignatureCard& card_of(const SignatureSet& signatures, const Signature& signature) {
  const std::vector<SignatureCard>& cards = signatures.compiled().cards;
  return *std::find_if(cards.begin(), cards.end(),
                       [&](const SignatureCard& card) { return card.id == signature.id; });
}

// The signatures of these ids, and those that may hide their findings.
std::vector<Signature> concerned(const SignatureSet::Compiled& compiled, std::span<const std::string> ids) {
  std::set<std::string_view> wanted;
  for (const std::string& id : ids) {
    const Signature& explained = signature_of(compiled, id);
    wanted.insert(explained.id);
    wanted.insert(explained.hidden_by.begin(), explained.hidden_by.end());
  }
  std::vector<Signature> signatures;
  for (const Signature& signature : compiled.signatures) {
    if (wanted.contains(signature.id)) signatures.push_back(signature);
  }
  return signatures;
}

// One signature, and what its observations met.
struct Traced {
  explicit Traced(const Signature& of)
      : signature(&of), traces(of.observations.begin(), of.observations.end()) {}

  const Signature* signature;
  std::vector<ObservationTrace> traces;  // parallel to its observations
};

std::vector<std::uint32_t> members_of(const Analysis& analysis, const std::string& node) {
  std::vector<std::uint32_t> members;
  const std::vector<std::uint32_t>& nodes = analysis.assembled.node_of_member;
  for (std::uint32_t member = 0; member < nodes.size(); ++member) {
    if (node.empty() || analysis.assembled.case_file.nodes[nodes[member]].name == node) {
      members.push_back(member);
    }
  }
  return members;
}

std::vector<ExplainedMember> explain_members(const Analysis& analysis) {
  std::vector<ExplainedMember> members;
  const std::vector<MemberRead>& read = analysis.gathered.inventory.members;
  for (std::size_t i = 0; i < read.size(); ++i) {
    ExplainedMember member;
    member.path = read[i].path;
    member.node = analysis.assembled.case_file.nodes[analysis.assembled.node_of_member[i]].name;
    member.reader = read[i].reader;
    member.records = read[i].records;
    member.cut = read[i].cut;
    for (const Problem& problem : analysis.problems) {
      if (problem.path == read[i].path) member.problems.push_back(problem.message);
    }
    if (analysis.assembled.outdated[i]) {
      member.problems.push_back(
          "A later bundle of this device has the like; what is found here does not count");
    }
    members.push_back(std::move(member));
  }
  return members;
}

ExplainedVerdict verdict_of(const Traced& traced, const Subject& subject, const Analysis& analysis) {
  ExplainedVerdict verdict = explain_verdict(subject);
  const std::vector<std::uint32_t> members = members_of(analysis, verdict.node);
  for (const ObservationTrace& trace : traced.traces) {
    verdict.observations.push_back(trace.explained(members, analysis.assembled.case_file.member_paths));
  }
  for (const Finding& finding : analysis.findings) {
    if (finding.id == traced.signature->id && finding.node == verdict.node) verdict.finding = finding;
  }
  return verdict;
}

}  // namespace

std::vector<Explanation> explain_all(const SignatureSet& signatures, std::span<const std::string> ids,
                                     std::span<const Input> inputs, const Options& options) {
  SignatureSet::Compiled compiled(concerned(signatures.compiled(), ids));
  compiled.left_out = signatures.compiled().left_out;
  std::vector<Traced> all_traced;
  for (const std::string& id : ids) all_traced.emplace_back(signature_of(compiled, id));
  const Analysis analysis = run_analysis(compiled, inputs, options, {}, [&](const Event& event) {
    for (Traced& traced : all_traced) {
      for (ObservationTrace& trace : traced.traces) trace.look_at(event);
    }
  });

  std::vector<Explanation> explanations;
  const std::vector<ExplainedMember> members = explain_members(analysis);
  const Subjects subjects(analysis.assembled.case_file, compiled.signatures.size());
  for (const Traced& traced : all_traced) {
    const auto index = static_cast<std::uint32_t>(traced.signature - compiled.signatures.data());
    Explanation explanation;
    explanation.signature = card_of(signatures, *traced.signature);
    explanation.members = members;
    explanation.problems = analysis.problems;
    explanation.complete = is_complete(analysis.problems);
    for (const Subject& subject : subjects.of(*traced.signature, index)) {
      explanation.verdicts.push_back(verdict_of(traced, subject, analysis));
    }
    explanations.push_back(std::move(explanation));
  }
  return explanations;
}

Explanation explain(const SignatureSet& signatures, std::string_view id, std::span<const Input> inputs,
                    const Options& options) {
  const std::string only(id);
  return std::move(explain_all(signatures, std::span(&only, 1), inputs, options).front());
}

Explanation explain(const SignatureSet& signatures, std::string_view id, const Input& input,
                    const Options& options) {
  return explain(signatures, id, std::span(&input, 1), options);
}

}  // namespace assay
