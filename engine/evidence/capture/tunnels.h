// What carries IP packets or whole frames inside IP: IP in IP (RFC 2003, 4213), GRE (RFC 2784), with the
// mirrored frames of ERSPAN, VXLAN (RFC 7348) and its generic extension, Geneve (RFC 8926), GTP-U (3GPP TS
// 29.281), Teredo (RFC 4380).
#pragma once

#include <string_view>

#include "evidence/capture/packet.h"
#include "evidence/tls/cursor.h"

namespace assay {

// Numbers of protocols in IP headers, as IANA assigns them.
inline constexpr std::uint8_t kIpv4InIp = 4;
inline constexpr std::uint8_t kTcp = 6;
inline constexpr std::uint8_t kUdp = 17;
inline constexpr std::uint8_t kIpv6InIp = 41;
inline constexpr std::uint8_t kGre = 47;
inline constexpr std::uint8_t kEncrypted = 50;
inline constexpr std::uint8_t kAuthentication = 51;
inline constexpr std::uint8_t kL2tpInIp = 115;

// `tcp` here only means that there may be some: then `network` is the IP packet inside. For `unread`, that
// is set.
PacketKind open_tunnel(std::uint8_t protocol, Bytes payload, Bytes& network, std::string_view& unread);

}  // namespace assay
