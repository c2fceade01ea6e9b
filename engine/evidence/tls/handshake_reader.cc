// Both directions are cut into records; handshake messages are put together from them and read as long as
// they are in the clear. What is heard besides goes to `Ending`, which tells from it how the handshake ended.
#include "evidence/tls/handshake_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "evidence/tls/ending.h"
#include "evidence/tls/messages.h"
#include "evidence/tls/names.h"
#include "evidence/tls/prologue.h"
#include "evidence/tls/records.h"

namespace assay {
namespace {

constexpr std::size_t kMessageHeaderBytes = 4;
constexpr std::size_t kLargestMessage = 512U << 10;  // a chain of certificates is rarely above 16 KiB
constexpr std::size_t kLongestPrologue = 64U << 10;
constexpr std::size_t kMostAlerts = 16;
constexpr std::size_t kMostFaults = 8;
constexpr int kMostMisses = 16;  // segments in which a record is looked for that should begin somewhere
constexpr std::uint8_t kWarning = 1;
constexpr std::uint8_t kFatal = 2;

struct Direction {
  std::vector<std::uint8_t> front;  // first bytes, while it is undecided what this is
  bool plain = false;               // it speaks a plain protocol that may turn into TLS
  std::size_t prologue = 0;         // bytes of plain conversation passed
  bool begins_anywhere = false;     // what comes first may be in the middle of something
  int misses = 0;
  RecordCutter cutter;
  bool heard_record = false;
  std::vector<std::uint8_t> messages;  // handshake bytes of which no message is whole yet
  bool between_messages = true;        // false: bytes are missing, a record may begin inside a message
  bool holes = false;
  bool switched = false;  // ChangeCipherSpec was sent: what follows is encrypted (up to TLS 1.2)
};

bool is_known(MessageType type) {
  switch (type) {
    case MessageType::hello_request:
    case MessageType::client_hello:
    case MessageType::server_hello:
    case MessageType::hello_verify_request:
    case MessageType::session_ticket:
    case MessageType::end_of_early_data:
    case MessageType::encrypted_extensions:
    case MessageType::certificate:
    case MessageType::server_key_exchange:
    case MessageType::certificate_request:
    case MessageType::server_hello_done:
    case MessageType::certificate_verify:
    case MessageType::client_key_exchange:
    case MessageType::finished:
    case MessageType::certificate_url:
    case MessageType::certificate_status:
    case MessageType::supplemental_data:
    case MessageType::key_update:
    case MessageType::compressed_certificate:
    case MessageType::next_protocol:
      return true;
  }
  return false;
}

std::size_t length_of_message(Bytes message) {
  return static_cast<std::size_t>(message[1] << 16 | message[2] << 8 | message[3]);
}

}  // namespace

Peer other(Peer peer) {
  return peer == Peer::client ? Peer::server : Peer::client;
}

struct HandshakeReader::Inside {
  std::array<Direction, 2> directions;  // by Peer as TLS sees it
  WireHandshake wire;
  std::vector<std::string> faults;
  bool is_tls = false;
  bool swapped = false;
  bool client_hello = false;
  bool server_hello = false;
  bool server_hello_done = false;  // all that the server says in the clear was heard
  Ending ending;

  Direction& direction(Peer peer) { return directions[peer == Peer::client ? 0 : 1]; }
  bool tls13() const { return wire.handshake.version == "TLS 1.3"; }
  HandshakeOutcome outcome(bool capture_ended) const;
  void fault(Peer from, std::string_view what);
  void missing(Peer from);

