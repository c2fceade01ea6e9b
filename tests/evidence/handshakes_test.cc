// Handshakes of OpenSSL's own server and client, as scripts/make_captures.sh captured them, and the same
// captures damaged.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "capture_files.h"

namespace assay {
namespace {

using testing::AnyOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// The one handshake of a capture.
Handshake handshake_of(const std::string& bytes) {
  const CaptureReading reading = read_capture(bytes);
  EXPECT_THAT(reading.problems, IsEmpty());
  EXPECT_THAT(reading.handshakes, SizeIs(1));
  return reading.handshakes.empty() ? Handshake{} : reading.handshakes.front().handshake;
}
Handshake captured(const std::string& name) {
  return handshake_of(captured_file(name + ".pcap"));
}

std::vector<std::string> subjects(const std::vector<CertificatePointer>& chain) {
  std::vector<std::string> result;
  for (const CertificatePointer& certificate : chain) result.push_back(certificate->subject);
  return result;
}

// "fatal unknown_ca from client"
std::vector<std::string> alerts(const Handshake& handshake) {
  std::vector<std::string> result;
  for (const Alert& alert : handshake.alerts) {
    result.push_back(alert.encrypted ? fmt::format("encrypted from {}", to_string(alert.from))
                                     : fmt::format("{} {} from {}", alert.level, alert.description,
                                                   to_string(alert.from)));
  }
  return result;
}

// All that a damaged capture must tell as the whole one does.
std::string told(const Handshake& h) {
  return fmt::format("{} {} {} | {} {} {} {} | {} {} | {} | {} {} | {} {} {} | {} {}", to_string(h.client),
                     to_string(h.server), h.sni, h.version, h.cipher, h.group, h.dh_bits, h.offered_versions,
                     h.offered_ciphers, fmt::join(h.signature_algorithms, ","),
                     subjects(h.server_certificates), subjects(h.client_certificates), alerts(h),
                     h.client_certificate_asked, h.protocol_before, to_string(h.outcome), h.partial);
}

TEST(Handshakes, OneThatCompletes) {
  const Handshake handshake = captured("tls12_completed");
  EXPECT_EQ(handshake.version, "TLS 1.2");
  EXPECT_EQ(handshake.cipher, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
  EXPECT_EQ(handshake.cipher_number, 0xc030);
  EXPECT_EQ(handshake.group, "x25519");
  EXPECT_EQ(handshake.sni, "cucm.example.com");
  EXPECT_EQ(handshake.asked_name, "cucm.example.com");
  EXPECT_EQ(handshake.client.address, "198.51.100.20");
  EXPECT_EQ(to_string(handshake.server), "192.0.2.10:8443");
  EXPECT_THAT(handshake.offered_versions, ElementsAre("TLS 1.2"));
  EXPECT_THAT(handshake.offered_ciphers, Contains("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"));
  EXPECT_THAT(handshake.offered_cipher_numbers, SizeIs(handshake.offered_ciphers.size()));
  EXPECT_THAT(handshake.offered_cipher_numbers, Contains(0xc02c));
  EXPECT_THAT(handshake.signature_algorithms, Contains("rsa_pss_rsae_sha256"));
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::completed);
  EXPECT_FALSE(handshake.partial);
  EXPECT_FALSE(handshake.client_certificate_asked);
  EXPECT_EQ(handshake.dh_bits, 0);
  EXPECT_EQ(handshake.server_certificates_seen, CertificateVisibility::visible);
  EXPECT_LT(*handshake.begin, *handshake.end);
}

TEST(Handshakes, TheChainIsSeenAsPresented) {
  const Handshake handshake = captured("tls12_completed");
  // The server presents its leaf once from each of its options.
  ASSERT_THAT(subjects(handshake.server_certificates),
              ElementsAre("CN=cucm.example.com,O=Example", "CN=cucm.example.com,O=Example",
                          "CN=Example Issuing CA,O=Example"));
  const Certificate& leaf = *handshake.server_certificates.front();
  EXPECT_EQ(leaf.issuer, "CN=Example Issuing CA,O=Example");
  EXPECT_EQ(leaf.signature_algorithm, "sha256WithRSAEncryption");
  EXPECT_EQ(leaf.key_type, "RSA");
  EXPECT_EQ(leaf.key_bits, 2048);
  EXPECT_FALSE(leaf.self_signed);
}

TEST(Handshakes, AClientThatRefusesASelfSignedCertificate) {
  const Handshake handshake = captured("tls12_self_signed_refused");
  EXPECT_THAT(subjects(handshake.server_certificates), ElementsAre("CN=self.example.com"));
  EXPECT_TRUE(handshake.server_certificates.front()->self_signed);
  EXPECT_THAT(alerts(handshake), ElementsAre("fatal unknown_ca from client"));
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::refused_by_client);
}

TEST(Handshakes, AClientThatMissesTheIntermediate) {
  const Handshake handshake = captured("tls12_no_intermediate");
  EXPECT_THAT(subjects(handshake.server_certificates), ElementsAre("CN=cucm.example.com,O=Example"));
  EXPECT_THAT(alerts(handshake), ElementsAre("fatal unknown_ca from client"));
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::refused_by_client);
}

