// The way from a bundle to a report, as a list of steps: walk, read, match, keep; then assemble and judge.
#include "assay/analyze.h"

#include <optional>

#include "analysis.h"
#include "analysis_report.h"
#include "assay/error.h"
#include "diagnose/diagnose.h"
#include "event_keeper.h"
#include "evidence/read.h"
#include "evidence/service_folder.h"
#include "input/walk.h"
#include "problems.h"

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
  EventKeeper keeper(compiled, options);
  const auto visit_event = [&](const Event& event) {
    if (watcher) watcher(event);
    keeper.add(event);
  };
  const auto visit_member = [&](Member& member) {
    keeper.begin_member(service_folder(member.container).device);
    reader.read(member, visit_event);
  };
  gathered.walked = walk(inputs, options, visit_member);
  reader.finish(visit_event);
  reader.hand_out_waiting([&](std::uint32_t literal) { return keeper.is_asked_for(literal); }, visit_event);
  gathered.handshakes = reader.take_handshakes();
  gathered.certificates = reader.take_certificates();
  gathered.inventory = reader.take_inventory();
  keeper.take(gathered);
  return gathered;
}

}  // namespace

Report analyze(const SignatureSet& signatures, std::span<const Input> inputs, const Options& options) {
  return analyze_given(signatures.compiled(), inputs, options, {});
}

Report analyze(const SignatureSet& signatures, const Input& input, const Options& options) {
  return analyze(signatures, std::span(&input, 1), options);
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
  append(analysis.problems, signatures_left_out(compiled.left_out));
  sort_problems(analysis.problems);
  analysis.findings = diagnose(compiled.signatures, analysis.assembled.case_file, options.language,
                               options.threads, options.profile ? &gathered.costs : nullptr);
  return analysis;
}

Report analyze_given(const SignatureSet::Compiled& compiled, std::span<const Input> inputs,
                     const Options& options, GivenFacts given) {
  return report_of(run_analysis(compiled, inputs, options, given, {}), compiled, options);
}

}  // namespace assay
