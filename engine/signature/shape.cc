// JSON Schema, as much of it as our schema uses, checked so that a person understands what is said.
//
// What sets this apart from a general validator: of an `anyOf` the branch is chosen that was meant (by the
// kind of the value, then by the first required key, which tells the forms of a map apart), and only that
// one's remarks are made. A test holds that the schema uses no other words than these, and that a general
// validator comes to the same verdicts.
#include "signature/shape.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "signature/nearest_name.h"
#include "signature/schema_shapes.h"

namespace assay {

namespace {

using NodeKind = YamlNode::Kind;

std::string_view kind_in_words(NodeKind kind) {
  switch (kind) {
    case NodeKind::null:
      return "nothing";
    case NodeKind::text:
      return "text";
    case NodeKind::boolean:
      return "true or false";
    case NodeKind::integer:
      return "a whole number";
    case NodeKind::number:
      return "a number";
    case NodeKind::list:
      return "a list";
    case NodeKind::map:
      return "a map";
  }
  return "nothing";
}

// All kinds that a shape takes, through its branches. Empty: any.
void collect_kinds(const Shape& shape, std::vector<NodeKind>& kinds) {
  for (const NodeKind kind : shape.kinds) {
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
  }
  for (const Shape* branch : shape.any_of) collect_kinds(*branch, kinds);
}

bool names_kind(const Shape& shape, std::optional<NodeKind> kind = std::nullopt) {
  const auto in_branch = [&](const Shape* branch) { return names_kind(*branch, kind); };
  return (kind ? std::find(shape.kinds.begin(), shape.kinds.end(), *kind) != shape.kinds.end()
               : !shape.kinds.empty()) ||
         std::any_of(shape.any_of.begin(), shape.any_of.end(), in_branch);
}

// A shape that names no kind takes any.
bool takes(const Shape& shape, NodeKind kind) {
  return names_kind(shape, kind) || !names_kind(shape);
}

class Checker {
 public:
  explicit Checker(Remarks& remarks) : remarks_(remarks) {}

  // `name`: the key that the value stands under, for the words of a remark.
  void check(const YamlNode& node, const Shape& shape, std::string_view name) {
    if (shape.any_of.size() == 1) return check(node, *shape.any_of.front(), name);
    if (!takes(shape, node.kind)) return wrong_kind(node, shape, name);
    if (!shape.any_of.empty()) return check_branches(node, shape, name);
    if (node.is_map()) return check_map(node, shape, name);
    if (node.is_list()) return check_list(node, shape, name);
    check_scalar(node, shape, name);
  }

 private:
  void wrong_kind(const YamlNode& node, const Shape& shape, std::string_view name) {
    const bool lacks_quotes = shape.pattern && node.is_scalar() && fits(node, shape);
    if ((shape.pattern || shape.minimum) && node.is_scalar() && !lacks_quotes) {
      return remarks_.error(node.mark, "invalid-value",
                            fmt::format("{} is '{}', which is not {}", name, node.text, shape.title));
    }
    std::vector<NodeKind> kinds;
    collect_kinds(shape, kinds);
    const bool scalar = std::find(kinds.begin(), kinds.end(), NodeKind::number) != kinds.end();
    std::vector<std::string_view> words;
    for (const NodeKind kind : kinds) {
      const bool shown = !scalar || kind == NodeKind::text || kind == NodeKind::list || kind == NodeKind::map;
      if (shown) words.push_back(scalar && kind == NodeKind::text ? "a plain value" : kind_in_words(kind));
    }
    if (node.kind == NodeKind::null) {
      return remarks_.error(node.mark, "wrong-type",
                            fmt::format("{} has no value; it has to be {}", name, fmt::join(words, " or ")));
    }
    const bool quote = node.is_scalar() && words.size() == 1 && words.front() == "text";
    remarks_.error(node.mark, "wrong-type",
                   fmt::format("{} has to be {}, not {}{}", name, fmt::join(words, " or "),
                               kind_in_words(node.kind), quote ? "; put it between quotes" : ""));
    const bool takes_text = std::find(kinds.begin(), kinds.end(), NodeKind::text) != kinds.end();
    if (node.is_scalar() && takes_text) remarks_.mend_last(node.text, fmt::format("'{}'", node.text));
  }