TEST(Handshakes, KeysAndSignaturesOfOtherKinds) {
  const Handshake ecdsa = captured("tls12_ecdsa");
  EXPECT_EQ(ecdsa.cipher, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
  EXPECT_THAT(subjects(ecdsa.server_certificates), ElementsAre("CN=ec.example.com", "CN=Example EC Root CA"));
  EXPECT_EQ(ecdsa.server_certificates.front()->key_type, "EC");
  EXPECT_EQ(ecdsa.server_certificates.front()->key_bits, 256);
  EXPECT_EQ(ecdsa.server_certificates.front()->signature_algorithm, "ecdsa-with-SHA256");
  EXPECT_TRUE(ecdsa.server_certificates.back()->self_signed);

  const Handshake pss = captured("tls12_pss");
  const Certificate& leaf = *pss.server_certificates.front();
  EXPECT_EQ(leaf.signature_algorithm, "RSASSA-PSS");
  EXPECT_EQ(leaf.signature_hash, "SHA256");
  EXPECT_EQ(leaf.signature_salt, 32);
  EXPECT_EQ(leaf.key_type, "RSA");
}

TEST(Handshakes, TheSizeOfADiffieHellmanGroup) {
  const Handshake completed = captured("tls12_dhe_completed");
  EXPECT_EQ(completed.cipher, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA");
  EXPECT_EQ(completed.dh_bits, 1024);
  EXPECT_EQ(completed.outcome, HandshakeOutcome::completed);

  const Handshake refused = captured("tls12_dhe_refused");
  EXPECT_EQ(refused.dh_bits, 1024);
  EXPECT_THAT(alerts(refused), ElementsAre("fatal handshake_failure from client"));
  EXPECT_EQ(refused.outcome, HandshakeOutcome::refused_by_client);
}

TEST(Handshakes, AServerThatAsksForACertificateAndRefusesIt) {
  const Handshake handshake = captured("tls12_client_refused");
  EXPECT_TRUE(handshake.client_certificate_asked);
  EXPECT_THAT(subjects(handshake.client_certificates), ElementsAre("CN=phone.example.com"));
  EXPECT_THAT(alerts(handshake), ElementsAre("fatal unknown_ca from server"));
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::refused_by_server);
}

TEST(Handshakes, Tls13HidesItsCertificates) {
  const Handshake completed = captured("tls13_completed");
  EXPECT_EQ(completed.version, "TLS 1.3");
  EXPECT_EQ(completed.cipher, "TLS_AES_256_GCM_SHA384");
  EXPECT_EQ(completed.group, "secp256r1");  // asked for with a HelloRetryRequest
  EXPECT_THAT(completed.groups, ElementsAre("x25519", "secp256r1"));
  EXPECT_THAT(completed.server_certificates, IsEmpty());
  EXPECT_EQ(completed.server_certificates_seen, CertificateVisibility::not_visible);
  EXPECT_EQ(completed.outcome, HandshakeOutcome::completed);

  const Handshake refused = captured("tls13_refused");
  EXPECT_EQ(refused.version, "TLS 1.3");
  EXPECT_EQ(refused.outcome, HandshakeOutcome::refused_by_client);
  EXPECT_THAT(alerts(refused), ElementsAre("fatal unknown_ca from client"));  // OpenSSL sends it in the clear
}

TEST(Handshakes, AnEncryptedAlertInsteadOfFinishedRefuses) {
  const Handshake refused = captured("java_tls13_refused");  // Java pads it
  EXPECT_EQ(refused.outcome, HandshakeOutcome::refused_by_client);
  EXPECT_THAT(alerts(refused), ElementsAre("encrypted from client"));
  EXPECT_EQ(captured("java_tls13_completed").outcome, HandshakeOutcome::completed);
}

// The client has said its Finished already, and the server never took it; it pads like the client.
TEST(Handshakes, AServersFirstAnswerMayBeAPaddedAlert) {
  const Handshake refused = captured("java_server_tls13_refused");
  EXPECT_EQ(refused.outcome, HandshakeOutcome::refused_by_server);
  EXPECT_THAT(alerts(refused), ElementsAre("encrypted from server"));
  const Handshake completed = captured("java_server_tls13_completed");
  EXPECT_EQ(completed.outcome, HandshakeOutcome::completed);
  EXPECT_THAT(alerts(completed), IsEmpty());
}

// It finds no key that the client takes, and says so before its Finished, behind EncryptedExtensions alone.
TEST(Handshakes, AServersPaddedAlertMayStandInItsFlight) {
  const Handshake refused = captured("java_server_tls13_no_key");
  EXPECT_EQ(refused.outcome, HandshakeOutcome::refused_by_server);
  EXPECT_THAT(alerts(refused), ElementsAre("encrypted from server"));
}

// Both look alike: the client has presented a certificate, said Finished and goodbye, and the server sends an
// alert. One refused, one said goodbye.
TEST(Handshakes, WhetherAServerTookACertificateIsNotAlwaysKnown) {
  EXPECT_EQ(captured("tls13_goodbye_refused").outcome, HandshakeOutcome::unfinished);
  EXPECT_EQ(captured("tls13_goodbye_accepted").outcome, HandshakeOutcome::unfinished);
  // Nor is what follows where both sides pad everything to one length.
  EXPECT_EQ(captured("tls13_padded_refused").outcome, HandshakeOutcome::unfinished);
  // Without a certificate there is nothing to refuse.
  EXPECT_EQ(captured("tls13_no_tickets").outcome, HandshakeOutcome::completed);
}

TEST(Handshakes, WhoComplainsThatTheOtherSideHungUpRefusesNothing) {
  const Handshake cut = captured("tls12_cut");
  EXPECT_THAT(alerts(cut), ElementsAre("fatal decode_error from client"));
  EXPECT_EQ(cut.outcome, HandshakeOutcome::cut);
}

TEST(Handshakes, OverIpv6AndBehindStarttls) {
  const Handshake ipv6 = captured("tls12_ipv6");
  EXPECT_EQ(to_string(ipv6.server), "[2001:db8::10]:8443");
  EXPECT_EQ(ipv6.client.address, "2001:db8::20");
  EXPECT_EQ(ipv6.outcome, HandshakeOutcome::completed);

  const Handshake smtp = captured("tls12_smtp");
  EXPECT_EQ(smtp.protocol_before, "smtp");
  EXPECT_EQ(smtp.sni, "cucm.example.com");
  EXPECT_EQ(to_string(smtp.server), "192.0.2.10:8443");
  EXPECT_EQ(smtp.outcome, HandshakeOutcome::completed);
  EXPECT_FALSE(smtp.partial);
}

// ---- judged with the trust store of the same bundle ----------------------------------------------------

Handshake judged(const std::string& capture) {
  Reading reading = read_files(
      {{"eth0_diagnostic_logging_tcpdump00_vcsc_2022-07-11_16_55_44.pcap", captured_file(capture + ".pcap")},
       {"ca_vcsc_2022-07-11_17_33_18.pem", captured_file("ca_root.pem")}});
  EXPECT_THAT(reading.inventory.problems, IsEmpty());
  EXPECT_THAT(reading.handshakes, SizeIs(1));
  return reading.handshakes.at(0);
}

TEST(Handshakes, AreJudgedWithTheTrustStoreBehindThem) {
  const Handshake trusted = judged("tls12_completed");
  EXPECT_TRUE(trusted.trust.known);
  EXPECT_EQ(trusted.trust.error, "");
  EXPECT_EQ(trusted.trust.name_by_standard, true);
  EXPECT_EQ(trusted.trust.name_by_traffic_server, true);

  const Handshake self_signed = judged("tls12_self_signed_refused");
  EXPECT_EQ(self_signed.trust.error, "self-signed certificate");
  EXPECT_EQ(self_signed.trust.depth, 0);

  const Handshake no_intermediate = judged("tls12_no_intermediate");
  EXPECT_EQ(no_intermediate.trust.error, "unable to get local issuer certificate");
  EXPECT_EQ(no_intermediate.trust.depth, 0);
  EXPECT_EQ(no_intermediate.trust.missing_issuer, "CN=Example Issuing CA,O=Example");

  const Handshake other_root = judged("tls12_ecdsa");
  EXPECT_EQ(other_root.trust.error, "self-signed certificate in certificate chain");
  EXPECT_EQ(other_root.trust.depth, 1);

  EXPECT_FALSE(judged("tls13_completed").trust.known);
}

TEST(Handshakes, AnAddressInTheCertificateIsNotSeenByTheTrafficServer) {
  const Handshake handshake = judged("tls12_by_address");
  EXPECT_EQ(handshake.sni, "");
  EXPECT_EQ(handshake.asked_name, "192.0.2.10");
  EXPECT_EQ(handshake.trust.error, "");
  EXPECT_EQ(handshake.trust.name_by_standard, true);
  EXPECT_EQ(handshake.trust.name_by_traffic_server, false);
}

TEST(Handshakes, WithoutATrustStoreOnlyTheNameIsJudged) {
  const Reading reading = read_files({{"x.pcap", captured_file("tls12_completed.pcap")}});
  EXPECT_FALSE(reading.handshakes.at(0).trust.known);
  EXPECT_EQ(reading.handshakes.at(0).trust.name_by_standard, true);
  EXPECT_EQ(reading.inventory.members.at(0).reader, "capture");
  EXPECT_EQ(reading.inventory.members.at(0).kinds.at("tls"), 1U);
  EXPECT_THAT(reading.certificates, Contains(HasSubstr("presented_by_server 192.0.2.10:8443")));
}

// ---- damaged captures ------------------------------------------------------------------------------------

const std::vector<std::string> kAll = {
    "tls12_completed",  "tls12_self_signed_refused", "tls12_no_intermediate", "tls12_ecdsa",
    "tls12_pss",        "tls12_dhe_completed",       "tls12_dhe_refused",     "tls12_client_refused",
    "tls12_by_address", "tls13_completed",           "tls13_refused",         "tls12_ipv6",
    "tls12_smtp"};

TEST(Handshakes, PacketsThatWereCapturedTwiceChangeNothing) {
  for (const std::string& name : kAll) {
    PcapFile file(captured_file(name + ".pcap"));
    std::vector<std::string> packets;
    for (std::size_t i = 0; i < file.packets.size(); ++i) {
      packets.push_back(file.packets[i]);
      packets.push_back(file.packets[i]);
      if (i > 0) packets.push_back(file.packets[i / 2]);  // the SYN too, long after
    }
    file.packets = packets;
    EXPECT_EQ(told(handshake_of(file.bytes())), told(captured(name))) << name;
  }
}

// Shuffles the segments of one side as long as the other says nothing.
void shuffle_flights(PcapFile& file, std::mt19937& random) {
  std::vector<std::size_t> flight;
  const auto shuffle_flight = [&] {
    for (std::size_t i = flight.size(); i > 1; --i) {
      std::swap(file.packets[flight[i - 1]], file.packets[flight[random() % i]]);
    }
    flight.clear();
  };
  PacketEndpoint speaker;
  for (std::size_t i = 0; i < file.packets.size(); ++i) {
    const TcpSegment segment = file.segment(i);
    if (segment.syn || segment.payload.empty()) continue;
    if (segment.source != speaker) shuffle_flight();
    speaker = segment.source;
    flight.push_back(i);
  }
  shuffle_flight();
}

TEST(Handshakes, PacketsInAnotherOrderChangeNothing) {
  for (const std::string& name : kAll) {
    const std::string original = captured_file(name + ".pcap");
    const std::string expected = told(handshake_of(original));
    for (unsigned seed = 0; seed < 20; ++seed) {
      std::mt19937 random(seed);
      PcapFile file(original);
      shuffle_flights(file, random);
      EXPECT_EQ(told(handshake_of(file.bytes())), expected) << name << ", seed " << seed;
    }
  }
}

TEST(Handshakes, APacketThatIsMissingLeavesAPartialOne) {
  PcapFile file(captured_file("tls12_completed.pcap"));
  constexpr std::ptrdiff_t kCertificates = 7;  // the ServerHello comes two packets before
  file.packets.erase(file.packets.begin() + kCertificates);
  const Handshake handshake = handshake_of(file.bytes());
  EXPECT_TRUE(handshake.partial);
  EXPECT_EQ(handshake.version, "TLS 1.2");
  EXPECT_EQ(handshake.sni, "cucm.example.com");
  EXPECT_THAT(handshake.server_certificates, IsEmpty());
  EXPECT_EQ(handshake.server_certificates_seen, CertificateVisibility::unknown);
}

// A goodbye is an encrypted alert like any other: it refuses nothing where Finished may be what is missing.
TEST(Handshakes, WhatIsMissingMakesNoRefusalOfAGoodbye) {
  for (const std::string name :
       {"tls12_client_accepted", "tls13_client_accepted", "tls13_no_tickets", "tls13_goodbye_accepted",
        "java_tls13_completed", "tls10_completed", "curl_tls12"}) {
    const PcapFile whole(captured_file(name + ".pcap"));
    for (std::size_t i = 0; i < whole.packets.size(); ++i) {
      const auto at = whole.packets.begin() + static_cast<std::ptrdiff_t>(i);
      PcapFile holed(whole);
      holed.packets.erase(holed.packets.begin() + static_cast<std::ptrdiff_t>(i));
      PcapFile late(whole);
      late.packets.assign(at, whole.packets.end());
      for (const PcapFile& file : {holed, late}) {
        for (const SeenHandshake& seen : read_capture(file.bytes()).handshakes) {
          EXPECT_THAT(seen.handshake.outcome,
                      AnyOf(HandshakeOutcome::completed, HandshakeOutcome::unfinished))
              << name << ", packet " << i + 1;
        }
      }
    }
  }
}

// As much of a refusal as is there is a refusal or unknown, or the connection was cut.
TEST(Handshakes, WhatIsMissingMakesNoCompletionOfARefusal) {
  for (const std::string name :
       {"tls12_self_signed_refused", "tls12_client_refused", "tls12_client_without", "java_tls12_refused",
        "tls13_refused", "tls13_client_without", "tls13_goodbye_refused", "java_tls13_refused",
        "java_server_tls13_refused", "java_server_tls13_no_key"}) {
    const PcapFile whole(captured_file(name + ".pcap"));
    const auto count = static_cast<std::ptrdiff_t>(whole.packets.size());
    for (std::ptrdiff_t first = 0; first < count; ++first) {
      for (std::ptrdiff_t end = first + 1; end < count; ++end) {
        PcapFile holed(whole);
        holed.packets.erase(holed.packets.begin() + first, holed.packets.begin() + end);
        for (const SeenHandshake& seen : read_capture(holed.bytes()).handshakes) {
          EXPECT_NE(seen.handshake.outcome, HandshakeOutcome::completed)
              << name << " without packets " << first + 1 << " to " << end;
        }
      }
    }
  }
}

TEST(Handshakes, UnlessTheServerHasSaidAllItsCertificatesAreUnknown) {
  const PcapFile whole(captured_file("tls12_client_accepted.pcap"));
  constexpr std::ptrdiff_t kServerHello = 5;
  PcapFile file(whole);
  file.packets.erase(file.packets.begin() + kServerHello + 1, file.packets.end());
  const Handshake begun = handshake_of(file.bytes());
  EXPECT_EQ(begun.version, "TLS 1.2");
  EXPECT_EQ(begun.server_certificates_seen, CertificateVisibility::unknown);

  std::vector<Handshake> handshakes;
  for (const SeenHandshake& seen : read_capture(captured_file("tls12_resumed.pcap")).handshakes) {
    handshakes.push_back(seen.handshake);
  }
  ASSERT_THAT(handshakes, SizeIs(2));
  EXPECT_EQ(handshakes[1].server_certificates_seen, CertificateVisibility::none_sent);
}

TEST(Handshakes, WithoutTheClientHelloNobodyKnowsWhichNameWasAskedFor) {
  const Handshake handshake = captured("derived_middle");
  EXPECT_EQ(handshake.asked_name, "");
  EXPECT_FALSE(handshake.trust.name_by_standard.has_value());
}

TEST(Handshakes, WhoPresentsACertificateWasAskedForIt) {
  PcapFile file(captured_file("tls12_client_accepted.pcap"));
  constexpr std::ptrdiff_t kCertificateRequest = 9;
  file.packets.erase(file.packets.begin() + kCertificateRequest);
  const Handshake handshake = handshake_of(file.bytes());
  EXPECT_THAT(subjects(handshake.client_certificates), ElementsAre("CN=known.example.com"));
  EXPECT_TRUE(handshake.client_certificate_asked);
}

TEST(Handshakes, WithoutTheFirstPacketsItIsKnownAllTheSame) {
  PcapFile file(captured_file("tls12_completed.pcap"));
  file.packets.erase(file.packets.begin(), file.packets.begin() + 3);  // SYN, SYN-ACK, ACK
  EXPECT_EQ(told(handshake_of(file.bytes())), told(captured("tls12_completed")));
}

TEST(Handshakes, AFileThatIsCutKeepsWhatCameBefore) {
  const std::string whole = captured_file("tls12_completed.pcap");
  PcapFile file(whole);
  const auto finished = std::find_if(file.packets.begin(), file.packets.end(), [](const std::string& packet) {
    return packet.find("\x14\x03\x03") != std::string::npos;  // the client's ChangeCipherSpec
  });
  ASSERT_NE(finished, file.packets.end());
  file.packets.erase(finished + 1, file.packets.end());
  std::string bytes = file.bytes();
  bytes.resize(bytes.size() - 10);
  const CaptureReading reading = read_capture(bytes);
  ASSERT_THAT(reading.problems, SizeIs(1));
  EXPECT_EQ(reading.problems[0].code, "capture-cut");
  EXPECT_THAT(reading.problems[0].message,
              HasSubstr(fmt::format("behind packet {}", file.packets.size() - 1)));
  EXPECT_EQ(reading.problems[0].offset, bytes.size() + 10 - file.packets.back().size());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  const Handshake& handshake = reading.handshakes[0].handshake;
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::unfinished);
  EXPECT_THAT(handshake.server_certificates, SizeIs(3));
}

