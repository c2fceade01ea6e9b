// Headers are read only as far as it takes to know whether this is TCP: most packets of a capture are media,
// and are let go after a few comparisons.
#include "evidence/capture/packet.h"

#include <pcap/dlt.h>

#include <algorithm>

namespace assay {
namespace {

constexpr std::uint32_t kIpv4 = 0x0800;
constexpr std::uint32_t kIpv6 = 0x86dd;
constexpr int kRawInFiles = 101;  // LINKTYPE_RAW: the one of these that has another number in files
constexpr std::uint8_t kTcp = 6;
constexpr std::uint8_t kUdp = 17;

std::uint32_t big_endian(Bytes bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8 | bytes[at + i];
  return value;
}

bool is_vlan(std::uint32_t type) {
  return type == 0x8100 || type == 0x88a8 || type == 0x9100;
}

// A session of PPP over Ethernet (RFC 2516), as on the line of a DSL modem: six bytes, and the protocol of
// PPP.
PacketKind by_ppp_protocol(Bytes session, Bytes& network) {
  constexpr std::size_t kHeaderBytes = 6;
  constexpr std::uint32_t kPppIpv4 = 0x0021;
  constexpr std::uint32_t kPppIpv6 = 0x0057;
  if (session.size() < kHeaderBytes + 2) return PacketKind::malformed;
  const std::uint32_t protocol = big_endian(session, kHeaderBytes, 2);
  network = session.subspan(kHeaderBytes + 2);
  return protocol == kPppIpv4 || protocol == kPppIpv6 ? PacketKind::tcp : PacketKind::other;
}

PacketKind by_ether_type(std::uint32_t type, Bytes rest, Bytes& network) {
  constexpr std::size_t kVlanBytes = 4;
  constexpr std::uint32_t kPppoeSession = 0x8864;
  while (is_vlan(type)) {
    if (rest.size() < kVlanBytes) return PacketKind::malformed;
    type = big_endian(rest, 2, 2);
    rest = rest.subspan(kVlanBytes);
  }
  if (type == kPppoeSession) return by_ppp_protocol(rest, network);
  network = rest;
  return type == kIpv4 || type == kIpv6 ? PacketKind::tcp : PacketKind::other;
}

// The IP packet in a frame; `tcp` here only means that there is one.
PacketKind find_network(int link_type, Bytes packet, Bytes& network) {
  const auto behind = [&](std::size_t header, std::size_t type_at) {
    if (packet.size() < header) return PacketKind::malformed;
    return by_ether_type(big_endian(packet, type_at, 2), packet.subspan(header), network);
  };
  switch (link_type) {
    case DLT_EN10MB:
      return behind(14, 12);
    case DLT_LINUX_SLL:
      return behind(16, 14);
    case DLT_LINUX_SLL2:
      return behind(20, 0);
    case DLT_NULL:
    case DLT_LOOP: {  // four bytes of address family, in either order; the IP version says the same
      constexpr std::size_t kFamilyBytes = 4;
      if (packet.size() < kFamilyBytes) return PacketKind::malformed;
      network = packet.subspan(kFamilyBytes);
      return PacketKind::tcp;
    }
    case DLT_RAW:
    case kRawInFiles:
    case DLT_IPV4:
    case DLT_IPV6:
      network = packet;
      return PacketKind::tcp;
    default:
      return PacketKind::unknown_link;
  }
}

PacketKind decode_tcp(Bytes bytes, std::size_t length_on_wire, TcpSegment& segment) {
  constexpr std::size_t kHeaderBytes = 20;
  if (bytes.size() < kHeaderBytes) return PacketKind::malformed;
  const std::size_t header = static_cast<std::size_t>(bytes[12] >> 4) * 4;
  if (header < kHeaderBytes || header > length_on_wire) return PacketKind::malformed;
  const std::uint8_t flags = bytes[13];
  segment.source.port = static_cast<std::uint16_t>(big_endian(bytes, 0, 2));
  segment.target.port = static_cast<std::uint16_t>(big_endian(bytes, 2, 2));
  segment.sequence = big_endian(bytes, 4, 4);
  segment.acknowledged = big_endian(bytes, 8, 4);
  segment.fin = (flags & 0x01) != 0;
  segment.syn = (flags & 0x02) != 0;
  segment.rst = (flags & 0x04) != 0;
  segment.ack = (flags & 0x10) != 0;
  const std::size_t payload = length_on_wire - header;
  segment.payload =
      bytes.size() > header ? bytes.subspan(header).first(std::min(payload, bytes.size() - header)) : Bytes{};
  segment.cut_bytes = payload - segment.payload.size();
  return PacketKind::tcp;
}

PacketKind decode_ipv4(Bytes network, TcpSegment& segment) {
  constexpr std::size_t kHeaderBytes = 20;
  if (network.size() < kHeaderBytes) return PacketKind::malformed;
  if (network[9] != kTcp) return PacketKind::other;
  constexpr std::uint32_t kMoreOrOffset = 0x3fff;
  if ((big_endian(network, 6, 2) & kMoreOrOffset) != 0) return PacketKind::fragment;
  const std::size_t header = static_cast<std::size_t>(network[0] & 0x0f) * 4;
  std::size_t total = big_endian(network, 2, 2);
  if (total == 0) total = network.size();  // left to the network card (TCP segmentation offload)
  if (header < kHeaderBytes || header > total || header > network.size()) return PacketKind::malformed;
  for (PacketEndpoint* endpoint : {&segment.source, &segment.target}) {
    endpoint->address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0};
  }
  std::copy_n(network.begin() + 12, 4, segment.source.address.begin() + 12);
  std::copy_n(network.begin() + 16, 4, segment.target.address.begin() + 12);
  const std::size_t there = std::min(total, network.size());
  return decode_tcp(network.first(there).subspan(header), total - header, segment);
}

// Extension headers that may stand between IPv6 and TCP (RFC 8200).
PacketKind decode_ipv6(Bytes network, TcpSegment& segment) {
  constexpr std::size_t kHeaderBytes = 40;
  if (network.size() < kHeaderBytes) return PacketKind::malformed;
  std::copy_n(network.begin() + 8, 16, segment.source.address.begin());
  std::copy_n(network.begin() + 24, 16, segment.target.address.begin());
  std::uint8_t next = network[6];
  std::size_t length = big_endian(network, 4, 2);
  Bytes rest = network.subspan(kHeaderBytes);
  if (length == 0) length = rest.size();
  constexpr std::uint8_t kHopByHop = 0, kRouting = 43, kFragment = 44, kDestination = 60;
  while (next == kHopByHop || next == kRouting || next == kFragment || next == kDestination) {
    constexpr std::size_t kUnit = 8;
    if (rest.size() < kUnit) return PacketKind::malformed;
    constexpr std::uint32_t kMoreOrOffset = 0xfff9;
    if (next == kFragment && (big_endian(rest, 2, 2) & kMoreOrOffset) != 0) {
      return rest[0] == kUdp ? PacketKind::other : PacketKind::fragment;
    }
    const std::size_t header = next == kFragment ? kUnit : (std::size_t{rest[1]} + 1) * kUnit;
    if (header > rest.size() || header > length) return PacketKind::malformed;
    next = rest[0];
    rest = rest.subspan(header);
    length -= header;
  }
  if (next != kTcp) return PacketKind::other;
  return decode_tcp(rest.first(std::min(length, rest.size())), length, segment);
}

}  // namespace

PacketKind decode_network(Bytes network, TcpSegment& segment) {
  if (network.empty()) return PacketKind::malformed;
  switch (network[0] >> 4) {
    case 4:
      return decode_ipv4(network, segment);
    case 6:
      return decode_ipv6(network, segment);
    default:
      return PacketKind::other;
  }
}

PacketKind decode_packet(int link_type, Bytes packet, TcpSegment& segment, Bytes& network) {
  const PacketKind kind = find_network(link_type, packet, network);
  return kind == PacketKind::tcp ? decode_network(network, segment) : kind;
}

}  // namespace assay
