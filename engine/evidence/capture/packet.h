// A packet down to its TCP segment: the frame of its link, IPv4 or IPv6, and these once more in a tunnel.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

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
  unread,    // it may hold TCP, or speaks of TLS, in a way that is not read
  malformed,
  unknown_link,
};

struct DecodedPacket {
  PacketKind kind = PacketKind::other;
  TcpSegment segment;       // of `tcp`; its views point into the packet
  Bytes network;            // of `fragment`: the IP packet
  std::string_view unread;  // of `unread`: what it is, kL2tp, …
};

// What is not read.
inline constexpr std::string_view kL2tp = "L2TP";
inline constexpr std::string_view kPptp = "PPTP";
inline constexpr std::string_view kManyTunnels = "more than four tunnels in one another";
inline constexpr std::string_view kCapwap = "CAPWAP";
inline constexpr std::string_view kUdpFragments = "fragments of a tunnel over UDP";
inline constexpr std::string_view kDtls = "DTLS";
inline constexpr std::string_view kQuic = "QUIC";
inline constexpr std::string_view kEsp = "ESP";

// `link_type` is a DLT_ number of libpcap, or the LINKTYPE_ number of a file.
DecodedPacket decode_packet(int link_type, Bytes packet);

// The same from the IP header on.
DecodedPacket decode_network(Bytes network);

}  // namespace assay
