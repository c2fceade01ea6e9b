// Any bytes as the two directions of a connection, in any pieces and with holes. What comes out does not
// depend on how long the pieces are, and memory stays within its bound.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "evidence/tls/handshake_reader.h"

namespace {

using namespace assay;

void require(bool holds) {
  if (!holds) std::abort();
}

bool over(HandshakeReader::Verdict verdict) {
  return verdict == HandshakeReader::Verdict::done || verdict == HandshakeReader::Verdict::not_tls;
}

// The input is turns: who and what (bit 7: the server; bits 6 and 5 set: a hole, or the end), how much.
std::string read(std::span<const std::uint8_t> input, bool in_pieces) {
  HandshakeReader reader(input.empty() || input[0] != 0);
  std::size_t said = 0;
  auto verdict = HandshakeReader::Verdict::undecided;
  while (input.size() >= 2 && !over(verdict)) {
    const Peer from = (input[0] & 0x80) != 0 ? Peer::server : Peer::client;
    const int what = input[0] >> 5 & 3;
    const std::size_t size =
        std::min<std::size_t>(static_cast<std::size_t>((input[0] & 7) << 8 | input[1]), input.size() - 2);
    std::span<const std::uint8_t> data = input.subspan(2, what == 3 ? 0 : size);
    input = input.subspan(2 + data.size());
    if (what == 3) {
      if (size % 2 == 0) reader.gap(from, size + 1, Time{});
      if (size % 2 == 1) reader.closed(from);
      continue;
    }
    said += data.size();
    const std::size_t piece = in_pieces ? 3 : data.size();
    while (!data.empty() && !over(verdict)) {
      const std::size_t taken = std::min(piece, data.size());
      verdict = reader.bytes(from, data.first(taken), Time{});
      data = data.subspan(taken);
    }
    require(reader.memory() < 100'000 + 8 * said);
  }
  const WireHandshake wire = reader.finish(true);
  const Handshake& handshake = wire.handshake;
  return handshake.sni + "|" + handshake.version + "|" + handshake.cipher + "|" +
         std::to_string(wire.server_chain.size()) + "|" + std::to_string(wire.client_chain.size()) + "|" +
         std::to_string(handshake.dh_bits);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span input(data, size);
  read(input, true);
  read(input, false);
  return 0;
}
