// Reads big-endian numbers and length-prefixed pieces from bytes, never past their end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace assay {

using Bytes = std::span<const std::uint8_t>;

// The number of `size` bytes that stands there. REQUIRES: it does
inline std::uint32_t number_at(Bytes bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (const std::uint8_t byte : bytes.subspan(at, size)) value = value << 8 | byte;
  return value;
}

// Once anything was asked for that is not there, `failed()` stays true and every read gives zero or nothing.
class Cursor {
 public:
  explicit Cursor(Bytes bytes) : rest_(bytes) {}

  bool failed() const { return failed_; }
  std::size_t left() const { return rest_.size(); }

  // A number of `size` bytes, 1 to 4.
  std::uint32_t number(std::size_t size) {
    std::uint32_t value = 0;
    for (const std::uint8_t byte : take(size)) value = value << 8 | byte;
    return value;
  }

  Bytes take(std::size_t size) {
    if (size > rest_.size()) {
      failed_ = true;
      rest_ = {};
      return {};
    }
    const Bytes taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }

  // A piece whose length stands before it in `size` bytes.
  Bytes piece(std::size_t size) { return take(number(size)); }

 private:
  Bytes rest_;
  bool failed_ = false;
};

}  // namespace assay
