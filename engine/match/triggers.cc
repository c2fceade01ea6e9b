// Chooses, for each observation, the literals that are rarest in the evidence.
#include "match/triggers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>

#include "assay/fields.h"
#include "evidence/words.h"
#include "match/written_fields.h"
#include "signature/value_test.h"

namespace assay {
namespace {

using Operator = ValueTest::Operator;

// Longer literals are hardly rarer and make the literal set larger.
constexpr std::size_t kLongestLiteral = 64;
// Shorter ones are in every other record.
constexpr std::size_t kShortestLiteral = 3;

// What about every record says. A literal out of it triggers on a good part of all records.
constexpr std::string_view kUsualWords =
    "2022-07-11t18:55:25.910+02:00 vcsc tvcs: utctime=\"2022-07-11 16:55:25,910\" module=\"network.sip\" "
    "level=\"debug\":  action=\"received\" action=\"sent\" local-ip=\"10.10.0.1\" local-port=\"5061\" "
    "src-ip=\"10.10.0.2\" src-port=\"5060\" dst-ip=\"10.10.0.3\" dst-port=\"5061\" msg-hash=\"1\" "
    "traffic_server[100]: module=\"network.http.trafficserver\" level=\"info\" detail=\"receive request\" "
    "detail=\"sending request\" detail=\"receive response\" detail=\"sending response\" txn-id=\"1\" "
    "trackingid=\"\" httpmsg: sipmsg: sip/2.0 http/1.1 200 ok event=\"request allowed\" service=\"sip\" "
    "module=\"network.tcp\" module=\"developer. codelocation=\"ppcmains/\" method=\"::\" thread=\"0x7f\" "
    "error warning [et_net 0] https://";

// A set of literals with what is needed to choose among several.
struct Choice {
  Triggers triggers;
  std::size_t rarity = 0;  // of its most common literal; larger is better
};

bool better(const Choice& one, const Choice& other) {
  if (one.rarity != other.rarity) return one.rarity > other.rarity;
  return one.triggers.literals.size() < other.triggers.literals.size();
}

void sort_once_each(std::vector<std::string>& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

// The text that literals are looked for in, and how the test of one field shows in it.
class Where {
 public:
  virtual ~Where() = default;
  virtual std::optional<Choice> of_test(const FieldTest& test) const = 0;
};

std::optional<Choice> best_of(const Where& where, const EventCondition& condition);

std::optional<Choice> best_of_all(const Where& where, const std::vector<EventCondition>& conditions) {
  std::optional<Choice> best;
  for (const EventCondition& condition : conditions) {
    std::optional<Choice> choice = best_of(where, condition);
    if (choice && (!best || better(*choice, *best))) best = std::move(choice);
  }
  return best;
}

std::optional<Choice> union_of_any(const Where& where, const std::vector<EventCondition>& conditions) {
  std::optional<Choice> all;
  for (const EventCondition& condition : conditions) {
    std::optional<Choice> choice = best_of(where, condition);
    if (!choice) return std::nullopt;
    if (!all) {
      all = std::move(choice);
      continue;
    }
    all->rarity = std::min(all->rarity, choice->rarity);
    Triggers& triggers = all->triggers;
    triggers.literals.insert(triggers.literals.end(), choice->triggers.literals.begin(),
                             choice->triggers.literals.end());
    triggers.fields.insert(triggers.fields.end(), choice->triggers.fields.begin(),
                           choice->triggers.fields.end());
  }
  if (!all) return std::nullopt;
  sort_once_each(all->triggers.literals);
  sort_once_each(all->triggers.fields);
  return all;
}

std::optional<Choice> best_of(const Where& where, const EventCondition& condition) {
  switch (condition.op) {
    case EventCondition::Operator::test:
      return where.of_test(condition.test);
    case EventCondition::Operator::all:
      return best_of_all(where, condition.conditions);
    case EventCondition::Operator::any:
      return union_of_any(where, condition.conditions);
    case EventCondition::Operator::none:
      return std::nullopt;
  }
  return std::nullopt;
}

Triggers triggers_in(const Where& where, const EventCondition& condition) {
  std::optional<Choice> choice = best_of(where, condition);
  return choice ? std::move(choice->triggers) : Triggers{};
}

// True if the test can only hold where the field has a value.
bool asks_for_a_value(const ValueTest& test) {
  if (test.op != Operator::exists) return true;  // also one that is negated: no value passes nothing
  return !test.negated && !test.operands.empty() && test.operands[0] == "true";
}

// The literals of which one is in every value that passes, in any field of that type, or none.
std::vector<std::string> literals_of_value(const ValueTest& test) {
  if (test.negated) return {};
  const bool is_words = test.type == FieldType::text || test.type == FieldType::word;
  switch (test.op) {
    case Operator::matches:
      return test.pattern ? test.pattern->literals() : std::vector<std::string>();
    case Operator::is:
    case Operator::one_of:
    case Operator::contains:
      return is_words ? test.operands : std::vector<std::string>();
    case Operator::at_least:
    case Operator::at_most:
    case Operator::above:
    case Operator::below:
    case Operator::exists:
      return {};
  }
  return {};
}

std::size_t shortest(const std::vector<std::string>& literals) {
  std::size_t length = kLongestLiteral;
  for (const std::string& literal : literals) length = std::min(length, literal.size());
  return length;
}

bool is_usual(std::string_view lower_literal) {
  return kUsualWords.find(lower_literal) != std::string_view::npos;
}

void make_plain(std::vector<std::string>& literals) {
  for (std::string& literal : literals)
    literal = lower_case(std::string_view(literal).substr(0, kLongestLiteral));
  sort_once_each(literals);
}

// ---- log records -------------------------------------------------------------------------------------

// The fields whose values are cut out of the record's text as they stand there: Record's views. All others
// are made of it (numbers, times), or are of the reader's making.
constexpr std::array<std::string_view, 10> kCutOut = {"log.message", "log.block", "log.detail", "log.event",
                                                      "log.module",  "log.level", "log.thread", "log.process",
                                                      "log.host",    "log.text"};
// Of these few values make up most of a log.
constexpr std::array<std::string_view, 5> kFewValues = {"log.module", "log.level", "log.thread",
                                                        "log.process", "log.host"};
constexpr std::string_view kPairs = "log.pair.";

class InRecord final : public Where {
 public:
  std::optional<Choice> of_test(const FieldTest& test) const override {
    if (!asks_for_a_value(test.test)) return std::nullopt;
    const bool is_pair = test.field.starts_with(kPairs);
    std::optional<Choice> choice;
    if (is_pair || std::find(kCutOut.begin(), kCutOut.end(), test.field) != kCutOut.end()) {
      choice = of_value(test);
    }
    // A pair that is asked for has its key in the record.
    if (!choice && is_pair) choice = of_literals({test.field.substr(kPairs.size())}, 1);
    return choice;
  }

 private:
  static std::optional<Choice> of_value(const FieldTest& test) {
    const bool has_few = std::find(kFewValues.begin(), kFewValues.end(), test.field) != kFewValues.end();
    return of_literals(literals_of_value(test.test), has_few ? 2 : kLongestLiteral);
  }

  static std::optional<Choice> of_literals(std::vector<std::string> literals, std::size_t rarity_at_most) {
    if (literals.empty() || shortest(literals) < kShortestLiteral) return std::nullopt;
    make_plain(literals);
    std::size_t rarity = std::min(shortest(literals), rarity_at_most);
    if (std::any_of(literals.begin(), literals.end(), is_usual)) rarity = std::min<std::size_t>(rarity, 1);
    return Choice{.triggers = {.literals = std::move(literals), .fields = {}}, .rarity = rarity};
  }
};

// ---- fields that are written out ---------------------------------------------------------------------

// Larger numbers are compared as if they were rounded.
constexpr std::int64_t kLargestExact = std::int64_t{1} << 53;

// The operand as write_fields would write a value that is equal to it, or none if there are several ways.
std::optional<std::string> as_written(const FieldTest& test, const std::string& operand) {
  const Field* field = find_field(test.field);
  switch (test.test.type) {
    case FieldType::text:
    case FieldType::word:
      return operand;
    case FieldType::flag: {
      const std::optional<bool> flag = to_flag(operand);
      if (!flag || field == nullptr || field->type != FieldType::flag) return std::nullopt;
      return *flag ? "true" : "false";
    }
    case FieldType::number: {
      std::int64_t number = 0;
      const auto [end, error] = std::from_chars(operand.data(), operand.data() + operand.size(), number);
      if (error != std::errc() || end != operand.data() + operand.size()) return std::nullopt;
      if (number >= kLargestExact || number <= -kLargestExact) return std::nullopt;
      if (field == nullptr || field->type != FieldType::number) return std::nullopt;
      return std::to_string(number);
    }
    case FieldType::version:
    case FieldType::time:
      return std::nullopt;
  }
  return std::nullopt;
}

class InWrittenFields final : public Where {
 public:
  std::optional<Choice> of_test(const FieldTest& test) const override {
    if (!asks_for_a_value(test.test)) return std::nullopt;
    std::optional<Choice> choice = of_whole_value(test);
    if (!choice) choice = of_part(test);
    if (!choice) {
      choice = Choice{.triggers = {.literals = {written_begin(test.field)}, .fields = {}}, .rarity = 0};
    }
    choice->triggers.fields = {test.field};
    return choice;
  }

 private:
  static std::optional<Choice> of_whole_value(const FieldTest& test) {
    if (test.test.negated) return std::nullopt;
    if (test.test.op != Operator::is && test.test.op != Operator::one_of) return std::nullopt;
    Choice choice;
    choice.rarity = kLongestLiteral;
    for (const std::string& operand : test.test.operands) {
      const std::optional<std::string> value = as_written(test, operand);
      if (!value) return std::nullopt;
      choice.rarity = std::min(choice.rarity, value->size());
      choice.triggers.literals.push_back(written_value(test.field, *value));
      if (choice.triggers.literals.back().size() > kLongestLiteral) return std::nullopt;
    }
    if (choice.triggers.literals.empty()) return std::nullopt;
    sort_once_each(choice.triggers.literals);
    return choice;
  }

  static std::optional<Choice> of_part(const FieldTest& test) {
    std::vector<std::string> literals = literals_of_value(test.test);
    if (literals.empty() || shortest(literals) < kShortestLiteral) return std::nullopt;
    make_plain(literals);
    const std::size_t rarity = shortest(literals);
    return Choice{.triggers = {.literals = std::move(literals), .fields = {}}, .rarity = rarity};
  }
};

}  // namespace

Triggers record_triggers(const EventCondition& condition) {
  return triggers_in(InRecord(), condition);
}

Triggers written_triggers(const EventCondition& condition) {
  return triggers_in(InWrittenFields(), condition);
}

}  // namespace assay