  void check_branches(const YamlNode& node, const Shape& shape, std::string_view name) {
    std::vector<const Shape*> possible;
    for (const Shape* branch : shape.any_of) {
      if (takes(*branch, node.kind)) possible.push_back(branch);
    }
    if (possible.size() == 1) return check(node, *possible.front(), name);
    if (!node.is_map()) return check_alternatives(node, shape, possible);
    for (const Shape* branch : possible) {
      if (branch->required.empty() || node.find(branch->required.front()) != nullptr) {
        return check_chosen(node, *branch, possible, name);
      }
    }
    std::vector<std::string_view> first_keys;
    for (const Shape* branch : possible) first_keys.push_back(branch->required.front());
    remarks_.error(node.mark, "missing-key",
                   fmt::format("{} needs one of the keys {}{}", name, fmt::join(first_keys, ", "),
                               nearest_key(node, first_keys)));
  }

  static std::string nearest_key(const YamlNode& node, const std::vector<std::string_view>& keys) {
    for (const YamlEntry& entry : node.entries) {
      const std::string_view nearest = nearest_name(entry.key, keys);
      if (!nearest.empty()) return fmt::format("; '{}' is perhaps meant to be '{}'", entry.key, nearest);
    }
    return {};
  }

  // The branch without a required key is the last resort: then a key may be one of another branch, misspelt.
  void check_chosen(const YamlNode& node, const Shape& branch, const std::vector<const Shape*>& possible,
                    std::string_view name) {
    if (!branch.required.empty()) return check(node, branch, name);
    others_.clear();
    for (const Shape* other : possible) {
      if (other != &branch && !other->required.empty()) others_.push_back(other->required.front());
    }
    check(node, branch, name);
  }

  // A scalar that several branches could take, each with its own values.
  void check_alternatives(const YamlNode& node, const Shape& shape,
                          const std::vector<const Shape*>& possible) {
    std::vector<std::string_view> known;
    for (const Shape* branch : possible) {
      if (fits(node, *branch)) return;
      known.insert(known.end(), branch->values.begin(), branch->values.end());
    }
    remarks_.error(node.mark, "unknown-" + shape.noun,
                   fmt::format("there is no {} '{}'{}", shape.noun, node.text, suggestion(node.text, known)));
    mend_name(node.text, known);
  }

  static bool fits(const YamlNode& node, const Shape& shape) {
    std::vector<std::string_view> captures;
    if (shape.pattern && !shape.pattern->search(node.text, captures)) return false;
    return shape.values.empty() ||
           std::find(shape.values.begin(), shape.values.end(), node.text) != shape.values.end();
  }

  void check_scalar(const YamlNode& node, const Shape& shape, std::string_view name) {
    if (fits(node, shape) && within(node, shape)) return;
    if (shape.values.empty()) {
      return remarks_.error(node.mark, "invalid-value",
                            fmt::format("{} is '{}', which is not {}", name, node.text, shape.title));
    }
    const std::vector<std::string_view> known(shape.values.begin(), shape.values.end());
    remarks_.error(node.mark, "unknown-value",
                   fmt::format("{} cannot be '{}'{}", name, node.text, suggestion(node.text, known)));
    mend_name(node.text, known);
  }

  static bool within(const YamlNode& node, const Shape& shape) {
    if (!shape.minimum) return true;
    if (node.text.size() > 12) return false;  // past every maximum, and past what can be read
    const long long number = std::stoll(node.text);
    return number >= *shape.minimum && (!shape.maximum || number <= *shape.maximum);
  }

  void check_list(const YamlNode& node, const Shape& shape, std::string_view name) {
    if (node.items.size() < shape.fewest) {
      remarks_.error(node.mark, "too-few",
                     fmt::format("{} needs at least {}", name, entries_in_words(shape.fewest)));
    }
    if (too_many(node, node.items.size(), shape, name) || shape.items == nullptr) return;
    const std::string entry = fmt::format("an entry of {}", name);
    for (const YamlNode& item : node.items) check(item, *shape.items, entry);
  }

