// For each node and kind of what shows a state: the bundle that has it last.
#include "outdated.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace assay {
namespace {

// Kinds of evidence that show a state. Others tell what happened, whenever that was.
constexpr std::array<std::string_view, 4> kStates = {"configuration", "status", "trust_store",
                                                     "server_certificate"};

}  // namespace

std::map<std::string, std::int64_t> last_record_of_bundles(const std::vector<MemberRead>& members) {
  std::map<std::string, std::int64_t> last;
  for (const MemberRead& member : members) {
    std::int64_t& latest = last[member.container];
    if (member.span.last) latest = std::max(latest, member.span.last->microseconds);
  }
  return last;
}

std::vector<bool> find_outdated(const std::vector<MemberRead>& members,
                                std::span<const std::uint32_t> node_of_member) {
  const auto last_record = last_record_of_bundles(members);
  std::map<std::pair<std::uint32_t, std::string_view>, std::int64_t> latest;
  const auto each_state = [&](const auto& visit) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (const std::string_view kind : kStates) {
        if (!members[i].kinds.contains(kind)) continue;
        visit(i, latest[{node_of_member[i], kind}], last_record.at(members[i].container));
      }
    }
  };
  each_state([](std::size_t, std::int64_t& at, std::int64_t own) { at = std::max(at, own); });
  std::vector<bool> outdated(members.size());
  each_state([&](std::size_t i, std::int64_t at, std::int64_t own) {
    if (own < at) outdated[i] = true;
  });
  return outdated;
}

}  // namespace assay
