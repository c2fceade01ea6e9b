// TLS from bytes: follows both directions of one connection and tells its handshake (RFC 8446, 5246, 4346,
// 2246, 6101; SSLv2-style hello: RFC 5246 appendix E.2). Knows nothing of packets, captures or certificates'
// insides.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assay/tls.h"

namespace assay {

// What is known so far. Certificates are DER bytes here; who uses it reads them.
struct WireHandshake {
  Handshake handshake;                    // without certificates, place and endpoints
  std::vector<std::string> server_chain;  // DER, leaf first
  std::vector<std::string> client_chain;
};

// What is not sound in records and messages, or not read of them.
struct TlsFault {
  std::string_view code;  // of the problem: "tls-malformed", …
  std::string words;
};

class HandshakeReader {
 public:
  enum class Verdict {
    undecided,  // could still become TLS: more bytes wanted
    tls,        // it is; more bytes wanted
    done,       // nothing more to learn: further bytes need not be given
    not_tls,    // let it go
  };

  // `from_start`: the first bytes are the first of the connection. If not, they may be in the middle of a
  // record, and a record is looked for in what comes next.
  explicit HandshakeReader(bool from_start = true);
  ~HandshakeReader();
  HandshakeReader(HandshakeReader&&) noexcept;

  // The next bytes of one direction, in order. Which direction is the client's is told by `from` as far as
  // the TCP connection knows it (who sent SYN, or a guess); the reader swaps them if a ClientHello comes from
  // the other.
  Verdict bytes(Peer from, std::span<const std::uint8_t> data, std::optional<Time> time);
  // `count` bytes of that direction are missing here.
  Verdict gap(Peer from, std::uint64_t count, std::optional<Time> time);
  // FIN or RST of that direction.
  void closed(Peer from);

  bool swapped() const;        // the ClientHello came from the side that was called server
  std::size_t memory() const;  // bytes that it holds at the moment

  // In the order in which they came; some at most.
  const std::vector<TlsFault>& faults() const;
  bool has_chain(Peer peer) const;  // that side has presented certificates

  // The end: of the connection, or of the capture (`capture_ended`).
  WireHandshake finish(bool capture_ended);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace assay
