// One TCP connection of a capture: both directions put in order, and in order to each other, and their
// handshake read.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "evidence/capture/origin.h"
#include "evidence/capture/packet.h"
#include "evidence/capture/reassembly.h"
#include "evidence/tls/handshake_reader.h"

namespace assay {

// A segment that outlives its packet.
struct KeptSegment {
  explicit KeptSegment(const TcpSegment& from, const Origin& seen);

  TcpSegment segment() const;  // its payload points into this
  std::size_t memory() const { return sizeof(KeptSegment) + payload.size(); }

  TcpSegment header;
  std::vector<std::uint8_t> payload;
  Origin origin;
};

// Something on the connection that is not sound or not read, and where.
struct WireFault {
  TlsFault what;
  Origin origin;
};

class Connection {
 public:
  // `from_start`: it is known to begin here, because its SYN was seen.
  Connection(const PacketEndpoint& client, const PacketEndpoint& server, const Origin& origin,
             bool from_start);

  // Takes a segment. Returns false once nothing more is to be learned.
  bool segment(const TcpSegment& segment, const Origin& origin);

  // The stream of that side begins with this byte, if nothing else is known of it.
  void starts(const PacketEndpoint& side, std::uint32_t sequence) { bytes_of(side).start(sequence); }

  // True if a SYN with this number can only be that of this connection, come late.
  bool began_with(const PacketEndpoint& side, std::uint32_t syn) const;

  // The end: everything that waits is read. Nothing if it was not TLS.
  std::optional<WireHandshake> finish(bool capture_ended);

  // After finish():
  const PacketEndpoint& client() const { return reader_.swapped() ? server_ : client_; }
  const PacketEndpoint& server() const { return reader_.swapped() ? client_ : server_; }
  const std::vector<WireFault>& faults() const { return faults_; }
  // Where the first certificate of that side was seen.
  const Origin& chain_origin(Peer peer) const { return chain_origin_[peer == Peer::client ? 0 : 1]; }

  const Origin& origin() const { return origin_; }
  std::optional<Time> first() const { return first_; }
  std::optional<Time> last() const { return last_; }
  std::size_t memory() const;

 private:
  using Verdict = HandshakeReader::Verdict;

  struct End {  // where a direction says FIN or RST
    std::uint32_t sequence = 0;
    bool reset = false;
  };
  struct Side {
    OrderedBytes bytes;
    std::optional<End> end;
    bool closed = false;
  };

  Side& side(Peer peer) { return sides_[peer == Peer::client ? 0 : 1]; }
  const Side& side(Peer peer) const { return sides_[peer == Peer::client ? 0 : 1]; }
  Peer peer_of(const PacketEndpoint& endpoint) const {
    return endpoint == client_ ? Peer::client : Peer::server;
  }
  OrderedBytes& bytes_of(const PacketEndpoint& endpoint) { return side(peer_of(endpoint)).bytes; }

  bool listening() const { return verdict_ == Verdict::undecided || verdict_ == Verdict::tls; }
  bool opens_unheard(const TcpSegment& segment) const;
  std::int64_t not_heard(const TcpSegment& segment) const;
  void take(const TcpSegment& segment, const Origin& origin);
  void take_ready();
  void give_up_first();
  static void note_end(Side& mine, const End& end);
  void close_if_there(Peer peer);
  void close_with_gap(Peer peer);
  OrderedBytes::Out out(Peer from);
  void note(const Origin& origin);

  PacketEndpoint client_;
  PacketEndpoint server_;
  Origin origin_;
  Origin current_;  // of the segment that is being read
  std::optional<Time> first_;
  std::optional<Time> last_;
  Side sides_[2];
  std::vector<KeptSegment> early_;  // what acknowledges bytes that have not come yet
  std::size_t early_bytes_ = 0;
  HandshakeReader reader_;
  Verdict verdict_ = Verdict::undecided;
  std::vector<WireFault> faults_;
  Origin chain_origin_[2];
};

}  // namespace assay
