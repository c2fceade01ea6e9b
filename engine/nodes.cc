// A device is known by its host name, which stands in file names and in every record, but neither can be
// trusted alone: archives are renamed, some processes log as "localhost", dumps name no host at all. So
// every member votes for its bundle, and a member that knows its own host goes by that.
//
// What was cut short is laid to the nodes here too: damage in an archive makes every kind of evidence of
// the bundle in it incomplete, because nobody knows what the lost part held.
#include "nodes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "copies.h"
#include "evidence/words.h"
#include "input/display_name.h"
#include "outdated.h"
#include "problems.h"
#include "repeated_hits.h"

namespace assay {
namespace {

using Hosts = std::vector<std::string>;  // by member, "" where nothing tells it

// A dump whose file was renamed says which host it is of, if one of that name is beside it.
Hosts hosts_told(const Inventory& inventory) {
  const std::vector<MemberRead>& members = inventory.members;
  std::set<std::pair<std::string, std::string>> beside;  // bundle, host
  Hosts hosts;
  for (const MemberRead& member : members) {
    hosts.push_back(member.host);
    if (!member.host.empty()) beside.emplace(member.container, lower_case(member.host));
  }
  for (const FoundFact& fact : inventory.facts) {
    if (fact.name != "host.name" || !hosts[fact.member].empty()) continue;
    if (beside.contains({members[fact.member].container, lower_case(fact.value)})) {
      hosts[fact.member] = fact.value;
    }
  }
  return hosts;
}

struct Bundle {
  std::string container;
  bool is_of_services = false;  // the folders of services in it, all of one device
  auto operator<=>(const Bundle&) const = default;
};

// By member. A folder syslog alone may hold the records of anybody.
std::vector<Bundle> bundles_of(const std::vector<MemberRead>& members) {
  std::set<std::string_view> with_services;
  for (const MemberRead& member : members) {
    if (!member.service.empty() && member.service != "syslog") with_services.insert(member.container);
  }
  std::vector<Bundle> bundles;
  for (const MemberRead& member : members) {
    bundles.push_back(
        {.container = member.container,
         .is_of_services = !member.service.empty() && with_services.contains(member.container)});
  }
  return bundles;
}

// The host that most records of each bundle tell; "" where none does.
std::map<Bundle, std::string> hosts_of_bundles(const std::vector<MemberRead>& members,
                                               const std::vector<Bundle>& bundles, const Hosts& told) {
  std::map<Bundle, std::map<std::string, std::uint64_t>> votes;
  for (std::size_t i = 0; i < members.size(); ++i) {
    auto& of_bundle = votes[bundles[i]];
    if (!told[i].empty()) of_bundle[told[i]] += members[i].records + 1;
  }
  std::map<Bundle, std::string> hosts;
  for (const auto& [bundle, of_bundle] : votes) {
    const auto most = std::max_element(of_bundle.begin(), of_bundle.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    hosts[bundle] = most == of_bundle.end() ? "" : most->first;
  }
  return hosts;
}

// The name of the node of each member.
std::vector<std::string> names_of_nodes(const std::vector<MemberRead>& members, const Hosts& told) {
  const std::vector<Bundle> bundles = bundles_of(members);
  const std::map<Bundle, std::string> hosts = hosts_of_bundles(members, bundles, told);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const MemberRead& member = members[i];
    const bool goes_with_bundle = told[i].empty() || bundles[i].is_of_services;
    std::string name = goes_with_bundle ? hosts.at(bundles[i]) : told[i];
    if (name.empty()) name = member.container.empty() ? member.path : member.container;
    names.push_back(std::move(name));
  }
  return names;
}

// Dumps of which nothing tells the device, where there are several: each of them would have other facts.
std::vector<Problem> devices_not_told(const std::vector<MemberRead>& members, const Hosts& told,
                                      const std::vector<std::string>& names) {
  std::map<std::string, std::set<std::string>> devices;  // by bundle
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!told[i].empty()) devices[members[i].container].insert(lower_case(told[i]));
  }
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const MemberRead& member = members[i];
    const bool is_dump = member.reader == "configuration" || member.reader == "status";
    if (!is_dump || !told[i].empty() || devices[member.container].size() < 2) continue;
    problems.push_back({.code = "device-not-told",
                        .path = member.path,
                        .message = fmt::format(
                            "Nothing tells which device this dump is of, and there are several beside it; "
                            "it was taken for one of {}. Give it the name that it has in a diagnostic log, "
                            "such as x{}_dump_{}_2022-07-11_17_33_18.txt",
                            names[i], member.reader == "status" ? "stat" : "conf", names[i]),
                        .offset = 0});
  }
  return problems;
}

