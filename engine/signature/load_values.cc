// What a signature says of one value: a plain value, a list of them, or operators.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "characters.h"
#include "signature/load_parts.h"
#include "signature/nearest_name.h"
#include "signature/value_test.h"

namespace assay {

namespace {

using Operator = ValueTest::Operator;

struct OperatorName {
  std::string_view name;
  Operator op;
};
constexpr std::array<OperatorName, 9> kOperators = {{{"matches", Operator::matches},
                                                     {"is", Operator::is},
                                                     {"one_of", Operator::one_of},
                                                     {"contains", Operator::contains},
                                                     {"at_least", Operator::at_least},
                                                     {"at_most", Operator::at_most},
                                                     {"above", Operator::above},
                                                     {"below", Operator::below},
                                                     {"exists", Operator::exists}}};

std::string_view name_of(Operator op) {
  const auto* found = std::find_if(kOperators.begin(), kOperators.end(),
                                   [&](const OperatorName& one) { return one.op == op; });
  return found->name;
}

bool compares(Operator op) {
  return op == Operator::at_least || op == Operator::at_most || op == Operator::above ||
         op == Operator::below;
}

bool is_words(FieldType type) {
  return type == FieldType::text || type == FieldType::word;
}

// How words are meant that are compared with something: by what they are compared with.
std::optional<FieldType> type_of_operand(std::string_view operand) {
  if (to_number(operand)) return FieldType::number;
  if (to_time(operand)) return FieldType::time;
  if (is_version(operand)) return FieldType::version;
  return std::nullopt;
}

std::string_view in_words(FieldType type) {
  switch (type) {
    case FieldType::text:
    case FieldType::word:
      return "text";
    case FieldType::number:
      return "a number";
    case FieldType::version:
      return "a version like X14.0.7";
    case FieldType::time:
      return "a moment like 2022-07-11T16:55:26Z";
    case FieldType::flag:
      return "true or false";
  }
  return "text";
}

bool can_be(std::string_view operand, FieldType type) {
  switch (type) {
    case FieldType::text:
    case FieldType::word:
      return true;
    case FieldType::number:
      return to_number(operand).has_value();
    case FieldType::version:
      return is_version(operand);
    case FieldType::time:
      return to_time(operand).has_value();
    case FieldType::flag:
      return to_flag(operand).has_value();
  }
  return true;
}

class ValueLoader {
 public:
  ValueLoader(const Tested& tested, Loading& loading)
      : tested_(tested), loading_(loading), remarks_(loading.remarks) {}

  TestTree load(const YamlNode& node) {
    if (node.is_map()) return load_map(node, {});
    if (node.is_list()) return leaf(Operator::one_of, node);
    if (!node.is_scalar()) return {};
    return leaf(tested_.type == FieldType::text ? Operator::matches : Operator::is, node);
  }

  TestTree load_map(const YamlNode& map, const std::vector<std::string_view>& own_keys) {
    TestTree all;
    all.mark = map.mark;
    for (const YamlEntry& entry : map.entries) {
      if (std::find(own_keys.begin(), own_keys.end(), entry.key) != own_keys.end()) continue;
      if (entry.key == "not") {
        all.children.push_back(load_not(entry));
      } else if (entry.key == "every" || entry.key == "any") {
        all.children.push_back(load_quantified(entry));
      } else {
        load_operator(entry, all.children);
      }
    }
    if (all.children.size() != 1) return all;
    TestTree only = std::move(all.children.front());
    return only;
  }

 private:
  void load_operator(const YamlEntry& entry, std::vector<TestTree>& tests) {
    const auto* known = std::find_if(kOperators.begin(), kOperators.end(),
                                     [&](const OperatorName& one) { return one.name == entry.key; });
    if (known == kOperators.end()) return;
    if (entry.value.is_list() != (known->op == Operator::one_of) || entry.value.is_map()) return;
    if (entry.value.kind == YamlNode::Kind::null) return;
    tests.push_back(leaf(known->op, entry.value));
  }

