// Puts parts of transactions in order of their time, so that the small disorder of real logs changes nothing.
//
// A part waits until log time is past it by a grace. The same records in another order come out the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "evidence/http_part.h"

namespace assay {

class HttpPartOrder {
 public:
  using PassOn = std::function<void(const HttpPart&)>;

  // How far records may be out of their order, in microseconds.
  static constexpr std::int64_t kGrace = 2'000'000;

  // May pass on parts that came before. A part without a time gets the latest one.
  void push(const HttpPart& part, const PassOn& pass_on);

  // Passes on what is left.
  void flush(const PassOn& pass_on);

  // Bounds on what waits. Reaching one gives up the order of the oldest parts; it never loses one.
  static constexpr std::size_t kMaxWaiting = 16'384;
  static constexpr std::size_t kMaxWaitingBytes = 8U << 20;

 private:
  std::unique_ptr<KeptHttpPart> take_spare();
  void pop(const PassOn& pass_on);

  std::deque<std::unique_ptr<KeptHttpPart>> parts_;
  std::vector<std::unique_ptr<KeptHttpPart>> spare_;
  std::size_t bytes_ = 0;
  bool none_yet_ = true;
  std::int64_t latest_ = 0;
};

}  // namespace assay
