// The report as JSON. docs/json.md describes it and docs/report.schema.json checks it.
//
// Every key is always there; null says "not known". Words written for people are always strings. Values
// that come straight from the evidence are strings where they are UTF-8, otherwise {"base64": "..."}, so that
// no byte is lost.
#include "report/json.h"

#include <array>

#include "assay/formats.h"
#include "report/json_values.h"
#include "report/wire_json.h"

namespace assay {
namespace {

Json evidence_of(const Evidence& evidence) {
  return {{"observation", words_of(evidence.observation)},
          {"path", words_of(evidence.place.path)},
          {"line", line_of(evidence.place)},
          {"offset", evidence.place.offset},
          {"time", time_of(evidence.time)},
          {"captures", captures_of(evidence.captures)},
          {"text", value_of(evidence.text)}};
}

Json group_of(const Group& group) {
  Json evidence = Json::array();
  for (const Evidence& one : group.evidence) evidence.push_back(evidence_of(one));
  return {{"status", to_string(group.status)},
          {"captures", captures_of(group.captures)},
          {"count", group.count},
          {"first", time_of(group.first)},
          {"last", time_of(group.last)},
          {"evidence", std::move(evidence)}};
}

Json finding_of(const Finding& finding) {
  Json groups = Json::array();
  for (const Group& group : finding.groups) groups.push_back(group_of(group));
  return {{"id", words_of(finding.id)},
          {"status", to_string(finding.status)},
          {"node", words_or_null(finding.node)},
          {"kind", to_string(finding.kind)},
          {"severity", to_string(finding.severity)},
          {"maturity", to_string(finding.maturity)},
          {"scope", to_string(finding.scope)},
          {"title", words_of(finding.title)},
          {"description", words_of(finding.description)},
          {"condition", words_of(finding.condition)},
          {"further_information", words_of(finding.further_information)},
          {"actions", words_of(finding.actions)},
          {"references", words_of(finding.references)},
          {"also_known_as", words_of(finding.also_known_as)},
          {"groups", std::move(groups)},
          {"missing", missing_of(finding.missing)},
          {"notes", words_of(finding.notes)},
          {"hidden_by", words_or_null(finding.hidden_by)}};
}

Json node_of(const Node& node) {
  Json facts = Json::array();
  for (const Fact& fact : node.facts) {
    facts.push_back({{"name", words_of(fact.name)},
                     {"value", value_of(fact.value)},
                     {"path", words_of(fact.place.path)},
                     {"line", line_of(fact.place)},
                     {"offset", fact.place.offset},
                     {"source", words_of(fact.source)}});
  }
  return {{"name", words_of(node.name)},
          {"bundles", words_of(node.bundles)},
          {"facts", std::move(facts)},
          {"evidence", words_of(node.evidence)}};
}

Json target_of(const std::optional<Target>& target) {
  if (!target) return nullptr;
  return {{"raw", value_of(target->raw)},       {"decoded", target->decoded},
          {"domain", value_of(target->domain)}, {"protocol", value_of(target->protocol)},
          {"host", value_of(target->host)},     {"port", target->port ? Json(*target->port) : Json(nullptr)}};
}

Json diagnostics_of(const Transaction& transaction) {
  Json array = Json::array();
  for (const JoinedDiagnostic& diagnostic : transaction.diagnostics) {
    array.push_back({{"path", words_of(diagnostic.place.path)},
                     {"line", line_of(diagnostic.place)},
                     {"offset", diagnostic.place.offset},
                     {"time", time_of(diagnostic.time)},
                     {"join", to_string(diagnostic.join)},
                     {"text", value_of(diagnostic.text)}});
  }
  return array;
}

Json joined_handshake_of(const std::optional<JoinedHandshake>& handshake) {
  if (!handshake) return nullptr;
  return {{"path", words_of(handshake->place.path)}, {"packet", line_of(handshake->place)},
          {"offset", handshake->place.offset},       {"time", time_of(handshake->time)},
          {"join", to_string(handshake->join)},      {"outcome", words_of(handshake->outcome)}};
}

Json transaction_of(const Transaction& transaction) {
  const std::optional<std::int64_t> duration = duration_of(transaction);
  return {{"node", words_of(transaction.node)},
          {"id", value_of(transaction.id)},
          {"process", value_of(transaction.process)},
          {"pid", transaction.pid ? Json(*transaction.pid) : Json(nullptr)},
          {"begin", time_of(transaction.begin)},
          {"end", time_of(transaction.end)},
          {"duration_ms", duration ? Json(*duration) : Json(nullptr)},
          {"client", value_of(transaction.client)},
          {"method", value_of(transaction.method)},
          {"url_asked", value_of(transaction.url_asked)},
          {"url_sent", value_of(transaction.url_sent)},
          {"target", target_of(transaction.target)},
          {"server", value_of(transaction.server)},
          {"status", transaction.status ? Json(*transaction.status) : Json(nullptr)},
          {"reason", value_of(transaction.reason)},
          {"user", value_of(transaction.user)},
          {"tracking_id", value_of(transaction.tracking_id)},
          {"complete", transaction.complete},
          {"handshake", joined_handshake_of(transaction.handshake)},
          {"diagnostics", diagnostics_of(transaction)},
          {"path", words_of(transaction.place.path)},
          {"line", line_of(transaction.place)},
          {"offset", transaction.place.offset}};
}

Json summary_of(const Report& report) {
  constexpr std::array kAll{Status::issue, Status::potential_problem, Status::missing_information,
                            Status::error, Status::no_issue,          Status::not_applicable};
  Json summary = Json::object();
  for (const Status status : kAll) summary[std::string(to_string(status))] = 0;
  std::uint64_t hidden = 0;
  for (const Finding& finding : report.findings) {
    Json& count = summary[std::string(to_string(finding.status))];
    if (finding.hidden_by.empty()) {
      count = count.get<std::uint64_t>() + 1;
    } else {
      ++hidden;
    }
  }
  summary["hidden"] = hidden;
  return summary;
}

Json unexplained_of(const UnexplainedEvents& unexplained) {
  Json groups = Json::array();
  for (const UnexplainedGroup& group : unexplained.groups) {
    groups.push_back({{"node", words_of(group.node)},
                      {"kind", words_of(group.kind)},
                      {"level", words_or_null(group.level)},
                      {"shape", words_of(group.shape)},
                      {"count", group.count},
                      {"first", time_of(group.first)},
                      {"last", time_of(group.last)},
                      {"path", words_of(group.place.path)},
                      {"line", line_of(group.place)},
                      {"offset", group.place.offset},
                      {"text", value_of(group.text)}});
  }
  return {{"count", unexplained.count}, {"groups", std::move(groups)}};
}

Json cell_of(const Table::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return value_of(*text);
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
  if (const auto* flag = std::get_if<bool>(&cell)) return *flag;
  if (const auto* list = std::get_if<std::vector<std::string>>(&cell)) {
    return values_of(*list);
  }
  return nullptr;
}

}  // namespace

std::optional<std::int64_t> duration_of(const Transaction& transaction) {
  if (!transaction.begin || !transaction.end) return std::nullopt;
  return (transaction.end->microseconds - transaction.begin->microseconds) / 1000;
}

std::string json_string(std::string_view words) {
  return escape_unsafe(Json(words_of(words)).dump());
}

std::string json_line(const Transaction& transaction) {
  return escape_unsafe(transaction_of(transaction).dump());
}

std::string json_line(const Handshake& handshake) {
  return escape_unsafe(handshake_of(handshake).dump());
}

std::string json_line(const SeenCertificate& seen) {
  return escape_unsafe(seen_certificate_of(seen).dump());
}

std::string json_line(const MissingCertificate& missing, const SeenCertificate* seen) {
  return escape_unsafe(missing_certificate_of(missing, seen).dump());
}

std::string json_line(const std::vector<std::string>& names, const std::vector<Table::Cell>& row) {
  Json object = Json::object();
  for (std::size_t i = 0; i < names.size() && i < row.size(); ++i) object[names[i]] = cell_of(row[i]);
  return escape_unsafe(object.dump());
}

std::string to_json(const Report& report) {
  Json findings = Json::array();
  for (const Finding& finding : report.findings) findings.push_back(finding_of(finding));
  Json nodes = Json::array();
  for (const Node& node : report.nodes) nodes.push_back(node_of(node));
  Json json{{"format", 1},
            {"assay", ASSAY_VERSION},
            {"packs", words_of(report.packs)},
            {"outcome", to_string(outcome_of(report))},
            {"complete", report.complete},
            {"summary", summary_of(report)},
            {"members", report.members},
            {"bytes", report.bytes},
            {"records", report.records},
            {"findings", std::move(findings)},
            {"nodes", std::move(nodes)},
            {"transaction_count", report.transaction_count}};
  if (!report.transactions.empty()) {
    Json transactions = Json::array();
    for (const Transaction& one : report.transactions) transactions.push_back(transaction_of(one));
    json["transactions"] = std::move(transactions);
  }
  json["handshake_count"] = report.handshake_count;
  if (!report.handshakes.empty()) {
    Json handshakes = Json::array();
    for (const Handshake& one : report.handshakes) handshakes.push_back(handshake_of(one));
    json["handshakes"] = std::move(handshakes);
  }
  if (!report.certificates.empty()) {
    Json certificates = Json::array();
    for (const SeenCertificate& one : report.certificates) certificates.push_back(seen_certificate_of(one));
    json["certificates"] = std::move(certificates);
  }
  json["unexplained"] = unexplained_of(report.unexplained);
  json["problems"] = problems_of(report.problems);
  return escape_unsafe(json.dump(2)) + '\n';
}

}  // namespace assay
