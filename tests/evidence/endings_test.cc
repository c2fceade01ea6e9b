// How a handshake ended, where sides leave early, packets come late, or the capture lacks some.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture_files.h"
#include "made_capture.h"

namespace assay {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

const std::string kTls13Hello = [] {
  const std::string versions = big_endian(43, 2) + piece(2, "\x03\x04");
  return tls_record(22, tls_message(2, big_endian(0x0303, 2) + std::string(32, 's') + piece(1, "") +
                                           "\x13\x01" + std::string(1, '\0') + piece(2, versions)));
}();
const std::string kClientSays = tls_record(22, client_hello("a.example.com"));
const std::string kFatal = tls_record(21, "\x02\x32");

// TLS 1.3: what has this length when it is encrypted.
std::string hidden(std::size_t length) {
  return tls_record(23, std::string(length, 'x'));
}
constexpr std::size_t kHiddenAlert = 19;
constexpr std::size_t kHiddenFinished = 53;

Handshake only_handshake(const MadeCapture& capture) {
  const CaptureReading reading = read_capture(capture.bytes());
  EXPECT_THAT(reading.handshakes, SizeIs(1));
  return reading.handshakes.empty() ? Handshake{} : reading.handshakes.front().handshake;
}

constexpr MadeCapture::End kPhone{0xc6336414, 40000};
constexpr MadeCapture::End kServer{0xc000020a, 8443};

std::uint32_t behind(std::uint32_t base, std::string_view words) {
  return base + static_cast<std::uint32_t>(words.size());
}

// ---- who has left --------------------------------------------------------------------------------------

// The client looked at the name only when the handshake was nearly over, and hung up.
TEST(Endings, AnEncryptedAlertToAClientThatHasLeftRefusesNothing) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(kClientSays);
  talk.server(kTls13Hello + hidden(900) + hidden(kHiddenFinished));
  talk.client_leaves();
  talk.server(hidden(kHiddenAlert));
  const Handshake handshake = only_handshake(capture);
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::cut);
  EXPECT_THAT(handshake.alerts, IsEmpty());
}

TEST(Endings, AnEncryptedAlertToAServerThatHasLeftRefusesNothing) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(kClientSays);
  talk.server(kTls13Hello + hidden(900));
  talk.server_leaves();
  talk.client(hidden(kHiddenAlert));
  const Handshake handshake = only_handshake(capture);
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::cut);
  EXPECT_THAT(handshake.alerts, IsEmpty());
}

// Who hangs up first, the server behind its alert or the client that has heard it, is a matter of chance.
TEST(Endings, APaddedAlertDirectlyBehindEncryptedExtensionsRefusesWhoeverHangsUpFirst) {
  constexpr std::size_t kPadded = 16;
  for (const bool client_first : {false, true}) {
    MadeCapture capture;
    Conversation talk(capture, 40000);
    talk.open();
    talk.client(kClientSays);
    talk.server(kTls13Hello + hidden(65));
    talk.server(hidden(kHiddenAlert + kPadded));
    client_first ? talk.client_leaves() : talk.server_leaves();
    client_first ? talk.server_leaves() : talk.client_leaves();
    EXPECT_EQ(only_handshake(capture).outcome, HandshakeOutcome::refused_by_server) << client_first;
  }
}

// It may be the rest of a message that was cut into records, or data of the server behind its Finished.
TEST(Endings, ARecordOfThatSizeElsewhereRefusesNothingWhereTheClientHangsUp) {
  for (const std::size_t before : {std::size_t{900}, kHiddenFinished}) {
    MadeCapture capture;
    Conversation talk(capture, 40000);
    talk.open();
    talk.client(kClientSays);
    talk.server(kTls13Hello + hidden(23) + hidden(before));
    talk.server(hidden(kHiddenAlert + 16));
    talk.close();
    EXPECT_EQ(only_handshake(capture).outcome, HandshakeOutcome::cut) << before;
  }
}

TEST(Endings, AShortAnswerToAClientThatHasLeftMayBeAGoodbye) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(kClientSays);
  talk.server(kTls13Hello + hidden(900) + hidden(kHiddenFinished));
  talk.client(hidden(800) + hidden(kHiddenFinished));
  talk.client_leaves();
  talk.server(hidden(kHiddenAlert));
  EXPECT_EQ(only_handshake(capture).outcome, HandshakeOutcome::unfinished);
}

// ---- packets that come late ----------------------------------------------------------------------------

TEST(Endings, AFinThatIsCapturedLateIsToldFromItsAcknowledgement) {
  MadeCapture capture;
  capture.tcp(kPhone, kServer, 99, 0, kSyn);
  capture.tcp(kServer, kPhone, 499, 100, kSyn | kAck);
  capture.tcp(kPhone, kServer, 100, 500, kAck, kClientSays);
  capture.tcp(kPhone, kServer, behind(100, kClientSays), 501, kAck, kFatal);
  capture.tcp(kServer, kPhone, 500, behind(100, kClientSays), kFin | kAck);
  const Handshake handshake = only_handshake(capture);
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::cut);
  EXPECT_FALSE(handshake.partial);
}

