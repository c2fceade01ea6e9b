// Names what is missing and says how to collect it, by the table of evidence.
#include "diagnose/missing.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string_view>

#include "assay/fields.h"

namespace assay {

namespace {

// Members named in one sentence; the report's problems have them all.
constexpr std::size_t kPathsNamed = 3;

bool is_of_contact_center(const Subject& subject) {
  return std::all_of(subject.facts.begin(), subject.facts.end(), [](const Facts* facts) {
    const std::vector<const Fact*> family = facts->find("product.family");
    return !family.empty() && family.front()->value == "contact-center";
  });
}

std::string how_to_get(const Subject& subject, std::string_view evidence) {
  const EvidenceName* entry = find_evidence_name(evidence);
  if (entry == nullptr) return {};
  return std::string(is_of_contact_center(subject) ? entry->from_contact_center : entry->how_to_get);
}

std::string meaning(std::string_view evidence) {
  const EvidenceName* entry = find_evidence_name(evidence);
  if (entry == nullptr) return "Nothing of it was read.";
  if (entry->name == evidence) return std::string(entry->help);
  return fmt::format("Records of the process {}.", evidence.substr(evidence.find('.') + 1));
}

std::string owner(const Subject& subject) {
  if (subject.signature->scope == Scope::whole_case || subject.nodes.empty()) return "the case";
  return subject.nodes.front()->name;
}

// True if `part` is `whole` or below it: "log.traffic_server" is part of "log".
bool is_part_of(std::string_view part, std::string_view whole) {
  return part.starts_with(whole) && (part.size() == whole.size() || part[whole.size()] == '.');
}

bool is_seen(const Subject& subject, const std::string& name) {
  return std::any_of(subject.nodes.begin(), subject.nodes.end(), [&](const NodeEvidence* node) {
    return std::any_of(node->seen.lower_bound(name), node->seen.end(),
                       [&](const auto& seen) { return is_part_of(seen.first, name); });
  });
}

// Members that were cut and held the evidence, or might have gone on to it.
std::vector<std::string> cut_paths(const Subject& subject, const std::string& name) {
  std::vector<std::string> paths;
  for (const NodeEvidence* node : subject.nodes) {
    for (const auto& [kind, seen] : node->seen) {
      if (!seen.cut || !is_part_of(name, kind)) continue;
      paths.insert(paths.end(), seen.cut_paths.begin(), seen.cut_paths.end());
    }
  }
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

bool is_cut(const Subject& subject, const std::string& name) {
  return std::any_of(subject.nodes.begin(), subject.nodes.end(), [&](const NodeEvidence* node) {
    return std::any_of(node->seen.begin(), node->seen.end(),
                       [&](const auto& seen) { return seen.second.cut && is_part_of(name, seen.first); });
  });
}

std::string named(const std::vector<std::string>& paths) {
  std::string words;
  for (std::size_t i = 0; i < paths.size() && i < kPathsNamed; ++i) {
    fmt::format_to(std::back_inserter(words), "{}{}", i == 0 ? "" : ", ", paths[i]);
  }
  if (paths.size() > kPathsNamed) {
    fmt::format_to(std::back_inserter(words), " and {} more", paths.size() - kPathsNamed);
  }
  return words.empty() ? "a member that cannot be named" : words;
}

Missing missing_evidence(const Subject& subject, const std::string& name) {
  Missing missing{
      .what = name,
      .message = fmt::format("{} is not in the evidence of {}. {}", name, owner(subject), meaning(name)),
      .how_to_get = how_to_get(subject, name)};
  if (is_cut(subject, name)) {
    missing.message +=
        fmt::format(" It may be in what could not be read to the end: {}.", named(cut_paths(subject, name)));
  }
  return missing;
}

Missing cut_evidence(const Subject& subject, const std::string& name) {
  return {.what = name,
          .message = fmt::format("What there is of {} could not be read to the end: {}.", name,
                                 named(cut_paths(subject, name))),
          .how_to_get =
              fmt::format("Give a complete copy of it, or collect it again. {}", how_to_get(subject, name))};
}

bool is_known(const Subject& subject, const std::string& name) {
  return std::any_of(subject.facts.begin(), subject.facts.end(),
                     [&](const Facts* facts) { return !facts->find(name).empty(); });
}

// The dump that a fact is read from: "configuration" or "status"; empty for one that may come from either.
std::string_view dump_of(std::string_view fact) {
  for (const std::string_view dump : {"configuration", "status"}) {
    if (fact.size() > dump.size() && is_part_of(fact, dump)) return dump;
  }
  return {};
}

}  // namespace

std::vector<Missing> unmet_needs(const Subject& subject) {
  std::vector<Missing> missing;
  for (const Need& need : subject.signature->needs) {
    if (need.is_fact) {
      if (!is_known(subject, need.name)) missing.push_back(missing_fact(subject, need.name));
    } else if (!is_seen(subject, need.name)) {
      missing.push_back(missing_evidence(subject, need.name));
    } else if (is_cut(subject, need.name)) {
      missing.push_back(cut_evidence(subject, need.name));
    }
  }
  return missing;
}

Missing missing_answer(const Subject& subject, const Correlation& absence) {
  const auto name_of = [&](std::uint32_t index) -> const std::string& {
    return subject.signature->observations[index].name;
  };
  const bool after = absence.direction == Correlation::Direction::after;
  const std::string& kind = subject.signature->observations[absence.observations.back()].kind;
  const std::string evidence = kind == "http" ? "log" : kind;
  const double seconds =
      std::chrono::duration<double>(absence.within.value_or(std::chrono::microseconds(0))).count();
  return {
      .what = evidence,
      .message = fmt::format("Whether \"{}\" came within {} s {} \"{}\" is not known of {}: its {} {} that.",
                             name_of(absence.observations.back()), seconds, after ? "after" : "before",
                             name_of(absence.observations.front()), owner(subject), evidence,
                             after ? "ends before" : "begins after"),
      .how_to_get = fmt::format("Collect for longer {} it happens. {}", after ? "after" : "before",
                                how_to_get(subject, evidence))};
}

Missing missing_fact(const Subject& subject, const std::string& name) {
  const std::string_view dump = dump_of(name);
  Missing missing{.what = name, .message = {}, .how_to_get = {}};
  if (dump.empty()) {
    const FactName* entry = find_fact_name(name);
    missing.message = fmt::format("{} is not known of {}.", name, owner(subject));
    if (entry != nullptr) missing.message += fmt::format(" {}", entry->help);
    missing.how_to_get = how_to_get(subject, "configuration");
    return missing;
  }
  missing.message =
      is_seen(subject, std::string(dump))
          ? fmt::format("{} is not known of {}: its {} dump does not name it.", name, owner(subject), dump)
          : fmt::format("{} is not known of {}: there is no {} dump of it.", name, owner(subject), dump);
  missing.how_to_get = how_to_get(subject, dump);
  return missing;
}

}  // namespace assay