  static std::string entries_in_words(std::size_t count) {
    return count == 1 ? "one entry" : fmt::format("{} entries", count);
  }

  // Then what is in it is not looked at: it has to be made smaller anyway.
  bool too_many(const YamlNode& node, std::size_t count, const Shape& shape, std::string_view name) {
    if (!shape.most || count <= *shape.most) return false;
    remarks_.error(node.mark, "too-many",
                   fmt::format("{} has {} entries; it may have {}", name, count, *shape.most));
    return true;
  }

  void check_map(const YamlNode& node, const Shape& shape, std::string_view name) {
    const std::vector<std::string> others = std::exchange(others_, {});
    for (const std::string& key : shape.required) {
      if (node.find(key) == nullptr) {
        remarks_.error(node.mark, "missing-key", fmt::format("{} needs the key '{}'", name, key));
      }
    }
    if (node.entries.size() < shape.fewest) too_few_keys(node, shape, name);
    if (too_many(node, node.entries.size(), shape, name)) return;

    for (const YamlEntry& entry : node.entries) {
      if (shape.property_names != nullptr) check_key(entry, *shape.property_names);
      if (const Shape* value = shape.property(entry.key)) {
        check(entry.value, *value, entry.key);
      } else if (shape.closed) {
        unknown_key(entry, shape, others, name);
      }
    }
  }

  void too_few_keys(const YamlNode& node, const Shape& shape, std::string_view name) {
    if (shape.required.empty()) {
      return remarks_.error(node.mark, "too-few",
                            fmt::format("{} needs at least {}", name, entries_in_words(shape.fewest)));
    }
    if (node.find(shape.required.front()) == nullptr) return;  // said already
    constexpr std::size_t kShown = 4;
    std::vector<std::string_view> others;
    for (const auto& property : shape.properties) {
      const std::string& key = property.first;
      const bool required =
          std::find(shape.required.begin(), shape.required.end(), key) != shape.required.end();
      if (!required && others.size() < kShown) others.push_back(key);
    }
    remarks_.error(node.mark, "missing-key",
                   fmt::format("'{}' alone says nothing; add what is asked of it: {} or another operator",
                               shape.required.front(), fmt::join(others, ", ")));
  }

  void check_key(const YamlEntry& entry, const Shape& names) {
    YamlNode key;
    key.kind = NodeKind::text;
    key.text = entry.key;
    key.mark = entry.key_mark;
    check(key, names, "the key");
  }

  void unknown_key(const YamlEntry& entry, const Shape& shape, const std::vector<std::string>& others,
                   std::string_view name) {
    std::vector<std::string_view> known;
    for (const auto& property : shape.properties) known.push_back(property.first);
    known.insert(known.end(), others.begin(), others.end());
    if (!shape.noun.empty()) {
      remarks_.error(
          entry.key_mark, "unknown-" + shape.noun,
          fmt::format("{} has no {} '{}'{}", name, shape.noun, entry.key, suggestion(entry.key, known)));
    } else {
      remarks_.error(entry.key_mark, "unknown-key",
                     fmt::format("{} has no key '{}'{}", name, entry.key, suggestion(entry.key, known)));
    }
    mend_name(entry.key, known);
  }

  // The name that was just remarked on can be mended if only one is near.
  void mend_name(std::string_view wrong, const std::vector<std::string_view>& known) {
    const std::string_view meant = only_near_name(wrong, known);
    if (!meant.empty()) remarks_.mend_last(wrong, meant);
  }

  Remarks& remarks_;
  std::vector<std::string> others_;  // keys of other branches, for the map that is checked next
};

}  // namespace

void check_shape(const YamlNode& root, Remarks& remarks) {
  static const SchemaShapes schema(kSignatureSchema);
  Checker(remarks).check(root, schema.root(), "a signature");
}

}  // namespace assay
