// Which family of devices the products of a signature are of.
#include "signature/families.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "assay/fields.h"

namespace assay {
namespace {

std::vector<std::string> families_of(const std::vector<std::string>& products) {
  const std::optional<Condition> condition = of_family_of(products, {});
  return condition ? condition->test.operands : std::vector<std::string>{};
}

TEST(Families, AreThoseOfTheProductsThatHaveOne) {
  EXPECT_EQ(families_of({"Expressway-C"}), (std::vector<std::string>{"expressway"}));
  EXPECT_EQ(families_of({"Unified CM", "expressway-c", "Expressway-E"}),
            (std::vector<std::string>{"expressway"}));
  EXPECT_EQ(families_of({"Finesse", "Expressway-E"}),
            (std::vector<std::string>{"contact-center", "expressway"}));
}

TEST(Families, AreNoneOfProductsThatAreSeenFromOthers) {
  EXPECT_FALSE(of_family_of({}, {}));
  EXPECT_FALSE(of_family_of({"Webex", "Exchange", "Unified CM"}, {}));
}

std::string document(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// "| `expressway` | Expressway-C, Expressway-E |"
std::vector<std::string> products_in_the_docs(const std::string& docs, std::string_view family) {
  const std::string front = "| `" + std::string(family) + "` | ";
  const std::size_t begin = docs.find(front) + front.size();
  std::istringstream row(docs.substr(begin, docs.find(" |", begin) - begin));
  std::vector<std::string> products;
  for (std::string product; std::getline(row >> std::ws, product, ',');) products.push_back(product);
  return products;
}

TEST(Families, AreTheValuesOfTheFactAndThoseOfTheDocs) {
  const std::string docs = document(ASSAY_SOURCE_DIR "/docs/signatures.md");
  for (const std::string_view family : find_fact_name("product.family")->values) {
    const std::vector<std::string> products = products_in_the_docs(docs, family);
    ASSERT_FALSE(products.empty());
    for (const std::string& product : products) EXPECT_EQ(family_of(product), family) << product;
  }
}

}  // namespace
}  // namespace assay