TEST(Endings, SoIsOneThatTheCaptureLacks) {
  MadeCapture capture;
  capture.tcp(kPhone, kServer, 99, 0, kSyn);
  capture.tcp(kServer, kPhone, 499, 100, kSyn | kAck);
  capture.tcp(kPhone, kServer, 100, 500, kAck, kClientSays);
  capture.tcp(kPhone, kServer, behind(100, kClientSays), 501, kAck, kFatal);
  EXPECT_EQ(only_handshake(capture).outcome, HandshakeOutcome::cut);
}

TEST(Endings, AResetThatIsCapturedBeforeItsFinLeavesNoGap) {
  MadeCapture capture;
  capture.tcp(kPhone, kServer, 99, 0, kSyn);
  capture.tcp(kServer, kPhone, 499, 100, kSyn | kAck);
  capture.tcp(kPhone, kServer, 100, 500, kAck, kClientSays);
  capture.tcp(kServer, kPhone, behind(501, kFatal), 0, kRst);
  capture.tcp(kServer, kPhone, behind(500, kFatal), behind(100, kClientSays), kFin | kAck);
  capture.tcp(kServer, kPhone, 500, behind(100, kClientSays), kAck, kFatal);
  const Handshake handshake = only_handshake(capture);
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::refused_by_server);
  EXPECT_FALSE(handshake.partial);
}

TEST(Endings, AnswersThatAreCapturedBeforeTheirSynAreWhole) {
  MadeCapture capture;
  const std::string first = tls_record(22, server_hello());
  const std::string second = tls_record(21, "\x02\x28");
  capture.tcp(kPhone, kServer, 99, 0, kSyn);
  capture.tcp(kServer, kPhone, behind(500, first), behind(100, kClientSays), kAck, second);
  capture.tcp(kServer, kPhone, 499, 100, kSyn | kAck);
  capture.tcp(kPhone, kServer, 100, 500, kAck, kClientSays);
  capture.tcp(kServer, kPhone, 500, behind(100, kClientSays), kAck, first);
  const Handshake handshake = only_handshake(capture);
  EXPECT_EQ(handshake.version, "TLS 1.2");
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::refused_by_server);
  EXPECT_FALSE(handshake.partial);
}

// ---- packets that are missing --------------------------------------------------------------------------

TEST(Endings, WhatIsMissingBeforeAFinIsAGap) {
  MadeCapture capture;
  capture.tcp(kPhone, kServer, 99, 0, kSyn);
  capture.tcp(kServer, kPhone, 499, 100, kSyn | kAck);
  capture.tcp(kPhone, kServer, 100, 500, kAck, kClientSays);
  capture.tcp(kServer, kPhone, behind(500, kFatal), behind(100, kClientSays), kFin | kAck);
  const Handshake handshake = only_handshake(capture);
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::cut);
  EXPECT_TRUE(handshake.partial);
}

TEST(Endings, WithoutTheClientHelloAShortAnswerMayAnswerEarlyData) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.lose_client(500);
  talk.server(kTls13Hello + hidden(900) + hidden(kHiddenFinished));
  talk.client(hidden(800) + hidden(kHiddenFinished));
  talk.server(hidden(kHiddenAlert));
  EXPECT_EQ(only_handshake(capture).outcome, HandshakeOutcome::unfinished);
}

// Of a server that pads nobody knows what its first answer is; behind an alert it would not say another.
TEST(Endings, WithoutTheServerHelloOneAnswerTellsNothingAndTwoDo) {
  for (const int answers : {1, 2}) {
    MadeCapture capture;
    Conversation talk(capture, 40000);
    talk.open();
    talk.client(kClientSays);
    talk.lose_server(900);
    talk.client(hidden(300) + hidden(300));
    for (int i = 0; i < answers; ++i) talk.server(hidden(300));
    EXPECT_EQ(only_handshake(capture).outcome,
              answers == 1 ? HandshakeOutcome::unfinished : HandshakeOutcome::completed);
  }
}

TEST(Endings, WhoPadsEverythingAndAnswersTwiceRefusesNothing) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.open();
  talk.client(kClientSays);
  talk.server(kTls13Hello + hidden(300) + hidden(300));
  talk.client(hidden(300) + hidden(300));
  talk.server(hidden(300) + hidden(300));
  EXPECT_EQ(only_handshake(capture).outcome, HandshakeOutcome::completed);
}

// Up to TLS 1.2 nobody says anything encrypted before ChangeCipherSpec.
TEST(Endings, AnEncryptedAlertWithoutChangeCipherSpecTellsThatSomethingIsMissing) {
  MadeCapture capture;
  Conversation talk(capture, 40000);
  talk.server(tls_record(22, server_hello()));
  talk.server(tls_record(22, tls_message(14, "")));
  talk.server(tls_record(20, "\x01") + tls_record(22, std::string(40, '\xee')));
  talk.client(tls_record(21, std::string(26, '\xee')));
  const Handshake handshake = only_handshake(capture);
  EXPECT_EQ(handshake.outcome, HandshakeOutcome::completed);
  EXPECT_TRUE(handshake.partial);
}

}  // namespace
}  // namespace assay
