// Holds every event against the tests in the order in which the file has them, the plain way.
#include "explain/observation_trace.h"

#include <algorithm>

#include "characters.h"
#include "evidence/words.h"
#include "explain/test_words.h"
#include "match/hit.h"
#include "match/triggers.h"
#include "signature/value_test.h"
#include "text/cut.h"

namespace assay {
namespace {

constexpr std::size_t kNearestKept = 3;
// What is less like a hit tells nothing: a record of the right process that speaks of something else.
constexpr double kNearEnough = 0.7;
// A test that fails is never as good as one that holds, however many of its words are there.
constexpr double kFailedAtBest = 0.9;
constexpr std::size_t kShortestWord = 3;

// The words that a pattern spells out: runs of letters outside of escapes, classes and names of groups.
std::string spelled_out(std::string_view pattern) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::string_view rest = pattern.substr(i);
    std::size_t skipped = 0;
    if (rest.front() == '\\') {
      skipped = 2;
    } else if (rest.front() == '[') {
      skipped = rest.find(']', 2) + 1;
    } else if (rest.starts_with("(?P<")) {
      skipped = rest.find('>') + 1;
    } else if (rest.starts_with("(?")) {
      skipped = rest.find_first_of(":)") + 1;
    }
    if (skipped == 0) {
      text += rest.front();
    } else {
      text += ' ';
      i += std::min(skipped, rest.size()) - 1;
    }
  }
  return text;
}

