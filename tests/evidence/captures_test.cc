// What captures do to a connection, and what the reader says of it: plain words before TLS, disorder, files
// in any order, ports used again, and everything that is not sound.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture_files.h"
#include "evidence/capture/capture_file.h"
#include "made_capture.h"

namespace assay {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> codes(const std::vector<Problem>& problems) {
  std::vector<std::string> result;
  for (const Problem& problem : problems) result.push_back(problem.code);
  return result;
}

const std::string kChangeCipherSpec = tls_record(20, "\x01");
const std::string kFinished = tls_record(22, std::string(40, '\xee'));

void complete(Conversation& talk, const std::string& name) {
  talk.client(tls_record(22, client_hello(name)));
  talk.server(tls_record(22, server_hello()));
  talk.client(kChangeCipherSpec + kFinished);
  talk.server(kChangeCipherSpec + kFinished);
}

// ---- plain words before TLS ----------------------------------------------------------------------------

TEST(Captures, AHelloBehindPlainWordsMayComeInAnyPieces) {
  const std::string hello = tls_record(22, client_hello("mail.example.com"));
  for (std::size_t first = 1; first < 12; ++first) {
    MadeCapture capture;
    Conversation talk(capture, 40000);
    talk.open();
    talk.server("220 mail ESMTP\r\n");
    talk.client("EHLO me\r\n");
    talk.server("250 STARTTLS\r\n");
    const std::string words = "STARTTLS\r\n";
    talk.client(words);
    talk.server("220 go ahead\r\n");
    talk.client(hello.substr(0, first));
    talk.client(hello.substr(first));
    talk.server(tls_record(22, server_hello()));
    const CaptureReading reading = read_capture(capture.bytes());
    ASSERT_THAT(reading.handshakes, SizeIs(1)) << first;
    EXPECT_EQ(reading.handshakes[0].handshake.sni, "mail.example.com") << first;
    EXPECT_EQ(reading.handshakes[0].handshake.protocol_before, "smtp") << first;
    EXPECT_EQ(reading.handshakes[0].handshake.version, "TLS 1.2") << first;
    EXPECT_FALSE(reading.handshakes[0].handshake.partial) << first;
  }
}

TEST(Captures, AHelloMayStandBehindTheLastPlainWordsInOneSegment) {
  const std::string words = "STARTTLS\r\n" + tls_record(22, client_hello("mail.example.com"));
  for (std::size_t first = 8; first < 20; ++first) {
    MadeCapture capture;
    Conversation talk(capture, 40000);
    talk.open();
    talk.server("* OK imap\r\n");
    talk.client("a1 CAPABILITY\r\n");
    talk.client(words.substr(0, first));
    talk.client(words.substr(first));
    const CaptureReading reading = read_capture(capture.bytes());
    ASSERT_THAT(reading.handshakes, SizeIs(1)) << first;
    EXPECT_EQ(reading.handshakes[0].handshake.sni, "mail.example.com") << first;
    EXPECT_EQ(reading.handshakes[0].handshake.protocol_before, "imap") << first;
  }
}

TEST(Captures, AnImapServerMayKnowItsClientAlready) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.server("* PREAUTH imap ready\r\n");
  talk.client("a1 STARTTLS\r\n");
  talk.server("a1 OK begin\r\n");
  complete(talk, "mail.example.com");
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.protocol_before, "imap");
  EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::completed);
}

TEST(Captures, AnFtpServerBeginsTlsBehindAuth) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.server("220 ftp ready\r\n");
  talk.client("AUTH TLS\r\n");
  talk.server("234 begin\r\n");
  complete(talk, "files.example.com");
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.protocol_before, "ftp");
  EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::completed);
}

TEST(Captures, AHelloMayStandBehindTheStartTlsOfLdap) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(
      "0\x1d\x02\x01\x01w\x18\x80\x16"
      "1.3.6.1.4.1.1466.20037");
  talk.server("0\x0c\x02\x01\x01x\x07\x0a\x01"s + "\0\x04\0\x04\0"s);
  complete(talk, "directory.example.com");
  const CaptureReading reading = read_capture(capture.bytes());
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.sni, "directory.example.com");
  EXPECT_EQ(reading.handshakes[0].handshake.protocol_before, "ldap");
  EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::completed);
}

// Version 2 of HAProxy's header: its signature, what it tells, and the addresses and ports.
const std::string kProxyHeader =
    "\r\n\r\n\0\r\nQUIT\n\x21\x11"s + piece(2, "\xc6\x33\x64\x14\xc0\x00\x02\x0a\x9c\x40\x20\xfb"s);

TEST(Captures, AHelloMayStandBehindAConversationOfOtherServices) {
  struct Service {
    std::string name, greeting, request, answer;
  };
  const std::vector<Service> services = {
      {"nntp", "200 news ready\r\n", "STARTTLS\r\n", "382 go on\r\n"},
      {"nntp", "201 news ready, no posting\r\n", "STARTTLS\r\n", "382 go on\r\n"},
      {"sieve", "\"IMPLEMENTATION\" \"x\"\r\n\"STARTTLS\"\r\nOK\r\n", "STARTTLS\r\n", "OK \"begin\"\r\n"},
      {"postgresql", "", "\0\0\0\x08\x04\xd2\x16/"s, "S"},
      {"proxy", "", "PROXY TCP4 198.51.100.20 192.0.2.10 40000 8443\r\n", ""},
      {"proxy", "", kProxyHeader, ""},
      {"socks", "", "\x05\x02\0\x02"s, "\x05\0"s},
      {"socks", "", "\x04\x01\x01\xbb\0\0\0\x01user\0a.example.com\0"s, "\0\x5a\0\0\0\0\0\0"s},
      {"mysql", "J\0\0\0\x0a"s + "8.0.1\0"s + std::string(64, 'm'), "\x20\0\0\x01"s + std::string(32, '\0'),
       ""},
  };
  for (const Service& service : services) {
    MadeCapture capture;
    Conversation talk(capture, 40000);
    talk.open();
    if (!service.greeting.empty()) talk.server(service.greeting);
    talk.client(service.request);
    if (!service.answer.empty()) talk.server(service.answer);
    complete(talk, "a.example.com");
    const CaptureReading reading = read_capture(capture.bytes());
    EXPECT_THAT(reading.problems, IsEmpty()) << service.name;
    ASSERT_THAT(reading.handshakes, SizeIs(1)) << service.name;
    EXPECT_EQ(reading.handshakes[0].handshake.protocol_before, service.name);
    EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::completed) << service.name;
    EXPECT_FALSE(reading.handshakes[0].handshake.partial) << service.name;
  }
}