  // {not: …}: for the values together, "none passes"; below `every` or `any`, for each value.
  TestTree load_not(const YamlEntry& entry) {
    const bool captures = std::exchange(tested_.captures, false);
    TestTree inner = load(entry.value);
    tested_.captures = captures;
    if (quantified_) {
      negate(inner, entry);
      return inner;
    }
    TestTree none;
    none.op = TestTree::Operator::none;
    none.mark = entry.key_mark;
    none.children.push_back(std::move(inner));
    return none;
  }

  void negate(TestTree& tree, const YamlEntry& entry) {
    if (tree.op == TestTree::Operator::test) {
      tree.test.negated = !tree.test.negated;
    } else if (!tree.children.empty()) {
      remarks_.error(
          entry.key_mark, "wrong-operator",
          "below 'every' and 'any', 'not' takes one operator; put 'not' around them, or write two tests");
    }
  }

  TestTree load_quantified(const YamlEntry& entry) {
    if (quantified_) {
      remarks_.error(entry.key_mark, "wrong-operator",
                     fmt::format("'{}' within 'every' or 'any' says nothing more", entry.key));
      return {};
    }
    quantified_ = true;
    TestTree inner = load(entry.value);
    quantified_ = false;
    if (entry.key == "every") set_every(inner);
    return inner;
  }

  void set_every(TestTree& tree) {
    tree.test.every = true;
    for (TestTree& child : tree.children) set_every(child);
  }

  TestTree leaf(Operator op, const YamlNode& node) {
    TestTree tree;
    tree.op = TestTree::Operator::test;
    tree.mark = node.mark;
    ValueTest& test = tree.test;
    test.op = op;
    test.type = tested_.type;
    test.mark = node.mark;
    if (op == Operator::matches) {
      load_pattern(node, test);
    } else {
      for (const YamlNode* operand : each_scalar(&node)) test.operands.push_back(operand->text);
      check_operands(node, test);
    }
    // Evaluating relies on an operand; a remark on its absence has been made.
    if (op != Operator::matches && test.operands.empty()) test.operands.emplace_back();
    return tree;
  }

  void load_pattern(const YamlNode& node, ValueTest& test) {
    if (node.text.empty()) {
      remarks_.error(
          node.mark, "invalid-value",
          fmt::format("an empty pattern is found in every {}; to ask that it is there, write exists: true",
                      tested_.name));
    }
    if (loading_.instructions_left == 0) {
      return remarks_.error(node.mark, "patterns-too-large",
                            "the patterns before this one are larger than all patterns of a signature may be "
                            "together; write it and them with fewer repetitions and alternatives");
    }
    auto compiled = Pattern::compile(node.text);
    pay_for(compiled);
    if (const auto* wrong = std::get_if<Pattern::SyntaxError>(&compiled)) {
      return remarks_.error(
          node.mark, "pattern-syntax",
          fmt::format("the pattern of {} cannot be read: {}: '{}'{}", tested_.name, reason(wrong->message),
                      wrong->where, advice_on(wrong->where, node.text)));
    }
    test.pattern = std::make_shared<const Pattern>(std::get<Pattern>(std::move(compiled)));
    if (!is_words(tested_.type) && tested_.type != FieldType::version) {
      remarks_.error(node.mark, "wrong-operator",
                     fmt::format("'matches' is for text; {} is {}", tested_.name, in_words(tested_.type)));
    }
    if (tested_.captures) return;
    for (const std::string& name : test.pattern->capture_names()) {
      remarks_.error(
          node.mark, "useless-capture",
          fmt::format("the group '{}' captures nothing here; only patterns of 'observe' capture, and not "
                      "below 'not'. Write (?:...)",
                      name));
    }
  }

  void pay_for(const std::variant<Pattern, Pattern::SyntaxError>& compiled) {
    const auto* wrong = std::get_if<Pattern::SyntaxError>(&compiled);
    std::size_t cost = 0;
    if (wrong == nullptr) cost = std::get<Pattern>(compiled).instructions();
    if (wrong != nullptr && wrong->too_large) cost = Pattern::kMostInstructions;
    loading_.instructions_left -= std::min(loading_.instructions_left, cost);
  }

