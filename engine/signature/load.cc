// Text to tree, the tree's shape against the schema, then section by section into the signature. Every step
// goes on after a mistake, so that all mistakes of a file are said at once.
#include "signature/load.h"

#include <fmt/format.h>

#include <algorithm>

#include "characters.h"
#include "signature/families.h"
#include "signature/load_parts.h"
#include "signature/nearest_name.h"
#include "signature/remarks.h"
#include "signature/shape.h"

namespace assay {

namespace {

// The value of an enum whose name the shape has checked.
template <typename Enum>
Enum by_name(const YamlNode* node, std::initializer_list<Enum> values, Enum otherwise) {
  for (const Enum value : values) {
    if (node != nullptr && node->text == to_string(value)) return value;
  }
  return otherwise;
}

// An entry that is there twice says nothing more.
void remark_on_repeats(const YamlNode* list, std::string_view key, Remarks& remarks) {
  std::set<std::string_view> seen;
  for (const YamlNode* entry : each_scalar(list)) {
    if (seen.insert(entry->text).second) continue;
    remarks.warning(entry->mark, "duplicate-entry",
                    fmt::format("'{}' is already among the entries of {}", entry->text, key));
    remarks.mend_last(entry->text, "");
  }
}

void load_head(const YamlNode& root, Loading& loading) {
  Signature& signature = loading.signature;
  if (const YamlNode* id = root.find("id")) signature.id = id->text;
  loading.remarks.name_signature(signature.id);
  signature.kind = by_name(root.find("kind"),
                           {Kind::defect, Kind::configuration, Kind::security, Kind::capacity, Kind::network},
                           Kind::information);
  signature.severity =
      by_name(root.find("severity"), {Severity::critical, Severity::high, Severity::medium, Severity::low},
              Severity::information);
  signature.maturity =
      by_name(root.find("status"), {Maturity::stable, Maturity::deprecated}, Maturity::experimental);
  signature.scope = by_name(root.find("scope"), {Scope::whole_case}, Scope::node);
  signature.also_known_as = each_text(root.find("also_known_as"));
  signature.references = each_text(root.find("references"));
  if (const YamlNode* products = root.find("products")) {
    signature.products = each_text(products);
    signature.of_family = of_family_of(signature.products, products->mark);
  }
  for (const YamlNode* id : each_scalar(root.find("hidden_by"))) {
    signature.hidden_by.push_back(id->text);
    signature.hidden_by_marks.push_back(id->mark);
  }
  for (const std::string_view key : {"also_known_as", "references", "hidden_by", "needs"}) {
    remark_on_repeats(root.find(key), key, loading.remarks);
  }
  const auto itself = std::find(signature.hidden_by.begin(), signature.hidden_by.end(), signature.id);
  if (itself != signature.hidden_by.end()) {
    const auto index = static_cast<std::size_t>(itself - signature.hidden_by.begin());
    loading.remarks.error(signature.hidden_by_marks[index], "hidden-by-itself",
                          fmt::format("'{}' cannot be hidden by itself", signature.id));
  }
}

// What stands before the tests, if nothing but them follows: lines that go on with what is above them, and
// comments.
std::string_view before_tests(std::string_view text) {
  const std::size_t begin = text.find("\ntests:");
  if (begin == npos) return text;
  for (std::size_t line = text.find('\n', begin + 1); line != npos; line = text.find('\n', line + 1)) {
    const std::string_view rest = text.substr(line + 1);
    const bool goes_on =
        rest.empty() || is_space(rest.front()) || rest.front() == '#' || rest.starts_with("- ");
    if (!goes_on) return text;
  }
  return text.substr(0, begin + 1);
}

}  // namespace

LoadedSignature load_signature_without_tests(std::string_view text, std::string_view file) {
  const std::string_view front = before_tests(text);
  LoadedSignature loaded = load_signature(front, file);
  if (loaded.signature || front.size() == text.size()) return loaded;
  return load_signature(text, file);
}

LoadedSignature load_signature(std::string_view text, std::string_view file) {
  Remarks remarks(file);
  Signature signature;
  signature.file = file;
  const YamlNode root = read_yaml(text, remarks);
  // Of a text that is no document nothing else can be said.
  if (root.is_map() || !remarks.has_errors()) check_shape(root, remarks);
  if (root.is_map()) {
    signature.mark = root.mark;
    Loading loading{remarks, signature};
    load_head(root, loading);
    load_observations(root, loading);
    load_joins(root, loading);
    load_correlations(root, loading);
    load_conditions(root, loading);
    finish_joins(signature);
    load_texts(root, loading);
    load_tests(root, loading);
  }
  LoadedSignature loaded;
  if (!remarks.has_errors()) loaded.signature = std::move(signature);
  loaded.diagnostics = remarks.take();
  return loaded;
}

std::vector<const YamlNode*> each_scalar(const YamlNode* node) {
  std::vector<const YamlNode*> scalars;
  if (node == nullptr) return scalars;
  if (node->is_scalar()) scalars.push_back(node);
  for (const YamlNode& item : node->items) {
    if (item.is_scalar()) scalars.push_back(&item);
  }
  return scalars;
}

std::vector<std::string> each_text(const YamlNode* node) {
  std::vector<std::string> texts;
  for (const YamlNode* scalar : each_scalar(node)) texts.push_back(scalar->text);
  return texts;
}

void unknown_observation(const YamlNode& name, std::vector<std::string_view> known, Loading& loading) {
  loading.incomplete = true;
  const Signature& signature = loading.signature;
  if (signature.observations.empty()) return;  // that `observe` is missing has been said
  for (const Observation& observation : signature.observations) known.push_back(observation.name);
  for (const Correlation& correlation : signature.correlations) {
    if (correlation.name != name.text) continue;
    return loading.remarks.error(
        name.mark, "unknown-observation",
        fmt::format("'{}' is a correlation; here an observation is needed", name.text));
  }
  loading.remarks.error(
      name.mark, "unknown-observation",
      fmt::format("there is no observation '{}'{}", name.text, suggestion(name.text, known)));
  if (const std::string_view meant = only_near_name(name.text, known); !meant.empty()) {
    loading.remarks.mend_last(name.text, meant);
  }
}

std::optional<std::uint32_t> find_observation(const YamlNode& name, Loading& loading) {
  if (!name.is_scalar()) return std::nullopt;
  const std::vector<Observation>& observations = loading.signature.observations;
  for (std::size_t i = 0; i < observations.size(); ++i) {
    if (observations[i].name == name.text) return static_cast<std::uint32_t>(i);
  }
  unknown_observation(name, {}, loading);
  return std::nullopt;
}

bool has_capture(const Observation& observation, std::string_view name) {
  return std::find(observation.captures.begin(), observation.captures.end(), name) !=
         observation.captures.end();
}

bool require_capture(const YamlNode& name, const Observation& observation, Loading& loading) {
  if (!name.is_scalar() || has_capture(observation, name.text)) return true;
  if (loading.unsure.count(observation.name) != 0) return true;
  loading.incomplete = true;
  const std::vector<std::string_view> known(observation.captures.begin(), observation.captures.end());
  loading.remarks.error(name.mark, "unknown-capture",
                        fmt::format("the observation '{}' has no capture '{}'{}", observation.name, name.text,
                                    known.empty() ? "; it has none" : suggestion(name.text, known)));
  if (const std::string_view meant = only_near_name(name.text, known); !meant.empty()) {
    loading.remarks.mend_last(name.text, meant);
  }
  return false;
}

}  // namespace assay
