// An explanation as JSON, with the names that its structures have.
#include "assay/formats.h"
#include "report/json_values.h"

namespace assay {
namespace {

template <class List, class Make>
Json array_of(const List& list, Make make) {
  Json array = Json::array();
  for (const auto& one : list) array.push_back(make(one));
  return array;
}

Json line_number(std::uint32_t line) {
  return line == 0 ? Json(nullptr) : Json(line);
}

Json json_of(const ExplainedMember& member) {
  return {{"path", words_of(member.path)},
          {"node", words_of(member.node)},
          {"reader", words_or_null(member.reader)},
          {"records", member.records},
          {"cut", member.cut},
          {"problems", words_of(member.problems)}};
}

Json json_of(const ExplainedTest& test) {
  return {{"words", words_of(test.words)},
          {"line", line_number(test.line)},
          {"reached", test.reached},
          {"held", test.held},
          {"parts", array_of(test.parts, [](const ExplainedTest& part) { return json_of(part); })}};
}

Json json_of(const NearMiss& near) {
  return {{"path", words_of(near.place.path)}, {"line", line_of(near.place)},
          {"offset", near.place.offset},       {"time", time_of(near.time)},
          {"text", value_of(near.text)},       {"failed", words_of(near.failed)},
          {"value", value_of(near.value)}};
}

Json json_of(const ExplainedObservation& observation) {
  return {{"name", observation.name},
          {"line", line_number(observation.line)},
          {"kind", observation.kind},
          {"each", words_or_null(observation.each)},
          {"events", observation.events},
          {"literals", words_of(observation.literals)},
          {"with_literals", observation.with_literals},
          {"hits", observation.hits},
          {"test", json_of(observation.test)},
          {"nearest", array_of(observation.nearest, [](const NearMiss& near) { return json_of(near); })}};
}

Json json_of(const ExplainedJoin& join) {
  return {{"words", words_of(join.words)},
          {"line", line_number(join.line)},
          {"hits", join.hits},
          {"offered", join.offered},
          {"joined", join.joined},
          {"lacks", words_or_null(join.lacks)}};
}

Json json_of(const ExplainedCorrelation& correlation) {
  return {{"name", correlation.name},
          {"line", line_number(correlation.line)},
          {"words", words_of(correlation.words)},
          {"matches", correlation.matches},
          {"lacks", words_or_null(correlation.lacks)}};
}

Json json_of(const ExplainedCondition& condition) {
  return {{"words", words_of(condition.words)},
          {"line", line_number(condition.line)},
          {"value", to_string(condition.value)},
          {"because", words_or_null(condition.because)},
          {"parts", array_of(condition.parts, [](const ExplainedCondition& part) { return json_of(part); })}};
}

Json json_of(const ExplainedCandidate& candidate) {
  return {{"values", captures_of(candidate.values)},
          {"decided_before", candidate.decided_before},
          {"gives_group", candidate.gives_group},
          {"condition", json_of(candidate.condition)}};
}

Json json_of(const ExplainedConclusion& conclusion) {
  return {{"status", to_string(conclusion.status)},
          {"line", line_number(conclusion.line)},
          {"candidates", array_of(conclusion.candidates,
                                  [](const ExplainedCandidate& candidate) { return json_of(candidate); })}};
}

Json json_of(const ExplainedVerdict& verdict) {
  const Finding& finding = verdict.finding;
  Json json;
  json["node"] = words_or_null(verdict.node);
  json["status"] = to_string(verdict.status);
  json["hidden_by"] = words_or_null(finding.hidden_by);
  json["notes"] = words_of(finding.notes);
  json["applies"] = verdict.applies ? json_of(*verdict.applies) : Json(nullptr);
  json["missing"] = missing_of(verdict.missing);
  json["observations"] = array_of(verdict.observations, [](const auto& one) { return json_of(one); });
  json["joins"] = array_of(verdict.joins, [](const auto& one) { return json_of(one); });
  json["correlations"] = array_of(verdict.correlations, [](const auto& one) { return json_of(one); });
  json["conclusions"] = array_of(verdict.conclusions, [](const auto& one) { return json_of(one); });
  return json;
}

}  // namespace

std::string to_json(const Explanation& explanation) {
  Json json;
  json["format"] = 1;
  json["assay"] = ASSAY_VERSION;
  json["complete"] = explanation.complete;
  json["id"] = words_of(explanation.signature.id);
  json["title"] = words_of(explanation.signature.title);
  json["file"] = words_or_null(explanation.signature.file);
  json["members"] = array_of(explanation.members, [](const auto& member) { return json_of(member); });
  json["verdicts"] = array_of(explanation.verdicts, [](const auto& verdict) { return json_of(verdict); });
  json["problems"] = problems_of(explanation.problems);
  return escape_unsafe(json.dump(2)) + '\n';
}

}  // namespace assay
