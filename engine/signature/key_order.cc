// Tables, in the order in which docs/signatures.md explains the keys.
#include "signature/key_order.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

using Place = LayoutPlace;

constexpr std::array<std::string_view, 20> kRoot = {
    "id",         "title",    "kind",       "severity",  "status", "also_known_as", "products",
    "components", "symptoms", "references", "hidden_by", "scope",  "applies",       "needs",
    "observe",    "join",     "correlate",  "conclude",  "text",   "tests"};
constexpr std::array<std::string_view, 5> kText = {"description", "condition", "further_information",
                                                   "actions", "snippet"};
constexpr std::array<std::string_view, 6> kTest = {"name", "log", "files", "captures", "facts", "expect"};
constexpr std::array<std::string_view, 3> kConclusion = {"status", "when", "group_by"};
constexpr std::array<std::string_view, 5> kJoin = {"take", "into", "same", "within", "how_sure"};

}  // namespace

LayoutPlace place_below(LayoutPlace place, std::string_view key) {
  if (place != Place::root) return Place::other;
  if (key == "text") return Place::text;
  if (key == "tests") return Place::tests;
  if (key == "conclude") return Place::conclusions;
  return key == "join" ? Place::joins : Place::other;
}

LayoutPlace place_of_items(LayoutPlace place) {
  if (place == Place::tests) return Place::test;
  if (place == Place::conclusions) return Place::conclusion;
  return place == Place::joins ? Place::join : Place::other;
}

std::span<const std::string_view> key_order(LayoutPlace place) {
  switch (place) {
    case Place::root:
      return kRoot;
    case Place::text:
      return kText;
    case Place::test:
      return kTest;
    case Place::conclusion:
      return kConclusion;
    case Place::join:
      return kJoin;
    case Place::tests:
    case Place::conclusions:
    case Place::joins:
    case Place::other:
      break;
  }
  return {};
}

bool begins_section(std::string_view key, std::string_view previous) {
  if (key == "needs") return previous != "applies";
  constexpr std::array<std::string_view, 7> kSections = {"applies",  "observe", "join", "correlate",
                                                         "conclude", "text",    "tests"};
  return std::find(kSections.begin(), kSections.end(), key) != kSections.end();
}

}  // namespace assay
