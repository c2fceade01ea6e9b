// Packets inside of packets: what of them is read, and what is said of the others.
#include <gmock/gmock.h>

#include <functional>
#include <string>
#include <vector>

#include "capture_files.h"
#include "made_capture.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::size_t kEthernetBytes = 14;
const std::string kAddresses = std::string(12, '\x02');

std::string frame(int type, const std::string& rest) {
  return kAddresses + big_endian(static_cast<std::uint64_t>(type), 2) + rest;
}

std::string ipv4(int protocol, const std::string& rest, int place = 0) {
  return frame(0x0800, big_endian(0x4500, 2) + big_endian(20 + rest.size(), 2) + big_endian(7, 2) +
                           big_endian(static_cast<std::uint64_t>(place), 2) + big_endian(64, 1) +
                           big_endian(static_cast<std::uint64_t>(protocol), 1) + big_endian(0, 2) +
                           big_endian(0x0a000001, 4) + big_endian(0x0a000002, 4) + rest);
}

std::string ipv6(int protocol, const std::string& rest) {
  return frame(0x86dd, big_endian(0x60000000, 4) + big_endian(rest.size(), 2) +
                           big_endian(static_cast<std::uint64_t>(protocol), 1) + big_endian(64, 1) +
                           std::string(15, '\0') + "\x01" + std::string(15, '\0') + "\x02" + rest);
}

std::string datagram(int from, int port, const std::string& rest) {
  return big_endian(static_cast<std::uint64_t>(from), 2) + big_endian(static_cast<std::uint64_t>(port), 2) +
         big_endian(8 + rest.size(), 2) + big_endian(0, 2) + rest;
}

