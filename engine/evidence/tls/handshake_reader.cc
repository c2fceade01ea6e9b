// Both directions are cut into records; handshake messages are put together from them and read as long as
// they are in the clear. What is heard besides goes to `Ending`, which tells from it how the handshake ended.
#include "evidence/tls/handshake_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "evidence/tls/ending.h"
#include "evidence/tls/message_cutter.h"
#include "evidence/tls/messages.h"
#include "evidence/tls/names.h"
#include "evidence/tls/opening.h"
#include "evidence/tls/peers.h"
#include "evidence/tls/prologue.h"
#include "evidence/tls/records.h"
#include "evidence/tls/tds_packets.h"

namespace assay {
namespace {

constexpr std::size_t kMostAlerts = 16;
constexpr std::size_t kMostFaults = 8;
constexpr std::uint8_t kWarning = 1;
constexpr std::uint8_t kFatal = 2;
constexpr std::size_t kAlertBytes = 2;
constexpr std::size_t kShortestEncrypted = 18;  // of an alert: a code of sixteen bytes stands behind it

struct Direction {
  RecordCutter records;
  MessageCutter messages;
  bool heard_record = false;
  bool holes = false;
  bool switched = false;  // ChangeCipherSpec was sent: what follows is encrypted (up to TLS 1.2)
  CertificateType presents = CertificateType::x509;
};

bool holds_alerts(Bytes record) {
  if (record.size() % kAlertBytes != 0) return false;
  for (std::size_t at = 0; at < record.size(); at += kAlertBytes) {
    if (record[at] != kWarning && record[at] != kFatal) return false;
  }
  return true;
}

}  // namespace

struct HandshakeReader::Inside {
  explicit Inside(bool begins) : from_start(begins), opening(begins) {}

  bool from_start;
  TdsPackets packets;
  Opening opening;
  std::array<Direction, 2> directions;  // by Peer as TLS sees it
  WireHandshake wire;
  std::vector<TlsFault> faults;
  bool is_tls = false;
  bool swapped = false;
  bool client_hello = false;
  bool server_hello = false;
  bool server_hello_done = false;  // all that the server says in the clear was heard
  bool unread_certificates = false;
  Ending ending;

  Direction& direction(Peer peer) { return directions[peer == Peer::client ? 0 : 1]; }
  bool tls13() const { return wire.handshake.version == "TLS 1.3"; }
  HandshakeOutcome outcome(bool capture_ended) const;
  void note_fault(std::string_view code, std::string_view what, Peer from);
  void malformed(Peer from, std::string_view what);
  void missing(Peer from);

