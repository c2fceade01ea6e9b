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

PacketKind in_udp(Bytes payload, Bytes& network, std::string_view& unread) {
  constexpr std::size_t kHeaderBytes = 8;
  if (payload.size() < kHeaderBytes) return PacketKind::other;
  const Bytes data = payload.subspan(kHeaderBytes);
  constexpr std::uint32_t kL2tpPort = 1701, kGtp = 2152, kVxlan = 4789, kVxlanOfLinux = 8472, kGeneve = 6081;
  switch (number_at(payload, 2, 2)) {
    case kVxlan:
    case kVxlanOfLinux:
      return in_vxlan(data, network);
    case kGeneve:
      return in_geneve(data, network);
    case kGtp:
      return in_gtp(data, network);
    case kL2tpPort:
      if (is_l2tp(data)) unread = kL2tp;
      break;
    default:
      if (asks_for_dtls(data)) unread = kDtls;
  }
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
    default:
      return PacketKind::other;
  }
}

}  // namespace assay