std::string tds_packet(int kind, const std::string& body, int is_last = 1) {
  return big_endian(static_cast<std::uint64_t>(kind), 1) +
         big_endian(static_cast<std::uint64_t>(is_last), 1) + big_endian(8 + body.size(), 2) +
         big_endian(0x00330100, 4) + body;
}

const std::string kPrelogin = "\0\0\x0b\0\x06\x01\0\x11\0\x01\xff"s + "\x0f\0\x08\x34\0\0"s + "\x01"s;

// Of SQL Server every flight of the handshake lies in packets, and a packet ends anywhere in a record.
TEST(Captures, AHandshakeMayLieInPacketsOfSqlServer) {
  constexpr int kAsk = 0x12, kAnswer = 4;
  const std::string hello = tls_record(22, client_hello("a.example.com"));
  const std::string flight = tls_record(22, server_hello()) +
                             tls_record(22, certificate_message(captured_file("leaf.der"))) +
                             tls_record(22, tls_message(14, ""));
  const std::string finished = tls_record(20, "\x01") + tls_record(22, std::string(40, '\xee'));
  for (std::size_t split = 1; split < flight.size(); split += 97) {
    MadeCapture capture;
    Conversation talk(capture, 40000);
    talk.open();
    talk.client(tds_packet(kAsk, kPrelogin));
    talk.server(tds_packet(kAnswer, kPrelogin));
    talk.client(tds_packet(kAsk, hello));
    const std::string packets =
        tds_packet(kAsk, flight.substr(0, split), 0) + tds_packet(kAsk, flight.substr(split));
    talk.server(packets.substr(0, split + 3));  // in the middle of the second header
    talk.server(packets.substr(split + 3));
    talk.client(tds_packet(kAsk, finished));
    talk.server(tds_packet(kAsk, finished));
    talk.client(tls_record(23, std::string(200, 'l')));  // bare, as all that follows
    const CaptureReading reading = read_capture(capture.bytes());
    EXPECT_THAT(reading.problems, IsEmpty()) << split;
    ASSERT_THAT(reading.handshakes, SizeIs(1)) << split;
    const Handshake& handshake = reading.handshakes[0].handshake;
    EXPECT_EQ(handshake.protocol_before, "tds");
    EXPECT_EQ(handshake.sni, "a.example.com");
    EXPECT_THAT(handshake.server_certificates, SizeIs(1)) << split;
    EXPECT_EQ(handshake.outcome, HandshakeOutcome::completed) << split;
    EXPECT_FALSE(handshake.partial) << split;
  }
}

// A proxy sends its header with the first bytes that it passes on.
TEST(Captures, AHelloMayShareItsSegmentWithTheHeaderOfAProxy) {
  for (const std::size_t split : {0U, 5U, 20U, 28U, 30U, 34U}) {
    MadeCapture capture;
    Conversation talk(capture, 40000);
    talk.open();
    const std::string words = kProxyHeader + tls_record(22, client_hello("a.example.com"));
    if (split > 0) talk.client(words.substr(0, split));
    talk.client(words.substr(split));
    talk.server(tls_record(22, server_hello()));
    const CaptureReading reading = read_capture(capture.bytes());
    EXPECT_THAT(reading.problems, IsEmpty()) << split;
    ASSERT_THAT(reading.handshakes, SizeIs(1)) << split;
    EXPECT_EQ(reading.handshakes[0].handshake.sni, "a.example.com") << split;
    EXPECT_EQ(reading.handshakes[0].handshake.protocol_before, "proxy") << split;
  }
}

TEST(Captures, AHelloMayStandBehindAllThatIsSaidToASocksProxy) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client("\x05\x03\0\x01\x02"s);
  talk.server("\x05\x02"s);
  talk.client("\x01\x04user\x06secret"s);
  talk.server("\x01\0"s);
  talk.client("\x05\x01\0\x03\x0d"s + "a.example.com" + "\x01\xbb"s);
  talk.server("\x05\0\0\x01\x0a\0\0\x16\x16\x03"s);
  complete(talk, "a.example.com");
  const CaptureReading reading = read_capture(capture.bytes());
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.sni, "a.example.com");
  EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::completed);
}

TEST(Captures, WhatIsSaidBeforeAHelloMayComeInPieces) {
  struct Piecewise {
    std::string name, request, answer;
  };
  const std::vector<Piecewise> cases = {
      {"socks", "\x05\x02\0\x02"s, "\x05\0"s},
      {"ldap",
       "0\x1d\x02\x01\x01w\x18\x80\x16"
       "1.3.6.1.4.1.1466.20037"s,
       "0\x0c\x02\x01\x01x"s},
  };
  for (const Piecewise& one : cases) {
    for (std::size_t split = 1; split < one.request.size(); ++split) {
      MadeCapture capture;
      Conversation talk(capture, 40000);
      talk.open();
      talk.client(one.request.substr(0, split));
      talk.client(one.request.substr(split));
      talk.server(one.answer);
      complete(talk, "a.example.com");
      const CaptureReading reading = read_capture(capture.bytes());
      ASSERT_THAT(reading.handshakes, SizeIs(1)) << one.name << split;
      EXPECT_EQ(reading.handshakes[0].handshake.protocol_before, one.name) << split;
    }
  }
}

// The words that would have told what is spoken may be what the capture lacks.
TEST(Captures, AHelloIsFoundBehindAGreetingThatWasLost) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.lose_server(9);
  talk.client("STLS\r\n");
  talk.server("+OK go\r\n");
  complete(talk, "a.example.com");
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.sni, "a.example.com");
  EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::completed);
  EXPECT_TRUE(reading.handshakes[0].handshake.partial);
}