TEST(Handshakes, OfManyCapturesComeInTheirOrder) {
  CaptureReading reading;
  CaptureMemory memory;
  CaptureReader reader(memory);
  std::uint32_t member = 0;
  for (const std::string& name : kAll) {
    const std::string bytes = captured_file(name + ".pcap");
    TextStream content(bytes);
    reader.read(content, member++, name, std::nullopt, reading.problems);
  }
  std::vector<std::uint32_t> members;
  for (const SeenHandshake& seen : reader.finish(reading.problems)) {
    members.push_back(seen.member);
    EXPECT_EQ(seen.packet, 1U);
    EXPECT_EQ(seen.offset, 40U);
  }
  EXPECT_THAT(reading.problems, IsEmpty());
  EXPECT_THAT(members, SizeIs(kAll.size()));
  EXPECT_TRUE(std::is_sorted(members.begin(), members.end()));
}

TEST(Handshakes, AConnectionMayRunAcrossTwoFiles) {
  PcapFile first(captured_file("tls12_completed.pcap"));
  PcapFile second(first);
  first.packets.resize(8);
  second.packets.erase(second.packets.begin(), second.packets.begin() + 8);
  const Reading reading =
      read_files({{"eth0_diagnostic_logging_tcpdump00_vcsc_2022-07-11_16_55_44.pcap", first.bytes()},
                  {"eth0_diagnostic_logging_tcpdump01_vcsc_2022-07-11_16_55_44.pcap", second.bytes()}});
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(told(reading.handshakes[0]), told(captured("tls12_completed")));
}

}  // namespace
}  // namespace assay
