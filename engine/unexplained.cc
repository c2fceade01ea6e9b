// Leaves out what a finding explains, and joins what looks alike on one node.
#include "unexplained.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace assay {
namespace {

// Signature ids that came to something, with the node; "" is every node.
using Speaking = std::set<std::pair<std::string, std::string>>;

Speaking speaking(std::span<const Finding> findings) {
  Speaking ids;
  for (const Finding& finding : findings) {
    if (finding.status == Status::issue || finding.status == Status::potential_problem) {
      ids.emplace(finding.id, finding.node);
    }
  }
  return ids;
}

bool is_explained(const Alike& alike, const std::string& node, const std::vector<Signature>& signatures,
                  const Speaking& ids) {
  return std::any_of(alike.signatures.begin(), alike.signatures.end(), [&](std::uint32_t index) {
    const std::string& id = signatures[index].id;
    return ids.contains({id, node}) || ids.contains({id, ""});
  });
}

Occurrences without_copies(const Alike& alike, const Assembled& assembled) {
  Occurrences seen;
  for (const auto& [member, occurrences] : alike.in_members) {
    if (member == kFurtherMembers || !is_copy(assembled, member)) seen.add(occurrences);
  }
  return seen;
}

// Of what several files hold, those beyond the file that holds it most often.
std::uint64_t count_repeated(std::vector<EventSighting>& sightings) {
  std::sort(sightings.begin(), sightings.end());
  std::uint64_t repeated = 0;
  for (auto begin = sightings.begin(), end = begin; begin != sightings.end(); begin = end) {
    std::ptrdiff_t most = 0;
    while (end != sightings.end() && end->what == begin->what) {
      const auto file = end;
      while (end != sightings.end() && *end == *file) ++end;
      most = std::max(most, end - file);
    }
    repeated += static_cast<std::uint64_t>(end - begin - most);
  }
  return repeated;
}

UnexplainedGroup group_of(Alike&& alike, const Occurrences& seen, const Assembled& assembled) {
  UnexplainedGroup group;
  group.node = assembled.case_file.nodes[assembled.node_of_member[alike.member]].name;
  group.kind = std::move(alike.kind);
  group.level = std::move(alike.level);
  group.shape = std::move(alike.shape);
  group.count = seen.count;
  group.first = seen.first;
  group.last = seen.last;
  group.place = {.path = assembled.case_file.member_paths[alike.member],
                 .line = alike.place.line,
                 .offset = alike.place.offset};
  group.text = std::move(alike.text);
  return group;
}

void append_sightings(const Alike& alike, const Assembled& assembled, std::vector<EventSighting>& sightings) {
  std::copy_if(alike.sightings.begin(), alike.sightings.end(), std::back_inserter(sightings),
               [&](const EventSighting& sighting) { return !is_copy(assembled, sighting.member); });
}

void join(UnexplainedGroup& group, const UnexplainedGroup& other) {
  Occurrences both{.count = group.count, .first = group.first, .last = group.last};
  both.add(Occurrences{.count = other.count, .first = other.first, .last = other.last});
  group.count = both.count;
  group.first = both.first;
  group.last = both.last;
}

}  // namespace

UnexplainedEvents unexplained_events(KeptAlike&& kept, const Assembled& assembled,
                                     const std::vector<Signature>& signatures,
                                     std::span<const Finding> findings) {
  const Speaking ids = speaking(findings);
  // The example is that of the first member, so that it does not depend on the order of a hash table.
  std::sort(kept.alike.begin(), kept.alike.end(), [](const Alike& left, const Alike& right) {
    return std::tie(left.member, left.place.offset) < std::tie(right.member, right.place.offset);
  });
  UnexplainedEvents events;
  events.count = kept.uncounted;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> places;
  std::vector<std::vector<EventSighting>> sightings;  // by group
  for (Alike& alike : kept.alike) {
    const std::string& node = assembled.case_file.nodes[assembled.node_of_member[alike.member]].name;
    if (is_explained(alike, node, signatures, ids)) continue;
    const Occurrences seen = without_copies(alike, assembled);
    if (seen.count == 0) continue;
    events.count += seen.count;
    const auto [place, is_new] = places.emplace(std::tuple(node, alike.kind, alike.shape), sightings.size());
    if (is_new) sightings.emplace_back();
    append_sightings(alike, assembled, sightings[place->second]);
    UnexplainedGroup group = group_of(std::move(alike), seen, assembled);
    if (is_new) {
      events.groups.push_back(std::move(group));
    } else {
      join(events.groups[place->second], group);
    }
  }
  for (std::size_t i = 0; i < sightings.size(); ++i) {
    const std::uint64_t repeated = count_repeated(sightings[i]);
    events.groups[i].count -= repeated;
    events.count -= repeated;
  }
  std::stable_sort(events.groups.begin(), events.groups.end(),
                   [](const UnexplainedGroup& left, const UnexplainedGroup& right) {
                     return std::tie(right.count, left.node, left.shape) <
                            std::tie(left.count, right.node, right.shape);
                   });
  if (events.groups.size() > kUnexplainedListed) events.groups.resize(kUnexplainedListed);
  return events;
}

}  // namespace assay
