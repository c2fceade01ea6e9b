// Texts name what they use, refuse what would be silently wrong, and render within bounds.
#include "signature/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using testing::ElementsAre;
using testing::EndsWith;

Template compiled(std::string_view text) {
  auto result = Template::compile(text);
  if (const auto* wrong = std::get_if<std::string>(&result)) {
    ADD_FAILURE() << text << ": " << *wrong;
    return Template();
  }
  return std::get<Template>(std::move(result));
}

std::string wrong_with(std::string_view text) {
  const auto result = Template::compile(text);
  const auto* wrong = std::get_if<std::string>(&result);
  return wrong == nullptr ? "nothing" : *wrong;
}

TemplateValue words(std::string text) {
  return {.value = std::move(text)};
}
TemplateValue group(std::string target, bool more) {
  return {.value = TemplateValue::Fields{{"target", words(std::move(target))}, {"more", {.value = more}}}};
}

TEST(Template, RendersGroupsWithTheirCaptures) {
  const TemplateValue::Fields fields = {
      {"groups",
       {.value = TemplateValue::List{group("a.example.com", true), group("b.example.com", false)}}}};
  EXPECT_EQ(compiled("Servers: {{#groups}}{{target}}{{#more}}, {{/more}}{{/groups}}.").render(fields),
            "Servers: a.example.com, b.example.com.");
}

TEST(Template, RendersDottedNames) {
  const TemplateValue::Fields version = {{"version", words("X14.2")}};
  const TemplateValue::Fields fields = {
      {"fact", {.value = TemplateValue::Fields{{"product", {.value = version}}}}},
      {"all", {.value = TemplateValue::Fields{{"target", words("a, b")}}}}};
  EXPECT_EQ(compiled("{{fact.product.version}}: {{{all.target}}} {{& all.target }}").render(fields),
            "X14.2: a, b a, b");
}

TEST(Template, EscapesNothing) {
  EXPECT_EQ(compiled("{{error}}").render({{"error", words("<a & \"b\">")}}), "<a & \"b\">");
}

TEST(Template, WhatIsNotThereIsNothing) {
  EXPECT_EQ(compiled("[{{nothing}}{{fact.no.such}}{{#nothing}}x{{/nothing}}]").render({}), "[]");
}

TEST(Template, AnEmptyValueLeavesItsSectionOut) {
  EXPECT_EQ(compiled("{{#error}}because of {{error}}{{/error}}{{^error}}for no known reason{{/error}}")
                .render({{"error", words("")}}),
            "for no known reason");
}

TEST(Template, HasNoLineWhereItsSectionsLeaveNothing) {
  const Template text = compiled(
      "{{#groups}}\n{{#target}}- {{target}}\n{{/target}}\n  {{#other}}- {{other}}\n{{/other}}\n{{/groups}}\n"
      "\n{{#more}}more{{/more}}{{^more}}{{/more}}\nend\n");
  const TemplateValue::Fields fields = {
      {"groups", {.value = TemplateValue::List{group("a", true), group("b", false)}}}};
  EXPECT_EQ(text.render(fields), "- a\n- b\n\nend\n");
}

TEST(Template, KeepsBlankLinesAndValuesOfSeveralLines) {
  EXPECT_EQ(compiled("one\n\n{{#a}}{{a}}{{/a}}\n \ntwo\n").render({{"a", words("x\n\ny")}}),
            "one\n\nx\n\ny\n \ntwo\n");
}

TEST(Template, TakesNoByteOfAValueForTheEndOfALine) {
  const TemplateValue::Fields fields = {{"a", words("x\xFE\xFF"
                                                    "y")},
                                        {"b", words("\xFE")},
                                        {"c", words("\xFF")}};
  EXPECT_EQ(compiled("{{#a}}{{{a}}}{{/a}}, {{&b}}{{c}}\n").render(fields),
            "x\\xfe\xFF"
            "y, \\xfe\xFF\n");
}

TEST(Template, SaysWhichNamesItUses) {
  const Template text =
      compiled("{{b}} {{#groups}}{{ a }}{{{b}}}{{^more}}.{{/more}}{{/groups}}{{! note }}{{&all.c}}");
  EXPECT_THAT(text.names(), ElementsAre("a", "all.c", "b", "groups", "more"));
  EXPECT_THAT(text.names_outside("groups"), ElementsAre("all.c", "b", "groups"));
}

TEST(Template, RefusesWhatItCannotMean) {
  EXPECT_EQ(wrong_with("{{#groups}}{{target}}"), "the section 'groups' is not closed with {{/groups}}");
  EXPECT_EQ(wrong_with("{{target}}{{/groups}}"), "'{{/groups}}' closes a section that is not open");
  EXPECT_EQ(wrong_with("{{#groups}}{{#more}}{{/groups}}{{/more}}"),
            "'{{/groups}}' stands where the section 'more' has to be closed first");
  EXPECT_EQ(wrong_with("for {{target"), "the tag '{{target' is not closed with }}");
  EXPECT_EQ(wrong_with("for {{{target}}"), "the tag '{{{target}}' is not closed with }}}");
  EXPECT_EQ(wrong_with("{{> other}}"), "'{{> other}}' is a partial, which texts cannot have");
  EXPECT_EQ(wrong_with("{{=<% %>=}}"), "'{{=<% %>=}}' sets delimiters, which texts cannot do");
  EXPECT_EQ(wrong_with("{{}}"), "a tag {{}} without a name");
  EXPECT_EQ(wrong_with("{{the target}}"),
            "'the target' is not a name; one is made of letters, digits, '_', '-' and '.'");
  EXPECT_EQ(wrong_with("{{{#groups}}}x{{/groups}}"),
            "'{{{#groups}}}' cannot be used between three braces; use two");
  EXPECT_EQ(wrong_with("{{#groups}}{{#groups}}x{{/groups}}{{/groups}}"),
            "the section 'groups' is opened within itself");
  EXPECT_EQ(wrong_with(std::string(70'000, 'x')), "the text has 70000 bytes; it may have 65536");
}

TEST(Template, IsCutWhereItWouldNotEnd) {
  std::string line(1000, 'x');
  const TemplateValue::List many(200, words("y"));
  const Template text = compiled("{{#a}}{{#b}}{{#c}}" + line + "\n{{/c}}{{/b}}{{/a}}");
  const std::string out =
      text.render({{"a", {.value = many}}, {"b", {.value = many}}, {"c", {.value = many}}});
  EXPECT_LT(out.size(), 20U << 20);
  EXPECT_THAT(out, EndsWith("[the text is too long and was cut here]"));
}

TEST(Words, FallBackToEnglish) {
  Words title;
  EXPECT_EQ(title.in("ja"), nullptr);
  title.languages.emplace("en", compiled("certificate"));
  title.languages.emplace("it", compiled("certificato"));
  EXPECT_EQ(title.in("it")->text(), "certificato");
  EXPECT_EQ(title.in("ja")->text(), "certificate");
}

}  // namespace
}  // namespace assay
