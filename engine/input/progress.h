// Tells how far the walk has come, some times a second.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "assay/options.h"

namespace assay {

class ProgressTeller {
 public:
  explicit ProgressTeller(const std::function<void(const Progress&)>& tell) : tell_(tell) {}

  void tell(std::uint64_t bytes, std::uint64_t members, const std::string& path) {
    if (!tell_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + std::chrono::milliseconds(200);
    tell_(Progress{.bytes = bytes, .members = members, .path = path});
  }

 private:
  const std::function<void(const Progress&)>& tell_;
  std::chrono::steady_clock::time_point next_;  // the first call always tells
};

}  // namespace assay
