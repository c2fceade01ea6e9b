// The words of a finding: templates, in several languages. The home of Mustache.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "signature/mark.h"

namespace assay {

// What texts call by a name of their own, and what stands before the dot in {{all.NAME}} and {{fact.NAME}}.
inline constexpr std::array<std::string_view, 8> kTextNames = {"groups", "groups_count", "count", "first",
                                                               "last",   "status",       "node",  "more"};
inline constexpr std::array<std::string_view, 2> kTextPrefixes = {"all", "fact"};

// A capture of such a name could not be shown.
constexpr bool is_reserved_name(std::string_view name) {
  return std::find(kTextNames.begin(), kTextNames.end(), name) != kTextNames.end() ||
         std::find(kTextPrefixes.begin(), kTextPrefixes.end(), name) != kTextPrefixes.end();
}

// What a template can name: text, true or false, lists, and records of these.
struct TemplateValue {
  struct Field;  // not a std::pair, which clang 14 cannot complete in the midst of this type
  using List = std::vector<TemplateValue>;
  using Fields = std::vector<Field>;
  std::variant<std::string, bool, List, Fields> value;
};
struct TemplateValue::Field {
  std::string name;
  TemplateValue value;
};

// A Mustache template without HTML escaping. Immutable; rendering is thread-safe.
class Template {
 public:
  // An error is the words of what is wrong with it.
  static std::variant<Template, std::string> compile(std::string_view text);

  const std::string& text() const { return text_; }

  // Every name that a tag uses, with the dots it is written with ("all.target"), sorted, each once.
  const std::vector<std::string>& names() const { return names_; }

  // Those of them that are used at least once where `section` is not open.
  std::vector<std::string> names_outside(std::string_view section) const;

  // A name that `fields` does not have, and one whose text is empty, renders as nothing and counts as false
  // for a section. What would grow beyond some MiB is cut, and says so.
  std::string render(const TemplateValue::Fields& fields) const;

 private:
  std::string text_;
  std::vector<std::string> names_;
};

// One text, in one or several languages. An empty one is a text that the signature does not have.
struct Words {
  std::map<std::string, Template, std::less<>> languages;  // "en" for one that names no language
  Mark mark;

  bool empty() const { return languages.empty(); }
  // In `language`, else in English, else in the first there is; nullptr if empty.
  const Template* in(std::string_view language) const;
};

}  // namespace assay
