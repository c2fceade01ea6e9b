// In TLS 1.3 all but the hellos is encrypted, also alerts. What remains is the size of records: no Finished,
// and no EncryptedExtensions, is as short as an alert (RFC 8446: 2 bytes, 1 of type, 16 of tag), so a first
// encrypted record of that size is one; and so is a server's first answer to what the client says behind its
// hello, as tickets and data are longer. Java pads what is no data with 16 zeros, alerts too; nothing else
// that a client says first has their size, and a server that pads is known by its Finished.
//
// What an encrypted alert says is not seen. Only where nothing of the handshake is missing is it known to
// refuse; else it may as well have said goodbye behind a Finished that the capture does not hold.
#include "evidence/tls/ending.h"

namespace assay {
namespace {

constexpr std::size_t kTypeAndTagBytes = 1 + 16;
constexpr std::size_t kAlertBytes = 2 + kTypeAndTagBytes;
constexpr std::size_t kPaddingBytes = 16;

}  // namespace

void Ending::server_hello(std::string_view version, std::string_view cipher) {
  constexpr std::size_t kMessageHeaderBytes = 4;
  const std::size_t hash_bytes = cipher.ends_with("SHA384") ? 48 : 32;
  server_hello_ = true;
  tls13_ = version == "TLS 1.3";
  finished_bytes_ = kMessageHeaderBytes + hash_bytes + kTypeAndTagBytes;
}

void Ending::bytes_missing(Peer from) {
  side(from).holes = true;
  if (server_hello_) side(from).holes_behind_hello = true;
  if (from == Peer::server && spoke(client())) answer_lost_ = true;
}

// Who complains that the other one has hung up refuses nothing.
void Ending::refusal(Peer by) {
  const Peer left = by == Peer::client ? Peer::server : Peer::client;
  if (!completed() && !refused_by_ && !side(left).closed) refused_by_ = by;
}

void Ending::encrypted_alert(Peer from) {
  side(from).sent_encrypted_alert = true;
  if (!completed() && !refused_if_whole_) refused_if_whole_ = from;
}

bool Ending::encrypted(Peer from, std::size_t length) {
  Side& mine = side(from);
  const bool first = mine.encrypted_records == 0;
  const bool answer = tls13_ && from == Peer::server && !server_answered_ && spoke(client());
  const bool sized = tls13_ && has_size_of_alert(from, length);
  mine.last_length = length;
  if (sized && first && mine.holes_behind_hello) {
    if (!refused_if_whole_) refused_if_whole_ = from;
    return false;
  }
  ++mine.encrypted_records;
  server_answered_ = server_answered_ || answer;
  const bool is_alert = sized && (answer ? !may_be_goodbye() : first);
  if (first) mine.first_was_alert = is_alert;
  if (is_alert && !refused_by_) refused_by_ = from;
  return is_alert;
}

bool Ending::has_size_of_alert(Peer from, std::size_t length) const {
  if (length == kAlertBytes) return true;
  const bool pads = from == Peer::client || server().last_length == finished_bytes_ + kPaddingBytes;
  return pads && length == kAlertBytes + kPaddingBytes;
}

// Who is told goodbye says goodbye; and what was lost may have been a ticket, or the client's goodbye.
bool Ending::may_be_goodbye() const {
  const bool was_told =
      client().encrypted_records > 1 && has_size_of_alert(Peer::client, client().last_length);
  return was_told || answer_lost_ || client().holes_behind_hello;
}

bool Ending::spoke(const Side& side) {
  return side.encrypted_records > 0 && !side.first_was_alert;
}

// Up to TLS 1.2 both sides have said Finished behind their ChangeCipherSpec. In TLS 1.3 the server spoke
// encrypted, and so did the client, with something that is no alert.
bool Ending::completed() const {
  return spoke(client()) && spoke(server());
}

// Behind a completed handshake only data follow; alerts there are encrypted and only end the connection. But
// a TLS 1.3 server may still refuse the client's certificate: that takes one more record of it.
bool Ending::over() const {
  return (completed() && (!tls13_ || server_answered_)) || (client().closed && server().closed);
}

HandshakeOutcome Ending::outcome(bool seen, bool capture_ended) const {
  const bool whole = server_hello_ && !client().holes_behind_hello && !server().holes_behind_hello;
  const std::optional<Peer> refuser = refused_by_ || completed() || !whole ? refused_by_ : refused_if_whole_;
  if (refuser) {
    return *refuser == Peer::client ? HandshakeOutcome::refused_by_client
                                    : HandshakeOutcome::refused_by_server;
  }
  const auto encrypts = [](const Side& side) { return spoke(side) || side.sent_encrypted_alert; };
  if (encrypts(client()) && encrypts(server())) return HandshakeOutcome::completed;
  // Its Finished may be what is missing.
  const auto may_encrypt = [&](const Side& side) {
    return encrypts(side) || side.holes_behind_hello || (side.holes && !server_hello_);
  };
  const bool may_have_completed = may_encrypt(client()) && may_encrypt(server());
  const bool closed = client().closed || server().closed;
  const bool ended = seen && !may_have_completed && !refused_if_whole_ && (closed || !capture_ended);
  return ended ? HandshakeOutcome::cut : HandshakeOutcome::unfinished;
}

}  // namespace assay
