// Standard input as a stream that an interrupt ends. A plain read on a pipe that stays silent would wait on,
// on whatever thread it is, while Ctrl-C is asked for in vain.
#pragma once

#include <array>
#include <streambuf>

namespace assay {

class StandardInput : public std::streambuf {
 protected:
  int_type underflow() override;

 private:
  std::array<char, 1 << 16> buffer_{};
};

}  // namespace assay