std::string udp(int port, const std::string& rest) {
  return ipv4(17, datagram(50'000, port, rest));
}

std::string gre(int flags, int type, const std::string& rest) {
  return ipv4(47, big_endian(static_cast<std::uint64_t>(flags), 2) +
                      big_endian(static_cast<std::uint64_t>(type), 2) + rest);
}

std::string network_of(const std::string& frame) {
  return frame.substr(kEthernetBytes);
}

std::string gtp(int flags, const std::string& options, const std::string& inner) {
  const std::string behind = options + network_of(inner);
  return udp(2152, big_endian(static_cast<std::uint64_t>(flags), 1) + "\xff" + big_endian(behind.size(), 2) +
                       "TEID" + behind);
}

// Of IPv4 without options; the header stands between it and what it carries.
std::string authenticated(const std::string& inner) {
  constexpr std::size_t kBytes = 24;
  constexpr std::size_t kHeader = 20;
  const std::string network = network_of(inner);
  std::string outer = network.substr(0, kHeader);
  outer.replace(2, 2, big_endian(network.size() + kBytes, 2));
  outer[9] = 51;
  return frame(0x0800,
               outer + network[9] + "\x04"s + std::string(kBytes - 2, '\x05') + network.substr(kHeader));
}

using Wrap = std::function<std::string(const std::string&)>;

// Adds to the capture's packets what stands around a frame.
std::string wrapped(const std::string& bytes, const Wrap& wrap) {
  PcapFile capture(bytes);
  for (std::string& packet : capture.packets) {
    const std::string outer = wrap(packet.substr(PcapFile::kPacketHeaderBytes));
    packet = packet.substr(0, 8) + little_endian(outer.size(), 4) + little_endian(outer.size(), 4) + outer;
  }
  return capture.bytes();
}

std::vector<std::string> codes(const CaptureReading& reading) {
  std::vector<std::string> codes;
  for (const Problem& problem : reading.problems) codes.push_back(problem.code);
  return codes;
}

struct Tunnel {
  std::string name;
  Wrap wrap;
};

const std::vector<Tunnel> kReadTunnels = {
    {"IPv4 in IPv4", [](const std::string& f) { return ipv4(4, network_of(f)); }},
    {"IPv4 in IPv6", [](const std::string& f) { return ipv6(4, network_of(f)); }},
    {"AH", authenticated},
    {"GRE", [](const std::string& f) { return gre(0, 0x0800, network_of(f)); }},
    {"GRE with a checksum, a key and a number",
     [](const std::string& f) { return gre(0xb000, 0x0800, std::string(12, '\x01') + network_of(f)); }},
    {"GRE over IPv6",
     [](const std::string& f) { return ipv6(47, big_endian(0x00000800, 4) + network_of(f)); }},
    {"Ethernet in GRE", [](const std::string& f) { return gre(0x2000, 0x6558, "KEY!" + f); }},
    {"ERSPAN I", [](const std::string& f) { return gre(0, 0x88be, f); }},
    {"ERSPAN II",
     [](const std::string& f) { return gre(0x1000, 0x88be, big_endian(1, 4) + std::string(8, '\x10') + f); }},
    {"ERSPAN III",
     [](const std::string& f) {
       return gre(0x1000, 0x22eb, big_endian(1, 4) + std::string(8, '\x20') + big_endian(0, 4) + f);
     }},
    {"ERSPAN III with more",
     [](const std::string& f) {
       return gre(0x1000, 0x22eb,
                  big_endian(1, 4) + std::string(8, '\x20') + big_endian(1, 4) + std::string(8, 'm') + f);
     }},
    {"MPLS", [](const std::string& f) { return frame(0x8847, big_endian(0x0001013f, 4) + network_of(f)); }},
    {"two labels of MPLS",
     [](const std::string& f) {
       return frame(0x8847, big_endian(0x0001003f, 4) + big_endian(0x0001013f, 4) + network_of(f));
     }},
    {"Ethernet in MPLS",
     [](const std::string& f) { return frame(0x8847, big_endian(0x0001013f, 4) + big_endian(0, 4) + f); }},
    {"MPLS in GRE",
     [](const std::string& f) { return gre(0, 0x8847, big_endian(0x0001013f, 4) + network_of(f)); }},
    {"VXLAN",
     [](const std::string& f) { return udp(4789, big_endian(0x08000000, 4) + big_endian(0x2a00, 4) + f); }},
    {"Geneve",
     [](const std::string& f) {
       return udp(6081, big_endian(0x01006558, 4) + big_endian(0x2a00, 4) + "OPTI" + f);
     }},
    {"GTP", [](const std::string& f) { return gtp(0x30, "", f); }},
    {"GTP of 5G", [](const std::string& f) { return gtp(0x34, "\0\0\0\x85"s + "\x01\x10\x01\0"s, f); }},
    {"VXLAN-GPE of Ethernet",
     [](const std::string& f) { return udp(4790, big_endian(0x0c000003, 4) + big_endian(0x2a00, 4) + f); }},
    {"VXLAN-GPE of IPv4",
     [](const std::string& f) {
       return udp(4790, big_endian(0x0c000001, 4) + big_endian(0x2a00, 4) + network_of(f));
     }},
    {"GRE in VXLAN in IPv4",
     [](const std::string& f) {
       const std::string inner = gre(0, 0x0800, network_of(f));
       return ipv4(4, network_of(udp(4789, big_endian(0x08000000, 4) + big_endian(0x2a00, 4) + inner)));
     }},
};

TEST(Tunnels, AreReadLikeWhatIsInThem) {
  const std::string plain = captured_file("tls12_client_accepted.pcap");
  const CaptureReading expected = read_capture(plain);
  ASSERT_THAT(expected.handshakes, SizeIs(1));
  const Handshake& one = expected.handshakes[0].handshake;
  for (const Tunnel& tunnel : kReadTunnels) {
    const CaptureReading reading = read_capture(wrapped(plain, tunnel.wrap));
    EXPECT_THAT(codes(reading), IsEmpty()) << tunnel.name;
    ASSERT_THAT(reading.handshakes, SizeIs(1)) << tunnel.name;
    const Handshake& other = reading.handshakes[0].handshake;
    EXPECT_EQ(other.sni, one.sni) << tunnel.name;
    EXPECT_EQ(other.client, one.client) << tunnel.name;
    EXPECT_EQ(other.server, one.server) << tunnel.name;
    EXPECT_EQ(other.client_certificates.size(), one.client_certificates.size()) << tunnel.name;
    EXPECT_EQ(other.outcome, HandshakeOutcome::completed) << tunnel.name;
    EXPECT_FALSE(other.partial) << tunnel.name;
  }
}

TEST(Tunnels, OfIpv6InIpv4AreRead) {
  const std::string plain = captured_file("tls12_ipv6.pcap");
  const std::vector<Tunnel> tunnels = {
      {"IPv6 in IPv4", [](const std::string& f) { return ipv4(41, network_of(f)); }},
      {"Teredo", [](const std::string& f) { return udp(3544, network_of(f)); }},
      {"Teredo to a client",
       [](const std::string& f) { return ipv4(17, datagram(3544, 50'000, network_of(f))); }},
  };
  for (const Tunnel& tunnel : tunnels) {
    const CaptureReading reading = read_capture(wrapped(plain, tunnel.wrap));
    EXPECT_THAT(codes(reading), IsEmpty()) << tunnel.name;
    ASSERT_THAT(reading.handshakes, SizeIs(1)) << tunnel.name;
    EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::completed) << tunnel.name;
    EXPECT_EQ(reading.handshakes[0].handshake.server.address, "2001:db8::10") << tunnel.name;
  }
}

// What is added to a packet makes it longer than a link takes.
TEST(Tunnels, MayBeCutIntoFragments) {
  PcapFile capture(captured_file("tls12_client_accepted.pcap"));
  std::vector<std::string> pieces;
  std::uint64_t number = 0;
  for (const std::string& packet : capture.packets) {
    const std::string inside =
        big_endian(0x00000800, 4) + network_of(packet.substr(PcapFile::kPacketHeaderBytes));
    constexpr int kMore = 0x2000;
    constexpr std::size_t kUnit = 8;
    const std::size_t half = inside.size() / 2 / kUnit * kUnit;
    ++number;
    for (const auto& [place, part] : {std::pair<int, std::string>{kMore, inside.substr(0, half)},
                                      {static_cast<int>(half / kUnit), inside.substr(half)}}) {
      std::string outer = ipv4(47, part, place);
      outer.replace(kEthernetBytes + 4, 2, big_endian(number, 2));
      pieces.push_back(packet.substr(0, 8) + little_endian(outer.size(), 4) + little_endian(outer.size(), 4) +
                       outer);
    }
  }
  capture.packets = pieces;
  const CaptureReading reading = read_capture(capture.bytes());
  EXPECT_THAT(codes(reading), IsEmpty());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::completed);
  EXPECT_FALSE(reading.handshakes[0].handshake.partial);
}

TEST(Tunnels, ThatAreNotReadAreNamedOnceEach) {
  const std::string plain = captured_file("tls12_client_accepted.pcap");
  const std::vector<Tunnel> unread = {
      {"(L2TP)", [](const std::string& f) { return udp(1701, "\0\x02TTSS\xff\x03\0!"s + network_of(f)); }},
      {"(L2TP)", [](const std::string& f) { return ipv4(115, "SESS" + f); }},
      {"(CAPWAP)", [](const std::string& f) { return udp(5247, "\0\x10\x02\0\0\0\0\0"s + network_of(f)); }},
      {"(CAPWAP)",
       [](const std::string& f) { return ipv4(17, datagram(5247, 50'000, "\x01\0\0\0\x17\xfe\xfd"s + f)); }},
      {"(fragments of a tunnel over UDP)",
       [](const std::string& f) {
         constexpr int kMore = 0x2000;
         return ipv4(17, datagram(50'000, 4789, big_endian(0x08000000, 4) + big_endian(0x2a00, 4) + f),
                     kMore);
       }},
      {"(fragments of a tunnel over UDP)",
       [](const std::string& f) {
         const std::string fragment = "\x11\0\0\x01"s + "NAME";
         return ipv6(
             44, fragment + datagram(50'000, 4789, big_endian(0x08000000, 4) + big_endian(0x2a00, 4) + f));
       }},
      {"(PPTP)", [](const std::string& f) { return gre(0x3001, 0x880b, "LLCCNNNN\0!"s + network_of(f)); }},
      {"(more than four tunnels in one another)",
       [](const std::string& f) {
         std::string inner = f;
         for (int i = 0; i < 5; ++i) inner = ipv4(4, network_of(inner));
         return inner;
       }},
  };
  const std::size_t packets = PcapFile(plain).packets.size();
  for (const Tunnel& tunnel : unread) {
    const CaptureReading reading = read_capture(wrapped(plain, tunnel.wrap));
    ASSERT_THAT(codes(reading), ElementsAre("capture-unread-packets")) << tunnel.name;
    const Problem& problem = reading.problems[0];
    EXPECT_THAT(problem.message, HasSubstr(tunnel.name));
    EXPECT_THAT(problem.message, HasSubstr(std::to_string(packets) + " of " + std::to_string(packets)));
    EXPECT_EQ(problem.packet, 1U);
    EXPECT_EQ(problem.offset, PcapFile::kHeaderBytes + PcapFile::kPacketHeaderBytes);
    EXPECT_THAT(reading.handshakes, IsEmpty()) << tunnel.name;
  }
}

TEST(Tunnels, ThatAreMalformedAreNamed) {
  const std::vector<Tunnel> broken = {
      {"GRE", [](const std::string&) { return ipv4(47, "\0\0"s); }},
      {"GRE without its key", [](const std::string&) { return gre(0x2000, 0x0800, ""); }},
      {"Ethernet in GRE", [](const std::string&) { return gre(0, 0x6558, "short"); }},
      {"labels without an end", [](const std::string&) { return frame(0x8847, std::string(8, '\0')); }},
      {"nothing in IPv4", [](const std::string&) { return ipv4(4, ""); }},
      {"AH", [](const std::string&) { return ipv4(51, "\x06\xff" + std::string(20, 'a')); }},
  };
  for (const Tunnel& tunnel : broken) {
    const CaptureReading reading =
        read_capture(wrapped(captured_file("tls12_client_accepted.pcap"), tunnel.wrap));
    EXPECT_THAT(codes(reading), ElementsAre("capture-malformed-packets")) << tunnel.name;
  }
}

// ---- what an ordinary capture has ------------------------------------------------------------------------

std::string dtls_hello(const std::string& extensions) {
  const std::string body = big_endian(0xfefd, 2) + std::string(32, 'r') + piece(1, "") + piece(1, "") +
                           piece(2, "\xc0\x2f") + piece(1, std::string(1, '\0')) + piece(2, extensions);
  const std::string message =
      big_endian(1, 1) + big_endian(body.size(), 3) + big_endian(0, 5) + big_endian(body.size(), 3) + body;
  return big_endian(22, 1) + big_endian(0xfeff, 2) + big_endian(0, 8) + piece(2, message);
}

const std::string kForMedia = big_endian(14, 2) + piece(2, piece(2, "\0\x01"s) + "\0"s);

// Media may run on any port, and a port of a tunnel may be one that a client got by chance.
TEST(Tunnels, AreNotSeenInMediaAndOtherOrdinaryPackets) {
  const std::string rtp = "\x80\x60\x00\x01"s + std::string(160, '\x08');
  const std::string stun = "\0\x01\0\0\x21\x12\xa4\x42"s + std::string(12, 's');
  const std::string sip = "REGISTER sip:example.com SIP/2.0\r\n\r\n";
  std::vector<std::string> frames = {frame(0x0806, std::string(28, '\x01')), ipv4(1, "\x08\0\0\0"s),
                                     ipv4(112, std::string(20, 'v')), frame(0x88cc, "lldp")};
  for (const int port : {443, 1701, 2152, 3478, 3544, 4500, 4789, 4790, 5060, 5247, 6081, 8472, 36'000}) {
    for (const std::string& words : {rtp, stun, sip, dtls_hello(kForMedia), "\x80\x02"s + rtp, std::string()})
      frames.push_back(udp(port, words));
  }
  PcapFile capture(captured_file("tls12_client_accepted.pcap"));
  const std::string header = capture.packets[0].substr(0, 8);
  for (const std::string& one : frames) {
    capture.packets.push_back(header + little_endian(one.size(), 4) + little_endian(one.size(), 4) + one);
  }
  const CaptureReading reading = read_capture(capture.bytes());
  EXPECT_THAT(codes(reading), IsEmpty()) << reading.problems[0].message;
  EXPECT_THAT(reading.handshakes, SizeIs(1));
}

// The keys of these are elsewhere, so there is no hole in the evidence that another capture here would fill.
TEST(Quic, AndEncryptedPacketsAreNamedOnceEach) {
  const std::string id = "\x08" + "12345678"s + "\0\0\x44\x9e"s;
  const std::string quic = "\xc3\0\0\0\x01"s + id + std::string(1200, 'q');
  const std::string second_quic = "\xd3\x6b\x33\x43\xcf"s + id + std::string(1200, 'q');
  const std::string answer = "\xe3\0\0\0\x01"s + id + std::string(1200, 'q');  // no first packet
  const std::string esp = "\xc1\x02\x03\x04\0\0\0\x09"s + std::string(60, 'e');
  const std::string key_exchange = "\0\0\0\0IKEIKE!!\0\0\0\0"s + std::string(60, 'k');
  const std::vector<std::string> frames = {udp(443, quic),         udp(8443, second_quic),
                                           udp(443, answer),       ipv4(50, esp),
                                           ipv6(50, esp),          udp(4500, esp),
                                           udp(4500, "\xff"),      ipv4(17, datagram(4500, 61'000, esp)),
                                           udp(4500, key_exchange)};
  PcapFile capture(captured_file("tls12_client_accepted.pcap"));
  const std::string header = capture.packets[0].substr(0, 8);
  const std::size_t before = capture.packets.size();
  for (const std::string& one : frames) {
    capture.packets.push_back(header + little_endian(one.size(), 4) + little_endian(one.size(), 4) + one);
  }
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(codes(reading), ElementsAre("capture-esp", "capture-quic"));
  const std::string all = std::to_string(before + frames.size());
  EXPECT_THAT(reading.problems[0].message, HasSubstr("4 of " + all));
  EXPECT_EQ(reading.problems[0].packet, before + 4);
  EXPECT_THAT(reading.problems[1].message, HasSubstr("2 of " + all));
  EXPECT_EQ(reading.problems[1].packet, before + 1);
}

TEST(Dtls, OfMediaIsOrdinaryAndAnyOtherIsNamed) {
  PcapFile capture(captured_file("tls12_client_accepted.pcap"));
  const std::string header = capture.packets[0].substr(0, 8);
  const std::size_t before = capture.packets.size();
  for (const std::string& extensions : {kForMedia, std::string(), std::string()}) {
    const std::string one = udp(4433, dtls_hello(extensions));
    capture.packets.push_back(header + little_endian(one.size(), 4) + little_endian(one.size(), 4) + one);
  }
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(codes(reading), ElementsAre("capture-dtls"));
  EXPECT_THAT(reading.problems[0].message, HasSubstr("2 of " + std::to_string(before + 3)));
  EXPECT_EQ(reading.problems[0].packet, before + 2);
}

}  // namespace
}  // namespace assay