// Members that no reader takes make no node of their own: a bare picture beside the bundle is no device.
std::vector<NodeEvidence> make_nodes(const std::vector<MemberRead>& members,
                                     const std::vector<std::string>& names,
                                     std::span<const std::string> input_names,
                                     std::vector<std::uint32_t>& node_of_member) {
  std::map<std::string, NodeEvidence> by_key;
  const auto add = [&](const MemberRead& member, const std::string& name) {
    NodeEvidence& node = by_key.try_emplace(lower_case(name)).first->second;
    if (node.name.empty()) node.name = name;
    const std::string& bundle = member.container.empty() ? member.path : member.container;
    if (std::find(node.bundles.begin(), node.bundles.end(), bundle) == node.bundles.end()) {
      node.bundles.push_back(bundle);
    }
  };
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!members[i].reader.empty()) add(members[i], names[i]);
  }
  if (by_key.empty()) {
    NodeEvidence& node = by_key[""];
    node.name = input_names.empty() ? "" : input_names.front();
    node.bundles.assign(input_names.begin(), input_names.end());
  }

  std::vector<NodeEvidence> nodes;
  std::map<std::string, std::uint32_t> index;
  for (auto& [key, node] : by_key) {
    index[key] = static_cast<std::uint32_t>(nodes.size());
    std::sort(node.bundles.begin(), node.bundles.end());
    nodes.push_back(std::move(node));
  }
  for (const std::string& name : names) {
    const auto found = index.find(lower_case(name));
    node_of_member.push_back(found == index.end() ? 0 : found->second);
  }
  return nodes;
}

// ---- what was seen, and what was cut -----------------------------------------------------------------

void count_evidence(const Inventory& inventory, const std::vector<std::uint32_t>& node_of_member,
                    std::vector<NodeEvidence>& nodes) {
  for (std::size_t i = 0; i < inventory.members.size(); ++i) {
    const MemberRead& member = inventory.members[i];
    NodeEvidence& node = nodes[node_of_member[i]];
    for (const auto& [kind, events] : member.kinds) {
      EvidenceSeen& seen = node.seen[kind];
      seen.events += events;
      const TimeSpan& span = member.span;
      if (span.first && (!seen.first || *span.first < *seen.first)) seen.first = span.first;
      if (span.last && (!seen.last || *seen.last < *span.last)) seen.last = span.last;
      if (!member.cut) continue;
      seen.cut = true;
      seen.cut_paths.push_back(member.path);
    }
  }
}

void mark_cut(EvidenceSeen& seen, const std::string& path) {
  seen.cut = true;
  if (std::find(seen.cut_paths.begin(), seen.cut_paths.end(), path) == seen.cut_paths.end()) {
    seen.cut_paths.push_back(path);
  }
}

