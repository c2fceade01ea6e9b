// SQL Server (MS-TDS) carries a TLS handshake inside packets of its own protocol; behind the handshake the
// records stand bare. Here the headers of those packets are taken away.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "assay/tls.h"
#include "evidence/tls/cursor.h"

namespace assay {

class TdsPackets {
 public:
  // What that side says next, without headers. Where there are none it is `data`; else it stands in `bare`.
  Bytes take(Peer from, Bytes data, std::vector<std::uint8_t>& bare);
  // Bytes of that side are missing: nobody knows where its next header is.
  void gap(Peer from) { side(from).state = State::bare; }

 private:
  static constexpr std::size_t kHeaderBytes = 8;
  enum class State { unknown, in_packets, bare };
  struct Side {
    State state = State::unknown;
    std::vector<std::uint8_t> header;  // as much as has come of it
    std::size_t left = 0;              // of the packet
  };
  Side& side(Peer peer) { return sides_[peer == Peer::client ? 0 : 1]; }
  static void take_header(Side& side, std::uint8_t byte, std::vector<std::uint8_t>& bare);

  std::array<Side, 2> sides_;
};

}  // namespace assay