// Where frames of one direction alone were mirrored, nobody knows what the other side said.
TEST(Captures, OfOneDirectionTellThatTheOtherIsMissing) {
  for (const std::string name : {"tls12_completed.pcap", "tls13_completed.pcap"}) {
    PcapFile capture(captured_file(name));
    std::vector<std::string> ours;
    for (std::size_t i = 0; i < capture.packets.size(); ++i) {
      if (capture.segment(i).target.port == 8443) ours.push_back(capture.packets[i]);
    }
    capture.packets = ours;
    const CaptureReading reading = read_capture(capture.bytes());
    ASSERT_THAT(reading.handshakes, SizeIs(1)) << name;
    EXPECT_EQ(reading.handshakes[0].handshake.sni, "cucm.example.com") << name;
    EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::unfinished) << name;
    EXPECT_TRUE(reading.handshakes[0].handshake.partial) << name;
  }
}

// A server that encrypts for some programs is asked for that first; it says no.
TEST(Captures, APostgresqlServerMayBeAskedTwice) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client("\0\0\0\x08\x04\xd2\x16"s + "0");
  talk.server("N");
  talk.client("\0\0\0\x08\x04\xd2\x16/"s);
  talk.server("S");
  complete(talk, "a.example.com");
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.protocol_before, "postgresql");
}

TEST(Captures, WhatIsNotTlsIsNoHandshake) {
  MadeCapture capture;
  Conversation http(capture, 40000);
  http.open();
  http.client("GET / HTTP/1.1\r\n\r\n");
  http.server("HTTP/1.1 200 OK\r\n\r\n");
  http.close();
  Conversation smtp(capture, 40001, 77);
  smtp.open();
  smtp.server("220 mail ESMTP\r\n");
  smtp.client("QUIT\r\n");
  smtp.close();
  const CaptureReading reading = read_capture(capture.bytes());
  EXPECT_THAT(reading.handshakes, IsEmpty());
  EXPECT_THAT(reading.problems, IsEmpty());
}

// ---- disorder ------------------------------------------------------------------------------------------

TEST(Captures, WhoAnswersIsReadBehindWhatItAnswers) {
  // TLS 1.3: whether the server's last record is an alert is told from its place behind the client's.
  MadeCapture capture;
  const MadeCapture::End client{0xc6336414, 40000}, server{0xc000020a, 8443};
  const std::string hello = tls_record(22, client_hello("a.example.com"));
  const std::string extensions = big_endian(43, 2) + piece(2, "\x03\x04");
  const std::string server_says =
      tls_record(22, tls_message(2, big_endian(0x0303, 2) + std::string(32, 's') + piece(1, "") + "\x13\x02" +
                                        std::string(1, '\0') + piece(2, extensions)));
  const std::string flight = tls_record(23, std::string(900, 'e'));
  const std::string client_finished = tls_record(23, std::string(60, 'f'));
  const std::string alert = tls_record(23, std::string(19, 'a'));
  const auto at = [](std::uint32_t base, std::initializer_list<const std::string*> behind) {
    for (const std::string* one : behind) base += static_cast<std::uint32_t>(one->size());
    return base;
  };
  capture.tcp(client, server, 99, 0, kSyn);
  capture.tcp(server, client, 499, 100, kSyn | kAck);
  // Everything of the client first, then everything of the server.
  capture.tcp(client, server, 100, 500, kAck, hello);
  capture.tcp(client, server, at(100, {&hello}), at(500, {&server_says, &flight}), kAck, client_finished);
  capture.tcp(server, client, at(500, {&server_says, &flight}), at(100, {&hello, &client_finished}), kAck,
              alert);
  capture.tcp(server, client, at(500, {&server_says}), at(100, {&hello}), kAck, flight);
  capture.tcp(server, client, 500, at(100, {&hello}), kAck, server_says);
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  const Handshake& handshake = reading.handshakes[0].handshake;
  EXPECT_EQ(handshake.version, "TLS 1.3");
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::refused_by_server);
  EXPECT_FALSE(handshake.partial);
}

TEST(Captures, WhatWasLostIsNotWaitedForForever) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(tls_record(22, client_hello("a.example.com")));
  talk.server(tls_record(22, server_hello()));
  talk.lose_server(500);
  talk.client(kChangeCipherSpec + kFinished);
  talk.server(kChangeCipherSpec + kFinished);
  talk.close();
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::completed);
  EXPECT_TRUE(reading.handshakes[0].handshake.partial);
}

// A filter for one port of destination keeps one direction. What the other one said is not known, nor how it
// ended.
TEST(Captures, OfTheClientAloneEndAsNobodyKnows) {
  const PcapFile whole(captured_file("tls12_client_accepted.pcap"));
  PcapFile half(whole);
  half.packets.clear();
  for (std::size_t i = 0; i < whole.packets.size(); ++i) {
    if (whole.segment(i).target.port == 8443) half.packets.push_back(whole.packets[i]);
  }
  const CaptureReading reading = read_capture(half.bytes());
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  const Handshake& handshake = reading.handshakes[0].handshake;
  EXPECT_EQ(handshake.sni, "cucm.example.com");
  EXPECT_THAT(handshake.client_certificates, SizeIs(1));
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::unfinished);
  EXPECT_TRUE(handshake.partial);
}

// Bytes of the server's certificate are missing, but the client left without its Finished.
TEST(Captures, WhoLeavesWithoutFinishedCutsWhateverElseIsMissing) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(tls_record(22, client_hello("a.example.com")));
  talk.server(tls_record(22, server_hello()));
  talk.lose_server(500);
  talk.close();
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::cut);
}

TEST(Captures, AHintOfWhichKeyIsSharedIsNoDiffieHellmanGroup) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(tls_record(22, client_hello("a.example.com")));
  std::string hello = server_hello();
  hello.replace(hello.size() - 3, 2, "\x00\xaa"s);  // TLS_DHE_PSK_WITH_AES_128_GCM_SHA256
  talk.server(
      tls_record(22, hello) +
      tls_record(22, tls_message(12, piece(2, "the first key") + piece(2, std::string(256, '\xff')))));
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.dh_bits, 2048);
}

