// A frame down to the IP packet in it: Ethernet with VLAN tags, PPPoE and MPLS, Linux cooked v1 and v2,
// loopback, raw IP.
#pragma once

#include "evidence/capture/packet.h"
#include "evidence/tls/cursor.h"

namespace assay {

// `link_type` is a DLT_ number of libpcap, or the LINKTYPE_ number of a file. `tcp` here only means that
// there may be some: then `network` is the IP packet.
PacketKind find_network(int link_type, Bytes frame, Bytes& network);

// The same behind a frame's header, by the type that stands in it.
PacketKind find_by_ether_type(std::uint32_t type, Bytes rest, Bytes& network);

PacketKind find_in_ethernet(Bytes frame, Bytes& network);

}  // namespace assay
