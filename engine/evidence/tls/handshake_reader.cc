// Both directions are cut into records; handshake messages are put together from them and read as long as
// they are in the clear. How the handshake ended is told from what can be seen: alerts, who switched to
// encryption and said its Finished, and how the connection was closed.
//
// In TLS 1.3 all but the hellos is encrypted, also alerts. What remains is the size of records: no Finished,
// and no EncryptedExtensions, is as short as an alert (RFC 8446: 2 bytes, 1 of type, 16 of tag), so a first
// encrypted record of that size is one; and so is a server's first answer to the client's Finished, as
// tickets and data are longer.
#include "evidence/tls/handshake_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "evidence/tls/messages.h"
#include "evidence/tls/names.h"
#include "evidence/tls/prologue.h"
#include "evidence/tls/records.h"

namespace assay {
namespace {

constexpr std::size_t kMessageHeaderBytes = 4;
constexpr std::size_t kLargestMessage = 512 * 1024;  // a chain of certificates is rarely above 16 KiB
constexpr std::size_t kLongestPrologue = 64 * 1024;
constexpr std::size_t kEncryptedAlertBytes = 2 + 1 + 16;
constexpr std::uint8_t kFatal = 2;

struct Direction {
  std::vector<std::uint8_t> front;  // first bytes, while it is undecided what this is
  std::size_t prologue = 0;         // bytes of plain conversation passed
  RecordCutter cutter;
  std::vector<std::uint8_t> messages;  // handshake bytes of which no message is whole yet
  bool switched = false;               // ChangeCipherSpec was sent: what follows is encrypted (up to TLS 1.2)
  std::uint64_t encrypted_records = 0;  // handshake or application records behind the switch
  bool first_was_alert = false;         // TLS 1.3: its first encrypted record was one
  bool closed = false;
  bool reset = false;
};

// It said its Finished, or in TLS 1.3 something encrypted that is no alert.
bool spoke(const Direction& side) {
  return side.encrypted_records > 0 && !side.first_was_alert;
}

Peer other(Peer peer) {
  return peer == Peer::client ? Peer::server : Peer::client;
}

}  // namespace

struct HandshakeReader::Inside {
  std::array<Direction, 2> directions;  // by Peer as TLS sees it
  WireHandshake wire;
  bool is_tls = false;
  bool given_up = false;
  bool swapped = false;
  bool client_hello = false;
  bool server_hello = false;
  bool server_answered = false;  // TLS 1.3: it sent something behind the client's Finished
  std::optional<Peer> refused_by;
  // Who sent an encrypted alert before the other side was heard to say its Finished. If that is heard later,
  // behind a hole of the capture, the alert only closed the connection.
  std::optional<Peer> refused_if_not_completed;

  Direction& direction(Peer peer) { return directions[peer == Peer::client ? 0 : 1]; }
  bool tls13() const { return wire.handshake.version == "TLS 1.3"; }
  bool completed() const;