void add_words(std::string_view text, std::vector<std::string>& words) {
  for (std::size_t begin = 0; begin < text.size();) {
    if (!is_letter(text[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < text.size() && is_letter(text[end])) ++end;
    if (end - begin >= kShortestWord) words.push_back(lower_case(text.substr(begin, end - begin)));
    begin = end;
  }
}

std::vector<std::string> words_in(const ValueTest& test) {
  std::vector<std::string> words;
  if (test.negated) return words;
  if (test.pattern) add_words(spelled_out(test.pattern->text()), words);
  if (test.op == ValueTest::Operator::contains || test.op == ValueTest::Operator::is) {
    for (const std::string& operand : test.operands) add_words(operand, words);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::string head(std::string_view text, std::size_t bytes) {
  return std::string(cut_at(text, bytes));
}

// With every digit alike, so that records of one kind count as one.
std::string shape_of(std::string text) {
  for (char& c : text) {
    if (is_digit(c)) c = '0';
  }
  return text;
}

}  // namespace

ObservationTrace::ObservationTrace(const Observation& observation) : observation_(observation) {
  add(observation.condition);
  if (!observation.each.empty()) each_ = field_key(observation.each);
  const bool is_log = observation.kind == "log";
  Triggers triggers =
      is_log ? record_triggers(observation.condition) : written_triggers(observation.condition);
  literals_ = std::move(triggers.literals);
  for (const std::string& field : triggers.fields) written_.push_back(written_field(field));
}

std::size_t ObservationTrace::add(const EventCondition& condition) {
  Node node;
  node.condition = &condition;
  if (condition.op == EventCondition::Operator::test) {
    node.key = field_key(condition.test.field);
    node.words = words_in(condition.test.test);
  }
  for (const EventCondition& part : condition.conditions) node.parts.push_back(add(part));
  nodes_.push_back(std::move(node));
  return nodes_.size() - 1;
}

void ObservationTrace::look_at(const Event& event) {
  if (kind_of(event) != observation_.kind) return;
  OfMember& member = members_[event.place.member];
  member.counts.resize(nodes_.size());
  ++member.events;
  if (has_literal(event)) ++member.with_literals;
  const std::size_t times = values_of_each(event);
  one_.field = each_ ? &*each_ : nullptr;
  for (one_.index = 0; one_.index < times; ++one_.index) {
    if (!holds(nodes_.size() - 1, event, member)) keep_near(event, member);
  }
}

// How often the event is looked at.
std::size_t ObservationTrace::values_of_each(const Event& event) {
  if (!each_) return 1;
  read_field(*each_, event, one_.all);
  return one_.all.values.size();
}

void ObservationTrace::read(std::size_t node, const Event& event) {
  read_field(nodes_[node].key, event, one_, values_);
}

bool ObservationTrace::has_literal(const Event& event) {
  if (literals_.empty()) return true;
  if (observation_.kind == "log") {
    text_ = lower_case(event.text);
  } else {
    write_fields(written_, event, values_, text_);
    text_ = lower_case(text_);
  }
  return std::any_of(literals_.begin(), literals_.end(),
                     [&](const std::string& literal) { return text_.find(literal) != std::string::npos; });
}

bool ObservationTrace::holds(std::size_t node, const Event& event, OfMember& member) {
  ++member.counts[node].reached;
  const auto part_holds = [&](std::size_t part) { return holds(part, event, member); };
  const std::vector<std::size_t>& parts = nodes_[node].parts;
  bool result = false;
  switch (nodes_[node].condition->op) {
    case EventCondition::Operator::test:
      result = test_holds(node, event);
      break;
    case EventCondition::Operator::all:
      result = std::all_of(parts.begin(), parts.end(), part_holds);
      break;
    case EventCondition::Operator::any:
      result = std::any_of(parts.begin(), parts.end(), part_holds);
      break;
    case EventCondition::Operator::none:
      result = std::none_of(parts.begin(), parts.end(), part_holds);
      break;
  }
  if (result) ++member.counts[node].held;
  return result;
}

bool ObservationTrace::test_holds(std::size_t node, const Event& event) {
  read(node, event);
  return passes(nodes_[node].condition->test.test, values_.values);
}

std::string ObservationTrace::value_of(std::size_t node, const Event& event) {
  if (nodes_[node].condition->op != EventCondition::Operator::test) return "";
  std::string all;
  read(node, event);
  for (const FieldValue& value : values_.values) {
    if (!all.empty()) all += ", ";
    if (const auto* text = std::get_if<std::string_view>(&value)) {
      all += *text;
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
      all += std::to_string(*number);
    } else if (const auto* time = std::get_if<Time>(&value)) {
      all += to_string(*time);
    } else {
      all += std::get<bool>(value) ? "true" : "false";
    }
  }
  return head(all, kHitCaptureBytes);
}

ObservationTrace::Nearness ObservationTrace::nearness_of_test(std::size_t node, const Event& event) {
  if (test_holds(node, event)) return {.share = 1, .failed = node};
  const std::vector<std::string>& words = nodes_[node].words;
  if (words.empty()) return {.share = 0, .failed = node};
  const std::string value = lower_case(value_of(node, event));
  const auto there = std::count_if(words.begin(), words.end(), [&](const std::string& word) {
    return value.find(word) != std::string::npos;
  });
  return {.share = kFailedAtBest * static_cast<double>(there) / static_cast<double>(words.size()),
          .failed = node};
}

ObservationTrace::Nearness ObservationTrace::nearness_of_parts(std::size_t node, const Event& event) {
  const bool is_any = nodes_[node].condition->op == EventCondition::Operator::any;
  const std::vector<std::size_t>& parts = nodes_[node].parts;
  Nearness best;
  Nearness together{.share = 0, .failed = node};
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    const Nearness of_part = nearness(*part, event);
    if (of_part.share >= best.share) best = of_part;
    if (of_part.share < 1) together.failed = of_part.failed;
    together.share += of_part.share / static_cast<double>(parts.size());
  }
  return is_any ? best : together;
}

ObservationTrace::Nearness ObservationTrace::nearness(std::size_t node, const Event& event) {
  const std::vector<std::size_t>& parts = nodes_[node].parts;
  switch (nodes_[node].condition->op) {
    case EventCondition::Operator::test:
      return nearness_of_test(node, event);
    case EventCondition::Operator::all:
    case EventCondition::Operator::any:
      return nearness_of_parts(node, event);
    case EventCondition::Operator::none: {
      const bool any = std::any_of(parts.begin(), parts.end(),
                                   [&](std::size_t part) { return nearness(part, event).share >= 1; });
      return {.share = any ? 0.0 : 1.0, .failed = node};
    }
  }
  return {};
}

void ObservationTrace::keep_near(const Event& event, OfMember& member) {
  const Nearness near = nearness(nodes_.size() - 1, event);
  if (near.share < kNearEnough) return;
  const auto farther = [&](const Near& other) { return other.nearness < near.share; };
  const auto at = std::find_if(member.nearest.begin(), member.nearest.end(), farther);
  if (at == member.nearest.end() && member.nearest.size() == kNearestKept) return;
  std::string value = value_of(near.failed, event);
  const bool is_known = std::any_of(member.nearest.begin(), member.nearest.end(), [&](const Near& other) {
    return other.failed == near.failed && shape_of(other.value) == shape_of(value);
  });
  if (is_known) return;
  member.nearest.insert(at, {.nearness = near.share,
                             .place = event.place,
                             .time = event.time,
                             .text = head(event.text, kHitTextBytes),
                             .value = std::move(value),
                             .failed = near.failed});
  if (member.nearest.size() > kNearestKept) member.nearest.pop_back();
}

ExplainedTest ObservationTrace::explained_test(std::size_t node, const std::vector<Count>& counts) const {
  const EventCondition& condition = *nodes_[node].condition;
  ExplainedTest test;
  switch (condition.op) {
    case EventCondition::Operator::test:
      test.words = words_of(condition.test.field, condition.test.test);
      break;
    case EventCondition::Operator::all:
      test.words = "all of";
      break;
    case EventCondition::Operator::any:
      test.words = "any of";
      break;
    case EventCondition::Operator::none:
      test.words = "none of";
      break;
  }
  test.line = condition.mark.line;
  test.reached = counts[node].reached;
  test.held = counts[node].held;
  for (const std::size_t part : nodes_[node].parts) test.parts.push_back(explained_test(part, counts));
  return test;
}

ExplainedObservation ObservationTrace::explained(std::span<const std::uint32_t> members,
                                                 const std::vector<std::string>& member_paths) const {
  ExplainedObservation explained;
  explained.name = observation_.name;
  explained.line = observation_.mark.line;
  explained.kind = observation_.kind;
  explained.each = observation_.each;
  for (const std::string& literal : literals_) explained.literals.emplace_back(trimmed(literal));
  std::vector<Count> counts(nodes_.size());
  std::vector<const Near*> nearest;
  for (const std::uint32_t member : members) {
    const auto found = members_.find(member);
    if (found == members_.end()) continue;
    explained.events += found->second.events;
    explained.with_literals += found->second.with_literals;
    for (std::size_t node = 0; node < counts.size(); ++node) {
      counts[node].reached += found->second.counts[node].reached;
      counts[node].held += found->second.counts[node].held;
    }
    for (const Near& near : found->second.nearest) nearest.push_back(&near);
  }
  explained.hits = counts.back().held;
  explained.test = explained_test(nodes_.size() - 1, counts);
  std::stable_sort(nearest.begin(), nearest.end(),
                   [](const Near* left, const Near* right) { return left->nearness > right->nearness; });
  if (nearest.size() > kNearestKept) nearest.resize(kNearestKept);
  for (const Near* near : nearest) {
    explained.nearest.push_back({.place = {.path = member_paths[near->place.member],
                                           .line = near->place.line,
                                           .offset = near->place.offset},
                                 .time = near->time,
                                 .text = near->text,
                                 .failed = explained_test(near->failed, counts).words,
                                 .value = near->value});
  }
  return explained;
}

}  // namespace assay