// A problem with one member cuts the kinds that it held. A problem with an archive, or with a member that
// could not be looked into at all, leaves open what was lost: it cuts every kind of the nodes in it.
void lay_problem(const Problem& problem, const Inventory& inventory,
                 const std::vector<std::uint32_t>& node_of_member, std::vector<NodeEvidence>& nodes) {
  for (std::size_t i = 0; i < inventory.members.size(); ++i) {
    const MemberRead& member = inventory.members[i];
    if (member.path != problem.path || member.kinds.empty()) continue;
    for (const auto& [kind, events] : member.kinds)
      mark_cut(nodes[node_of_member[i]].seen[kind], problem.path);
    return;
  }
  for (NodeEvidence& node : nodes) {
    const bool concerned =
        std::any_of(node.bundles.begin(), node.bundles.end(), [&](const std::string& bundle) {
          return bundle == problem.path || lies_in(bundle, problem.path) || lies_in(problem.path, bundle);
        });
    if (!concerned) continue;
    for (auto& [kind, seen] : node.seen) mark_cut(seen, problem.path);
  }
}

// ---- hits --------------------------------------------------------------------------------------------

// Within a bundle a copy shares the bounds of what is kept with its original, whose hits it may have
// replaced: there drop_repeated_hits looks at each.
void drop_idle_hits(const std::vector<MemberRead>& members, const Assembled& assembled, KeptHits& kept) {
  const auto is_idle = [&](std::uint32_t member) {
    return assembled.outdated[member] ||
           members[assembled.originals[member]].container != members[member].container;
  };
  std::erase_if(kept.hits, [&](const Hit& hit) { return is_idle(hit.place.member); });
  std::erase_if(kept.counts, [&](const HitCount& count) { return is_idle(count.member); });
}

void hand_out_hits(KeptHits&& kept, const std::vector<std::uint32_t>& node_of_member, CaseFile& case_file) {
  for (Hit& hit : kept.hits) case_file.nodes[node_of_member[hit.place.member]].hits.push_back(std::move(hit));
  for (HitCount& count : kept.counts) {
    case_file.nodes[node_of_member[count.member]].counts.push_back(std::move(count));
  }
  case_file.bounded = std::move(kept.bounded);
  const auto key = [&](const Hit& hit) {
    return std::tuple(hit.signature, hit.observation, !hit.time.has_value(), hit.time.value_or(Time{}),
                      std::string_view(case_file.member_paths[hit.place.member]), hit.place.offset);
  };
  for (NodeEvidence& node : case_file.nodes) {
    std::stable_sort(node.hits.begin(), node.hits.end(),
                     [&](const Hit& a, const Hit& b) { return key(a) < key(b); });
    drop_repeated_hits(node);
  }
}

}  // namespace

bool is_copy(const Assembled& assembled, std::uint32_t member) {
  return assembled.originals[member] != member;
}

Assembled assemble_nodes(const Inventory& inventory, std::span<const std::uint64_t> digests, KeptHits&& kept,
                         std::span<const Problem> problems, std::span<const std::string> input_names,
                         GivenFacts given) {
  Assembled assembled;
  CaseFile& case_file = assembled.case_file;
  for (const MemberRead& member : inventory.members) case_file.member_paths.push_back(member.path);
  const Hosts told = hosts_told(inventory);
  const std::vector<std::string> names = names_of_nodes(inventory.members, told);
  assembled.problems = devices_not_told(inventory.members, told, names);
  case_file.nodes = make_nodes(inventory.members, names, input_names, assembled.node_of_member);
  append(assembled.problems, settle_facts(inventory, assembled.node_of_member, case_file.nodes));
  give_facts(given, case_file.nodes);
  settle_families(inventory, assembled.node_of_member, case_file.nodes);
  count_evidence(inventory, assembled.node_of_member, case_file.nodes);
  for (const Problem& problem : problems) {
    if (means_incomplete(problem)) lay_problem(problem, inventory, assembled.node_of_member, case_file.nodes);
  }
  assembled.outdated = find_outdated(inventory.members, assembled.node_of_member);
  assembled.originals = find_originals(inventory.members, digests, assembled.node_of_member);
  drop_idle_hits(inventory.members, assembled, kept);
  hand_out_hits(std::move(kept), assembled.node_of_member, case_file);
  return assembled;
}

}  // namespace assay
