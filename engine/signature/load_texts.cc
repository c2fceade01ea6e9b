// title and text: the words of a finding, in one or several languages.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "signature/load_parts.h"

namespace assay {

namespace {

void add_text(const YamlNode& node, std::string_view language, Words& words, Remarks& remarks) {
  if (!node.is_scalar()) return;
  auto compiled = Template::compile(node.text);
  if (const std::string* wrong = std::get_if<std::string>(&compiled)) {
    return remarks.error(node.mark, "template-syntax", *wrong);
  }
  words.languages.emplace(language, std::get<Template>(std::move(compiled)));
}

Words load_words(const YamlNode* node, Remarks& remarks) {
  Words words;
  if (node == nullptr) return words;
  words.mark = node->mark;
  for (const YamlEntry& entry : node->entries) add_text(entry.value, entry.key, words, remarks);
  if (!node->is_map()) add_text(*node, "en", words, remarks);
  return words;
}

// A title is shown in lists too, where there is no finding to fill it in from.
void load_title(const YamlNode& root, Loading& loading) {
  Words& title = loading.signature.title;
  title = load_words(root.find("title"), loading.remarks);
  for (const auto& [language, text] : title.languages) {
    if (!text.names().empty()) {
      loading.remarks.error(
          title.mark, "template-syntax",
          fmt::format("the title is shown where there is no finding, so it cannot have '{{{{{}}}}}'",
                      text.names().front()));
    }
  }
}

void load_actions(const YamlNode& list, Loading& loading) {
  for (const YamlNode& item : list.items) {
    Action action;
    action.mark = item.mark;
    const YamlNode* text = item.find("text");
    if (const YamlNode* when = item.find("when")) action.when = load_condition(*when, loading);
    action.text = load_words(text != nullptr ? text : &item, loading.remarks);
    loading.signature.actions.push_back(std::move(action));
  }
}

void load_snippet(const YamlNode& map, Loading& loading) {
  Snippet& snippet = loading.signature.snippet;
  for (const YamlNode* name : each_scalar(map.find("of"))) {
    const std::optional<std::uint32_t> index = find_observation(*name, loading);
    if (index) snippet.observations.push_back(*index);
  }
  if (const YamlNode* keep = map.find("keep")) {
    if (keep->text == "earliest") snippet.keep = Snippet::Keep::earliest;
    if (keep->text == "all") snippet.keep = Snippet::Keep::all;
  }
  if (const YamlNode* number = map.find("per_group")) {
    std::from_chars(number->text.data(), number->text.data() + number->text.size(), snippet.per_group);
  }
}

}  // namespace

void load_texts(const YamlNode& root, Loading& loading) {
  load_title(root, loading);
  const YamlNode* text = root.find("text");
  if (text == nullptr) return;
  Signature& signature = loading.signature;
  signature.description = load_words(text->find("description"), loading.remarks);
  signature.condition = load_words(text->find("condition"), loading.remarks);
  signature.further_information = load_words(text->find("further_information"), loading.remarks);
  if (const YamlNode* actions = text->find("actions")) load_actions(*actions, loading);
  if (const YamlNode* snippet = text->find("snippet")) load_snippet(*snippet, loading);
}

}  // namespace assay
