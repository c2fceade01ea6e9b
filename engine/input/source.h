// Where bytes come from inside the walk: a stream that can say whether it was cut, and may be able to seek.
#pragma once

#include <cstdint>
#include <optional>

#include "input/byte_stream.h"

namespace assay {

// Bytes move between the layers in blocks of this size: large enough that the calls cost nothing, small
// enough to stay in the cache between the one who writes and the one who reads.
inline constexpr std::size_t kBlockBytes = std::size_t{256} << 10;

// Free room before the bytes of each block that is handed over: whoever takes it can put the end of what came
// before in front of it.
inline constexpr std::size_t kRoomBefore = std::size_t{16} << 10;

class Source : public ByteStream {
 public:
  // True once the stream has ended before its true end. Why is among the problems already, so whoever
  // stumbles over the early end has nothing to add about its cause.
  virtual bool cut() const = 0;

  // True if the stream, read to its end, proves that this is its true end: a compression by its checksum, a
  // member of an archive by its length.
  virtual bool end_is_proven() const { return false; }

  // How many bytes there are in all, where seek() works; otherwise nothing.
  virtual std::optional<std::uint64_t> size() const { return std::nullopt; }

  // The next read begins at `offset`. REQUIRES: size(), and offset <= *size()
  virtual void seek(std::uint64_t /*offset*/) {}
};

}  // namespace assay
