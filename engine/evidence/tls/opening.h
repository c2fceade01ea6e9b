// What a connection is: gathers the first bytes of both directions until it is known whether they are TLS, a
// plain conversation that may turn into it, or neither.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "assay/tls.h"
#include "evidence/tls/cursor.h"

namespace assay {

class Opening {
 public:
  enum class Verdict { undecided, tls, not_tls };

  // `from_start`: the first bytes are the first of the connection. If not, a record is looked for that begins
  // somewhere.
  explicit Opening(bool from_start);

  // The next bytes of one direction. If they are TLS, take() has what was gathered.
  Verdict bytes(Peer from, Bytes data);
  void gap(Peer from);  // bytes of that direction are missing here

  struct Begun {
    std::vector<std::uint8_t> bytes;  // of that side, from its first record on
    std::vector<std::uint8_t> other;  // of the other side, if it speaks no plain words
  };
  Begun take(Peer from);

  // "smtp", "imap", …, or "" if there was no plain conversation
  const std::string& protocol() const { return protocol_; }
  std::size_t memory() const { return sides_[0].front.capacity() + sides_[1].front.capacity(); }

 private:
  struct Side {
    std::vector<std::uint8_t> front;  // what was gathered
    std::size_t tls_at = 0;           // where in it TLS begins
    bool plain = false;               // it speaks a plain protocol that may turn into TLS
    std::size_t passed = 0;           // bytes of plain conversation
    bool begins_anywhere = false;     // what comes first may be in the middle of something
    int misses = 0;
  };

  Side& side(Peer peer) { return sides_[peer == Peer::client ? 0 : 1]; }
  Verdict converse(Side& mine);

  std::array<Side, 2> sides_;
  std::string protocol_;
};

}  // namespace assay
