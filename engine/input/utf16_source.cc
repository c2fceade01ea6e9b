// Byte by byte, because blocks end anywhere; what is not whole yet waits for the next one.
#include "input/utf16_source.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace assay {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

void append_utf8(char32_t c, std::string& text) {
  const auto continued = [&](unsigned shift) { text += static_cast<char>(0x80U | (c >> shift & 0x3FU)); };
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0U | c >> 6);
    continued(0);
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0U | c >> 12);
    continued(6);
    continued(0);
  } else {
    text += static_cast<char>(0xF0U | c >> 18);
    continued(12);
    continued(6);
    continued(0);
  }
}

}  // namespace

bool is_utf16(std::span<const char> head) {
  const std::string_view front(head.data(), std::min<std::size_t>(head.size(), 2));
  return front == "\xFF\xFE" || front == "\xFE\xFF";
}

std::size_t Utf16Source::read(std::span<char> buffer) {
  while (given_ == text_.size() && !buffer.empty()) {
    if (!fill()) return 0;
  }
  const std::size_t count = std::min(buffer.size(), text_.size() - given_);
  if (count > 0) std::memcpy(buffer.data(), text_.data() + given_, count);
  given_ += count;
  return count;
}

// False at the end.
bool Utf16Source::fill() {
  text_.clear();
  given_ = 0;
  const std::size_t count = source_.read(units_);
  for (const char byte : std::span(units_).first(count)) take(static_cast<unsigned char>(byte));
  if (count == 0) finish();
  return count > 0 || !text_.empty();
}

void Utf16Source::take(unsigned char byte) {
  if (half_unit_ < 0) {
    half_unit_ = byte;
    return;
  }
  const auto first = static_cast<char32_t>(half_unit_);
  half_unit_ = -1;
  if (order_ == Order::not_known_yet) order_ = first == 0xFF ? Order::little_end_first : Order::big_end_first;
  take_unit(order_ == Order::little_end_first ? first | char32_t{byte} << 8 : first << 8 | byte);
}

void Utf16Source::take_unit(char32_t unit) {
  const bool high = unit >= 0xD800 && unit < 0xDC00;
  const bool low = unit >= 0xDC00 && unit < 0xE000;
  if (high_surrogate_ != 0 && low) {
    append_utf8(0x10000 + ((high_surrogate_ - 0xD800) << 10) + (unit - 0xDC00), text_);
    high_surrogate_ = 0;
    return;
  }
  if (high_surrogate_ != 0) append_utf8(kReplacement, text_);
  high_surrogate_ = high ? unit : 0;
  if (!high) append_utf8(low ? kReplacement : unit, text_);
}

void Utf16Source::finish() {
  if (half_unit_ >= 0 || high_surrogate_ != 0) append_utf8(kReplacement, text_);
  half_unit_ = -1;
  high_surrogate_ = 0;
}

}  // namespace assay