TEST(Captures, PortsThatAreUsedAgainAreAnotherConnection) {
  MadeCapture capture;
  for (std::uint32_t i = 0; i < 5; ++i) {
    Conversation talk(capture, 40000, 1000 + 100'000 * i);
    talk.open();
    complete(talk, fmt::format("host{}.example.com", i));
    if (i % 2 == 0) talk.reset();  // the others end without a word
  }
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(reading.handshakes, SizeIs(5));
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(reading.handshakes[i].handshake.sni, fmt::format("host{}.example.com", i));
    EXPECT_EQ(reading.handshakes[i].handshake.outcome, HandshakeOutcome::completed);
  }
}

TEST(Captures, AConnectionThatIsOpenAtTheStartIsALineToo) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.server(std::string(300, 'x'));  // the rest of a record
  talk.server(tls_record(23, std::string(200, 'd')));
  talk.client(tls_record(23, std::string(100, 'd')));
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_TRUE(reading.handshakes[0].handshake.partial);
  EXPECT_EQ(to_string(reading.handshakes[0].handshake.server), "192.0.2.10:8443");
  EXPECT_THAT(reading.problems, IsEmpty());
}

// ---- files in any order ----------------------------------------------------------------------------------

TEST(Captures, OfOneInterfaceMayComeInAnyOrder) {
  const PcapFile whole(captured_file("tls12_client_accepted.pcap"));
  const CaptureReading expected = read_capture(whole.bytes());
  ASSERT_THAT(expected.handshakes, SizeIs(1));
  const Handshake& one = expected.handshakes[0].handshake;
  std::vector<std::size_t> order = {0, 1, 2};
  do {
    Files files;
    for (const std::size_t number : order) {
      PcapFile part(whole);
      const std::size_t third = whole.packets.size() / 3;
      const auto begin = whole.packets.begin() + static_cast<std::ptrdiff_t>(third * number);
      part.packets.assign(begin,
                          number == 2 ? whole.packets.end() : begin + static_cast<std::ptrdiff_t>(third));
      files.emplace_back(
          fmt::format("eth0_diagnostic_logging_tcpdump{:02}_vcsc_2022-07-11_16_55_44.pcap", number),
          part.bytes());
    }
    const Reading reading = read_files(files);
    EXPECT_THAT(reading.inventory.problems, IsEmpty());
    ASSERT_THAT(reading.handshakes, SizeIs(1)) << order[0] << order[1] << order[2];
    EXPECT_EQ(reading.handshakes[0].outcome, one.outcome) << order[0] << order[1] << order[2];
    EXPECT_EQ(reading.handshakes[0].server_certificates.size(), one.server_certificates.size());
    EXPECT_EQ(reading.handshakes[0].client_certificates.size(), one.client_certificates.size());
    EXPECT_FALSE(reading.handshakes[0].partial);
  } while (std::next_permutation(order.begin(), order.end()));
}

// A ring that was written over: "00" is newer than all others, and a connection goes on from "02" to it. What
// it says there is more than is kept of a connection without a beginning.
TEST(Captures, OfARingThatWasWrittenOverAreOne) {
  MadeCapture oldest;
  MadeCapture newest(1'700'000'100);
  Conversation before(oldest, 40000);
  before.open();
  complete(before, "before.example.com");
  Conversation across(oldest, 40001);
  across.open();
  across.client(tls_record(22, client_hello("across.example.com")));
  before.go_on_in(newest);
  across.go_on_in(newest);
  across.server(tls_record(22, server_hello()));
  across.client(kChangeCipherSpec + kFinished);
  across.server(kChangeCipherSpec + kFinished);
  for (int i = 0; i < 40; ++i) {
    across.client(tls_record(23, "words"));
    before.server(tls_record(23, "more words"));
    before.client(tls_record(23, "and more"));
  }
  const std::string name = "eth0_diagnostic_logging_tcpdump{:02}_vcsc_2022-07-11_16_55_44.pcap";
  const Reading reading = read_files({{fmt::format(fmt::runtime(name), 0), newest.bytes()},
                                      {fmt::format(fmt::runtime(name), 2), oldest.bytes()}});
  EXPECT_THAT(reading.inventory.problems, IsEmpty());
  ASSERT_THAT(reading.handshakes, SizeIs(2));
  for (const Handshake& one : reading.handshakes) {
    EXPECT_EQ(one.outcome, HandshakeOutcome::completed) << one.sni;
    EXPECT_FALSE(one.partial) << one.sni;
  }
}

// Nobody knows how a handshake went on of which the next file holds the beginning, and more than is kept.
TEST(Captures, WhatWasNotKeptOfALaterFileIsNotTakenForAnEnd) {
  MadeCapture oldest;
  MadeCapture newest(1'700'000'100);
  Conversation talk(oldest, 40000);
  talk.open();
  talk.client(tls_record(22, client_hello("long.example.com")));
  talk.go_on_in(newest);
  talk.server(tls_record(22, server_hello()));
  const std::string message = tls_message(11, piece(3, std::string(40'000, 'c')));
  for (std::size_t at = 0; at < message.size(); at += 1000)
    talk.server(tls_record(22, message.substr(at, 1000)));
  const std::string name = "eth0_diagnostic_logging_tcpdump{:02}_vcsc_2022-07-11_16_55_44.pcap";
  const Reading reading = read_files({{fmt::format(fmt::runtime(name), 0), newest.bytes()},
                                      {fmt::format(fmt::runtime(name), 2), oldest.bytes()}});
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].sni, "long.example.com");
  EXPECT_EQ(reading.handshakes[0].outcome, HandshakeOutcome::unfinished);
}

// Of the packet's bytes in the capture.
std::size_t place_of(const std::string& capture, std::size_t packet) {
  const PcapFile file(capture);
  std::size_t place = PcapFile::kHeaderBytes + PcapFile::kPacketHeaderBytes;
  for (std::size_t i = 0; i + 1 < packet; ++i) place += file.packets.at(i).size();
  return place;
}

// ---- what is not sound -----------------------------------------------------------------------------------

TEST(Captures, APacketThatIsMalformedIsNamed) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  const std::size_t before = capture.bytes().size();
  capture.packet(std::string("\x45\x00\x00\x10\x00\x00\x00\x00\x40\x06", 10) + std::string(20, '\0'));
  complete(talk, "a.example.com");
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(codes(reading.problems), ElementsAre("capture-malformed-packets"));
  EXPECT_THAT(reading.problems[0].message, HasSubstr("1 of 7, packet 3 first"));
  EXPECT_EQ(reading.problems[0].packet, 3U);
  EXPECT_EQ(reading.problems[0].offset, before + 16);
  EXPECT_THAT(reading.handshakes, SizeIs(1));
}

TEST(Captures, RecordsAndMessagesThatAreMalformedAreNamed) {
  struct Case {
    std::string bytes;
    std::string words;
  };
  const std::string truncated = client_hello("a.example.com").substr(4, 30);
  const std::vector<Case> cases = {
      {"this is no record at all", "bytes that are no TLS record"},
      {tls_record(22, tls_message(2, "short")), "a ServerHello that is malformed"},
      {tls_record(22, tls_message(11, "xyz")), "a Certificate message that is malformed"},
      {tls_record(22, tls_message(12, "")), "a ServerKeyExchange that is malformed"},
      {tls_record(22, tls_message(99, "what")), "a handshake message of an unknown type"},
      {tls_record(22, big_endian(0x0bffffff, 4)), "a handshake message of a size that is not sound"},
      {tls_record(21, "\x09\x28"), "an alert that is malformed"},
      {tls_record(21, "\x02"), "an alert that is malformed"},
  };
  for (const Case& one : cases) {
    MadeCapture capture;
    Conversation talk(capture, 40000);
    talk.open();
    talk.client(tls_record(22, client_hello("a.example.com")));
    talk.server(tls_record(22, server_hello()));
    talk.server(one.bytes);
    talk.close();
    const CaptureReading reading = read_capture(capture.bytes());
    ASSERT_THAT(codes(reading.problems), ElementsAre("tls-malformed")) << one.words;
    EXPECT_THAT(reading.problems[0].message,
                HasSubstr(one.words + " from the server: 1 time, first in packet 5 on 198.51.100.20:40000"));
    EXPECT_EQ(reading.problems[0].path, "x.pcap");
    EXPECT_EQ(reading.problems[0].packet, 5U);
    EXPECT_EQ(reading.problems[0].offset, place_of(capture.bytes(), 5));
    ASSERT_THAT(reading.handshakes, SizeIs(1));
    EXPECT_TRUE(reading.handshakes[0].handshake.partial);
    EXPECT_EQ(reading.handshakes[0].handshake.sni, "a.example.com");
  }
}

TEST(Captures, AnAnswerThatIsNoTlsIsNamed) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(tls_record(22, client_hello("a.example.com")));
  talk.server("HTTP/1.1 400 Bad Request\r\n\r\n");
  talk.close();
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(codes(reading.problems), ElementsAre("tls-malformed"));
  EXPECT_THAT(reading.problems[0].message,
              HasSubstr("bytes that are no TLS record from the server: 1 time, first in packet 4"));
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::cut);
}

