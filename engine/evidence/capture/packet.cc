// Headers are read only as far as it takes to know whether this is TCP: most packets of a capture are media,
// and are let go after a few comparisons.
#include "evidence/capture/packet.h"

#include <algorithm>

#include "evidence/capture/frame.h"
#include "evidence/capture/tunnels.h"

namespace assay {
namespace {

constexpr int kMostTunnels = 4;  // in one another

// What an IP packet carries.
struct Payload {
  std::uint8_t protocol = 0;
  Bytes bytes;             // what the capture holds of it
  std::size_t length = 0;  // on the wire
  bool is_front = false;   // the first fragment of a UDP datagram
};

PacketKind decode_tcp(const Payload& payload, TcpSegment& segment) {
  constexpr std::size_t kHeaderBytes = 20;
  const Bytes bytes = payload.bytes;
  if (bytes.size() < kHeaderBytes) return PacketKind::malformed;
  const std::size_t header = static_cast<std::size_t>(bytes[12] >> 4) * 4;
  if (header < kHeaderBytes || header > payload.length) return PacketKind::malformed;
  const std::uint8_t flags = bytes[13];
  segment.source.port = static_cast<std::uint16_t>(number_at(bytes, 0, 2));
  segment.target.port = static_cast<std::uint16_t>(number_at(bytes, 2, 2));
  segment.sequence = number_at(bytes, 4, 4);
  segment.acknowledged = number_at(bytes, 8, 4);
  segment.fin = (flags & 0x01) != 0;
  segment.syn = (flags & 0x02) != 0;
  segment.rst = (flags & 0x04) != 0;
  segment.ack = (flags & 0x10) != 0;
  const std::size_t size = payload.length - header;
  segment.payload =
      bytes.size() > header ? bytes.subspan(header).first(std::min(size, bytes.size() - header)) : Bytes{};
  segment.cut_bytes = size - segment.payload.size();
  return PacketKind::tcp;
}

bool may_hold_tcp(std::uint8_t protocol) {
  return protocol == kTcp || protocol == kAuthentication || protocol == kIpv4InIp || protocol == kIpv6InIp ||
         protocol == kGre || protocol == kEncrypted || protocol == kL2tpInIp;
}

// Passes a header that only proves who sent the packet (RFC 4302).
PacketKind pass_authentication(Payload& payload) {
  constexpr std::size_t kShortest = 12;
  if (payload.bytes.size() < kShortest) return PacketKind::malformed;
  const std::size_t header = (std::size_t{payload.bytes[1]} + 2) * 4;
  if (header > payload.bytes.size() || header > payload.length) return PacketKind::malformed;
  payload = {payload.bytes[0], payload.bytes.subspan(header), payload.length - header, payload.is_front};
  return PacketKind::tcp;
}

// `tcp` here only means that there may be some in the payload.
PacketKind read_ipv4(Bytes network, TcpSegment& segment, Payload& payload) {
  constexpr std::size_t kHeaderBytes = 20;
  if (network.size() < kHeaderBytes) return PacketKind::malformed;
  payload.protocol = network[9];
  const bool is_udp = payload.protocol == kUdp;
  if (!is_udp && !may_hold_tcp(payload.protocol)) return PacketKind::other;
  constexpr std::uint32_t kMore = 0x2000, kOffset = 0x1fff;
  const std::uint32_t place = number_at(network, 6, 2) & (kMore | kOffset);
  if (place != 0 && !is_udp) return PacketKind::fragment;
  if ((place & kOffset) != 0) return PacketKind::other;
  payload.is_front = place != 0;
  const std::size_t header = static_cast<std::size_t>(network[0] & 0x0f) * 4;
  std::size_t total = number_at(network, 2, 2);
  if (total == 0) total = network.size();  // left to the network card (TCP segmentation offload)
  if (header < kHeaderBytes || header > total || header > network.size()) {
    return is_udp ? PacketKind::other : PacketKind::malformed;
  }
  payload.bytes = network.first(std::min(total, network.size())).subspan(header);
  payload.length = total - header;
  if (is_udp) return PacketKind::tcp;
  for (PacketEndpoint* endpoint : {&segment.source, &segment.target}) {
    endpoint->address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0};
  }
  std::copy_n(network.begin() + 12, 4, segment.source.address.begin() + 12);
  std::copy_n(network.begin() + 16, 4, segment.target.address.begin() + 12);
  return payload.protocol == kAuthentication ? pass_authentication(payload) : PacketKind::tcp;
}

// Extension headers that may stand between IPv6 and TCP (RFC 8200).
PacketKind read_ipv6(Bytes network, TcpSegment& segment, Payload& payload) {
  constexpr std::size_t kHeaderBytes = 40;
  if (network.size() < kHeaderBytes) return PacketKind::malformed;
  std::copy_n(network.begin() + 8, 16, segment.source.address.begin());
  std::copy_n(network.begin() + 24, 16, segment.target.address.begin());
  std::uint8_t next = network[6];
  std::size_t length = number_at(network, 4, 2);
  Bytes rest = network.subspan(kHeaderBytes);
  if (length == 0) length = rest.size();
  constexpr std::uint8_t kHopByHop = 0, kRouting = 43, kFragment = 44, kDestination = 60;
  while (next == kHopByHop || next == kRouting || next == kFragment || next == kDestination) {
    constexpr std::size_t kUnit = 8;
    if (rest.size() < kUnit) return PacketKind::malformed;
    constexpr std::uint32_t kMore = 1, kOffset = 0xfff8;
    const std::uint32_t place = next == kFragment ? number_at(rest, 2, 2) & (kMore | kOffset) : 0;
    if (place != 0 && rest[0] != kUdp) return PacketKind::fragment;
    if ((place & kOffset) != 0) return PacketKind::other;
    payload.is_front = payload.is_front || place != 0;
    const std::size_t header = next == kFragment ? kUnit : (std::size_t{rest[1]} + 1) * kUnit;
    if (header > rest.size() || header > length) return PacketKind::malformed;
    next = rest[0];
    rest = rest.subspan(header);
    length -= header;
  }
  if (next != kUdp && !may_hold_tcp(next)) return PacketKind::other;
  payload.protocol = next;
  payload.bytes = rest.first(std::min(length, rest.size()));
  payload.length = length;
  return next == kAuthentication ? pass_authentication(payload) : PacketKind::tcp;
}

PacketKind read_ip(Bytes network, TcpSegment& segment, Payload& payload) {
  if (network.empty()) return PacketKind::malformed;
  switch (network[0] >> 4) {
    case 4:
      return read_ipv4(network, segment, payload);
    case 6:
      return read_ipv6(network, segment, payload);
    default:
      return PacketKind::other;
  }
}

PacketKind unread(DecodedPacket& decoded, std::string_view what) {
  decoded.unread = what;
  return PacketKind::unread;
}

// In `decoded`, `network` is the IP packet to begin with.
PacketKind decode(DecodedPacket& decoded) {
  for (int opened = 0; opened <= kMostTunnels; ++opened) {
    Payload payload;
    PacketKind kind = read_ip(decoded.network, decoded.segment, payload);
    if (kind != PacketKind::tcp) return kind;
    if (payload.protocol == kTcp) return decode_tcp(payload, decoded.segment);
    kind = open_tunnel(payload.protocol, payload.bytes, decoded.network, decoded.unread);
    const bool is_tunnel = kind == PacketKind::tcp || kind == PacketKind::malformed;
    if (payload.is_front && is_tunnel) return unread(decoded, kUdpFragments);
    if (kind != PacketKind::tcp) return kind;
  }
  return unread(decoded, kManyTunnels);
}

}  // namespace

DecodedPacket decode_network(Bytes network) {
  DecodedPacket decoded;
  decoded.network = network;
  decoded.kind = decode(decoded);
  return decoded;
}

DecodedPacket decode_packet(int link_type, Bytes packet) {
  DecodedPacket decoded;
  decoded.kind = find_network(link_type, packet, decoded.network);
  if (decoded.kind == PacketKind::tcp) decoded.kind = decode(decoded);
  return decoded;
}

}  // namespace assay
