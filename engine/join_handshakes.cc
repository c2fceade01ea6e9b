// The log and the capture are written by two processes with one clock, so times agree to some milliseconds. A
// failed connection is tried again at once, so several handshakes may lie within one transaction: the last
// one that had begun before its end is the one that its fate hangs on.
#include "join_handshakes.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace assay {
namespace {

constexpr std::int64_t kClockSlack = 100'000;  // microseconds

using ByServer = std::map<std::pair<std::string, std::string>, std::vector<const Handshake*>>;

ByServer by_server(std::span<const Handshake> handshakes) {
  ByServer result;
  for (const Handshake& handshake : handshakes) {
    if (handshake.begin) result[{handshake.node, to_string(handshake.server)}].push_back(&handshake);
  }
  return result;
}

}  // namespace

void join_handshakes(std::span<const Handshake> handshakes, std::span<Transaction> transactions) {
  const ByServer servers = by_server(handshakes);
  for (Transaction& transaction : transactions) {
    const auto found = servers.find({transaction.node, transaction.server});
    if (found == servers.end() || !transaction.begin || !transaction.end) continue;
    const Handshake* latest = nullptr;
    std::size_t candidates = 0;
    for (const Handshake* handshake : found->second) {
      const std::int64_t begin = handshake->begin->microseconds;
      if (begin < transaction.begin->microseconds - kClockSlack) continue;
      if (begin > transaction.end->microseconds + kClockSlack) continue;
      ++candidates;
      if (latest == nullptr || *handshake->begin > *latest->begin) latest = handshake;
    }
    if (latest == nullptr) continue;
    transaction.handshake = {.place = latest->place,
                             .time = latest->begin,
                             .outcome = std::string(to_string(latest->outcome)),
                             .join = candidates == 1 ? Join::only_candidate : Join::nearest};
  }
}

}  // namespace assay
