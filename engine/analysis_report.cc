// While members are read nobody knows which node they are of: that is filled in here, and what came of a copy
// of another file is left out.
#include "analysis_report.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "join_handshakes.h"
#include "problems.h"
#include "repeated_requests.h"
#include "unexplained.h"

namespace assay {
namespace {

std::vector<Node> nodes_of(const CaseFile& case_file) {
  std::vector<Node> nodes;
  for (const NodeEvidence& node : case_file.nodes) {
    nodes.push_back({.name = node.name, .bundles = node.bundles, .facts = node.facts});
    for (const auto& [kind, seen] : node.seen) nodes.back().evidence.push_back(kind);
  }
  return nodes;
}

const std::string& node_name(const Assembled& assembled, std::uint32_t member) {
  return assembled.case_file.nodes[assembled.node_of_member[member]].name;
}

// `whole`: as find_whole_requests says.
std::uint64_t count_transactions(const Inventory& inventory, const Assembled& assembled,
                                 const std::vector<std::size_t>& whole) {
  std::uint64_t count = 0;
  for (std::uint32_t i = 0; i < inventory.members.size(); ++i) {
    const auto found = inventory.members[i].kinds.find("http");
    if (found != inventory.members[i].kinds.end() && !is_copy(assembled, i)) count += found->second;
  }
  for (std::size_t i = 0; i < whole.size(); ++i) count -= whole[i] == i ? 0 : 1;
  return count;
}

std::vector<Transaction> transactions_of(Gathered& gathered, const Assembled& assembled,
                                         const std::vector<std::size_t>& whole) {
  const auto is_part = [&](std::size_t i) { return i < whole.size() && whole[i] != i; };
  for (std::size_t i = 0; i < gathered.transactions.size(); ++i) {
    if (!is_part(i)) continue;
    complete_with(gathered.transactions[whole[i]].second, std::move(gathered.transactions[i].second));
  }
  std::vector<Transaction> transactions;
  for (std::size_t i = 0; i < gathered.transactions.size(); ++i) {
    auto& [member, transaction] = gathered.transactions[i];
    if (is_copy(assembled, member) || is_part(i)) continue;
    transaction.node = node_name(assembled, member);
    transactions.push_back(std::move(transaction));
  }
  const auto key = [](const Transaction& t) { return std::tie(t.begin, t.place.path, t.place.offset); };
  std::stable_sort(transactions.begin(), transactions.end(),
                   [&](const Transaction& a, const Transaction& b) { return key(a) < key(b); });
  return transactions;
}

std::vector<Handshake> handshakes_of(Gathered& gathered, const Assembled& assembled) {
  std::vector<Handshake> handshakes;
  for (auto& [member, handshake] : gathered.handshakes) {
    if (is_copy(assembled, member)) continue;
    handshake.node = node_name(assembled, member);
    handshake.place.path = assembled.case_file.member_paths[member];
    handshakes.push_back(std::move(handshake));
  }
  return handshakes;
}

// The same certificate is one entry, wherever it was seen.
std::vector<SeenCertificate> certificates_of(Gathered& gathered, const Assembled& assembled) {
  std::map<std::string, SeenCertificate> by_fingerprint;
  for (auto& [member, certificate, sighting] : gathered.certificates) {
    sighting.node = node_name(assembled, member);
    sighting.place.path = assembled.case_file.member_paths[member];
    SeenCertificate& seen = by_fingerprint[certificate->sha256];
    if (!seen.certificate) seen.certificate = certificate;
    seen.sightings.push_back(std::move(sighting));
  }
  std::vector<SeenCertificate> certificates;
  for (auto& [fingerprint, seen] : by_fingerprint) certificates.push_back(std::move(seen));
  return certificates;
}

// Signatures that lie in no pack have none to name.
std::vector<std::string> packs_of(const std::vector<SignatureCard>& cards) {
  std::set<std::string> packs;
  for (const SignatureCard& card : cards) {
    if (!card.pack.empty()) packs.insert(card.pack);
  }
  return {packs.begin(), packs.end()};
}

// With their names, the dearest first.
std::vector<SignatureCost> costs_of(const std::vector<Signature>& signatures,
                                    std::vector<SignatureCost>&& costs) {
  for (std::size_t i = 0; i < costs.size(); ++i) costs[i].id = signatures[i].id;
  std::stable_sort(costs.begin(), costs.end(), [](const SignatureCost& a, const SignatureCost& b) {
    return a.matching + a.judging > b.matching + b.judging;
  });
  return std::move(costs);
}

}  // namespace

Report report_of(Analysis&& analysis, const SignatureSet::Compiled& compiled, const Options& options) {
  Gathered& gathered = analysis.gathered;
  const Assembled& assembled = analysis.assembled;

  Report report;
  report.packs = packs_of(compiled.cards);
  report.problems = std::move(analysis.problems);
  report.findings = std::move(analysis.findings);
  report.costs = costs_of(compiled.signatures, std::move(gathered.costs));
  report.nodes = nodes_of(assembled.case_file);
  const std::vector<std::size_t> whole = find_whole_requests(gathered.requests, assembled);
  report.transactions = transactions_of(gathered, assembled, whole);
  report.transaction_count = count_transactions(gathered.inventory, assembled, whole);
  std::vector<Handshake> handshakes = handshakes_of(gathered, assembled);
  report.handshake_count = handshakes.size();
  join_handshakes(handshakes, report.transactions);
  if (options.handshakes) report.handshakes = std::move(handshakes);
  report.unexplained =
      unexplained_events(std::move(gathered.unexplained), assembled, compiled.signatures, report.findings);
  if (options.certificates) report.certificates = certificates_of(gathered, assembled);
  report.members = gathered.walked.members;
  report.bytes = gathered.walked.bytes;
  for (const MemberRead& member : gathered.inventory.members) report.records += member.records;
  report.complete = is_complete(report.problems);
  return report;
}

}  // namespace assay
