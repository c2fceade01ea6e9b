// Requests that stand in several files of one node: in logs that overlap, or because the log went on in the
// next file while they were under way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "assay/report.h"
#include "evidence/event.h"
#include "nodes.h"

namespace assay {

// As much of a request as tells whether it is the same as another.
struct SeenRequest {
  std::uint64_t name = 0;  // stands for process, pid and Txn-id; without a Txn-id for the client, too
  std::int64_t begin = 0;  // in microseconds
  std::int64_t end = 0;
  std::uint32_t member = 0;
  bool was_asked = false;     // what the client asked was seen
  bool was_answered = false;  // the response was seen
};

// Of requests beyond these nobody knows whether they stand somewhere else, too.
inline constexpr std::size_t kSeenRequests = 250'000;

class SeenRequests {
 public:
  void note(const Event& event);
  std::vector<SeenRequest> take() { return std::move(requests_); }

 private:
  std::vector<SeenRequest> requests_;
};

// By request: the index of the one that it is a part or a copy of; mostly its own. The same are those of one
// name in different files of a node that were under way at the same time, and what goes on without having
// begun, soon after one that was not answered. What stands in a copy of a file is passed over.
std::vector<std::size_t> find_whole_requests(std::span<const SeenRequest> requests,
                                             const Assembled& assembled);

// Takes over what `whole` lacks and `part` has.
void complete_with(Transaction& whole, Transaction&& part);

}  // namespace assay