  void swap_sides();
  Verdict decide(Peer from, Time time);
  void feed(Peer from, Bytes data, Time time);
  void record(Peer from, const TlsRecord& record, Time time);
  void alert(Peer from, const TlsRecord& record, Time time);
  void encrypted(Peer from, const TlsRecord& record, Time time);
  void messages(Peer from, Bytes body);
  void message(Peer from, MessageType type, Bytes body);
  void old_hello(Bytes data);
  Verdict verdict() const;
};

// ---- what this connection is -------------------------------------------------------------------------

void HandshakeReader::Inside::swap_sides() {
  std::swap(directions[0], directions[1]);
  swapped = !swapped;
}

// Looks at the bytes that direction has gathered and decides as soon as it can.
HandshakeReader::Verdict HandshakeReader::Inside::decide(Peer from, Time time) {
  Direction& mine = direction(from);
  if (mine.prologue == 0) {
    switch (classify_front(mine.front)) {
      case Front::too_short:
        return Verdict::undecided;
      case Front::other:
        return Verdict::not_tls;
      case Front::plain:
        if (wire.handshake.protocol_before.empty())
          wire.handshake.protocol_before = plain_protocol(mine.front);
        break;
      case Front::tls:
      case Front::old_hello: {
        is_tls = true;
        if (from == Peer::server && begins_client_hello(mine.front)) {
          swap_sides();
          from = Peer::client;
        }
        const std::vector<std::uint8_t> bytes = std::exchange(direction(from).front, {});
        feed(from, bytes, time);
        return verdict();
      }
    }
  }
  mine.prologue += mine.front.size();
  if (const auto at = hello_behind(mine.front)) {
    is_tls = true;
    if (from == Peer::server) {
      swap_sides();
      from = Peer::client;
    }
    const std::vector<std::uint8_t> bytes = std::exchange(direction(from).front, {});
    direction(other(from)).front.clear();
    feed(from, Bytes(bytes).subspan(*at), time);
    return verdict();
  }
  mine.front.clear();
  return mine.prologue > kLongestPrologue ? Verdict::not_tls : Verdict::undecided;
}

// ---- records -----------------------------------------------------------------------------------------

void HandshakeReader::Inside::feed(Peer from, Bytes data, Time time) {
  if (from == Peer::client && !client_hello && classify_front(data) == Front::old_hello) {
    old_hello(data);
    return;
  }
  const bool whole = direction(from).cutter.bytes(data, [&](const TlsRecord& r) { record(from, r, time); });
  if (!whole) wire.handshake.partial = true;
}

void HandshakeReader::Inside::old_hello(Bytes data) {
  constexpr std::size_t kLengthBytes = 2;
  const std::size_t length = static_cast<std::size_t>((data[0] & 0x7f) << 8 | data[1]);
  const Bytes body = data.subspan(kLengthBytes).first(std::min(length, data.size() - kLengthBytes));
  client_hello = read_old_client_hello(body, wire.handshake);
  if (!client_hello) wire.handshake.partial = true;
}

void HandshakeReader::Inside::record(Peer from, const TlsRecord& record, Time time) {
  Direction& mine = direction(from);
  switch (record.type) {
    case RecordType::change_cipher_spec:
      if (!tls13()) mine.switched = true;  // TLS 1.3 sends one that means nothing
      return;
    case RecordType::alert:
      return alert(from, record, time);
    case RecordType::application_data:
      return encrypted(from, record, time);
    case RecordType::handshake:
      if (mine.switched) return encrypted(from, record, time);
      return messages(from, record.body);
  }
}

void HandshakeReader::Inside::alert(Peer from, const TlsRecord& record, Time time) {
  constexpr std::size_t kPlainAlertBytes = 2;
  const bool before_completion = !completed();
  Alert alert{.level = {}, .description = {}, .code = -1, .from = from, .encrypted = true, .time = time};
  if (record.length == kPlainAlertBytes && !direction(from).switched) {
    alert.encrypted = false;
    alert.level = record.body[0] == kFatal ? "fatal" : "warning";
    alert.code = record.body[1];
    alert.description = alert_name(alert.code);
    if (record.body[0] == kFatal && before_completion && !refused_by) refused_by = from;
  } else if (alert.encrypted && before_completion && !refused_if_not_completed) {
    refused_if_not_completed = from;
  }
  if (wire.handshake.alerts.size() < 16) wire.handshake.alerts.push_back(std::move(alert));
}

// Something that cannot be read: behind ChangeCipherSpec, or TLS 1.3 behind the hellos.
void HandshakeReader::Inside::encrypted(Peer from, const TlsRecord& record, Time time) {
  Direction& mine = direction(from);
  const bool first = mine.encrypted_records++ == 0;
  if (!tls13()) return;
  const bool answer = from == Peer::server && !server_answered && spoke(directions[0]);
  server_answered = server_answered || answer;
  if (!(first || answer) || record.length != kEncryptedAlertBytes) return;
  mine.first_was_alert = first;
  wire.handshake.alerts.push_back(
      {.level = {}, .description = {}, .code = -1, .from = from, .encrypted = true, .time = time});
  if (!refused_by) refused_by = from;
}

// ---- messages ----------------------------------------------------------------------------------------

void HandshakeReader::Inside::messages(Peer from, Bytes body) {
  Direction& mine = direction(from);
  mine.messages.insert(mine.messages.end(), body.begin(), body.end());
  Bytes rest(mine.messages);
  while (rest.size() >= kMessageHeaderBytes) {
    const std::size_t length = static_cast<std::size_t>(rest[1] << 16 | rest[2] << 8 | rest[3]);
    if (length > kLargestMessage) {
      wire.handshake.partial = true;
      given_up = true;
      rest = {};
      break;
    }
    if (rest.size() < kMessageHeaderBytes + length) break;
    message(from, static_cast<MessageType>(rest[0]), rest.subspan(kMessageHeaderBytes, length));
    rest = rest.subspan(kMessageHeaderBytes + length);
  }
  const std::vector<std::uint8_t> left(rest.begin(), rest.end());
  mine.messages = left;
}

void HandshakeReader::Inside::message(Peer from, MessageType type, Bytes body) {
  Handshake& handshake = wire.handshake;
  bool sound = true;
  switch (type) {
    case MessageType::client_hello:
      if (!server_hello) sound = read_client_hello(body, handshake);  // again after a HelloRetryRequest
      client_hello = true;
      break;
    case MessageType::server_hello:
      sound = read_server_hello(body, handshake);
      server_hello = true;
      break;
    case MessageType::certificate:
      sound = read_chain(body, from == Peer::server ? wire.server_chain : wire.client_chain);
      break;
    case MessageType::server_key_exchange:
      sound = read_server_key_exchange(body, handshake);
      break;
    case MessageType::certificate_request:
      handshake.client_certificate_asked = true;
      break;
    case MessageType::finished:
      break;
  }
  if (!sound) handshake.partial = true;
}

// ---- how it ended ------------------------------------------------------------------------------------

// Up to TLS 1.2 both sides have said Finished behind their ChangeCipherSpec. In TLS 1.3 the server spoke
// encrypted, and so did the client, with something that is no alert.
bool HandshakeReader::Inside::completed() const {
  return spoke(directions[0]) && spoke(directions[1]);
}

HandshakeReader::Verdict HandshakeReader::Inside::verdict() const {
  if (given_up) return Verdict::done;
  const bool both_closed = directions[0].closed && directions[1].closed;
  // Behind a completed handshake only data follow; alerts there are encrypted and only end the connection.
  // But a TLS 1.3 server may still refuse the client's certificate: that takes one more record of it.
  const bool over = completed() && (!tls13() || server_answered);
  return over || both_closed ? Verdict::done : Verdict::tls;
}

HandshakeReader::HandshakeReader() : inside_(std::make_unique<Inside>()) {}
HandshakeReader::~HandshakeReader() = default;
HandshakeReader::HandshakeReader(HandshakeReader&&) noexcept = default;

HandshakeReader::Verdict HandshakeReader::bytes(Peer from, std::span<const std::uint8_t> data, Time time) {
  const Peer peer = inside_->swapped ? other(from) : from;
  if (inside_->is_tls) {
    inside_->feed(peer, data, time);
    return inside_->verdict();
  }
  std::vector<std::uint8_t>& front = inside_->direction(peer).front;
  front.insert(front.end(), data.begin(), data.end());
  return inside_->decide(peer, time);
}

HandshakeReader::Verdict HandshakeReader::gap(Peer from, std::uint64_t, Time) {
  const Peer peer = inside_->swapped ? other(from) : from;
  Direction& direction = inside_->direction(peer);
  inside_->wire.handshake.partial = true;
  direction.cutter.gap();
  direction.messages.clear();
  direction.front.clear();
  return inside_->is_tls ? inside_->verdict() : Verdict::undecided;
}

void HandshakeReader::closed(Peer from, bool reset, Time) {
  Direction& direction = inside_->direction(inside_->swapped ? other(from) : from);
  direction.closed = true;
  direction.reset = direction.reset || reset;
}

bool HandshakeReader::swapped() const {
  return inside_->swapped;
}

std::size_t HandshakeReader::memory() const {
  std::size_t bytes = sizeof(Inside);
  for (const Direction& direction : inside_->directions) {
    bytes += direction.front.capacity() + direction.messages.capacity() + direction.cutter.memory();
  }
  for (const std::string& certificate : inside_->wire.server_chain) bytes += certificate.capacity();
  for (const std::string& certificate : inside_->wire.client_chain) bytes += certificate.capacity();
  return bytes;
}

WireHandshake HandshakeReader::finish(bool capture_ended) {
  Inside& inside = *inside_;
  Handshake& handshake = inside.wire.handshake;
  if (!inside.client_hello) handshake.partial = true;
  if (!inside.refused_by && !inside.completed()) inside.refused_by = inside.refused_if_not_completed;
  const bool closed = std::any_of(inside.directions.begin(), inside.directions.end(),
                                  [](const Direction& direction) { return direction.closed; });
  if (inside.refused_by) {
    handshake.outcome = *inside.refused_by == Peer::client ? HandshakeOutcome::refused_by_client
                                                           : HandshakeOutcome::refused_by_server;
  } else if (inside.completed()) {
    handshake.outcome = HandshakeOutcome::completed;
  } else {
    handshake.outcome = closed || !capture_ended ? HandshakeOutcome::cut : HandshakeOutcome::unfinished;
  }

  if (!inside.wire.server_chain.empty()) {
    handshake.server_certificates_seen = CertificateVisibility::visible;
  } else if (inside.tls13()) {
    handshake.server_certificates_seen = CertificateVisibility::not_visible;
  } else if (inside.server_hello && !handshake.partial) {
    handshake.server_certificates_seen = CertificateVisibility::none_sent;
  }
  return std::move(inside.wire);
}

}  // namespace assay
