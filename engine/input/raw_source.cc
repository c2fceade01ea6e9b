// Files, memory and istreams as sources.
#include "input/raw_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <istream>
#include <system_error>
#include <utility>

namespace assay {
namespace {

std::optional<std::uint64_t> size_of_regular_file(int descriptor) {
  struct stat status = {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return static_cast<std::uint64_t>(status.st_size);
}

// Waits for the first byte and takes what came with it: to wait for a whole buffer would hold that back while
// whoever writes to the stream is silent.
void read_what_is_there(std::istream& stream, std::span<char> buffer, std::size_t& count) {
  if (buffer.empty() || stream.peek() == std::istream::traits_type::eof()) return;
  for (bool more = true; more && count < buffer.size();) {
    const std::span<char> room = buffer.subspan(count);
    const auto got = stream.readsome(room.data(), static_cast<std::streamsize>(room.size()));
    count += static_cast<std::size_t>(got);
    more = got > 0;
  }
  if (count > 0) return;
  stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));  // it has no buffer
  count = static_cast<std::size_t>(stream.gcount());
}

}  // namespace

FileSource::FileSource(FileHandle file, std::string path, Budget& budget)
    : file_(std::move(file)),
      path_(std::move(path)),
      budget_(budget),
      size_(size_of_regular_file(file_.get())) {}

std::size_t FileSource::read(std::span<char> buffer) {
  if (cut_ || !budget_.go_on(path_)) return 0;
  std::size_t wanted = buffer.size();
  if (size_) wanted = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, *size_ - position_));
  if (wanted == 0) return 0;
  ssize_t result = 0;
  do {
    if (!size_ && !wait()) return 0;
    result = ::read(file_.get(), buffer.data(), wanted);
  } while (result < 0 && (errno == EINTR || errno == EAGAIN));
  if (result <= 0) {
    report_end(result);
    return 0;
  }
  position_ += static_cast<std::uint64_t>(result);
  return static_cast<std::size_t>(result);
}

// Whoever writes to a pipe may be silent for ever, or never come.
bool FileSource::wait() {
  constexpr int kStepInMilliseconds = 100;
  pollfd waiting{.fd = file_.get(), .events = POLLIN, .revents = 0};
  while (true) {
    const int ready = ::poll(&waiting, 1, kStepInMilliseconds);
    const bool goes_on_waiting = ready == 0 || (ready < 0 && errno == EINTR);
    if (!goes_on_waiting) return true;
    if (!budget_.go_on(path_)) return false;
  }
}

void FileSource::report_end(ssize_t result) {
  if (result < 0) {
    const std::string why = std::system_category().message(errno);
    budget_.report("unreadable", path_, position_,
                   fmt::format("Reading failed at byte {} ({}); the rest was left unread", position_, why));
    cut_ = true;
  } else if (size_) {
    budget_.report(
        "truncated", path_, position_,
        fmt::format("The file became shorter while it was read: it had {} bytes when it was opened, "
                    "and ended after {}",
                    *size_, position_));
    cut_ = true;
  }
}

void FileSource::seek(std::uint64_t offset) {
  if (::lseek(file_.get(), static_cast<off_t>(offset), SEEK_SET) >= 0) position_ = offset;
}

std::size_t MemorySource::read(std::span<char> buffer) {
  const std::size_t count = std::min(buffer.size(), bytes_.size() - position_);
  if (count > 0) std::memcpy(buffer.data(), bytes_.data() + position_, count);
  position_ += count;
  return count;
}

IstreamSource::IstreamSource(std::istream& stream, std::string path, Budget& budget)
    : stream_(stream), path_(std::move(path)), budget_(budget) {}

std::size_t IstreamSource::read(std::span<char> buffer) {
  if (cut_ || !budget_.go_on(path_) || !stream_.good()) return 0;
  std::string why = "the stream went bad";
  std::size_t count = 0;
  try {
    read_what_is_there(stream_, buffer, count);
  } catch (const std::exception& error) {  // a stream that was told to throw does so at its end, too
    count = std::max(count, static_cast<std::size_t>(stream_.gcount()));
    why = error.what();
  }
  position_ += count;
  if (stream_.bad()) {
    budget_.report("unreadable", path_, position_,
                   fmt::format("Reading failed at byte {} ({}); the rest was left unread", position_, why));
    cut_ = true;
  }
  return count;
}

std::size_t JoinedSource::read(std::span<char> buffer) {
  if (front_.empty()) return rest_.read(buffer);
  const std::size_t count = std::min(buffer.size(), front_.size());
  std::memcpy(buffer.data(), front_.data(), count);
  front_ = front_.subspan(count);
  return count;
}

PeekedSource::PeekedSource(Source& source) : source_(source) {
  while (head_size_ < head_.size()) {
    const std::size_t count = source_.read(std::span(head_).subspan(head_size_));
    if (count == 0) break;
    head_size_ += count;
  }
}

std::size_t PeekedSource::read(std::span<char> buffer) {
  if (given_ == head_size_) return source_.read(buffer);
  const std::size_t count = std::min(buffer.size(), head_size_ - given_);
  std::memcpy(buffer.data(), head_.data() + given_, count);
  given_ += count;
  return count;
}

void PeekedSource::seek(std::uint64_t offset) {
  given_ = head_size_;
  source_.seek(offset);
}

}  // namespace assay
