// The way from a bundle to a report, as a list of steps: walk, read, match, keep; then assemble and judge.
#include "assay/analyze.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <tuple>

#include "analysis.h"
#include "assay/error.h"
#include "copies.h"
#include "diagnose/diagnose.h"
#include "evidence/read.h"
#include "input/display_name.h"
#include "input/walk.h"
#include "joins.h"
#include "match/hits.h"
#include "match/unexplained.h"
#include "unexplained.h"

namespace assay {
namespace {

void check(const Options& options) {
  if (options.threads == 0) throw Error("invalid-option", "threads is 0; it must be at least 1");
  if (options.language.empty()) throw Error("invalid-option", "language is empty; give one such as \"en\"");
}

Gathered gather(const SignatureSet::Compiled& compiled, std::span<const Input> inputs, const Options& options,
                const Watcher& watcher) {
  Gathered gathered;
  // A watcher sees every record, also those that nobody asks for.
  std::optional<LogLiterals> of_every_record;
  if (watcher) {
    Wanted wanted = compiled.matcher.wanted();
    wanted.every_record = true;
    of_every_record.emplace(wanted);
  }
  EvidenceReader reader(of_every_record ? *of_every_record : compiled.log_literals, options.limits,
                        options.threads, compiled.settings);
  HitKeeper keeper(options.limits.hits);
  UnexplainedKeeper unexplained;
  MemberDigests digests;
  SeenRequests requests;
  std::vector<std::uint32_t> hit_by;
  if (options.profile) gathered.costs.resize(compiled.signatures.size());
  const auto scratch = compiled.matcher.make_scratch(options.profile ? &gathered.costs : nullptr);
  std::map<std::string, std::uint32_t> bundles;

  std::vector<std::uint32_t> bundle_of_member;

  const std::function<void(const Hit&)> keep = [&](const Hit& hit) {
    hit_by.push_back(hit.signature);
    keeper.add(hit, bundle_of_member[hit.place.member]);
  };
  const auto visit_event = [&](const Event& event) {
    if (watcher) watcher(event);
    hit_by.clear();
    compiled.matcher.match(event, *scratch, keep);
    const std::uint32_t bundle = bundle_of_member[event.place.member];
    unexplained.add(event, bundle, hit_by);
    digests.note(event);
    requests.note(event);
    const auto* http = std::get_if<HttpEvent>(&event.what);
    if (http == nullptr || !options.transactions) return;
    gathered.transactions.emplace_back(event.place.member, *http->transaction);
  };
  const auto visit_member = [&](Member& member) {
    const auto bundle =
        bundles.try_emplace(member.container, static_cast<std::uint32_t>(bundles.size())).first;
    bundle_of_member.push_back(bundle->second);
    reader.read(member, visit_event);
  };
  gathered.walked =
      options.threads > 1 ? walk_ahead(inputs, options, visit_member) : walk(inputs, options, visit_member);
  reader.finish(visit_event);
  gathered.handshakes = reader.take_handshakes();
  gathered.certificates = reader.take_certificates();
  gathered.inventory = reader.take_inventory();
  gathered.digests = digests.take(gathered.inventory.members.size());
  gathered.requests = requests.take();
  gathered.kept = keeper.take();
  gathered.unexplained = unexplained.take();
  return gathered;
}

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

// One for each input of which no file is of a form that is read, unless a problem says already why.
std::vector<Problem> inputs_without_evidence(std::span<const Input> inputs, const Inventory& inventory,
                                             const std::vector<Problem>& problems) {
  std::vector<Problem> found;
  for (const Input& input : inputs) {
    const std::string name = name_of_input(input.name).path;
    const auto is_of_it = [&](std::string_view path) { return path == name || lies_in(path, name); };
    const auto has_reader = [&](const MemberRead& member) {
      return !member.reader.empty() && is_of_it(member.path);
    };
    const auto is_about_it = [&](const Problem& problem) { return is_of_it(problem.path); };
    if (std::any_of(inventory.members.begin(), inventory.members.end(), has_reader)) continue;
    if (std::any_of(problems.begin(), problems.end(), is_about_it)) continue;
    found.push_back(
        {.code = "no-evidence",
         .path = name,
         .message = "Nothing in it is of a form that is read: no log, no dump of the configuration "
                    "or status, no packet capture, no certificate. Give a diagnostic log, or an archive or "
                    "folder that holds one",
         .offset = 0});
  }
  return found;
}

// One for each file that was left out of the set: its first mistake, and how many more there are.
std::vector<Problem> problems_of(std::span<const Diagnostic> left_out) {
  std::vector<Problem> problems;
  for (std::size_t i = 0, end = 0; i < left_out.size(); i = end) {
    for (end = i; end < left_out.size() && left_out[end].file == left_out[i].file;) ++end;
    const Diagnostic& first = left_out[i];
    std::string words =
        fmt::format("This signature was left out: line {}: {} [{}]", first.line, first.message, first.code);
    if (end - i > 1) words += fmt::format(" and {} more", end - i - 1);
    problems.push_back(
        {.code = "invalid-signature", .path = first.file, .message = words + '.', .offset = 0});
  }
  return problems;
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

void sort_problems(std::vector<Problem>& problems) {
  std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.path, a.offset, a.code) < std::tie(b.path, b.offset, b.code);
  });
}

void append(std::vector<Problem>& to, std::vector<Problem>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

Report analyze(const SignatureSet& signatures, std::span<const Input> inputs, const Options& options) {
  return analyze_given(signatures.compiled(), inputs, options, {});
}

Analysis run_analysis(const SignatureSet::Compiled& compiled, std::span<const Input> inputs,
                      const Options& options, GivenFacts given, const Watcher& watcher) {
  check(options);
  Analysis analysis;
  Gathered& gathered = analysis.gathered = gather(compiled, inputs, options, watcher);
  analysis.problems = std::move(gathered.walked.problems);
  append(analysis.problems, std::move(gathered.inventory.problems));
  append(analysis.problems, inputs_without_evidence(inputs, gathered.inventory, analysis.problems));
  std::vector<std::string> input_names;
  for (const Input& input : inputs) input_names.push_back(input.name);
  analysis.assembled = assemble_nodes(gathered.inventory, gathered.digests, std::move(gathered.kept),
                                      analysis.problems, input_names, given);
  append(analysis.problems, std::move(analysis.assembled.problems));
  append(analysis.problems, problems_of(compiled.left_out));
  sort_problems(analysis.problems);
  analysis.findings = diagnose(compiled.signatures, analysis.assembled.case_file, options.language,
                               options.threads, options.profile ? &gathered.costs : nullptr);
  return analysis;
}

Report analyze_given(const SignatureSet::Compiled& compiled, std::span<const Input> inputs,
                     const Options& options, GivenFacts given) {
  Analysis analysis = run_analysis(compiled, inputs, options, given, {});
  Gathered& gathered = analysis.gathered;
  const Assembled& assembled = analysis.assembled;

  Report report;
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
  report.complete = std::none_of(report.problems.begin(), report.problems.end(), means_incomplete);
  return report;
}

}  // namespace assay
