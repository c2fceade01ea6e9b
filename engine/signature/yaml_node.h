// A YAML or JSON document as a tree in which everything knows its place. The home of libyaml.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "signature/mark.h"

namespace assay {

class Remarks;
struct YamlEntry;

// Plain scalars have the types of YAML 1.2's core schema: On, yes and X14.2 are text, 14.2 is a number.
struct YamlNode {
  enum class Kind { null, text, boolean, integer, number, list, map };
  Kind kind = Kind::null;
  std::string text;                // of a scalar, as written and unquoted
  std::vector<YamlNode> items;     // of a list
  std::vector<YamlEntry> entries;  // of a map, in the order of the file; keys may be there twice
  Mark mark;

  bool is_map() const { return kind == Kind::map; }
  bool is_list() const { return kind == Kind::list; }
  bool is_scalar() const { return !is_map() && !is_list() && kind != Kind::null; }

  // The value of the first entry with this key, or nullptr; also for what is no map.
  const YamlNode* find(std::string_view key) const;
};

struct YamlEntry {
  std::string key;
  Mark key_mark;
  YamlNode value;
};

// Reads the only document of `text`. Remarks on all that keeps a text from being one: broken syntax, other
// encodings, anchors and aliases, tags, duplicate keys, too deep or too large. A null node if there is none.
YamlNode read_yaml(std::string_view text, Remarks& remarks);

}  // namespace assay
