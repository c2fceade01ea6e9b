// A block is its type, its length and its body; that of an interface begins with the link type and the snap
// length.
#include "evidence/capture/snap_lengths.h"

#include <algorithm>

namespace assay {
namespace {

constexpr std::uint32_t kSection = 0x0a0d0d0a;  // the same in either byte order
constexpr std::uint32_t kInterface = 1;
constexpr std::size_t kSnapLengthBytes = 4;

}  // namespace

std::uint32_t WithoutSnapLengths::number(std::size_t at) const {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t place = is_big_endian_ ? at + i : at + 3 - i;
    value = value << 8 | static_cast<unsigned char>(header_[place]);
  }
  return value;
}

void WithoutSnapLengths::header_done() {
  have_ = 0;
  if (number(0) == kSection) is_big_endian_ = header_[8] == '\x1a';
  const std::uint32_t length = number(4);
  zeros_ = number(0) == kInterface ? kSnapLengthBytes : 0;
  const bool is_pcapng = is_begun_ || number(0) == kSection;
  is_begun_ = true;
  is_lost_ = !is_pcapng || length < kHeaderBytes + zeros_;
  skip_ = is_lost_ ? 0 : length - kHeaderBytes - zeros_;
}

void WithoutSnapLengths::pass(std::span<char> bytes) {
  while (!bytes.empty() && !is_lost_) {
    std::size_t passed = 1;
    if (zeros_ > 0) {
      bytes.front() = '\0';
      --zeros_;
    } else if (skip_ > 0) {
      passed = static_cast<std::size_t>(std::min<std::uint64_t>(skip_, bytes.size()));
      skip_ -= passed;
    } else {
      header_[have_++] = bytes.front();
      if (have_ == kHeaderBytes) header_done();
    }
    bytes = bytes.subspan(passed);
  }
}

}  // namespace assay
