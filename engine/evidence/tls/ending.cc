// What an encrypted alert says is not seen. Only where nothing of the handshake is missing is it known to
// refuse; else it may as well have said goodbye behind a Finished that the capture does not hold. TLS 1.3
// hides even that it is an alert: see encrypted_talk.
#include "evidence/tls/ending.h"

#include "evidence/tls/peers.h"

namespace assay {
namespace {

HandshakeOutcome refused(Peer by) {
  return by == Peer::client ? HandshakeOutcome::refused_by_client : HandshakeOutcome::refused_by_server;
}

}  // namespace

void Ending::server_hello(std::string_view version, std::string_view cipher) {
  server_hello_ = true;
  hides_ = version == "TLS 1.3";
  if (hides_) talk_.server_hello(cipher);
}

void Ending::bytes_missing(Peer from) {
  side(from).holes = true;
  if (server_hello_) side(from).holes_behind_hello = true;
  talk_.bytes_missing(from);
}

// Who complains that the other one has hung up refuses nothing.
void Ending::refusal(Peer by) {
  if (!completed() && !refused_by_ && !side(other(by)).closed) refused_by_ = by;
}

void Ending::encrypted_alert(Peer from) {
  if (!server_hello_) hides_ = false;
  side(from).sent_encrypted_alert = true;
  if (!completed() && !refused_if_whole_ && !side(other(from)).closed) refused_if_whole_ = from;
}

void Ending::encrypted_message(Peer from) {
  if (!server_hello_) hides_ = false;
  side(from).encrypts = true;
}

void Ending::encrypted(Peer from, std::size_t length, std::optional<Time> time) {
  const bool other_left = side(other(from)).closed;
  if (other_left && talk_.may_be_complaint(length)) return;
  side(from).encrypts = true;
  talk_.record(from, length, time, other_left);
}

void Ending::closed(Peer from) {
  side(from).closed = true;
  if (!left_first_) left_first_ = from;
}

void Ending::swap_sides() {
  std::swap(sides_[0], sides_[1]);
  if (left_first_) left_first_ = server_left_first() ? Peer::client : Peer::server;
}

// Up to TLS 1.2 both sides have said Finished behind their ChangeCipherSpec.
bool Ending::completed() const {
  return hides_ ? talk_.completed() : client().encrypts && server().encrypts;
}

// Behind a completed handshake only data follow; alerts there are encrypted and only end the connection.
bool Ending::over() const {
  return completed() || (client().closed && server().closed);
}

std::optional<Peer> Ending::refuser() const {
  if (refused_by_) return refused_by_;
  if (hides_) {
    const auto hidden = talk_.refusal(server_left_first());
    return hidden ? std::optional(hidden->by) : std::nullopt;
  }
  const bool whole = server_hello_ && !client().holes_behind_hello && !server().holes_behind_hello;
  return whole && !completed() ? refused_if_whole_ : std::nullopt;
}

std::optional<Alert> Ending::hidden_alert() const {
  if (refused_by_ || !hides_) return std::nullopt;
  const auto hidden = talk_.refusal(server_left_first());
  if (!hidden) return std::nullopt;
  return Alert{.level = {},
               .description = {},
               .code = -1,
               .from = hidden->by,
               .encrypted = true,
               .time = hidden->time};
}

// A Finished may be what is missing, or what cannot be told from something else.
bool Ending::may_have_completed() const {
  if (hides_ && server_left_first() && talk_.unanswered()) return false;
  const auto may_encrypt = [&](const Side& side) {
    return side.encrypts || side.sent_encrypted_alert || side.holes_behind_hello ||
           (side.holes && !server_hello_);
  };
  return may_encrypt(client()) && may_encrypt(server());
}

HandshakeOutcome Ending::outcome(bool seen, bool capture_ended) const {
  if (const auto by = refuser()) return refused(*by);
  const auto said_finished = [](const Side& side) { return side.encrypts || side.sent_encrypted_alert; };
  if (completed() || (!hides_ && said_finished(client()) && said_finished(server()))) {
    return HandshakeOutcome::completed;
  }
  const bool closed = client().closed || server().closed;
  const bool ended = seen && !may_have_completed() && !refused_if_whole_ && (closed || !capture_ended);
  return ended ? HandshakeOutcome::cut : HandshakeOutcome::unfinished;
}

}  // namespace assay