  // RE2 ends its message with the part that is wrong, which is shown on its own.
  static std::string_view reason(std::string_view message) { return message.substr(0, message.find(": ")); }

  // Of what is known from other kinds of patterns.
  static std::string_view advice_on(std::string_view where, std::string_view pattern) {
    const bool looks_behind =
        pattern.find("(?<=") != std::string_view::npos || pattern.find("(?<!") != std::string_view::npos;
    if (where == "(?=" || where == "(?!" || (where == "(?<" && looks_behind))
      return "; patterns cannot look ahead or behind";
    if (where == "(?<") return "; a group with a name is written (?P<name>...)";
    const bool is_back_reference = where.size() == 2 && where[0] == '\\' && is_digit(where[1]);
    return is_back_reference ? "; patterns cannot refer back to a group" : "";
  }

  void check_operands(const YamlNode& node, ValueTest& test) {
    if (test.op == Operator::exists) return;
    if (compares(test.op) && is_words(test.type)) {
      const std::optional<FieldType> meant = type_of_operand(test.operands.front());
      if (meant) {
        test.type = *meant;
      } else {
        remarks_.error(node.mark, "wrong-operator",
                       fmt::format("'{}' compares numbers, versions and moments; '{}' is none of them",
                                   name_of(test.op), test.operands.front()));
      }
    }
    if (compares(test.op) && test.type == FieldType::flag) {
      remarks_.error(
          node.mark, "wrong-operator",
          fmt::format("'{}' cannot be asked of {}, which is true or false", name_of(test.op), tested_.name));
    }
    if (test.op == Operator::contains && !is_words(test.type) && test.type != FieldType::version) {
      remarks_.error(node.mark, "wrong-operator",
                     fmt::format("'contains' is for text; {} is {}", tested_.name, in_words(test.type)));
    }
    check_values(node, test);
  }

  void check_values(const YamlNode& node, const ValueTest& test) {
    for (const YamlNode* operand : each_scalar(&node)) {
      if (operand->text.empty() && !tested_.can_be_empty) {
        remarks_.error(
            operand->mark, "invalid-value",
            fmt::format("{} is never empty; to ask that it is not there, write exists: false", tested_.name));
      } else if (test.op != Operator::contains && !can_be(operand->text, test.type)) {
        remarks_.error(operand->mark, "invalid-value",
                       fmt::format("{} is compared with '{}', which is not {}", tested_.name, operand->text,
                                   in_words(test.type)));
      } else if (test.op == Operator::is || test.op == Operator::one_of) {
        check_known(*operand);
      }
    }
  }

  // A word that the field never has would be looked for in vain, and nobody would know.
  void check_known(const YamlNode& operand) {
    const auto& values = tested_.values;
    const bool known =
        values.empty() || std::any_of(values.begin(), values.end(), [&](std::string_view value) {
          return equal_ignoring_case(value, operand.text);
        });
    if (known) return;
    remarks_.error(
        operand.mark, "unknown-value",
        fmt::format("{} cannot be '{}'{}", tested_.name, operand.text, suggestion(operand.text, values)));
    const std::string_view meant = only_near_name(operand.text, values);
    if (!meant.empty()) remarks_.mend_last(operand.text, meant);
  }

  Tested tested_;
  Loading& loading_;
  Remarks& remarks_;
  bool quantified_ = false;
};

}  // namespace

TestTree load_value_test(const YamlNode& node, const Tested& tested, Loading& loading) {
  return ValueLoader(tested, loading).load(node);
}

TestTree load_operators(const YamlNode& map, const Tested& tested,
                        const std::vector<std::string_view>& own_keys, Loading& loading) {
  return ValueLoader(tested, loading).load_map(map, own_keys);
}

}  // namespace assay
