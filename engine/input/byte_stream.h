// Bytes that are read once, from front to back.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace assay {

class ByteStream {
 public:
  virtual ~ByteStream() = default;

  // Fills the front of `buffer` and returns how many bytes it wrote; 0 only at the end, or for an empty
  // buffer. Fewer than asked for does not mean the end. Damage ends the stream early; who made the
  // stream records why as a Problem. Never throws for damage.
  virtual std::size_t read(std::span<char> buffer) = 0;

  // A stream that has its next bytes in a vector of its own may hand that over instead of copying them: it
  // puts it in the place of `buffer`, whose memory it keeps for what comes next, and returns where in it the
  // bytes are. There may be free room before them. Empty if it has no such vector now, or at the end; then
  // `buffer` is as it was, and read() goes on.
  virtual std::span<char> exchange(std::vector<char>& /*buffer*/) { return {}; }
};

}  // namespace assay
