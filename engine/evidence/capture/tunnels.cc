// Media may run on any UDP port, so a port alone says nothing: what stands there must have the bits that the
// tunnel always has. RTP, STUN and DTLS begin otherwise.
#include "evidence/capture/tunnels.h"

#include "evidence/capture/frame.h"
#include "evidence/tls/messages.h"

namespace assay {
namespace {

constexpr std::uint32_t kFrame = 0x6558;  // an Ethernet frame, where types of Ethernet stand

// Frames that a switch mirrors; the second and third form have headers of their own.
PacketKind mirrored(Cursor& cursor, bool is_third, Bytes& network) {
  constexpr std::size_t kHeaderBytes = 8;
  cursor.take(kHeaderBytes);
  const bool has_more = is_third && (cursor.number(4) & 1) != 0;
  if (has_more) cursor.take(8);
  return cursor.failed() ? PacketKind::malformed : find_in_ethernet(cursor.take(cursor.left()), network);
}

PacketKind in_gre(Bytes payload, Bytes& network, std::string_view& unread) {
  constexpr std::uint32_t kVersion = 7;
  constexpr std::uint32_t kChecksum = 0x8000, kRouting = 0x4000, kKey = 0x2000, kSequence = 0x1000;
  constexpr std::uint32_t kMirrored = 0x88be, kMirroredThird = 0x22eb;
  Cursor cursor(payload);
  const std::uint32_t flags = cursor.number(2);
  const std::uint32_t type = cursor.number(2);
  if ((flags & kVersion) == 1) {
    unread = kPptp;
    return PacketKind::unread;
  }
  if ((flags & (kVersion | kRouting)) != 0) return PacketKind::other;
  for (const std::uint32_t field : {kChecksum, kKey, kSequence}) {
    if ((flags & field) != 0) cursor.take(4);
  }
  if (cursor.failed()) return PacketKind::malformed;
  if (type == kMirroredThird || (type == kMirrored && (flags & kSequence) != 0)) {
    return mirrored(cursor, type == kMirroredThird, network);
  }
  const Bytes inside = cursor.take(cursor.left());
  if (type == kFrame || type == kMirrored) return find_in_ethernet(inside, network);
  return find_by_ether_type(type, inside, network);
}

PacketKind in_vxlan(Bytes data, Bytes& network) {
  constexpr std::size_t kHeaderBytes = 8;
  const bool is_sound = data.size() > kHeaderBytes && number_at(data, 0, 4) == 0x08000000 && data[7] == 0;
  return is_sound ? find_in_ethernet(data.subspan(kHeaderBytes), network) : PacketKind::other;
}

// The generic protocol extension tells what is inside.
PacketKind in_vxlan_gpe(Bytes data, Bytes& network) {
  constexpr std::size_t kHeaderBytes = 8;
  constexpr std::uint8_t kTold = 0x0c, kBroadcast = 0x02, kInEthernet = 3;
  if (data.size() <= kHeaderBytes || (data[0] & ~kBroadcast) != kTold || data[1] != 0 || data[2] != 0) {
    return PacketKind::other;
  }
  network = data.subspan(kHeaderBytes);
  if (data[3] == kInEthernet) return find_in_ethernet(network, network);
  return data[3] == 1 || data[3] == 2 ? PacketKind::tcp : PacketKind::other;
}

PacketKind in_teredo(Bytes data, Bytes& network) {
  constexpr std::size_t kHeaderBytes = 40;
  network = data;
  const bool is_ipv6 =
      data.size() > kHeaderBytes && data[0] >> 4 == 6 && kHeaderBytes + number_at(data, 4, 2) == data.size();
  return is_ipv6 ? PacketKind::tcp : PacketKind::other;
}

PacketKind in_geneve(Bytes data, Bytes& network) {
  constexpr std::size_t kHeaderBytes = 8;
  if (data.size() < kHeaderBytes || (data[0] & 0xc0) != 0 || (data[1] & 0x3f) != 0 || data[7] != 0) {
    return PacketKind::other;
  }
  const std::size_t header = kHeaderBytes + 4 * static_cast<std::size_t>(data[0]);
  if (header > data.size()) return PacketKind::other;
  const std::uint32_t type = number_at(data, 2, 2);
  const Bytes inside = data.subspan(header);
  return type == kFrame ? find_in_ethernet(inside, network) : find_by_ether_type(type, inside, network);
}

PacketKind in_gtp(Bytes data, Bytes& network) {
  constexpr std::uint32_t kUserData = 255;
  constexpr std::uint8_t kOptional = 7;  // of these flags each has the same four bytes behind the header
  constexpr std::uint8_t kExtended = 4;
  Cursor cursor(data);
  const std::uint32_t flags = cursor.number(1);
  const std::uint32_t type = cursor.number(1);
  if ((flags & 0xf8) != 0x30 || type != kUserData) return PacketKind::other;
  cursor.take(6);  // length, and the number of the tunnel
  std::uint32_t next = 0;
  if ((flags & kOptional) != 0) {
    cursor.take(3);
    next = cursor.number(1);
  }
  while ((flags & kExtended) != 0 && next != 0 && !cursor.failed()) {
    cursor.take(4 * std::size_t{cursor.number(1)} - 2);
    next = cursor.number(1);
  }
  network = cursor.take(cursor.left());
  const int version = network.empty() ? 0 : network[0] >> 4;
  return version == 4 || version == 6 ? PacketKind::tcp : PacketKind::other;
}

// Of control messages and of data; in both the version is 2 and what is reserved is zero.
bool is_l2tp(Bytes data) {
  constexpr std::size_t kShortestHeader = 6;
  if (data.size() < kShortestHeader || data[1] != 2) return false;
  return data[0] == 0xc8 || (data[0] & 0xb4) == 0;
}

// Data of an access point (RFC 5415), in the clear or in DTLS, of which the front says so.
bool is_capwap(Bytes data) {
  constexpr std::size_t kShortestHeader = 8;
  if (data.size() < kShortestHeader || data[0] > 1) return false;
  const bool is_encrypted = data[0] == 1;
  const std::size_t header = 4 * static_cast<std::size_t>(data[1] >> 3);
  return is_encrypted ? number_at(data, 1, 3) == 0
                      : header >= kShortestHeader && header < data.size() && (data[3] & 7) == 0;
}

// Behind a NAT (RFC 3948): a number that both sides chose, and a counter from one on. RTP begins otherwise,
// and so does every fourth of those numbers; but there is one for each direction.
bool is_esp_in_udp(Bytes data) {
  constexpr std::size_t kShortest = 32;
  constexpr std::uint32_t kReserved = 255, kLikelyCounter = 1U << 24;
  if (data.size() < kShortest || data[0] >> 6 == 2) return false;
  const std::uint32_t counter = number_at(data, 4, 4);
  return number_at(data, 0, 4) > kReserved && counter > 0 && counter < kLikelyCounter;
}

// The first packet of either side (RFC 9000, 9369), which fills a datagram.
bool opens_quic(Bytes data) {
  constexpr std::size_t kShortest = 1200;
  if (data.size() < kShortest || (data[0] & 0xc0) != 0xc0) return false;
  constexpr std::uint32_t kFirstVersion = 1, kSecondVersion = 0x6b3343cf;
  const std::uint32_t version = number_at(data, 1, 4);
  const int type = data[0] >> 4 & 3;
  return (version == kFirstVersion && type == 0) || (version == kSecondVersion && type == 1);
}

// The first message of a client. Of media it asks for SRTP (RFC 5764), and is not what is looked for here.
bool asks_for_dtls(Bytes data) {
  constexpr std::size_t kRecordBytes = 13, kMessageBytes = 12;
  if (data.size() < kRecordBytes + kMessageBytes || data[0] != 22 || data[1] != 0xfe) return false;
  const Bytes message = data.subspan(kRecordBytes);
  const std::uint32_t length = number_at(message, 1, 3);
  const bool is_whole = number_at(message, 6, 3) == 0 && number_at(message, 9, 3) == length &&
                        message.size() >= kMessageBytes + length;
  return message[0] == 1 && is_whole && !asks_for_srtp(message.subspan(kMessageBytes, length));
}

std::string_view unread_in_udp(std::uint32_t from_port, std::uint32_t to_port, Bytes data) {
  constexpr std::uint32_t kL2tpPort = 1701, kEspPort = 4500, kCapwapPort = 5247;
  const auto is_of = [&](std::uint32_t port) { return from_port == port || to_port == port; };
  if (to_port == kL2tpPort && is_l2tp(data)) return kL2tp;
  if (is_of(kCapwapPort) && is_capwap(data)) return kCapwap;
  if (is_of(kEspPort) && is_esp_in_udp(data)) return kEsp;
  if (opens_quic(data)) return kQuic;
  return asks_for_dtls(data) ? kDtls : std::string_view{};
}

PacketKind in_udp(Bytes payload, Bytes& network, std::string_view& unread) {
  constexpr std::size_t kHeaderBytes = 8;
  if (payload.size() < kHeaderBytes) return PacketKind::other;
  const Bytes data = payload.subspan(kHeaderBytes);
  constexpr std::uint32_t kGtp = 2152, kTeredo = 3544, kVxlan = 4789, kVxlanGpe = 4790;
  constexpr std::uint32_t kVxlanOfLinux = 8472, kGeneve = 6081;
  const std::uint32_t from_port = number_at(payload, 0, 2);
  const std::uint32_t to_port = number_at(payload, 2, 2);
  switch (to_port) {
    case kVxlan:
    case kVxlanOfLinux:
      return in_vxlan(data, network);
    case kVxlanGpe:
      return in_vxlan_gpe(data, network);
    case kGeneve:
      return in_geneve(data, network);
    case kGtp:
      return in_gtp(data, network);
    default:
      break;
  }
  if (from_port == kTeredo || to_port == kTeredo) return in_teredo(data, network);
  unread = unread_in_udp(from_port, to_port, data);
  return unread.empty() ? PacketKind::other : PacketKind::unread;
}

}  // namespace

PacketKind open_tunnel(std::uint8_t protocol, Bytes payload, Bytes& network, std::string_view& unread) {
  switch (protocol) {
    case kUdp:
      return in_udp(payload, network, unread);
    case kIpv4InIp:
    case kIpv6InIp:
      network = payload;
      return PacketKind::tcp;
    case kGre:
      return in_gre(payload, network, unread);
    case kEncrypted:
      unread = kEsp;
      return PacketKind::unread;
    case kL2tpInIp:
      unread = kL2tp;
      return PacketKind::unread;
    default:
      return PacketKind::other;
  }
}

}  // namespace assay
