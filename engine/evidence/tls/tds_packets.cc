// A header is eight bytes: kind, whether more packets follow, length with the header, and what does not
// matter here. What has another kind, or is no header, tells that the packets are over.
#include "evidence/tls/tds_packets.h"

#include <algorithm>

#include "evidence/tls/peers.h"

namespace assay {
namespace {

constexpr std::uint8_t kTdsPrelogin = 0x12, kTdsAnswer = 0x04;

}  // namespace

Bytes TdsPackets::take(Peer from, Bytes data, std::vector<std::uint8_t>& bare) {
  Side& mine = side(from);
  if (mine.state == State::unknown && !data.empty()) {
    const bool is_answer = data[0] == kTdsAnswer && side(other(from)).state == State::in_packets;
    mine.state = data[0] == kTdsPrelogin || is_answer ? State::in_packets : State::bare;
  }
  if (mine.state != State::in_packets) return data;
  while (!data.empty() && mine.state == State::in_packets) {
    if (mine.left == 0) {
      take_header(mine, data[0], bare);
      data = data.subspan(1);
      continue;
    }
    const Bytes body = data.first(std::min(mine.left, data.size()));
    bare.insert(bare.end(), body.begin(), body.end());
    mine.left -= body.size();
    data = data.subspan(body.size());
  }
  bare.insert(bare.end(), data.begin(), data.end());
  return bare;
}

void TdsPackets::take_header(Side& side, std::uint8_t byte, std::vector<std::uint8_t>& bare) {
  side.header.push_back(byte);
  const Bytes header(side.header);
  const bool is_kind = header[0] == kTdsPrelogin || header[0] == kTdsAnswer;
  if (is_kind && header.size() < kHeaderBytes) return;
  const std::size_t length = is_kind ? number_at(header, 2, 2) : 0;
  if (length < kHeaderBytes) {
    side.state = State::bare;
    bare.insert(bare.end(), header.begin(), header.end());
  } else {
    side.left = length - kHeaderBytes;
  }
  side.header.clear();
}

}  // namespace assay