TEST(Captures, AClientHelloThatIsMalformedIsNamed) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(tls_record(22, tls_message(1, big_endian(0x0303, 2) + std::string(20, 'r'))));
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(codes(reading.problems), ElementsAre("tls-malformed"));
  EXPECT_THAT(reading.problems[0].message, HasSubstr("a ClientHello that is malformed from the client"));
}

TEST(Captures, ACertificateThatCannotBeReadIsNamedAndKept) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(tls_record(22, client_hello("a.example.com")));
  talk.server(tls_record(22, server_hello()));
  talk.server(tls_record(22, certificate_message("no certificate")));
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(codes(reading.problems), ElementsAre("tls-certificate-unreadable"));
  EXPECT_THAT(reading.problems[0].message, HasSubstr("first in packet 5"));
  EXPECT_EQ(reading.problems[0].packet, 5U);
  EXPECT_EQ(reading.problems[0].offset, place_of(capture.bytes(), 5));
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  ASSERT_THAT(reading.handshakes[0].handshake.server_certificates, SizeIs(1));
  EXPECT_NE(reading.handshakes[0].handshake.server_certificates[0]->unreadable, "");
}

// OpenSSL puts up with empty records; that there is a connection must not be missed for one.
TEST(Captures, ARecordWithoutContentIsNamedAndPassedOver) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(tls_record(22, "") + tls_record(22, client_hello("a.example.com")));
  talk.server(tls_record(22, server_hello()));
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(codes(reading.problems), ElementsAre("tls-malformed"));
  EXPECT_THAT(reading.problems[0].message, HasSubstr("a record without content from the client"));
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.sni, "a.example.com");
  EXPECT_EQ(reading.handshakes[0].handshake.version, "TLS 1.2");
}

TEST(Captures, AChangeCipherSpecBeforeTheHelloIsNamedAndHidesNothing) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(kChangeCipherSpec + tls_record(22, client_hello("a.example.com")));
  talk.server(tls_record(21, "\x02\x0a"));
  talk.close();
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(codes(reading.problems), ElementsAre("tls-malformed"));
  EXPECT_THAT(reading.problems[0].message, HasSubstr("a ChangeCipherSpec before the ClientHello"));
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.sni, "a.example.com");
  EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::refused_by_server);
}

// Up to TLS 1.2 several alerts may share a record.
TEST(Captures, SeveralAlertsInARecordAreRead) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(tls_record(22, client_hello("a.example.com")));
  talk.server(tls_record(21, "\x01\x70\x02\x28"));
  talk.close();
  const CaptureReading reading = read_capture(capture.bytes());
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  const Handshake& handshake = reading.handshakes[0].handshake;
  ASSERT_THAT(handshake.alerts, SizeIs(2));
  EXPECT_EQ(handshake.alerts[0].level, "warning");
  EXPECT_EQ(handshake.alerts[0].description, "unrecognized_name");
  EXPECT_EQ(handshake.alerts[1].level, "fatal");
  EXPECT_EQ(handshake.alerts[1].description, "handshake_failure");
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::refused_by_server);
  EXPECT_FALSE(handshake.partial);
}

