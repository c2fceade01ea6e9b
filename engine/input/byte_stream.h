// Bytes that are read once, from front to back.
#pragma once

#include <cstddef>
#include <span>

namespace assay {

class ByteStream {
 public:
  virtual ~ByteStream() = default;

  // Fills the front of `buffer` and returns how many bytes it wrote; 0 only at the end, or for an empty
  // buffer. Fewer than asked for does not mean the end. Damage ends the stream early; who made the
  // stream records why as a Problem. Never throws for damage.
  virtual std::size_t read(std::span<char> buffer) = 0;
};

}  // namespace assay
