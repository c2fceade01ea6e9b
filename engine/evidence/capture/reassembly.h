// One direction of a TCP connection, in order: what arrives early waits, what arrives again is dropped, what
// never arrives becomes a gap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "evidence/tls/cursor.h"

namespace assay {

class OrderedBytes {
 public:
  // What comes out, in order: bytes, or a gap of so many bytes that are missing.
  struct Out {
    std::function<void(Bytes)> bytes;
    std::function<void(std::uint64_t)> gap;
  };

  OrderedBytes();
  ~OrderedBytes();
  OrderedBytes(OrderedBytes&&) noexcept;
  OrderedBytes& operator=(OrderedBytes&&) noexcept;

  // The next byte will have this sequence number (behind a SYN). Without it, the first segment begins the
  // stream.
  void start(std::uint32_t sequence);

  // A segment; `cut_bytes` behind it were on the wire but are not in the capture.
  void segment(std::uint32_t sequence, Bytes payload, std::size_t cut_bytes, const Out& out);

  // Gives up waiting: everything that waits comes out, with gaps.
  void flush(const Out& out);

  std::size_t waiting() const;  // bytes held

 private:
  void deliver_waiting(const Out& out);
  struct Waiting;
  std::optional<std::uint32_t> next_;
  std::unique_ptr<Waiting> waiting_;
};

}  // namespace assay
