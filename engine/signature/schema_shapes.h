// The JSON Schema of signatures, read into what values it allows.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "signature/pattern.h"
#include "signature/yaml_node.h"

namespace assay {

// What a value may be: as much of JSON Schema as our schema uses.
struct Shape {
  std::vector<YamlNode::Kind> kinds;  // empty: any
  std::string title;                  // what a value is called that its pattern refuses
  std::string noun;                   // what the names of a closed set are called: "field", "fact"
  std::vector<std::string> values;
  std::optional<Pattern> pattern;
  std::vector<std::pair<std::string, const Shape*>> properties;
  std::vector<std::pair<Pattern, const Shape*>> pattern_properties;
  const Shape* property_names = nullptr;
  const Shape* other_properties = nullptr;
  bool closed = false;  // no others
  std::vector<std::string> required;
  const Shape* items = nullptr;
  std::size_t fewest = 0;  // items or properties
  std::optional<std::size_t> most;
  std::optional<long long> minimum;
  std::optional<long long> maximum;
  std::vector<const Shape*> any_of;

  const Shape* property(std::string_view name) const;  // null: there may be none of this name
};

// The shapes of a schema; they live as long as this does. Our own schema, which tests have read: what it
// lacks is a bug, and is taken as "anything goes".
class SchemaShapes {
 public:
  explicit SchemaShapes(std::string_view text);
  const Shape& root() const { return *root_; }

 private:
  const Shape* read(const YamlNode& node);
  const Shape* definition(const std::string& reference);
  void read_into(const YamlNode& node, Shape& shape);

  YamlNode schema_;
  std::deque<Shape> shapes_;  // their addresses stay
  std::map<std::string, const Shape*> definitions_;
  const Shape* root_ = nullptr;
};

}  // namespace assay
