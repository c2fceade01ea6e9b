// The table of products by family. What is not in it (Webex, Unified CM) is found from the evidence of
// others.
#include "signature/families.h"

#include <algorithm>

#include "characters.h"

namespace assay {
namespace {

struct Product {
  std::string_view name;
  std::string_view family;
};

constexpr Product kProducts[] = {
    {"Expressway-C", "expressway"},
    {"Expressway-E", "expressway"},
    {"Finesse", "contact-center"},
    {"Identity Service", "contact-center"},
    {"Unified CCE", "contact-center"},
    {"Unified CCX", "contact-center"},
    {"Unified Intelligence Center", "contact-center"},
};

}  // namespace

std::string_view family_of(std::string_view product) {
  for (const Product& known : kProducts) {
    if (equal_ignoring_case(known.name, product)) return known.family;
  }
  return {};
}

std::optional<Condition> of_family_of(const std::vector<std::string>& products, Mark mark) {
  Condition condition;
  condition.op = Condition::Operator::fact;
  condition.name = "product.family";
  condition.mark = mark;
  std::vector<std::string>& families = condition.test.operands;
  for (const std::string& product : products) {
    const std::string_view family = family_of(product);
    if (!family.empty() && std::find(families.begin(), families.end(), family) == families.end()) {
      families.emplace_back(family);
    }
  }
  if (families.empty()) return std::nullopt;
  condition.test.op = families.size() == 1 ? ValueTest::Operator::is : ValueTest::Operator::one_of;
  return condition;
}

}  // namespace assay
