// Waits for standard input in short steps, and looks for an interrupt and at the clock between them.
#include "standard_input.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "terminal.h"

namespace assay {

bool StandardInput::is_over() {
  const auto now = std::chrono::steady_clock::now();
  if (!end_) end_ = now + time_;
  return interrupted() || now > *end_;
}

StandardInput::int_type StandardInput::underflow() {
  constexpr int kStepInMilliseconds = 100;
  while (!is_over()) {
    pollfd waiting{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    const int ready = poll(&waiting, 1, kStepInMilliseconds);
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    const ssize_t count = read(STDIN_FILENO, buffer_.data(), buffer_.size());
    if (count < 0 && errno == EINTR) continue;
    // An istream that catches this turns bad, so that the report says that the input was cut.
    if (count < 0) throw std::system_error(errno, std::system_category(), "standard input");
    if (count == 0) break;
    setg(buffer_.data(), buffer_.data(), buffer_.data() + count);
    return traits_type::to_int_type(*gptr());
  }
  return traits_type::eof();
}

}  // namespace assay
