// signatures/signature.schema.json is what editors complete from and what the loader checks by. Its lists of
// fields, facts and evidence come from the vocabulary; a general validator agrees with the loader's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "assay/fields.h"
#include "signature/remarks.h"
#include "signature/shape.h"
#include "signature/yaml_node.h"
#include "signature_texts.h"

namespace assay {
namespace {

using Json = nlohmann::ordered_json;

const std::string kSchemaPath = ASSAY_SOURCE_DIR "/signatures/signature.schema.json";

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Json reference(const std::string& definition) {
  return {{"$ref", "#/definitions/" + definition}};
}

// "configuration.*" stands for every name below it.
Json one_of_names(std::string_view name, std::string_view help) {
  if (!name.ends_with(".*")) return {{"description", help}, {"const", name}};
  return {{"description", help}, {"pattern", "^" + std::string(name.substr(0, name.size() - 2)) + "\\..+"}};
}

std::string help_of(const Field& field) {
  std::string help(field.help);
  help += " (" + std::string(to_string(field.type));
  if (!field.unit.empty()) help += ", " + std::string(field.unit);
  if (field.many) help += ", several";
  return help + ") Example: " + std::string(field.example);
}

Json fields_of(const std::string& kind) {
  Json properties = Json::object();
  Json patterns = Json::object();
  for (const Field& field : fields()) {
    if (!field.name.starts_with(kind + ".")) continue;
    const std::string name(field.name.substr(kind.size() + 1));
    const Json value = {{"description", help_of(field)}, {"anyOf", Json::array({reference("valueTest")})}};
    if (name.ends_with(".*")) {
      patterns["^" + name.substr(0, name.size() - 2) + "\\..+"] = value;
    } else {
      properties[name] = value;
    }
  }
  const Json itself = reference(kind + "Fields");
  const Json list = {{"type", "array"}, {"items", itself}, {"minItems", 1}, {"maxItems", 256}};
  properties["any"] = list;
  properties["all"] = list;
  properties["not"] = itself;
  Json shape = {{"type", "object"}, {"x-noun", "field"}, {"minProperties", 1}, {"properties", properties}};
  if (!patterns.empty()) shape["patternProperties"] = patterns;
  shape["additionalProperties"] = false;
  return shape;
}

// The schema with the parts that the vocabulary decides made anew.
Json with_vocabulary(Json schema) {
  Json& definitions = schema["definitions"];
  definitions["fact"]["anyOf"] = Json::array();
  for (const FactName& fact : fact_names()) {
    definitions["fact"]["anyOf"].push_back(
        one_of_names(fact.name, std::string(fact.help) + " Example: " + std::string(fact.example)));
  }
  definitions["evidence"]["anyOf"] = Json::array();
  for (const EvidenceName& evidence : evidence_names()) {
    definitions["evidence"]["anyOf"].push_back(one_of_names(evidence.name, evidence.help));
  }
  std::set<std::string> kinds;
  for (const Field& field : fields()) kinds.insert(std::string(field.name.substr(0, field.name.find('.'))));
  for (const std::string& kind : kinds) {
    definitions["observation"]["properties"][kind] = reference(kind + "Fields");
    definitions[kind + "Fields"] = fields_of(kind);
  }
  return schema;
}

TEST(Schema, ListsTheVocabulary) {
  const std::string expected = with_vocabulary(Json::parse(content_of(kSchemaPath))).dump(2) + "\n";
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(kSchemaPath, std::ios::binary) << expected;
  EXPECT_TRUE(content_of(kSchemaPath) == expected)
      << "the fields, facts or kinds of evidence have changed; UPDATE_GOLDEN=1 writes them into "
      << kSchemaPath;
}

TEST(Schema, IsTheOneThatWasBuiltIn) {
  EXPECT_EQ(std::string(kSignatureSchema), content_of(kSchemaPath));
}

// What check_shape understands; anything else in the schema would be passed over in silence.
void expect_known_words(const Json& schema, const std::string& where) {
  static const std::set<std::string> kWords = {"$schema",
                                               "$ref",
                                               "title",
                                               "description",
                                               "type",
                                               "x-noun",
                                               "enum",
                                               "const",
                                               "pattern",
                                               "items",
                                               "properties",
                                               "required",
                                               "anyOf",
                                               "minItems",
                                               "minimum",
                                               "maximum",
                                               "minProperties",
                                               "patternProperties",
                                               "maxItems",
                                               "maxProperties",
                                               "propertyNames",
                                               "definitions",
                                               "additionalProperties"};
  for (const auto& [key, value] : schema.items()) {
    const std::string here = where + "/" + key;
    EXPECT_TRUE(kWords.count(key) != 0) << here;
    if (key == "properties" || key == "patternProperties" || key == "definitions") {
      for (const auto& [name, inner] : value.items()) expect_known_words(inner, here + "/" + name);
    } else if (value.is_object()) {
      expect_known_words(value, here);
    } else if (key == "anyOf") {
      for (const Json& branch : value) expect_known_words(branch, here);
    }
  }
}

TEST(Schema, UsesOnlyWordsThatTheLoaderUnderstands) {
  expect_known_words(Json::parse(content_of(kSchemaPath)), "");
}

nlohmann::json to_json(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::null:
      return nullptr;
    case YamlNode::Kind::text:
      return node.text;
    case YamlNode::Kind::boolean:
      return node.text == "true";
    case YamlNode::Kind::integer:
      return std::stoll(node.text.substr(0, 18));
    case YamlNode::Kind::number:
      return std::stod(node.text);
    case YamlNode::Kind::list: {
      nlohmann::json list = nlohmann::json::array();
      for (const YamlNode& item : node.items) list.push_back(to_json(item));
      return list;
    }
    case YamlNode::Kind::map: {
      nlohmann::json map = nlohmann::json::object();
      for (const YamlEntry& entry : node.entries) map[entry.key] = to_json(entry.value);
      return map;
    }
  }
  return nullptr;
}

class Validators {
 public:
  Validators() {
    const nlohmann::json document = nlohmann::json::parse(kSignatureSchema);
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(document), schema_);
  }

  bool general(const YamlNode& root) {
    const nlohmann::json document = to_json(root);
    valijson::Validator validator;
    return validator.validate(schema_, valijson::adapters::NlohmannJsonAdapter(document), nullptr);
  }

  static bool ours(const YamlNode& root) {
    Remarks remarks("");
    check_shape(root, remarks);
    return !remarks.has_errors();
  }

 private:
  valijson::Schema schema_;
};

// Files of all kinds: those of the other tests, and each of them with one place damaged.
TEST(Schema, AGeneralValidatorAgreesWithTheLoader) {
  Validators validators;
  int good = 0;
  int bad = 0;
  for (const std::string& text : texts_with_one_change()) {
    Remarks remarks("");
    const YamlNode root = read_yaml(text, remarks);
    if (remarks.has_errors()) continue;
    const bool ours = Validators::ours(root);
    ++(ours ? good : bad);
    ASSERT_EQ(validators.general(root), ours) << text;
  }
  EXPECT_GT(good, 20);
  EXPECT_GT(bad, 200);
}

}  // namespace
}  // namespace assay
