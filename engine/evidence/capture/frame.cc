// Headers of links are few, and say at a fixed place what follows.
#include "evidence/capture/frame.h"

#include <pcap/dlt.h>

namespace assay {
namespace {

constexpr std::uint32_t kIpv4 = 0x0800;
constexpr std::uint32_t kIpv6 = 0x86dd;
constexpr int kRawInFiles = 101;  // LINKTYPE_RAW: the one of these that has another number in files

bool is_vlan(std::uint32_t type) {
  return type == 0x8100 || type == 0x88a8 || type == 0x9100;
}

bool is_mpls(std::uint32_t type) {
  return type == 0x8847 || type == 0x8848;
}

// A session of PPP over Ethernet (RFC 2516), as on the line of a DSL modem: six bytes, and the protocol of
// PPP.
PacketKind by_ppp_protocol(Bytes session, Bytes& network) {
  constexpr std::size_t kHeaderBytes = 6;
  constexpr std::uint32_t kPppIpv4 = 0x0021;
  constexpr std::uint32_t kPppIpv6 = 0x0057;
  if (session.size() < kHeaderBytes + 2) return PacketKind::malformed;
  const std::uint32_t protocol = number_at(session, kHeaderBytes, 2);
  network = session.subspan(kHeaderBytes + 2);
  return protocol == kPppIpv4 || protocol == kPppIpv6 ? PacketKind::tcp : PacketKind::other;
}

// Labels, the last of which is marked (RFC 3032). Nothing says what follows but its first bits: the version
// of IP, or zero before an Ethernet frame (the control word of RFC 4448).
PacketKind behind_labels(Bytes rest, Bytes& network) {
  constexpr std::size_t kLabelBytes = 4;
  constexpr std::uint8_t kLast = 1;
  bool is_last = false;
  while (!is_last) {
    if (rest.size() <= kLabelBytes) return PacketKind::malformed;
    is_last = (rest[2] & kLast) != 0;
    rest = rest.subspan(kLabelBytes);
  }
  const int version = rest[0] >> 4;
  if (version == 0 && rest.size() > kLabelBytes) return find_in_ethernet(rest.subspan(kLabelBytes), network);
  network = rest;
  return version == 4 || version == 6 ? PacketKind::tcp : PacketKind::other;
}

}  // namespace

PacketKind find_by_ether_type(std::uint32_t type, Bytes rest, Bytes& network) {
  constexpr std::size_t kVlanBytes = 4;
  constexpr std::uint32_t kPppoeSession = 0x8864;
  while (is_vlan(type)) {
    if (rest.size() < kVlanBytes) return PacketKind::malformed;
    type = number_at(rest, 2, 2);
    rest = rest.subspan(kVlanBytes);
  }
  if (type == kPppoeSession) return by_ppp_protocol(rest, network);
  if (is_mpls(type)) return behind_labels(rest, network);
  network = rest;
  return type == kIpv4 || type == kIpv6 ? PacketKind::tcp : PacketKind::other;
}

PacketKind find_in_ethernet(Bytes frame, Bytes& network) {
  return find_network(DLT_EN10MB, frame, network);
}

PacketKind find_network(int link_type, Bytes frame, Bytes& network) {
  const auto behind = [&](std::size_t header, std::size_t type_at) {
    if (frame.size() < header) return PacketKind::malformed;
    return find_by_ether_type(number_at(frame, type_at, 2), frame.subspan(header), network);
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
      if (frame.size() < kFamilyBytes) return PacketKind::malformed;
      network = frame.subspan(kFamilyBytes);
      return PacketKind::tcp;
    }
    case DLT_RAW:
    case kRawInFiles:
    case DLT_IPV4:
    case DLT_IPV6:
      network = frame;
      return PacketKind::tcp;
    default:
      return PacketKind::unknown_link;
  }
}

}  // namespace assay
