// Which settings signatures speak of, wherever they do it.
#include "match/named_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace assay {
namespace {

Condition fact(std::string name) {
  Condition condition;
  condition.op = Condition::Operator::fact;
  condition.name = std::move(name);
  return condition;
}

Words words(std::string_view text) {
  Words words;
  words.languages.emplace("en", std::get<Template>(Template::compile(text)));
  return words;
}

TEST(NamedSettings, AreThoseOfConditionsNeedsAndTexts) {
  Signature signature;
  signature.applies.emplace();
  signature.applies->conditions = {fact("configuration.Applies"), fact("product.role")};
  signature.needs.push_back({.name = "status.Need", .is_fact = true, .mark = {}});
  signature.needs.push_back({.name = "configuration", .is_fact = false, .mark = {}});
  Conclusion conclusion;
  conclusion.when = fact("configuration.Zones.Zone.*.Type");
  signature.conclusions.push_back(std::move(conclusion));
  signature.description = words("{{fact.configuration.Shown}} {{fact.product.version}}");
  Action action;
  action.when = fact("configuration.Applies");
  action.text = words("{{#fact.status.Told}}x{{/fact.status.Told}}");
  signature.actions.push_back(std::move(action));
  EXPECT_THAT(named_settings({signature, Signature()}),
              ::testing::ElementsAre("configuration.Applies", "configuration.Shown",
                                     "configuration.Zones.Zone.*.Type", "status.Need", "status.Told"));
}

}  // namespace
}  // namespace assay
