// A digest is a chain: each event is mixed into what the events before it came to.
#include "copies.h"

#include <functional>
#include <map>
#include <string_view>
#include <tuple>

namespace assay {
namespace {

std::uint64_t mixed(std::uint64_t digest, std::uint64_t value) {
  constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15;
  digest = (digest ^ value) * kGolden;
  return digest ^ (digest >> 32);
}

}  // namespace

void MemberDigests::note(const Event& event) {
  const std::size_t member = event.place.member;
  if (member >= digests_.size()) digests_.resize(member + 1);
  std::uint64_t digest = mixed(digests_[member] + event.what.index() + 1, event.place.offset);
  if (event.time) digest = mixed(digest, static_cast<std::uint64_t>(event.time->microseconds));
  digests_[member] = mixed(digest, std::hash<std::string_view>{}(event.text));
}

std::vector<std::uint64_t> MemberDigests::take(std::size_t members) {
  digests_.resize(members);
  return std::move(digests_);
}

std::vector<std::uint32_t> find_originals(const std::vector<MemberRead>& members,
                                          std::span<const std::uint64_t> digests,
                                          std::span<const std::uint32_t> node_of_member) {
  std::map<std::tuple<std::uint32_t, std::uint64_t, std::uint64_t>, std::uint32_t> first;
  std::vector<std::uint32_t> originals(members.size());
  for (std::uint32_t i = 0; i < members.size(); ++i) {
    const std::tuple key{node_of_member[i], members[i].records, digests[i]};
    originals[i] = digests[i] == 0 ? i : first.try_emplace(key, i).first->second;
  }
  return originals;
}

}  // namespace assay
