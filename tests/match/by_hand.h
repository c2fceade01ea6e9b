// Signatures and events made by hand, so that matching is tested without the loader and the readers.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "evidence/event.h"
#include "match/matcher.h"
#include "signature/signature.h"
#include "text/literals.h"
#include "text/record.h"

namespace assay::by_hand {

inline EventCondition test(std::string field, ValueTest::Operator op, std::vector<std::string> operands) {
  EventCondition condition;
  condition.op = EventCondition::Operator::test;
  condition.test.field = std::move(field);
  condition.test.test.op = op;
  condition.test.test.operands = std::move(operands);
  const Field* found = find_field(condition.test.field);
  condition.test.test.type = found == nullptr ? FieldType::word : found->type;
  return condition;
}

inline EventCondition is(std::string field, std::string operand) {
  return test(std::move(field), ValueTest::Operator::is, {std::move(operand)});
}

inline EventCondition matches(std::string field, std::string_view pattern) {
  EventCondition condition = test(std::move(field), ValueTest::Operator::matches, {});
  std::variant<Pattern, Pattern::SyntaxError> compiled = Pattern::compile(pattern);
  condition.test.test.pattern = std::make_shared<const Pattern>(std::move(std::get<Pattern>(compiled)));
  return condition;
}

inline EventCondition negated(EventCondition condition) {
  condition.test.test.negated = true;
  return condition;
}

inline EventCondition combined(EventCondition::Operator op, std::vector<EventCondition> conditions) {
  EventCondition condition;
  condition.op = op;
  condition.conditions = std::move(conditions);
  return condition;
}
inline EventCondition all(std::vector<EventCondition> conditions) {
  return combined(EventCondition::Operator::all, std::move(conditions));
}
inline EventCondition any(std::vector<EventCondition> conditions) {
  return combined(EventCondition::Operator::any, std::move(conditions));
}
inline EventCondition none(std::vector<EventCondition> conditions) {
  return combined(EventCondition::Operator::none, std::move(conditions));
}

inline void add_captures(const EventCondition& condition, std::vector<std::string>& names) {
  if (condition.test.test.pattern) {
    for (const std::string& name : condition.test.test.pattern->capture_names()) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  for (const EventCondition& part : condition.conditions) add_captures(part, names);
}

inline Observation observation(std::string kind, EventCondition condition) {
  Observation made;
  made.name = "seen";
  made.kind = std::move(kind);
  add_captures(condition, made.captures);
  made.condition = std::move(condition);
  return made;
}

// A signature with one observation.
inline Signature signature(std::string kind, EventCondition condition) {
  Signature made;
  made.id = "TEST1";
  made.observations.push_back(observation(std::move(kind), std::move(condition)));
  return made;
}

inline std::vector<Signature> signatures(std::vector<EventCondition> log_conditions) {
  std::vector<Signature> made;
  for (EventCondition& condition : log_conditions) made.push_back(signature("log", std::move(condition)));
  return made;
}

// A record and the event that a reader would make of it, with the literals found as a reader finds them.
class LogRecord {
 public:
  LogRecord(const Matcher& matcher, std::string text) : text_(std::move(text)) {
    parse_record(text_, 2022, record_);
    const Wanted& wanted = matcher.wanted();
    if (!wanted.literals.empty()) find(LiteralSet(wanted.literals));
    make_event();
  }

  // With a set that was compiled once, or none if nothing is wanted.
  LogRecord(const LiteralSet* literals, std::string text) : text_(std::move(text)) {
    parse_record(text_, 2022, record_);
    if (literals != nullptr) find(*literals);
    make_event();
  }
  LogRecord(const LogRecord&) = delete;
  LogRecord& operator=(const LogRecord&) = delete;

  const Event& event() const { return event_; }

 private:
  void find(const LiteralSet& literals) {
    const auto scratch = literals.make_scratch();
    std::vector<LiteralSet::Hit> hits;
    literals.scan(text_, *scratch, hits);
    for (const LiteralSet::Hit& hit : hits) ids_.push_back(hit.literal);
    std::sort(ids_.begin(), ids_.end());
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
  }

  void make_event() {
    event_.text = text_;
    event_.time = record_.time;
    event_.what = LogEvent{&record_};
    event_.literals = ids_;
  }

  std::string text_;
  Record record_;
  std::vector<std::uint32_t> ids_;
  Event event_;
};

inline std::vector<Hit> hits_of(const Matcher& matcher, const Event& event) {
  std::vector<Hit> hits;
  const auto scratch = matcher.make_scratch();
  matcher.match(event, *scratch, [&](const Hit& hit) { hits.push_back(hit); });
  return hits;
}

inline std::vector<Hit> slow_hits_of(const Matcher& matcher, const Event& event) {
  std::vector<Hit> hits;
  const auto scratch = matcher.make_scratch();
  matcher.match_slowly(event, *scratch, [&](const Hit& hit) { hits.push_back(hit); });
  return hits;
}

inline constexpr std::string_view kWarning =
    "2022-07-11T18:55:26.016+02:00 vcsc traffic_server[18242]: [ET_NET 0] WARNING: Core server certificate "
    "verification failed for (cucm.example.com). Action=Terminate Error=self signed certificate "
    "server=cucm.example.com(10.48.36.215) depth=0\n";
inline constexpr std::string_view kNegotiation =
    "2022-07-11T18:55:26.018+02:00 vcsc tvcs: Event=\"Inbound TLS Negotiation Error\" Service=\"SIP\" "
    "Src-ip=\"10.1.2.3\" Src-port=\"58531\" Detail=\"No SSL error available, probably remote disconnect\" "
    "Protocol=\"TLS\" Level=\"1\" UTCTime=\"2022-07-11 16:55:26,018\"\n";

}  // namespace assay::by_hand
