// A packet down to its TCP segment: Ethernet with VLAN tags and PPPoE, Linux cooked v1 and v2, loopback, raw
// IP; IPv4, IPv6.
#pragma once

#include <array>
#include <cstdint>

#include "evidence/tls/cursor.h"

namespace assay {

// A host and port as they stand in a packet; IPv4 addresses are mapped into IPv6 (RFC 4291 section 2.5.5.2).
struct PacketEndpoint {
  std::array<std::uint8_t, 16> address{};
  std::uint16_t port = 0;

  auto operator<=>(const PacketEndpoint&) const = default;
};

struct TcpSegment {
  PacketEndpoint source;
  PacketEndpoint target;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledged = 0;
  bool syn = false;
  bool ack = false;
  bool fin = false;
  bool rst = false;
  Bytes payload;              // what the packet holds of it
  std::size_t cut_bytes = 0;  // of the payload, that a snap length left out
};

enum class PacketKind {
  tcp,
  other,     // not TCP, or not IP
  fragment,  // of a datagram: to be put together first
  malformed,
  unknown_link,
};

// `link_type` is a DLT_ number of libpcap, or the LINKTYPE_ number of a file. Fills in `segment` for `tcp`;
// its views point into `packet`. For `fragment`, `network` is the IP packet.
PacketKind decode_packet(int link_type, Bytes packet, TcpSegment& segment, Bytes& network);

// The same from the IP header on.
PacketKind decode_network(Bytes network, TcpSegment& segment);

}  // namespace assay
