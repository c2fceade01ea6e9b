// How a handshake ended, told from what can be heard of both sides: alerts, who switched to encryption and
// said its Finished, and how the connection was closed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "assay/tls.h"
#include "evidence/tls/encrypted_talk.h"

namespace assay {

class Ending {
 public:
  // What is heard, in the order in which it was said.
  void client_hello(bool offers_early_data) { talk_.client_hello(offers_early_data); }
  void server_hello(std::string_view version, std::string_view cipher);
  void bytes_missing(Peer from);
  void refusal(Peer by);  // a fatal alert in the clear
  // What cannot be read: an alert or a handshake message that is known to be one, as up to TLS 1.2 only; or
  // something else, a record of this length.
  void encrypted_alert(Peer from);
  void encrypted_message(Peer from);
  void encrypted(Peer from, std::size_t length, std::optional<Time> time);
  void closed(Peer from);

  // The client was taken for the server so far. REQUIRES: neither has said anything encrypted
  void swap_sides();

  // Nothing that follows can tell more.
  bool over() const;
  // `seen`: there was a handshake, and not only something in the middle of a connection.
  HandshakeOutcome outcome(bool seen, bool capture_ended) const;
  // In TLS 1.3, the alert that refused and can only be told from its size.
  std::optional<Alert> hidden_alert() const;

 private:
  struct Side {
    bool holes = false;
    bool holes_behind_hello = false;  // behind the server's
    bool encrypts = false;            // it said its Finished, or in TLS 1.3 something encrypted
    bool sent_encrypted_alert = false;
    bool closed = false;
  };

  Side& side(Peer peer) { return sides_[peer == Peer::client ? 0 : 1]; }
  const Side& client() const { return sides_[0]; }
  const Side& server() const { return sides_[1]; }
  bool server_left_first() const { return left_first_ == Peer::server; }
  bool completed() const;
  std::optional<Peer> refuser() const;
  bool may_have_completed() const;

  std::array<Side, 2> sides_;
  EncryptedTalk talk_;
  bool server_hello_ = false;
  bool hides_ = true;  // it is TLS 1.3, or nobody knows the version
  std::optional<Peer> left_first_;
  std::optional<Peer> refused_by_;
  // Who sent an encrypted alert before the other side was heard to say its Finished. If that is heard later,
  // or may be what the capture lacks, the alert only closed the connection.
  std::optional<Peer> refused_if_whole_;
};

}  // namespace assay