  Verdict decide(Peer from, Time time);
  Verdict converse(Peer from, Time time);
  Verdict begin(Peer from, std::size_t at, Time time);
  void feed(Peer from, Bytes data, Time time);
  std::size_t old_hello(Bytes data);
  void record(Peer from, const TlsRecord& record, Time time);
  void change_cipher_spec(Peer from);
  void alert(Peer from, const TlsRecord& record, Time time);
  void encrypted(Peer from, const TlsRecord& record, Time time);
  void handshake_record(Peer from, const TlsRecord& record, Time time);
  void messages(Peer from, Bytes body);
  void message(Peer from, MessageType type, Bytes body);
  Verdict verdict() const;
};

void HandshakeReader::Inside::fault(Peer from, std::string_view what) {
  wire.handshake.partial = true;
  if (faults.size() < kMostFaults) faults.push_back(fmt::format("{} from the {}", what, to_string(from)));
}

// Bytes of that side are not in the capture.
void HandshakeReader::Inside::missing(Peer from) {
  wire.handshake.partial = true;
  direction(from).holes = true;
  ending.bytes_missing(from);
}

// ---- what this connection is -------------------------------------------------------------------------

// Looks at the bytes that direction has gathered and decides as soon as it can.
HandshakeReader::Verdict HandshakeReader::Inside::decide(Peer from, Time time) {
  Direction& mine = direction(from);
  if (mine.plain) return converse(from, time);
  switch (classify_front(mine.front)) {
    case Front::too_short:
      return Verdict::undecided;
    case Front::other:
      // Whatever is said where the other side speaks a protocol with STARTTLS belongs to it.
      if (direction(other(from)).plain) break;
      mine.front.clear();
      return mine.begins_anywhere && ++mine.misses < kMostMisses ? Verdict::undecided : Verdict::not_tls;
    case Front::plain: {
      const std::string_view protocol = plain_protocol(mine.front);
      if (wire.handshake.protocol_before.empty() || protocol == "ftp") {
        wire.handshake.protocol_before = protocol;
      }
      break;
    }
    case Front::old_hello: {
      constexpr std::size_t kLengthBytes = 2;
      const auto length = static_cast<std::size_t>((mine.front[0] & 0x7f) << 8 | mine.front[1]);
      if (mine.front.size() < kLengthBytes + length) return Verdict::undecided;
      return begin(from, 0, time);
    }
    case Front::tls:
      return begin(from, 0, time);
  }
  mine.plain = true;
  return converse(from, time);
}

// A plain conversation: passes over what is certainly not the beginning of TLS.
HandshakeReader::Verdict HandshakeReader::Inside::converse(Peer from, Time time) {
  Direction& mine = direction(from);
  if (const auto at = hello_behind(mine.front)) return begin(from, *at, time);
  const std::size_t passed = mine.front.size() - begun_hello(mine.front);
  mine.front.erase(mine.front.begin(), mine.front.begin() + static_cast<std::ptrdiff_t>(passed));
  mine.prologue += passed;
  return mine.prologue > kLongestPrologue ? Verdict::not_tls : Verdict::undecided;
}

// TLS begins `at` that place of what was gathered. A hello tells who is the client.
HandshakeReader::Verdict HandshakeReader::Inside::begin(Peer from, std::size_t at, Time time) {
  is_tls = true;
  const std::vector<std::uint8_t> gathered = std::exchange(direction(from).front, {});
  Bytes data = Bytes(gathered).subspan(at);
  const std::vector<std::uint8_t> heard = std::exchange(direction(other(from)).front, {});
  const bool heard_records = !direction(other(from)).plain;
  if (begins_client_hello(data) ? from == Peer::server : from == Peer::client && begins_server_hello(data)) {
    std::swap(directions[0], directions[1]);
    ending.swap_sides();
    swapped = !swapped;
    from = other(from);
  }
  if (classify_front(data) == Front::old_hello) data = data.subspan(old_hello(data));
  if (heard_records) feed(other(from), heard, time);
  feed(from, data, time);
  return verdict();
}

// Returns how long it is.
std::size_t HandshakeReader::Inside::old_hello(Bytes data) {
  constexpr std::size_t kLengthBytes = 2;
  const auto length = static_cast<std::size_t>((data[0] & 0x7f) << 8 | data[1]);
  const Bytes body = data.subspan(kLengthBytes).first(std::min(length, data.size() - kLengthBytes));
  client_hello = read_old_client_hello(body, wire.handshake);
  if (!client_hello) fault(Peer::client, "an SSLv2-style ClientHello that is malformed");
  direction(Peer::client).heard_record = true;
  return kLengthBytes + body.size();
}

// ---- records -----------------------------------------------------------------------------------------

void HandshakeReader::Inside::feed(Peer from, Bytes data, Time time) {
  Direction& mine = direction(from);
  const bool was_lost = mine.cutter.lost();
  if (mine.cutter.bytes(data, [&](const TlsRecord& r) { record(from, r, time); })) return;
  wire.handshake.partial = true;
  // Behind a gap nothing else can be expected; and the last plain words may come late.
  const bool begins_with_tls = wire.handshake.protocol_before.empty() && !mine.begins_anywhere;
  if (!was_lost && (mine.heard_record || begins_with_tls)) fault(from, "bytes that are no TLS record");
}

void HandshakeReader::Inside::record(Peer from, const TlsRecord& record, Time time) {
  direction(from).heard_record = true;
  switch (record.type) {
    case RecordType::change_cipher_spec:
      return change_cipher_spec(from);
    case RecordType::alert:
      return alert(from, record, time);
    case RecordType::application_data:
      return encrypted(from, record, time);
    case RecordType::handshake:
      return handshake_record(from, record, time);
    case RecordType::heartbeat:
      return;
  }
}

// In TLS 1.3 it means nothing, and a client that sends early data does so before the version is known.
void HandshakeReader::Inside::change_cipher_spec(Peer from) {
  Direction& mine = direction(from);
  const bool version_known = server_hello || directions[0].holes || directions[1].holes || !client_hello;
  if (tls13() || !version_known) return;
  mine.switched = true;
  if (from == Peer::server) server_hello_done = true;
  if (!mine.messages.empty()) fault(from, "a ChangeCipherSpec inside a handshake message");
  mine.messages.clear();
}

void HandshakeReader::Inside::alert(Peer from, const TlsRecord& record, Time time) {
  constexpr std::size_t kPlainAlertBytes = 2;
  const Direction& mine = direction(from);
  const bool plain = record.length == kPlainAlertBytes && !mine.switched;
  if (plain && record.body[0] != kWarning && record.body[0] != kFatal) {
    return fault(from, "an alert that is malformed");
  }
  if (!plain && !mine.switched && client_hello && !mine.holes)
    return fault(from, "an alert that is malformed");
  Alert alert{.level = {}, .description = {}, .code = -1, .from = from, .encrypted = true, .time = time};
  if (plain) {
    alert.encrypted = false;
    alert.level = record.body[0] == kFatal ? "fatal" : "warning";
    alert.code = record.body[1];
    alert.description = alert_name(alert.code);
    if (record.body[0] == kFatal) ending.refusal(from);
  } else {
    ending.encrypted_alert(from);
  }
  if (wire.handshake.alerts.size() < kMostAlerts) wire.handshake.alerts.push_back(std::move(alert));
}

// Something that cannot be read: behind ChangeCipherSpec, or TLS 1.3 behind the hellos. Before the server's
// hello it is early data, which says nothing of how the handshake goes.
void HandshakeReader::Inside::encrypted(Peer from, const TlsRecord& record, Time time) {
  const Direction& mine = direction(from);
  if (client_hello && !server_hello && !mine.switched && !directions[0].holes && !directions[1].holes) return;
  if (!ending.encrypted(from, record.length) || wire.handshake.alerts.size() >= kMostAlerts) return;
  wire.handshake.alerts.push_back(
      {.level = {}, .description = {}, .code = -1, .from = from, .encrypted = true, .time = time});
}

// ---- messages ----------------------------------------------------------------------------------------

// Behind a hole a record may begin inside a message, or be encrypted because a ChangeCipherSpec was lost.
void HandshakeReader::Inside::handshake_record(Peer from, const TlsRecord& record, Time time) {
  Direction& mine = direction(from);
  if (mine.switched) return encrypted(from, record, time);
  if (!mine.between_messages) {
    constexpr std::size_t kUsualMessage = 64U << 10;
    const bool sound = record.body.size() >= kMessageHeaderBytes &&
                       is_known(static_cast<MessageType>(record.body[0])) &&
                       length_of_message(record.body) <= kUsualMessage;
    if (!sound) {
      const bool sized_as_finished = record.length >= 24 && record.length <= 128;
      if (server_hello && !tls13() && sized_as_finished) encrypted(from, record, time);
      return;
    }
    mine.between_messages = true;
  }
  messages(from, record.body);
}

void HandshakeReader::Inside::messages(Peer from, Bytes body) {
  Direction& mine = direction(from);
  mine.messages.insert(mine.messages.end(), body.begin(), body.end());
  Bytes rest(mine.messages);
  while (rest.size() >= kMessageHeaderBytes) {
    const std::size_t length = length_of_message(rest);
    const auto type = static_cast<MessageType>(rest[0]);
    if (length > kLargestMessage || !is_known(type)) {
      fault(from, length > kLargestMessage ? "a handshake message of a size that is not sound"
                                           : "a handshake message of an unknown type");
      mine.between_messages = false;
      rest = {};
      break;
    }
    if (rest.size() < kMessageHeaderBytes + length) break;
    message(from, type, rest.subspan(kMessageHeaderBytes, length));
    rest = rest.subspan(kMessageHeaderBytes + length);
  }
  mine.messages = std::vector<std::uint8_t>(rest.begin(), rest.end());
}

void HandshakeReader::Inside::message(Peer from, MessageType type, Bytes body) {
  Handshake& handshake = wire.handshake;
  // A client goes on only when it was answered.
  const bool answer_unheard = from == Peer::client && type != MessageType::client_hello && !server_hello;
  if (answer_unheard) missing(Peer::server);
  switch (type) {
    case MessageType::client_hello:
      client_hello = true;  // again after a HelloRetryRequest
      if (!server_hello && !read_client_hello(body, handshake))
        fault(from, "a ClientHello that is malformed");
      return;
    case MessageType::server_hello:
      server_hello = true;
      if (!read_server_hello(body, handshake)) fault(from, "a ServerHello that is malformed");
      ending.server_hello(handshake.version, handshake.cipher);
      return;
    case MessageType::certificate:
      if (from == Peer::client) handshake.client_certificate_asked = true;  // nobody sends one unasked
      if (!read_chain(body, from == Peer::server ? wire.server_chain : wire.client_chain)) {
        fault(from, "a Certificate message that is malformed");
      }
      return;
    case MessageType::server_key_exchange:
      if (!read_server_key_exchange(body, handshake)) fault(from, "a ServerKeyExchange that is malformed");
      return;
    case MessageType::certificate_request:
      handshake.client_certificate_asked = true;
      return;
    case MessageType::server_hello_done:
      server_hello_done = true;
      return;
    default:  // the others tell nothing that is kept
      return;
  }
}

// ---- the end -----------------------------------------------------------------------------------------

// The end of a connection of which no handshake was seen says nothing of how that went.
HandshakeOutcome HandshakeReader::Inside::outcome(bool capture_ended) const {
  const bool from_start = !directions[0].begins_anywhere;
  const bool seen = from_start || client_hello || server_hello || !wire.server_chain.empty();
  return ending.outcome(seen, capture_ended);
}

HandshakeReader::Verdict HandshakeReader::Inside::verdict() const {
  return ending.over() ? Verdict::done : Verdict::tls;
}

HandshakeReader::HandshakeReader(bool from_start) : inside_(std::make_unique<Inside>()) {
  for (Direction& direction : inside_->directions) direction.begins_anywhere = !from_start;
}
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
  inside_->missing(peer);
  direction.cutter.gap();
  direction.messages.clear();
  direction.between_messages = false;
  direction.front.clear();
  direction.begins_anywhere = true;
  return inside_->is_tls ? inside_->verdict() : Verdict::undecided;
}

void HandshakeReader::closed(Peer from) {
  inside_->ending.closed(inside_->swapped ? other(from) : from);
}

const std::vector<std::string>& HandshakeReader::faults() const {
  return inside_->faults;
}

bool HandshakeReader::has_chain(Peer peer) const {
  return !(peer == Peer::server ? inside_->wire.server_chain : inside_->wire.client_chain).empty();
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
  handshake.outcome = inside.outcome(capture_ended);
  if (!inside.wire.server_chain.empty()) {
    handshake.server_certificates_seen = CertificateVisibility::visible;
  } else if (inside.tls13()) {
    handshake.server_certificates_seen = CertificateVisibility::not_visible;
  } else if (inside.server_hello_done && !handshake.partial) {
    handshake.server_certificates_seen = CertificateVisibility::none_sent;
  }
  return std::move(inside.wire);
}

}  // namespace assay
