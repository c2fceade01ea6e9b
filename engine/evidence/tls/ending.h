// How a handshake ended, told from what can be heard of both sides behind their hellos: alerts, who switched
// to encryption and said its Finished, and how the connection was closed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "assay/tls.h"

namespace assay {

class Ending {
 public:
  // What is heard, in the order in which it was said.
  void server_hello(std::string_view version, std::string_view cipher);
  void bytes_missing(Peer from);
  void refusal(Peer by);  // a fatal alert in the clear
  // An alert that cannot be read but is known to be one, as up to TLS 1.2.
  void encrypted_alert(Peer from);
  // Something else that cannot be read, a record of this length. True if it is an alert all the same.
  bool encrypted(Peer from, std::size_t length);
  void closed(Peer from) { side(from).closed = true; }

  // The client was taken for the server so far.
  void swap_sides() { std::swap(sides_[0], sides_[1]); }

  // Nothing that follows can tell more.
  bool over() const;
  // `seen`: there was a handshake, and not only something in the middle of a connection.
  HandshakeOutcome outcome(bool seen, bool capture_ended) const;

 private:
  struct Side {
    bool holes = false;
    bool holes_behind_hello = false;  // behind the server's
    std::uint64_t encrypted_records = 0;
    std::size_t last_length = 0;        // of the last of them
    bool first_was_alert = false;       // TLS 1.3: the first of them was one
    bool sent_encrypted_alert = false;  // up to TLS 1.2
    bool closed = false;
  };

  Side& side(Peer peer) { return sides_[peer == Peer::client ? 0 : 1]; }
  const Side& client() const { return sides_[0]; }
  const Side& server() const { return sides_[1]; }
  // It said its Finished, or in TLS 1.3 something encrypted that is no alert.
  static bool spoke(const Side& side);
  bool completed() const;
  bool has_size_of_alert(Peer from, std::size_t length) const;
  bool may_be_goodbye() const;

  std::array<Side, 2> sides_;
  bool server_hello_ = false;
  bool tls13_ = false;
  std::size_t finished_bytes_ = 0;  // TLS 1.3: of a record with a Finished that is not padded
  bool server_answered_ = false;    // TLS 1.3: it sent something behind the client's Finished
  bool answer_lost_ = false;        // TLS 1.3: some of that is missing
  std::optional<Peer> refused_by_;
  // Who sent an encrypted alert before the other side was heard to say its Finished. If that is heard later,
  // or may be what the capture lacks, the alert only closed the connection.
  std::optional<Peer> refused_if_whole_;
};

}  // namespace assay
