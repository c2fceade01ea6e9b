// Standard input as a stream that an interrupt ends, and the time for the analysis. A plain read on a pipe
// that stays silent would wait on, on whatever thread it is, while Ctrl-C is asked for in vain.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <streambuf>

namespace assay {

class StandardInput : public std::streambuf {
 public:
  // The time runs from the first read: it is not over before that of the analysis, which reports it.
  explicit StandardInput(std::chrono::seconds time) : time_(time) {}

 protected:
  int_type underflow() override;

 private:
  bool is_over();

  std::chrono::seconds time_;
  std::optional<std::chrono::steady_clock::time_point> end_;
  std::array<char, 1 << 16> buffer_{};
};

}  // namespace assay
