// join: which hits take in which others, and the captures that this gives them.
#include <fmt/format.h>

#include <algorithm>

#include "signature/load_parts.h"

namespace assay {

namespace {

bool contains(const std::vector<std::uint32_t>& observations, std::uint32_t observation) {
  return std::find(observations.begin(), observations.end(), observation) != observations.end();
}

// What is taken in is no place to take anything into: which would come first?
void check_roles(const HitJoin& join, Loading& loading) {
  const auto& observations = loading.signature.observations;
  if (contains(join.into, join.take)) {
    loading.remarks.error(join.mark, "joined-observation",
                          fmt::format("'{}' cannot be taken into itself", observations[join.take].name));
    return;
  }
  for (const HitJoin& other : loading.signature.joins) {
    if (!contains(other.into, join.take) && !contains(join.into, other.take)) continue;
    const std::uint32_t both = contains(other.into, join.take) ? join.take : other.take;
    loading.remarks.error(
        join.mark, "joined-observation",
        fmt::format("'{}' is taken into another observation, so nothing can be taken into it",
                    observations[both].name));
  }
}

void add_captures(const HitJoin& join, Signature& signature) {
  std::vector<std::string> names = signature.observations[join.take].captures;
  if (!join.how_sure.empty()) names.push_back(join.how_sure);
  for (const std::uint32_t index : join.into) {
    Observation& into = signature.observations[index];
    for (const std::string& name : names) {
      if (has_capture(into, name)) continue;
      into.captures.push_back(name);
      ++into.joined_captures;
    }
  }
}

}  // namespace

void load_joins(const YamlNode& root, Loading& loading) {
  const YamlNode* list = root.find("join");
  if (list == nullptr) return;
  for (const YamlNode& item : list->items) {
    std::optional<HitJoin> join = load_join(item, loading);
    if (!join) continue;
    check_roles(*join, loading);
    const YamlNode* how_sure = item.find("how_sure");
    for (const std::uint32_t index : join->into) {
      const Observation& into = loading.signature.observations[index];
      if (how_sure == nullptr || !has_capture(into, how_sure->text)) continue;
      loading.remarks.error(
          how_sure->mark, "duplicate-name",
          fmt::format("the observation '{}' captures '{}' already", into.name, join->how_sure));
    }
    if (how_sure != nullptr) check_capture_name(how_sure->text, how_sure->mark, loading.remarks);
    loading.signature.joins.push_back(std::move(*join));
  }
  // Only now, so that keys are the captures of the hits themselves.
  for (const HitJoin& join : loading.signature.joins) add_captures(join, loading.signature);
}

void finish_joins(Signature& signature) {
  for (const HitJoin& join : signature.joins) {
    Observation& take = signature.observations[join.take];
    for (const Conclusion& conclusion : signature.conclusions) {
      for (const std::string& name : conclusion.group_by) {
        const bool known = std::any_of(join.into.begin(), join.into.end(), [&](std::uint32_t into) {
          return has_capture(signature.observations[into], name);
        });
        if (!known || has_capture(take, name)) continue;
        take.captures.push_back(name);
        ++take.joined_captures;
      }
    }
  }
}

}  // namespace assay