  Verdict open(Peer from, Bytes data, std::optional<Time> time);
  void begin(Peer from, std::optional<Time> time);
  void feed(Peer from, Bytes data, std::optional<Time> time);
  std::size_t old_hello(Bytes data);
  void record(Peer from, const TlsRecord& record, std::optional<Time> time);
  void change_cipher_spec(Peer from);
  void alerts(Peer from, const TlsRecord& record, std::optional<Time> time);
  void add(Alert alert);
  void encrypted(Peer from, const TlsRecord& record, std::optional<Time> time);
  void handshake_record(Peer from, const TlsRecord& record);
  void message(Peer from, MessageType type, Bytes body);
  void certificates(Peer from, Bytes body);
  Verdict verdict() const;
};

void HandshakeReader::Inside::note_fault(std::string_view code, std::string_view what, Peer from) {
  if (faults.size() >= kMostFaults) return;
  faults.push_back({.code = code, .words = fmt::format("{} from the {}", what, to_string(from))});
}

void HandshakeReader::Inside::malformed(Peer from, std::string_view what) {
  wire.handshake.partial = true;
  note_fault("tls-malformed", what, from);
}

// Bytes of that side are not in the capture.
void HandshakeReader::Inside::missing(Peer from) {
  wire.handshake.partial = true;
  direction(from).holes = true;
  ending.bytes_missing(from);
}

HandshakeReader::Verdict HandshakeReader::Inside::open(Peer from, Bytes data, std::optional<Time> time) {
  switch (opening.bytes(from, data)) {
    case Opening::Verdict::undecided:
      return Verdict::undecided;
    case Opening::Verdict::not_tls:
      return Verdict::not_tls;
    case Opening::Verdict::tls:
      break;
  }
  begin(from, time);
  return verdict();
}

// A hello tells who is the client.
void HandshakeReader::Inside::begin(Peer from, std::optional<Time> time) {
  is_tls = true;
  wire.handshake.protocol_before = opening.protocol();
  const Opening::Begun begun = opening.take(from);
  Bytes data(begun.bytes);
  if (begins_client_hello(data) ? from == Peer::server : from == Peer::client && begins_server_hello(data)) {
    std::swap(directions[0], directions[1]);
    ending.swap_sides();
    swapped = !swapped;
    from = other(from);
  }
  if (classify_front(data) == Front::old_hello) data = data.subspan(old_hello(data));
  feed(other(from), begun.other, time);
  feed(from, data, time);
}

// Returns how long it is.
std::size_t HandshakeReader::Inside::old_hello(Bytes data) {
  constexpr std::size_t kLengthBytes = 2;
  const std::size_t length = std::min(length_of_old_hello(data), data.size());
  const Bytes body = data.first(length).subspan(kLengthBytes);
  client_hello = read_old_client_hello(body, wire.handshake);
  if (!client_hello) malformed(Peer::client, "an SSLv2-style ClientHello that is malformed");
  direction(Peer::client).heard_record = true;
  return length;
}

// ---- records -----------------------------------------------------------------------------------------

void HandshakeReader::Inside::feed(Peer from, Bytes data, std::optional<Time> time) {
  Direction& mine = direction(from);
  const bool was_lost = mine.records.lost();
  if (mine.records.bytes(data, [&](const TlsRecord& r) { record(from, r, time); })) return;
  wire.handshake.partial = true;
  // Behind a gap nothing else can be expected; and the last plain words may come late.
  const bool begins_with_tls = wire.handshake.protocol_before.empty() && from_start && !mine.holes;
  if (!was_lost && (mine.heard_record || begins_with_tls)) malformed(from, "bytes that are no TLS record");
}

void HandshakeReader::Inside::record(Peer from, const TlsRecord& record, std::optional<Time> time) {
  direction(from).heard_record = true;
  if (record.length == 0 && record.type != RecordType::application_data) {
    return malformed(from, "a record without content");
  }
  switch (record.type) {
    case RecordType::change_cipher_spec:
      return change_cipher_spec(from);
    case RecordType::alert:
      return alerts(from, record, time);
    case RecordType::application_data:
      return encrypted(from, record, time);
    case RecordType::handshake:
      return handshake_record(from, record);
    case RecordType::heartbeat:
      return;
  }
}

// In TLS 1.3 it means nothing, and a client that sends early data does so before the version is known.
void HandshakeReader::Inside::change_cipher_spec(Peer from) {
  Direction& mine = direction(from);
  const bool version_known = server_hello || directions[0].holes || directions[1].holes || !client_hello;
  if (tls13() || !version_known) return;
  const bool is_whole = from_start && !directions[0].holes && !directions[1].holes;
  if (is_whole && !client_hello) return malformed(from, "a ChangeCipherSpec before the ClientHello");
  mine.switched = true;
  if (from == Peer::server) server_hello_done = true;
  if (mine.messages.begun()) malformed(from, "a ChangeCipherSpec inside a handshake message");
  mine.messages.drop();
}

// Up to TLS 1.2 a record may hold several. Where a ChangeCipherSpec may have been missed, what is no alert in
// the clear is an encrypted one.
void HandshakeReader::Inside::alerts(Peer from, const TlsRecord& record, std::optional<Time> time) {
  const Direction& mine = direction(from);
  const bool is_unsure = !client_hello || mine.holes;
  const bool in_the_clear = !mine.switched && holds_alerts(record.body);
  if (mine.switched || (is_unsure && (!in_the_clear || record.length >= kShortestEncrypted))) {
    if (!mine.switched) missing(from);  // its ChangeCipherSpec, at least
    ending.encrypted_alert(from);
    return add({.level = {}, .description = {}, .code = -1, .from = from, .encrypted = true, .time = time});
  }
  if (!in_the_clear) return malformed(from, "an alert that is malformed");
  for (std::size_t at = 0; at < record.body.size(); at += kAlertBytes) {
    const bool is_fatal = record.body[at] == kFatal;
    const int code = record.body[at + 1];
    if (is_fatal) ending.refusal(from);
    add({.level = is_fatal ? "fatal" : "warning",
         .description = alert_name(code),
         .code = code,
         .from = from,
         .encrypted = false,
         .time = time});
  }
}

void HandshakeReader::Inside::add(Alert alert) {
  if (wire.handshake.alerts.size() < kMostAlerts) wire.handshake.alerts.push_back(std::move(alert));
}

// Something that cannot be read: behind ChangeCipherSpec, or TLS 1.3 behind the hellos. Before the server's
// hello it is early data, which says nothing of how the handshake goes.
void HandshakeReader::Inside::encrypted(Peer from, const TlsRecord& record, std::optional<Time> time) {
  const Direction& mine = direction(from);
  if (client_hello && !server_hello && !mine.switched && !directions[0].holes && !directions[1].holes) return;
  ending.encrypted(from, record.length, time);
}

// ---- messages ----------------------------------------------------------------------------------------

// Behind a hole a record may be encrypted because a ChangeCipherSpec was lost.
void HandshakeReader::Inside::handshake_record(Peer from, const TlsRecord& record) {
  Direction& mine = direction(from);
  if (mine.switched) return ending.encrypted_message(from);
  if (!mine.messages.fits(record.body)) {
    const bool sized_as_finished = record.length >= 24 && record.length <= 128;
    if (server_hello && !tls13() && sized_as_finished) ending.encrypted_message(from);
    return;
  }
  const auto take = [&](MessageType type, Bytes body) { message(from, type, body); };
  const std::string_view unsound = mine.messages.record(record.body, take);
  if (!unsound.empty()) malformed(from, unsound);
}

void HandshakeReader::Inside::message(Peer from, MessageType type, Bytes body) {
  Handshake& handshake = wire.handshake;
  // A client goes on only when it was answered.
  const bool answer_unheard = from == Peer::client && type != MessageType::client_hello && !server_hello;
  if (answer_unheard) missing(Peer::server);
  switch (type) {
    case MessageType::client_hello:
      client_hello = true;  // again after a HelloRetryRequest
      ending.client_hello(offers_early_data(body));
      if (!server_hello && !read_client_hello(body, handshake))
        malformed(from, "a ClientHello that is malformed");
      return;
    case MessageType::server_hello:
      server_hello = true;
      if (!read_server_hello(body, handshake)) malformed(from, "a ServerHello that is malformed");
      for (const Peer peer : {Peer::client, Peer::server}) {
        direction(peer).presents = certificate_type(body, peer);
      }
      ending.server_hello(handshake.version, handshake.cipher);
      return;
    case MessageType::certificate:
      if (from == Peer::client) handshake.client_certificate_asked = true;  // nobody sends one unasked
      return certificates(from, body);
    case MessageType::server_key_exchange:
      if (!read_server_key_exchange(body, handshake))
        malformed(from, "a ServerKeyExchange that is malformed");
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

void HandshakeReader::Inside::certificates(Peer from, Bytes body) {
  const CertificateType presents = direction(from).presents;
  if (presents != CertificateType::x509) {
    unread_certificates = true;
    const bool is_raw_key = presents == CertificateType::raw_public_key;
    return note_fault("tls-unread",
                      is_raw_key ? "a raw public key instead of certificates (not read)"
                                 : "certificates that are not X.509 (not read)",
                      from);
  }
  std::size_t left_out = 0;
  if (!read_chain(body, from == Peer::server ? wire.server_chain : wire.client_chain, left_out)) {
    return malformed(from, "a Certificate message that is malformed");
  }
  if (left_out == 0) return;
  wire.handshake.partial = true;
  note_fault("limit-certificates",
             fmt::format("a chain that is too long, with its last {} certificates left out,", left_out),
             from);
}

// ---- the end -----------------------------------------------------------------------------------------

// The end of a connection of which no handshake was seen says nothing of how that went.
HandshakeOutcome HandshakeReader::Inside::outcome(bool capture_ended) const {
  const bool begun = from_start && !directions[0].holes;
  const bool seen = begun || client_hello || server_hello || !wire.server_chain.empty();
  return ending.outcome(seen, capture_ended);
}

HandshakeReader::Verdict HandshakeReader::Inside::verdict() const {
  return ending.over() ? Verdict::done : Verdict::tls;
}

HandshakeReader::HandshakeReader(bool from_start) : inside_(std::make_unique<Inside>(from_start)) {}
HandshakeReader::~HandshakeReader() = default;
HandshakeReader::HandshakeReader(HandshakeReader&&) noexcept = default;

HandshakeReader::Verdict HandshakeReader::bytes(Peer from, std::span<const std::uint8_t> data,
                                                std::optional<Time> time) {
  const Peer peer = inside_->swapped ? other(from) : from;
  std::vector<std::uint8_t> bare;
  data = inside_->packets.take(from, data, bare);
  if (!inside_->is_tls) return inside_->open(peer, data, time);
  inside_->feed(peer, data, time);
  return inside_->verdict();
}

HandshakeReader::Verdict HandshakeReader::gap(Peer from, std::uint64_t, std::optional<Time>) {
  const Peer peer = inside_->swapped ? other(from) : from;
  Direction& direction = inside_->direction(peer);
  inside_->packets.gap(from);
  inside_->missing(peer);
  direction.records.gap();
  direction.messages.gap();
  inside_->opening.gap(peer);
  return inside_->is_tls ? inside_->verdict() : Verdict::undecided;
}

void HandshakeReader::closed(Peer from) {
  inside_->ending.closed(inside_->swapped ? other(from) : from);
}

const std::vector<TlsFault>& HandshakeReader::faults() const {
  return inside_->faults;
}

bool HandshakeReader::has_chain(Peer peer) const {
  return !(peer == Peer::server ? inside_->wire.server_chain : inside_->wire.client_chain).empty();
}

bool HandshakeReader::swapped() const {
  return inside_->swapped;
}

std::size_t HandshakeReader::memory() const {
  std::size_t bytes = sizeof(Inside) + inside_->opening.memory();
  for (const Direction& direction : inside_->directions) {
    bytes += direction.messages.memory() + direction.records.memory();
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
  if (auto alert = inside.ending.hidden_alert()) handshake.alerts.push_back(*std::move(alert));
  if (!inside.wire.server_chain.empty()) {
    handshake.server_certificates_seen = CertificateVisibility::visible;
  } else if (inside.tls13()) {
    handshake.server_certificates_seen = CertificateVisibility::not_visible;
  } else if (inside.server_hello_done && !handshake.partial && !inside.unread_certificates) {
    handshake.server_certificates_seen = CertificateVisibility::none_sent;
  }
  return std::move(inside.wire);
}

}  // namespace assay
