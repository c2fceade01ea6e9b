// Why a signature did, or did not, fire: what was read, what each observation met, how each condition came
// out. Plain data that owns everything it holds.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assay/analyze.h"
#include "assay/report.h"
#include "assay/signatures.h"

namespace assay {

// A condition holds, does not hold, or cannot be told because a fact is not known. In this order: `all` is
// the least of its parts, `any` the greatest.
enum class Truth { no, unknown, yes };
std::string_view to_string(Truth truth);

// A member of the inputs, and what became of it.
struct ExplainedMember {
  std::string path;
  std::string node;
  // "log", "configuration", "status", "capture" or "certificate"; "" for one that no reader takes.
  std::string reader;
  std::uint64_t records = 0;
  bool cut = false;                   // could not be read to its end
  std::vector<std::string> problems;  // what was wrong with it, in sentences
};

// One test of an observation, or several joined by all, any or none. The parts of `all` are tried in order
// until one does not hold, those of the others until one holds: `reached` counts the events that came so far.
// Where the observation has an `each`, its values are counted instead.
struct ExplainedTest {
  std::string words;       // "log.process is traffic_server", "all of"
  std::uint32_t line = 0;  // in the signature's file, 1-based; 0: unknown
  std::uint64_t reached = 0;
  std::uint64_t held = 0;
  std::vector<ExplainedTest> parts;
};

// An event that nearly was a hit.
struct NearMiss {
  Place place;
  std::optional<Time> time;
  std::string text;    // of the event, cut at 4 KiB
  std::string failed;  // the test that it did not pass, as in ExplainedTest::words
  std::string value;   // what it has there, cut at 1 KiB; empty where it has nothing
};

struct ExplainedObservation {
  std::string name;
  std::uint32_t line = 0;
  std::string kind;                   // "log", "http", "setting", "tls", "certificate"
  std::string each;                   // the field whose values are looked at one by one; or empty
  std::uint64_t events = 0;           // of that kind
  std::vector<std::string> literals;  // one of them is in every hit; empty: none is known, all are tried
  std::uint64_t with_literals = 0;
  std::uint64_t hits = 0;
  ExplainedTest test;
  std::vector<NearMiss> nearest;  // three at most, the nearest first
};

// Hits that take in others.
struct ExplainedJoin {
  std::string words;  // "refused takes in the nearest handshake with the same target, within 5 s"
  std::uint32_t line = 0;
  std::uint64_t hits = 0;     // that could take one in
  std::uint64_t offered = 0;  // that could be taken in
  std::uint64_t joined = 0;   // hits that took one in
  std::string lacks;          // why none did; empty if one did
};

struct ExplainedCorrelation {
  std::string name;
  std::uint32_t line = 0;
  std::string words;  // "untrusted, then refused, within 5 s, with the same target"
  std::uint64_t matches = 0;
  std::string lacks;  // of the best partial match; empty if there is a match
};

// A condition with the value that it and each of its parts has.
struct ExplainedCondition {
  std::string words;  // "product.version at least X14.2", "untrusted", "all of"
  std::uint32_t line = 0;
  Truth value = Truth::no;
  std::string because;  // "X14.0.7 (SystemUnit in the configuration dump, …)", "3 hits", "not known"
  std::vector<ExplainedCondition> parts;
};

// A conclusion on one affected thing, or on everything where there is nothing to tell apart.
struct ExplainedCandidate {
  Captures values;              // that tell it from others
  bool decided_before = false;  // an earlier conclusion decided about it; `condition` was not asked
  bool gives_group = false;     // the condition holds and the finding has a group for it
  ExplainedCondition condition;
};

struct ExplainedConclusion {
  Status status = Status::issue;
  std::uint32_t line = 0;
  std::vector<ExplainedCandidate> candidates;
};

// The way to the status on one node, or on the case.
struct ExplainedVerdict {
  std::string node;                                // empty for the case
  Status status = Status::no_issue;                // what the values below come to
  std::optional<ExplainedCondition> applies;       // none: applies to everything
  std::vector<Missing> missing;                    // needed and not there, or not known
  std::vector<ExplainedObservation> observations;  // in the order of the signature
  std::vector<ExplainedJoin> joins;                // likewise
  std::vector<ExplainedCorrelation> correlations;  // likewise
  std::vector<ExplainedConclusion> conclusions;    // likewise; empty where the signature does not apply
  Finding finding;                                 // as analyze() gives it
};

struct Explanation {
  SignatureCard signature;
  std::vector<ExplainedMember> members;    // in the order in which they were read
  std::vector<ExplainedVerdict> verdicts;  // by node
  std::vector<Problem> problems;           // by path and offset
  bool complete = true;                    // as Report::complete
};

bool has_evidence(const Explanation& explanation);  // as of a Report

// Analyses the inputs with the signature `id` and those that may hide it, and tells how its status came
// about. Tries every event, so it takes longer than an analysis. Throws Error "unknown-signature" if the set
// has none of that id, and as analyze() does.
Explanation explain(const SignatureSet& signatures, std::string_view id, std::span<const Input> inputs,
                    const Options& options = {});
// The same for one input.
Explanation explain(const SignatureSet& signatures, std::string_view id, const Input& input,
                    const Options& options = {});

// The same for several signatures, in this order, in one pass.
std::vector<Explanation> explain_all(const SignatureSet& signatures, std::span<const std::string> ids,
                                     std::span<const Input> inputs, const Options& options = {});

}  // namespace assay
