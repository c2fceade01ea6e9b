// tests: what must, and what must not, come of a given log.
#include <fmt/format.h>

#include <algorithm>

#include "signature/load_parts.h"
#include "signature/nearest_name.h"
#include "signature/value_test.h"

namespace assay {

namespace {

constexpr std::string_view kLogName = "loggingsnapshot_test.txt";

std::optional<Status> to_status(std::string_view name) {
  for (const Status status : {Status::issue, Status::potential_problem, Status::no_issue,
                              Status::not_applicable, Status::missing_information}) {
    if (to_string(status) == name) return status;
  }
  return std::nullopt;
}

void load_facts(const YamlNode& map, SignatureTest& test, Remarks& remarks) {
  for (const YamlEntry& entry : map.entries) {
    const FactName* fact = find_fact_name(entry.key);
    if (fact == nullptr || !entry.value.is_scalar()) continue;
    if (fact->type == FieldType::version && !is_version(entry.value.text)) {
      remarks.error(
          entry.value.mark, "invalid-value",
          fmt::format("{} is '{}', which is not a version like X14.0.7", entry.key, entry.value.text));
    }
    test.facts.emplace_back(entry.key, entry.value.text);
  }
}

void load_groups(const YamlNode& list, SignatureTest& test, Loading& loading) {
  std::vector<std::string_view> known;
  for (const Observation& observation : loading.signature.observations) {
    known.insert(known.end(), observation.captures.begin(), observation.captures.end());
  }
  std::vector<Captures>& groups = test.expect.groups.emplace();
  for (const YamlNode& item : list.items) {
    Captures& group = groups.emplace_back();
    for (const YamlEntry& entry : item.entries) {
      if (loading.knows_captures() && std::find(known.begin(), known.end(), entry.key) == known.end()) {
        loading.remarks.error(
            entry.key_mark, "unknown-capture",
            fmt::format("no observation has a capture '{}'{}", entry.key, suggestion(entry.key, known)));
      }
      group.emplace_back(entry.key, entry.value.text);
    }
  }
}

void load_missing(const YamlNode& node, SignatureTest& test, Remarks& remarks) {
  test.expect.missing = each_text(&node);
  for (const YamlNode* name : each_scalar(&node)) {
    if (find_evidence_name(name->text) != nullptr || find_fact_name(name->text) != nullptr) continue;
    std::vector<std::string_view> known;
    for (const EvidenceName& evidence : evidence_names()) known.push_back(evidence.name);
    for (const FactName& fact : fact_names()) known.push_back(fact.name);
    remarks.error(
        name->mark, "unknown-evidence",
        fmt::format("there is no evidence or fact '{}'{}", name->text, suggestion(name->text, known)));
  }
}

SignatureTest load_test(const YamlNode& map, Loading& loading) {
  SignatureTest test;
  test.mark = map.mark;
  if (const YamlNode* name = map.find("name")) test.name = name->text;
  if (const YamlNode* log = map.find("log")) test.files.emplace_back(kLogName, log->text);
  if (const YamlNode* files = map.find("files")) {
    for (const YamlEntry& entry : files->entries) test.files.emplace_back(entry.key, entry.value.text);
  }
  for (const YamlNode* path : each_scalar(map.find("captures"))) {
    test.captures.push_back({.path = path->text, .mark = path->mark});
  }
  if (const YamlNode* facts = map.find("facts")) load_facts(*facts, test, loading.remarks);
  const YamlNode* expect = map.find("expect");
  if (expect == nullptr) return test;
  if (const YamlNode* status = expect->find("status")) test.expect.status = to_status(status->text);
  if (const YamlNode* groups = expect->find("groups")) load_groups(*groups, test, loading);
  if (const YamlNode* missing = expect->find("missing")) load_missing(*missing, test, loading.remarks);
  test.expect.actions = each_text(expect->find("actions"));
  test.expect.description = each_text(expect->find("description"));
  return test;
}

}  // namespace

void load_tests(const YamlNode& root, Loading& loading) {
  const YamlNode* tests = root.find("tests");
  if (tests == nullptr) return;
  for (const YamlNode& item : tests->items) {
    SignatureTest test = load_test(item, loading);
    for (const SignatureTest& other : loading.signature.tests) {
      if (other.name != test.name) continue;
      loading.remarks.error(
          item.mark, "duplicate-name",
          fmt::format("the test in line {} is called '{}' too", other.mark.line, test.name));
      break;
    }
    loading.signature.tests.push_back(std::move(test));
  }
}

}  // namespace assay
