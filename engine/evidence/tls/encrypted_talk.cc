// An alert is shorter than every message of a handshake, and than all that is usually said first behind one
// (RFC 8446: 2 bytes, 1 of type, and the tag). Java pads what is no data with 16 zeros, alerts too; nothing
// else that a client says first has that size, and a server that pads is known by its Finished.
//
// A client that says no Finished but an alert refuses; so does a server that says one instead of its own.
// Once the client's Finished is said only a server that was sent a certificate may still refuse. What it says
// at more length, a ticket or data, tells that it took everything. Its alert refuses, unless the client has
// taken leave by then or something is missing: it may be a goodbye as well, and nobody knows how the
// handshake ended. An alert of any side behind the other one's leaving only complains of that.
#include "evidence/tls/encrypted_talk.h"

#include <utility>

namespace assay {
namespace {

constexpr std::size_t kTypeBytes = 1;
constexpr std::size_t kPaddingBytes = 16;

}  // namespace

void EncryptedTalk::client_hello(bool offers_early_data) {
  *this = EncryptedTalk{};
  client_heard_ = true;
  early_data_ = offers_early_data;
}

void EncryptedTalk::server_hello(std::string_view cipher) {
  constexpr std::size_t kMessageHeaderBytes = 4;
  constexpr std::size_t kShortTagBytes = 8;
  const std::size_t hash_bytes = cipher.ends_with("SHA384") ? 48 : 32;
  if (client_.heard || flight_end_) forget_disorder();
  hello_ = true;
  if (cipher.find("_CCM_8_") != cipher.npos) tag_bytes_ = kShortTagBytes;
  finished_bytes_ = kMessageHeaderBytes + hash_bytes + kTypeBytes + tag_bytes_;
}

// What was heard before the server's hello has no place in the order: the capture has holes.
void EncryptedTalk::forget_disorder() {
  const EncryptedTalk before = std::exchange(*this, EncryptedTalk{});
  client_heard_ = before.client_heard_;
  early_data_ = before.early_data_;
  client_.holes = true;
  server_.holes = true;
}

void EncryptedTalk::bytes_missing(Peer from) {
  if (hello_) (from == Peer::client ? client_ : server_).holes = true;
}

bool EncryptedTalk::has_size_of_finished(std::size_t length) const {
  return hello_ && (length == finished_bytes_ || length == finished_bytes_ + kPaddingBytes);
}

bool EncryptedTalk::has_size_of_alert(std::size_t length, bool may_be_padded) const {
  constexpr std::size_t kAlertBytes = 2;
  const std::size_t alert = kAlertBytes + kTypeBytes + tag_bytes_;
  return length == alert || (may_be_padded && length == alert + kPaddingBytes);
}

void EncryptedTalk::record(Peer from, std::size_t length, std::optional<Time> time, bool other_left) {
  if (from == Peer::client) client_record(length, time);
  if (from == Peer::server) server_record(length, time, other_left);
}

bool EncryptedTalk::may_be_complaint(std::size_t length) const {
  return !client_.heard && has_size_of_alert(length, true);
}

void EncryptedTalk::client_record(std::size_t length, std::optional<Time> time) {
  const bool is_alert = has_size_of_alert(length, true);
  const bool is_finished = has_size_of_finished(length);
  // Early data that come behind the server's hello say nothing; they end with the client's Finished.
  if (early_data_ && !client_.spoke && !is_alert && !is_finished) return;
  if (!client_.heard) {
    client_.heard = true;
    client_.first = time;
    client_says_only_finished_ = is_finished && !client_.holes && !early_data_;
  }
  client_takes_leave_ = client_.spoke && is_alert;
  client_.spoke = client_.spoke || !is_alert;
}

void EncryptedTalk::server_record(std::size_t length, std::optional<Time> time, bool client_left) {
  if (client_.spoke && !answered_) answer(length, time, client_left);
  if (client_.heard) return;
  end_stands_behind_short_ = flight_end_ && flight_is_short_;
  flight_is_short_ = flight_is_short_ && is_short_message(length);
  flight_end_ = {.length = length, .time = time};
}

// EncryptedExtensions, or a request: too short to be a piece of a message, as pieces are of 64 bytes at least
// (RFC 8449). Behind Finished there may be data, of any size.
bool EncryptedTalk::is_short_message(std::size_t length) const {
  constexpr std::size_t kShortestPieceBytes = 64;
  return length < kShortestPieceBytes + tag_bytes_ && !has_size_of_finished(length);
}

void EncryptedTalk::answer(std::size_t length, std::optional<Time> time, bool client_left) {
  const std::size_t flight_end = flight_end_ ? flight_end_->length : 0;
  const bool may_pad = !hello_ || server_.holes || flight_end == finished_bytes_ + kPaddingBytes;
  const bool is_short = has_size_of_alert(length, may_pad);
  // Who refuses says no more.
  const bool may_be_short = !is_short && !short_answer_ && may_be_padded_alert(length);
  answered_ = !is_short && !may_be_short;
  if (answered_ || short_answer_) return;
  short_answer_ = {.time = time, .may_be_goodbye = client_takes_leave_ || client_left || may_be_short};
}

// Some pad everything to the same length.
bool EncryptedTalk::may_be_padded_alert(std::size_t length) const {
  const bool knows_flight = whole() && flight_end_;
  return !knows_flight || (length == flight_end_->length && !has_size_of_finished(length));
}

std::optional<EncryptedTalk::Refusal> EncryptedTalk::refusal(bool server_left_first) const {
  if (!hello_ || client_.holes || completed()) return std::nullopt;
  if (!client_.spoke) return refusal_in_flight(server_left_first);
  const bool no_early_data = client_heard_ && !early_data_;
  const bool is_refusal = short_answer_ && !short_answer_->may_be_goodbye && no_early_data && !server_.holes;
  if (!is_refusal) return std::nullopt;
  return Refusal{Peer::server, short_answer_->time};
}

// Before the client's Finished. Of a server that has not said its own nobody knows whether it pads; but if it
// hangs up behind something of that size, it was an alert. So it was if only short messages stand before it:
// there is none of that size that could follow them.
std::optional<EncryptedTalk::Refusal> EncryptedTalk::refusal_in_flight(bool server_left_first) const {
  const bool behind_short = end_stands_behind_short_ && !server_.holes;
  const bool may_be_padded = !client_.heard && (server_left_first || behind_short);
  if (client_heard_ && flight_end_ && has_size_of_alert(flight_end_->length, may_be_padded)) {
    return Refusal{Peer::server, flight_end_->time};
  }
  if (!client_.heard) return std::nullopt;
  return Refusal{Peer::client, client_.first};
}

}  // namespace assay
