// One direction of a TCP connection, in order: what arrives early waits, what arrives again is dropped, what
// never arrives becomes a gap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "evidence/tls/cursor.h"

namespace assay {

// How far `to` is behind `from`; sequence numbers go round (RFC 793).
inline std::int64_t sequence_distance(std::uint32_t from, std::uint32_t to) {
  return static_cast<std::int32_t>(to - from);
}

class OrderedBytes {
 public:
  // What comes out, in order: bytes, or a gap of so many bytes that are missing.
  struct Out {
    std::function<void(Bytes)> bytes;
    std::function<void(std::uint64_t)> gap;
  };

  // The next byte will have this sequence number (behind a SYN). Without it, the first segment begins the
  // stream. Once anything came, an earlier start changes nothing.
  void start(std::uint32_t sequence);

  // A segment; `cut_bytes` behind it were on the wire but are not in the capture.
  void segment(std::uint32_t sequence, Bytes payload, std::size_t cut_bytes, const Out& out);

  // Gives up waiting: everything that waits comes out, with gaps.
  void flush(const Out& out);

  // The same, but only as far as this sequence number: the other side has said that it received all before.
  void lose_until(std::uint32_t sequence, const Out& out);

  bool started() const { return first_.has_value(); }
  // Sequence numbers of the first byte and of the next one to come out; only once started.
  std::uint32_t first() const { return *first_; }
  std::uint32_t next() const { return *first_ + static_cast<std::uint32_t>(position_); }

  std::size_t waiting() const { return waiting_bytes_; }  // bytes held

 private:
  // A segment, and how many bytes of it behind `bytes` the capture does not hold.
  struct Piece {
    std::vector<std::uint8_t> bytes;
    std::size_t cut_bytes = 0;
    std::size_t size() const { return bytes.size() + cut_bytes; }
  };

  void deliver(std::uint64_t position, Bytes payload, std::size_t cut_bytes, const Out& out);
  void deliver_waiting(const Out& out);
  void skip_hole(const Out& out);
  void wait(std::uint64_t position, Bytes payload, std::size_t cut_bytes);

  std::optional<std::uint32_t> first_;      // sequence number of the first byte
  std::uint64_t position_ = 0;              // bytes delivered, gaps among them: the next one's place
  std::map<std::uint64_t, Piece> waiting_;  // by place in the stream, which does not go round
  std::size_t waiting_bytes_ = 0;
};

}  // namespace assay
