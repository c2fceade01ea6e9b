// libpcap refuses a pcapng file of which two interfaces have different snap lengths, as merged captures have.
// The length is of no use here: every packet says itself how much of it is there.
//
// Only a "simple packet" of pcapng has no length of its own, and nobody writes those with a snap length.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace assay {

// Follows the bytes of a pcapng file and makes each interface's snap length zero, which stands for "no
// limit". Any other file is left as it is.
class WithoutSnapLengths {
 public:
  void pass(std::span<char> bytes);

 private:
  void header_done();
  std::uint32_t number(std::size_t at) const;

  static constexpr std::size_t kHeaderBytes = 12;  // type and length, and what tells the byte order
  std::array<char, kHeaderBytes> header_{};
  std::size_t have_ = 0;    // bytes of the header
  std::size_t zeros_ = 0;   // bytes to be made zero
  std::uint64_t skip_ = 0;  // bytes of the block behind them
  bool is_big_endian_ = false;
  bool is_begun_ = false;
  bool is_lost_ = false;  // no pcapng, or not sound; libpcap says what is wrong
};

}  // namespace assay