// How long the longest may be is no mistake of who presents it.
TEST(Captures, AChainThatIsTooLongIsNamedAndItsFrontKept) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(tls_record(22, client_hello("a.example.com")));
  talk.server(tls_record(22, server_hello()));
  std::string chain;
  for (int i = 0; i < 70; ++i) chain += piece(3, captured_file("leaf.der"));
  const std::string message = tls_message(11, piece(3, chain));
  for (std::size_t at = 0; at < message.size(); at += 1000)
    talk.server(tls_record(22, message.substr(at, 1000)));
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(codes(reading.problems), ElementsAre("limit-certificates"));
  EXPECT_THAT(reading.problems[0].message, HasSubstr("its last 6 certificates left out"));
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_THAT(reading.handshakes[0].handshake.server_certificates, SizeIs(64));
}

TEST(Captures, ARawPublicKeyIsNoCertificateAndSaidToBeOne) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(tls_record(22, client_hello("a.example.com")));
  const std::string raw_key = piece(2, big_endian(20, 2) + piece(2, "\x02"));
  const std::string hello = server_hello().substr(4) + raw_key;
  const std::string key = "\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\0"s + std::string(32, 'k');
  talk.server(tls_record(22, tls_message(2, hello) + tls_message(11, piece(3, key)) + tls_message(14, "")));
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(codes(reading.problems), ElementsAre("tls-unread"));
  EXPECT_THAT(reading.problems[0].message, HasSubstr("a raw public key instead of certificates"));
  EXPECT_EQ(reading.problems[0].packet, 4U);
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  const Handshake& handshake = reading.handshakes[0].handshake;
  EXPECT_THAT(handshake.server_certificates, IsEmpty());
  EXPECT_EQ(handshake.server_certificates_seen, CertificateVisibility::unknown);
  EXPECT_FALSE(handshake.partial);
}

// A header may say less than its packets hold; programs that merge captures write such.
TEST(Captures, WithASnapLengthThatTheirPacketsExceedAreRead) {
  std::string bytes = captured_file("tls12_client_accepted.pcap");
  bytes.replace(16, 4, little_endian(96, 4));
  const CaptureReading reading = read_capture(bytes);
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::completed);
}

// Headers that a snap length cut are no unsound ones.
TEST(Captures, OfWhichNotEvenTheHeadersWereKeptAreNamed) {
  PcapFile capture(captured_file("tls12_client_accepted.pcap"));
  constexpr std::size_t kKept = 40;
  for (std::string& packet : capture.packets) {
    packet = packet.substr(0, 8) + little_endian(kKept, 4) +
             packet.substr(12, PcapFile::kPacketHeaderBytes - 12 + kKept);
  }
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(codes(reading.problems), ElementsAre("capture-snap-length"));
  EXPECT_EQ(reading.problems[0].packet, 1U);
  EXPECT_EQ(reading.problems[0].offset, PcapFile::kHeaderBytes + PcapFile::kPacketHeaderBytes);
}

TEST(Captures, ACertificateThatIsReadableButNotSoundIsNamed) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(tls_record(22, client_hello("a.example.com")));
  talk.server(tls_record(22, server_hello() + certificate_message(captured_file("leaf.der") + "xx")));
  const CaptureReading reading = read_capture(capture.bytes());
  ASSERT_THAT(codes(reading.problems), ElementsAre("tls-malformed"));
  EXPECT_THAT(reading.problems[0].message,
              HasSubstr("a certificate from the server that is not sound (bytes stand behind its end)"));
  EXPECT_EQ(reading.problems[0].packet, 4U);
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.server_certificates[0]->common_names.size(), 1U);
}

TEST(Captures, ASnapLengthThatIsTooSmallIsNamed) {
  const CaptureReading reading = read_capture(captured_file("derived_snapped.pcap"));
  EXPECT_THAT(codes(reading.problems), ElementsAre("capture-snap-length"));
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_TRUE(reading.handshakes[0].handshake.partial);
}

// Captures of two interfaces, or merged ones, have a snap length for each; the second interface stands right
// behind the first.
TEST(Captures, OfPcapngMayHaveSeveralSnapLengths) {
  const std::string one = captured_file("derived_block.pcapng");
  constexpr std::size_t kSection = 28;
  constexpr std::size_t kInterface = 20;
  std::string other = one.substr(kSection, kInterface);
  other[12] = '\x60';
  const std::string two = one.substr(0, kSection + kInterface) + other + one.substr(kSection + kInterface);
  const CaptureReading reading = read_capture(two);
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::completed);
}

// The frames of a capture, and their times in microseconds.
struct Frame {
  std::uint64_t time = 0;
  std::string bytes;
};
std::vector<Frame> frames_of(const std::string& name) {
  std::vector<Frame> frames;
  for (const std::string& packet : PcapFile(captured_file(name)).packets) {
    std::uint32_t seconds = 0;
    std::uint32_t micros = 0;
    std::memcpy(&seconds, packet.data(), sizeof seconds);
    std::memcpy(&micros, packet.data() + 4, sizeof micros);
    frames.push_back(
        {seconds * std::uint64_t{1'000'000} + micros, packet.substr(PcapFile::kPacketHeaderBytes)});
  }
  return frames;
}

void expect_the_same(const CaptureReading& reading, const std::string& name) {
  const Handshake expected = read_capture(captured_file(name)).handshakes.at(0).handshake;
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  const Handshake& one = reading.handshakes[0].handshake;
  EXPECT_EQ(one.begin->microseconds, expected.begin->microseconds);
  EXPECT_EQ(one.end->microseconds, expected.end->microseconds);
  EXPECT_EQ(one.client_certificates.size(), expected.client_certificates.size());
  EXPECT_EQ(one.outcome, expected.outcome);
  EXPECT_FALSE(one.partial);
}

constexpr int kEthernet = 1, kLoopback = 0, kRaw = 101;
constexpr std::size_t kEthernetBytes = 14;

