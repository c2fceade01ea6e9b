// Files of one node that are copies of others: a log that was uploaded twice, an archive beside what was
// unpacked from it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "evidence/event.h"
#include "evidence/inventory.h"

namespace assay {

// By member, a number that stands for all events that came of it, in their order, each with its place in the
// file, time and text. Log records that may wait (Wanted::waiting) are left to others. What was not handed
// out as an event does not count, and so nothing can be lost with it.
class MemberDigests {
 public:
  void note(const Event& event);
  std::vector<std::uint64_t> take(std::size_t members);

 private:
  std::vector<std::uint64_t> digests_;  // 0: no event yet
};

// By member: the first one of the same node that gave the same events and has as many records; of most,
// itself.
std::vector<std::uint32_t> find_originals(const std::vector<MemberRead>& members,
                                          std::span<const std::uint64_t> digests,
                                          std::span<const std::uint32_t> node_of_member);

}  // namespace assay
