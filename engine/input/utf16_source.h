// Text in UTF-16 with a byte order mark, as editors and shells of Windows write it, as UTF-8.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "input/source.h"

namespace assay {

// True if a file begins with the byte order mark of UTF-16.
bool is_utf16(std::span<const char> head);

// The mark becomes that of UTF-8. Half a pair of surrogates, or half a unit at the end, becomes U+FFFD.
class Utf16Source final : public Source {
 public:
  // REQUIRES: is_utf16 holds for the front of `source`, which has to outlive this.
  explicit Utf16Source(Source& source) : source_(source) {}

  std::size_t read(std::span<char> buffer) override;
  bool cut() const override { return source_.cut(); }
  bool end_is_proven() const override { return source_.end_is_proven(); }

 private:
  bool fill();
  void take(unsigned char byte);
  void take_unit(char32_t unit);
  void finish();

  Source& source_;
  std::array<char, std::size_t{16} << 10> units_;  // as they are in the source
  std::string text_;                               // of them
  std::size_t given_ = 0;                          // of the text
  enum class Order { not_known_yet, little_end_first, big_end_first };
  Order order_ = Order::not_known_yet;
  int half_unit_ = -1;           // the byte of a unit whose other one is still to come
  char32_t high_surrogate_ = 0;  // the same for a pair of units
};

}  // namespace assay