// As "any" of dumpcap has them: each side is heard on another interface, with a clock of its own.
TEST(Captures, OfPcapngMayHaveSeveralLinkTypes) {
  MadeBlocks blocks;
  blocks.section(false);
  blocks.interface(kEthernet);
  blocks.interface(kRaw, 9);
  blocks.interface(kLoopback, 7);
  std::uint32_t turn = 0;
  for (const Frame& frame : frames_of("tls12_client_accepted.pcap")) {
    const std::string network = frame.bytes.substr(kEthernetBytes);
    if (turn == 0) blocks.packet(0, frame.time, frame.bytes);
    if (turn == 1) blocks.packet(1, frame.time * 1000, network);
    if (turn == 2) blocks.packet(2, frame.time * 10, little_endian(2, 4) + network);
    turn = (turn + 1) % 3;
  }
  expect_the_same(read_capture(blocks.bytes()), "tls12_client_accepted.pcap");
}

// As on the line of a DSL modem; behind a VLAN tag, too.
TEST(Captures, OfPppOverEthernetAreRead) {
  MadeBlocks blocks;
  blocks.section(false);
  blocks.interface(kEthernet);
  bool tagged = false;
  for (const Frame& frame : frames_of("tls12_client_accepted.pcap")) {
    const std::string network = frame.bytes.substr(kEthernetBytes);
    const std::string session = "\x88\x64\x11\x00\x00\x07"s + piece(2, "\x00\x21"s + network);
    const std::string tag = tagged ? "\x81\x00\x00\x07"s : "";
    blocks.packet(0, frame.time, frame.bytes.substr(0, 12) + tag + session);
    tagged = !tagged;
  }
  expect_the_same(read_capture(blocks.bytes()), "tls12_client_accepted.pcap");
}

// As files that were put one behind the other have them.
TEST(Captures, OfPcapngMayHaveSectionsInAnyByteOrder) {
  MadeBlocks blocks;
  std::size_t number = 0;
  for (const Frame& frame : frames_of("tls12_client_accepted.pcap")) {
    if (number % 5 == 0) {
      blocks.section(number % 2 == 0);
      blocks.interface(number % 2 == 0 ? kRaw : kEthernet);
    }
    blocks.packet(0, frame.time, number / 5 * 5 % 2 == 0 ? frame.bytes.substr(kEthernetBytes) : frame.bytes);
    ++number;
  }
  expect_the_same(read_capture(blocks.bytes()), "tls12_client_accepted.pcap");
}

// Its certificate is judged at the time of the bundle instead: it has expired by then.
TEST(Captures, WithoutTimesShowNone) {
  MadeBlocks blocks;
  blocks.section(false);
  blocks.interface(kEthernet);
  for (const Frame& frame : frames_of("tls12_dhe_refused.pcap")) blocks.packet_without_time(frame.bytes);
  const std::string line =
      "2051-03-01T08:00:00.000+00:00 vcsc tvcs: UTCTime=\"2051-03-01 08:00:00,000\" Module=\"developer.x\" "
      "Level=\"INFO\": late\n";
  const Reading reading = read_files({{"x.pcapng", blocks.bytes()},
                                      {"ca.pem", captured_file("ca_root.pem")},
                                      {"loggingsnapshot_vcsc_2051-03-01_08_00_00.txt", line}});
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  const Handshake& one = reading.handshakes[0];
  EXPECT_EQ(one.outcome, HandshakeOutcome::refused_by_client);
  EXPECT_FALSE(one.begin || one.end);
  ASSERT_THAT(one.alerts, SizeIs(1));
  EXPECT_FALSE(one.alerts[0].time);
  EXPECT_FALSE(reading.inventory.members[0].span.first || reading.inventory.members[0].span.last);
  EXPECT_EQ(one.trust.error, "certificate has expired");
}

