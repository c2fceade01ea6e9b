// Tables, in the order in which docs/signatures.md explains the keys.
#include "signature/key_order.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

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
  if (place != LayoutPlace::root) return LayoutPlace::other;
  if (key == "text") return LayoutPlace::text;
  if (key == "tests") return LayoutPlace::tests;
  if (key == "conclude") return LayoutPlace::conclusions;
  return key == "join" ? LayoutPlace::joins : LayoutPlace::other;
}

LayoutPlace place_of_items(LayoutPlace place) {
  if (place == LayoutPlace::tests) return LayoutPlace::test;
  if (place == LayoutPlace::conclusions) return LayoutPlace::conclusion;
  return place == LayoutPlace::joins ? LayoutPlace::join : LayoutPlace::other;
}

std::span<const std::string_view> key_order(LayoutPlace place) {
  switch (place) {
    case LayoutPlace::root:
      return kRoot;
    case LayoutPlace::text:
      return kText;
    case LayoutPlace::test:
      return kTest;
    case LayoutPlace::conclusion:
      return kConclusion;
    case LayoutPlace::join:
      return kJoin;
    case LayoutPlace::tests:
    case LayoutPlace::conclusions:
    case LayoutPlace::joins:
    case LayoutPlace::other:
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
