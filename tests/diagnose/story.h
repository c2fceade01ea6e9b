// Signatures and cases put together by hand, so that a test of the diagnosis reads like a story.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "diagnose/case_file.h"
#include "diagnose/diagnose.h"
#include "signature/signature.h"

namespace assay::story {

// ---- signatures --------------------------------------------------------------------------------------

inline Words words(std::initializer_list<std::pair<const char*, const char*>> languages) {
  Words result;
  for (const auto& [language, text] : languages) {
    result.languages.emplace(language, std::get<Template>(Template::compile(text)));
  }
  return result;
}

inline Words english(const char* text) {
  return words({{"en", text}});
}

inline ValueTest test(ValueTest::Operator op, std::string operand, FieldType type = FieldType::word) {
  ValueTest result;
  result.op = op;
  result.type = type;
  result.operands = {std::move(operand)};
  return result;
}

inline ValueTest is(std::string operand) {
  return test(ValueTest::Operator::is, std::move(operand));
}

inline ValueTest at_least_version(std::string operand) {
  return test(ValueTest::Operator::at_least, std::move(operand), FieldType::version);
}

inline Condition fact(std::string name, ValueTest value) {
  Condition result;
  result.op = Condition::Operator::fact;
  result.name = std::move(name);
  result.test = std::move(value);
  return result;
}

inline Condition observed(std::uint32_t observation) {
  Condition result;
  result.op = Condition::Operator::observed;
  result.index = observation;
  return result;
}

inline Condition observed(std::uint32_t observation, std::string field, ValueTest value) {
  Condition result = observed(observation);
  result.field = std::move(field);
  result.test = std::move(value);
  return result;
}

inline Condition correlated(std::uint32_t correlation) {
  Condition result;
  result.op = Condition::Operator::correlated;
  result.index = correlation;
  return result;
}

inline Condition parts(Condition::Operator op, std::vector<Condition> conditions) {
  Condition result;
  result.op = op;
  result.conditions = std::move(conditions);
  return result;
}

inline Condition all(std::vector<Condition> conditions) {
  return parts(Condition::Operator::all, std::move(conditions));
}
inline Condition any(std::vector<Condition> conditions) {
  return parts(Condition::Operator::any, std::move(conditions));
}
inline Condition none(Condition condition) {
  return parts(Condition::Operator::none, {std::move(condition)});
}

inline Observation observation(std::string name, std::vector<std::string> captures) {
  Observation result;
  result.name = std::move(name);
  result.kind = "log";
  result.captures = std::move(captures);
  return result;
}

inline Correlation correlation(Correlation::Kind kind, std::vector<std::uint32_t> observations,
                               std::optional<std::chrono::seconds> within,
                               const std::vector<std::string>& same = {}) {
  Correlation result;
  result.name = "together_in_some_way";
  result.kind = kind;
  for (const std::string& key : same) {
    result.same.push_back({key, std::vector<std::string>(observations.size(), key)});
  }
  result.observations = std::move(observations);
  if (within) result.within = *within;
  return result;
}

inline Conclusion issue(Condition when, std::vector<std::string> group_by = {}) {
  Conclusion result;
  result.status = Status::issue;
  result.when = std::move(when);
  result.group_by = std::move(group_by);
  return result;
}

inline Conclusion potential(Condition when, std::vector<std::string> group_by = {}) {
  Conclusion result = issue(std::move(when), std::move(group_by));
  result.status = Status::potential_problem;
  return result;
}

inline Action action(const char* text, std::optional<Condition> when = std::nullopt) {
  Action result;
  result.when = std::move(when);
  result.text = english(text);
  return result;
}

// Observations of the certificate signature, which most stories are about: the warning that names the error,
// and the error line that only says that a connection was refused.
inline constexpr std::uint32_t kUntrusted = 0;
inline constexpr std::uint32_t kRefused = 1;

inline Signature certificate_signature() {
  Signature signature;
  signature.id = "CERT";
  signature.kind = Kind::defect;
  signature.severity = Severity::high;
  signature.maturity = Maturity::stable;
  signature.observations = {observation("untrusted", {"target", "error", "depth"}),
                            observation("refused", {"target"})};
  signature.conclusions.push_back(issue(observed(kUntrusted), {"target"}));
  signature.conclusions.push_back(potential(observed(kRefused), {"target"}));
  signature.title = english("Certificates are refused");
  signature.description = english("Refused: {{#groups}}{{target}}{{#more}}, {{/more}}{{/groups}}.");
  return signature;
}

// ---- the case ----------------------------------------------------------------------------------------

inline Time at_second(std::int64_t second) {
  return Time{1'657'555'200'000'000 + second * 1'000'000};  // 2022-07-11T16:00:00Z
}

// A hit of signature 0 in member 0. Its place follows its time unless told.
inline Hit hit(std::uint32_t observation, std::optional<std::int64_t> second,
               std::vector<std::string> captures, std::optional<std::uint64_t> offset = std::nullopt) {
  Hit result;
  result.observation = observation;
  result.place.offset = offset.value_or(static_cast<std::uint64_t>(100 * (second.value_or(0) + 1)));
  result.place.line = result.place.offset / 100;
  if (second) result.time = at_second(*second);
  result.captures = std::move(captures);
  result.text = "words at " + std::to_string(result.place.offset);
  return result;
}

inline Hit untrusted(std::int64_t second, std::string target, std::string error = "self signed certificate",
                     std::string depth = "0") {
  return hit(kUntrusted, second, {std::move(target), std::move(error), std::move(depth)});
}

inline Hit refused(std::int64_t second, std::string target) {
  return hit(kRefused, second, {std::move(target)});
}

inline NodeEvidence node(std::string name, std::vector<Hit> hits = {}) {
  NodeEvidence result;
  result.name = std::move(name);
  result.hits = std::move(hits);
  return result;
}

inline Fact known(std::string name, std::string value) {
  Fact fact;
  fact.name = std::move(name);
  fact.value = std::move(value);
  fact.place = {.path = "bundle!/xconf_dump.txt", .line = 7, .offset = 700};
  fact.source = "dump";
  return fact;
}

inline CaseFile case_of(std::vector<NodeEvidence> nodes) {
  CaseFile result;
  result.nodes = std::move(nodes);
  result.member_paths = {"bundle!/loggingsnapshot_vcsc.txt", "bundle!/loggingsnapshot_other.txt"};
  return result;
}

inline CaseFile case_of(std::vector<Hit> hits) {
  return case_of(std::vector<NodeEvidence>{node("vcsc", std::move(hits))});
}

// Counts every hit once, as the keeper does before it lets any go.
inline void count_hits(NodeEvidence& evidence) {
  for (const Hit& one : evidence.hits) {
    HitCount count;
    count.signature = one.signature;
    count.observation = one.observation;
    count.member = one.place.member;
    count.captures = one.captures;
    count.count = 1;
    count.first = one.time;
    count.last = one.time;
    evidence.counts.push_back(std::move(count));
  }
}

inline std::vector<Finding> findings_of(Signature signature, const CaseFile& case_file,
                                        std::string_view language = "en") {
  std::vector<Signature> signatures;
  signatures.push_back(std::move(signature));
  return diagnose(signatures, case_file, language);
}

// The only finding: of one signature on one node, or on the case.
inline Finding finding_of(Signature signature, const CaseFile& case_file, std::string_view language = "en") {
  std::vector<Finding> findings = findings_of(std::move(signature), case_file, language);
  return findings.size() == 1 ? std::move(findings.front()) : Finding{};
}

inline std::string value_of(const Captures& captures, std::string_view name) {
  for (const auto& [key, value] : captures) {
    if (key == name) return value;
  }
  return "";
}

// The values of one capture over all groups, in their order.
inline std::vector<std::string> grouped(const Finding& finding, std::string_view name) {
  std::vector<std::string> values;
  for (const Group& group : finding.groups) values.push_back(value_of(group.captures, name));
  return values;
}

inline std::vector<std::string> missing_of(const Finding& finding) {
  std::vector<std::string> names;
  for (const Missing& missing : finding.missing) names.push_back(missing.what);
  return names;
}

}  // namespace assay::story
