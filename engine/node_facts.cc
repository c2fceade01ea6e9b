// Of all that is told about one name the best is kept while the facts are gone over; what lost to it is then
// held against it.
#include "node_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "evidence/words.h"
#include "outdated.h"

namespace assay {
namespace {

constexpr std::string_view kFamily = "product.family";

bool is_setting(std::string_view name) {
  return name.starts_with("configuration.") || name.starts_with("status.");
}

struct FactOrder {
  int rank;
  std::int64_t age;        // less is newer
  std::int64_t unchanged;  // within a bundle: less is a later change
  std::uint32_t member;
  std::uint64_t offset;
  auto operator<=>(const FactOrder&) const = default;
};

Fact to_fact(const FoundFact& found, const Inventory& inventory) {
  return {.name = found.name,
          .value = found.value,
          .place = {.path = inventory.members[found.member].path, .line = found.line, .offset = found.offset},
          .source = found.source};
}

Problem disagreement(const Fact& taken, const Fact& other, bool is_newer) {
  return {.code = "facts-disagree",
          .path = other.place.path,
          .message = fmt::format("{} is {} here, but {} in {}; the latter is taken because it {}", taken.name,
                                 other.value, taken.value, taken.place.path,
                                 is_newer ? "is newer" : "was read first"),
          .offset = other.place.offset};
}

}  // namespace

std::vector<Problem> settle_facts(const Inventory& inventory, std::span<const std::uint32_t> node_of_member,
                                  std::span<NodeEvidence> nodes) {
  const auto last_record = last_record_of_bundles(inventory.members);
  std::vector<std::map<std::string, std::pair<FactOrder, const FoundFact*>>> best(nodes.size());
  std::vector<std::pair<FactOrder, const FoundFact*>> others;
  for (const FoundFact& found : inventory.facts) {
    if (found.name == kFamily) continue;
    const MemberRead& member = inventory.members[found.member];
    const std::int64_t changed = found.changed ? found.changed->microseconds : 0;
    const FactOrder order{found.rank, -last_record.at(member.container), -changed, found.member,
                          found.offset};
    auto& of_node = best[node_of_member[found.member]];
    const auto [at, added] = of_node.try_emplace(lower_case(found.name), order, &found);
    if (added) continue;
    std::pair<FactOrder, const FoundFact*> other{order, &found};
    if (order < at->second.first) std::swap(at->second, other);
    others.push_back(other);
  }
  for (std::size_t i = 0; i < best.size(); ++i) {
    NodeEvidence& node = nodes[i];
    for (const auto& [key, entry] : best[i]) {
      Fact fact = to_fact(*entry.second, inventory);
      if (is_setting(key))
        node.settings.emplace(key, std::move(fact));
      else
        node.facts.push_back(std::move(fact));
    }
  }
  std::vector<Problem> problems;
  for (const auto& [other_order, other] : others) {
    if (is_setting(other->name)) continue;
    const auto& [order, taken] = best[node_of_member[other->member]].at(lower_case(other->name));
    if (taken->value == other->value || taken->rank != other->rank) continue;
    const bool is_newer = order.age != other_order.age || order.unchanged != other_order.unchanged;
    problems.push_back(disagreement(to_fact(*taken, inventory), to_fact(*other, inventory), is_newer));
  }
  return problems;
}

void settle_families(const Inventory& inventory, std::span<const std::uint32_t> node_of_member,
                     std::span<NodeEvidence> nodes) {
  std::vector<std::map<std::string, Fact>> told(nodes.size());  // by value
  for (const FoundFact& found : inventory.facts) {
    if (found.name != kFamily) continue;
    told[node_of_member[found.member]].try_emplace(found.value, to_fact(found, inventory));
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    std::vector<Fact>& facts = nodes[i].facts;
    const auto by_name = [](const Fact& fact, std::string_view name) { return fact.name < name; };
    const auto at = std::lower_bound(facts.begin(), facts.end(), kFamily, by_name);
    const auto role = std::lower_bound(at, facts.end(), std::string_view("product.role"), by_name);
    if (role != facts.end() && role->name == "product.role") {
      told[i].try_emplace("expressway", Fact{.name = std::string(kFamily),
                                             .value = "expressway",
                                             .place = role->place,
                                             .source = "its product.role"});
    }
    const bool is_given = at != facts.end() && at->name == kFamily;
    if (!is_given && told[i].size() == 1) facts.insert(at, std::move(told[i].begin()->second));
  }
}

void give_facts(GivenFacts given, std::span<NodeEvidence> nodes) {
  for (NodeEvidence& node : nodes) {
    for (const auto& [name, value] : given) {
      Fact fact{.name = name, .value = value, .place = {}, .source = "given"};
      if (is_setting(name)) {
        node.settings.insert_or_assign(lower_case(name), std::move(fact));
        continue;
      }
      const auto same = [&, wanted = std::string_view(name)](const Fact& f) { return f.name == wanted; };
      std::erase_if(node.facts, same);
      node.facts.push_back(std::move(fact));
    }
    std::sort(node.facts.begin(), node.facts.end(),
              [](const Fact& a, const Fact& b) { return a.name < b.name; });
  }
}

}  // namespace assay
