// Follows the references of the schema once each, because definitions refer to themselves.
#include "signature/schema_shapes.h"

#include "signature/remarks.h"

namespace assay {
namespace {

std::vector<std::string> texts_of(const YamlNode& list) {
  std::vector<std::string> result;
  for (const YamlNode& item : list.items) result.push_back(item.text);
  return result;
}

std::optional<Pattern> pattern_of(const std::string& text) {
  auto compiled = Pattern::compile(text);
  if (Pattern* good = std::get_if<Pattern>(&compiled)) return std::move(*good);
  return std::nullopt;
}

void add_kinds(const std::string& type, std::vector<YamlNode::Kind>& kinds) {
  if (type == "string") kinds.push_back(YamlNode::Kind::text);
  if (type == "boolean") kinds.push_back(YamlNode::Kind::boolean);
  if (type == "number" || type == "integer") kinds.push_back(YamlNode::Kind::integer);
  if (type == "number") kinds.push_back(YamlNode::Kind::number);
  if (type == "array") kinds.push_back(YamlNode::Kind::list);
  if (type == "object") kinds.push_back(YamlNode::Kind::map);
}

void read_scalars(const YamlNode& node, Shape& shape) {
  if (const YamlNode* type = node.find("type")) {
    for (const YamlNode& one : type->items) add_kinds(one.text, shape.kinds);
    if (type->items.empty()) add_kinds(type->text, shape.kinds);
  }
  if (const YamlNode* title = node.find("title")) shape.title = title->text;
  if (const YamlNode* noun = node.find("x-noun")) shape.noun = noun->text;
  if (const YamlNode* values = node.find("enum")) shape.values = texts_of(*values);
  if (const YamlNode* value = node.find("const")) shape.values = {value->text};
  if (const YamlNode* required = node.find("required")) shape.required = texts_of(*required);
  if (const YamlNode* text = node.find("pattern")) shape.pattern = pattern_of(text->text);
  for (const std::string_view fewest : {"minItems", "minProperties"}) {
    if (const YamlNode* number = node.find(fewest)) shape.fewest = std::stoul(number->text);
  }
  for (const std::string_view most : {"maxItems", "maxProperties"}) {
    if (const YamlNode* number = node.find(most)) shape.most = std::stoul(number->text);
  }
  if (const YamlNode* number = node.find("minimum")) shape.minimum = std::stoll(number->text);
  if (const YamlNode* number = node.find("maximum")) shape.maximum = std::stoll(number->text);
}

}  // namespace

const Shape* Shape::property(std::string_view name) const {
  for (const auto& [known, shape] : properties) {
    if (known == name) return shape;
  }
  std::vector<std::string_view> captures;
  for (const auto& [names, shape] : pattern_properties) {
    if (names.search(name, captures)) return shape;
  }
  return other_properties;
}

SchemaShapes::SchemaShapes(std::string_view text) {
  Remarks ignored("signature.schema.json");
  schema_ = read_yaml(text, ignored);
  root_ = read(schema_);
}

const Shape* SchemaShapes::read(const YamlNode& node) {
  if (const YamlNode* reference = node.find("$ref")) return definition(reference->text);
  Shape& shape = shapes_.emplace_back();
  read_into(node, shape);
  return &shape;
}

const Shape* SchemaShapes::definition(const std::string& reference) {
  const auto known = definitions_.find(reference);
  if (known != definitions_.end()) return known->second;
  Shape& shape = shapes_.emplace_back();
  definitions_.emplace(reference, &shape);  // before it is read: definitions refer to themselves
  const YamlNode* definitions = schema_.find("definitions");
  const YamlNode* node =
      definitions == nullptr ? nullptr : definitions->find(reference.substr(reference.find_last_of('/') + 1));
  if (node != nullptr) read_into(*node, shape);
  return &shape;
}

void SchemaShapes::read_into(const YamlNode& node, Shape& shape) {
  read_scalars(node, shape);
  if (const YamlNode* properties = node.find("properties")) {
    for (const YamlEntry& entry : properties->entries)
      shape.properties.emplace_back(entry.key, read(entry.value));
  }
  if (const YamlNode* properties = node.find("patternProperties")) {
    for (const YamlEntry& entry : properties->entries) {
      if (std::optional<Pattern> names = pattern_of(entry.key)) {
        shape.pattern_properties.emplace_back(std::move(*names), read(entry.value));
      }
    }
  }
  if (const YamlNode* names = node.find("propertyNames")) shape.property_names = read(*names);
  if (const YamlNode* others = node.find("additionalProperties")) {
    shape.closed = others->text == "false";
    if (others->is_map()) shape.other_properties = read(*others);
  }
  if (const YamlNode* items = node.find("items")) shape.items = read(*items);
  if (const YamlNode* branches = node.find("anyOf")) {
    for (const YamlNode& branch : branches->items) shape.any_of.push_back(read(branch));
  }
}

}  // namespace assay