TEST(Captures, OfPcapngTellWhereEachOfTheirPacketsIs) {
  MadeBlocks blocks;
  std::vector<std::size_t> places;
  for (const bool is_big_endian : {false, true}) {
    blocks.section(is_big_endian);
    blocks.interface(kRaw);
    blocks.interface(kEthernet);
    for (const std::uint32_t interface : {1U, 0U}) {
      places.push_back(blocks.bytes().size());
      blocks.packet(interface, 1'700'000'000'000'000, "ABC");
    }
  }
  TextStream stream(blocks.bytes(), 7);
  std::vector<std::size_t> told;
  std::vector<int> link_types;
  const CaptureEnd end = for_each_packet(stream, [&](const CapturedPacket& packet) {
    told.push_back(packet.offset);
    link_types.push_back(packet.link_type);
  });
  EXPECT_EQ(end.error, "");
  EXPECT_EQ(end.packets, 4U);
  EXPECT_EQ(told, places);
  EXPECT_THAT(link_types, ElementsAre(kEthernet, kRaw, kEthernet, kRaw));
}

TEST(Captures, OfPcapngThatAreCutInALaterSectionAreNamed) {
  MadeBlocks blocks;
  for (const bool is_big_endian : {false, true}) {
    blocks.section(is_big_endian);
    blocks.interface(kRaw);
    blocks.packet(0, 1'700'000'000'000'000, "ABC");
  }
  const std::string& whole = blocks.bytes();
  const CaptureReading reading = read_capture(whole.substr(0, whole.size() - 5));
  ASSERT_THAT(codes(reading.problems), Contains("capture-cut"));
  EXPECT_THAT(reading.problems[0].message, HasSubstr("behind packet 1"));
  EXPECT_EQ(reading.problems[0].packet, 2U);
  EXPECT_GT(reading.problems[0].offset, whole.size() / 2);
}

TEST(Captures, OfAnUnknownLinkTypeAreNamed) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  std::string bytes = capture.bytes();
  bytes[20] = '\x69';  // IEEE 802.11
  const CaptureReading reading = read_capture(bytes);
  ASSERT_THAT(codes(reading.problems), ElementsAre("capture-link-type"));
  EXPECT_THAT(reading.problems[0].message, HasSubstr("2 of 2, packet 1 first"));
}

// ---- in other forms
// ----------------------------------------------------------------------------------------

TEST(Captures, WithTheLongHeadersOfOldKernelsAreRead) {
  const PcapFile plain(captured_file("tls12_client_accepted.pcap"));
  std::string modified = "\x34\xcd\xb2\xa1" + plain.header.substr(4);
  for (const std::string& packet : plain.packets) {
    modified += packet.substr(0, PcapFile::kPacketHeaderBytes) + std::string(8, '\0') +
                packet.substr(PcapFile::kPacketHeaderBytes);
  }
  EXPECT_TRUE(looks_like_capture(modified));
  const CaptureReading reading = read_capture(modified);
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_THAT(reading.handshakes, SizeIs(1));
  EXPECT_EQ(reading.handshakes[0].handshake.sni, "cucm.example.com");
  EXPECT_EQ(reading.handshakes[0].handshake.outcome, HandshakeOutcome::completed);
}

TEST(Captures, OfFormsThatAreNotReadAreNamedAndItIsSaidHowToChangeThem) {
  const std::string rest(60, '\0');
  for (const std::string& front : {"snoop\0\0\0"s, "RTSS\x01\x01"s, "GMBU\0\x02"s, "TRSNIFF data    \x1a"s}) {
    EXPECT_TRUE(looks_like_capture(front + rest)) << front;
    const CaptureReading reading = read_capture(front + rest);
    ASSERT_THAT(codes(reading.problems), ElementsAre("capture-cut")) << front;
    EXPECT_THAT(reading.problems[0].message, HasSubstr("unknown file format (editcap -F pcapng FILE NEW"))
        << front;
  }
  EXPECT_FALSE(looks_like_capture("RTSS is a word of a text"));
}

TEST(Captures, InEveryFormTellTheSame) {
  const CaptureReading expected = read_capture(captured_file("tls12_client_accepted.pcap"));
  ASSERT_THAT(expected.handshakes, SizeIs(1));
  const Handshake& one = expected.handshakes[0].handshake;
  EXPECT_THAT(one.client_certificates, SizeIs(1));
  for (const std::string form : {"big_endian.pcap", "nanoseconds.pcap", "block.pcapng", "vlan.pcap",
                                 "qinq.pcap", "cooked.pcap", "cooked2.pcap", "raw.pcap", "loopback.pcap",
                                 "fragments.pcap", "disordered.pcap", "duplicated.pcap", "split.pcap"}) {
    const CaptureReading reading = read_capture(captured_file("derived_" + form));
    EXPECT_THAT(reading.problems, IsEmpty()) << form;
    ASSERT_THAT(reading.handshakes, SizeIs(1)) << form;
    const Handshake& other = reading.handshakes[0].handshake;
    EXPECT_EQ(other.sni, one.sni) << form;
    EXPECT_EQ(other.cipher, one.cipher) << form;
    EXPECT_EQ(other.client, one.client) << form;
    EXPECT_EQ(other.begin->microseconds, one.begin->microseconds) << form;
    EXPECT_EQ(other.server_certificates.size(), one.server_certificates.size()) << form;
    EXPECT_EQ(other.client_certificates.size(), one.client_certificates.size()) << form;
    EXPECT_EQ(other.outcome, HandshakeOutcome::completed) << form;
    EXPECT_FALSE(other.partial) << form;
  }
}

TEST(Captures, OfBlocksTellWhereAPacketIs) {
  const std::string bytes = captured_file("derived_block.pcapng");
  const CaptureReading cut = read_capture(bytes.substr(0, bytes.size() - 7));
  ASSERT_THAT(codes(cut.problems), ElementsAre("capture-cut"));
  EXPECT_GT(cut.problems[0].offset, bytes.size() / 2);
  EXPECT_LT(cut.problems[0].offset, bytes.size());
}

// ---- bounds
// ------------------------------------------------------------------------------------------------

TEST(Captures, ThousandsOfConnectionsAtOnceAreKeptApart) {
  MadeCapture capture;
  std::vector<Conversation> talks;
  constexpr int kMany = 3000;
  for (int i = 0; i < kMany; ++i) {
    talks.emplace_back(capture, static_cast<std::uint16_t>(10000 + i),
                       1000 + static_cast<std::uint32_t>(i) * 77);
    talks.back().open();
  }
  for (int i = 0; i < kMany; ++i)
    talks[static_cast<std::size_t>(i)].client(
        tls_record(22, client_hello(fmt::format("h{}.example.com", i))));
  for (Conversation& talk : talks) talk.server(tls_record(22, server_hello()));
  for (Conversation& talk : talks) talk.client(kChangeCipherSpec + kFinished);
  for (Conversation& talk : talks) talk.server(kChangeCipherSpec + kFinished);
  const CaptureReading reading = read_capture(capture.bytes());
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_THAT(reading.handshakes, SizeIs(kMany));
  for (int i = 0; i < kMany; ++i) {
    const Handshake& handshake = reading.handshakes[static_cast<std::size_t>(i)].handshake;
    EXPECT_EQ(handshake.sni, fmt::format("h{}.example.com", i));
    EXPECT_EQ(handshake.outcome, HandshakeOutcome::completed);
  }
}

TEST(Captures, HoldNoMoreThanTheirBoundAndSayWhatWasLetGo) {
  MadeCapture capture;
  CaptureMemory memory;
  CaptureReader reader(memory);
  std::vector<Problem> problems;
  const std::string hello = tls_record(22, client_hello("a.example.com"));
  const std::string waits(1400, 'w');
  // Each connection lacks a segment and holds what came behind it.
  for (std::uint32_t i = 0; i < 1000; ++i) {
    Conversation talk(capture, static_cast<std::uint16_t>(10000 + i), i * 1'000'000);
    talk.open();
    talk.client(hello);
    talk.lose_server(10);
    for (int k = 0; k < 60; ++k) talk.server(waits);
  }
  TextStream stream(capture.bytes());
  reader.read(stream, 0, "x.pcap", std::nullopt, problems);
  EXPECT_LE(memory.held, 49U << 20);
  EXPECT_GT(memory.held, 40U << 20);
  const std::vector<SeenHandshake> handshakes = reader.finish(problems);
  EXPECT_THAT(handshakes, SizeIs(1000));
  EXPECT_THAT(codes(problems), Contains("capture-too-many"));
  EXPECT_EQ(memory.held, 0U);
}

}  // namespace
}  // namespace assay
