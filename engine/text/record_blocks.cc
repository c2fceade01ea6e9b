// One buffer: it is filled, the whole records in it are shown, and what is left moves to its front, or to
// that of the buffer that the visitor left in its place. It grows only while a single record fills it, and
// never beyond the longest record that is allowed. Where the stream hands over a buffer, what is left moves
// into the room before its bytes, and they are shown where they are.
#include "text/record_blocks.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "characters.h"
#include "text/record.h"

namespace assay {
namespace {

std::size_t previous_newline(std::string_view text, std::size_t end) {
  if (end == 0) return npos;
  const void* found = memrchr(text.data(), '\n', end);
  return found == nullptr ? npos : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

std::size_t next_newline(std::string_view text, std::size_t from) {
  return text.find('\n', from);
}

enum class End { not_yet, reached };

class Blocks {
 public:
  Blocks(const RecordStream& stream, std::size_t block_bytes, std::size_t record_bytes,
         const std::function<void(const RecordBlock&)>& visit,
         const std::function<void(const RecordCut&)>& cut)
      : stream_(stream),
        visit_(visit),
        cut_(cut),
        record_bytes_(std::clamp<std::size_t>(record_bytes, 1, SIZE_MAX / 4)),
        block_bytes_(std::clamp<std::size_t>(block_bytes, 1, record_bytes_)) {}

  void run() {
    while (fill(next_target())) {
      if (size_ <= record_bytes_) {
        show_all_but_the_last_record();
      } else {
        show_or_cut_the_long_record();
      }
    }
    while (size_ > record_bytes_) show_or_cut_the_long_record();
    show(size_);
  }

 private:
  std::string_view text() const { return {buffer_.data() + front_, size_}; }

  // False if the stream ends before there are `target` bytes. What can stay where the stream has it is
  // enough, too: to fill it up would mean to copy what comes next.
  bool fill(std::size_t target) {
    while (end_ == End::not_yet && size_ < target) {
      if (handed_.empty() && stream_.exchange) handed_ = stream_.exchange(handed_buffer_);
      if (!handed_.empty() && fits_in_front()) {
        take_over();
        return true;
      }
      const std::size_t got = handed_.empty() ? read(target) : copy(target);
      if (got == 0) end_ = End::reached;
      size_ += got;
    }
    return size_ >= target;
  }

  std::span<char> room_up_to(std::size_t target) {
    if (front_ > 0 && buffer_.size() < front_ + target) move_to_front();
    if (buffer_.size() < target) buffer_.resize(target);
    return std::span(buffer_).subspan(front_ + size_, target - size_);
  }

  std::size_t read(std::size_t target) { return stream_.read(room_up_to(target)); }

  std::size_t copy(std::size_t target) {
    const std::span<char> room = room_up_to(target);
    const std::size_t bytes = std::min(room.size(), handed_.size());
    std::copy_n(handed_.begin(), bytes, room.begin());
    handed_ = handed_.subspan(bytes);
    return bytes;
  }

  std::size_t room_before_handed() const {
    return static_cast<std::size_t>(handed_.data() - handed_buffer_.data());
  }

  // Whether what is left can go before what was handed over, and no record of both would be too long.
  bool fits_in_front() const {
    return size_ <= room_before_handed() && size_ + handed_.size() <= record_bytes_;
  }

  void take_over() {
    const std::size_t front = room_before_handed() - size_;
    std::copy_n(text().begin(), size_, handed_buffer_.begin() + static_cast<std::ptrdiff_t>(front));
    buffer_.swap(handed_buffer_);
    front_ = front;
    size_ += handed_.size();
    handed_ = {};
  }

  void move_to_front() {
    if (size_ > 0) std::memmove(buffer_.data(), buffer_.data() + front_, size_);
    front_ = 0;
  }

  // A buffer that holds less than one record grows: doubling up to the longest record, and then by as much as
  // it takes to see whether the record ends there. Always more than there is.
  std::size_t next_target() const {
    if (size_ < block_bytes_) return block_bytes_;
    if (size_ < record_bytes_) return size_ + std::min(size_, record_bytes_ - size_);
    return record_bytes_ + kHeaderReach;
  }

  // Whether the bytes that are there are enough to tell if a record begins at `at`.
  bool decided(std::size_t at) const {
    return end_ == End::reached || size_ - at >= kHeaderReach || next_newline(text(), at) != npos;
  }

  void show_all_but_the_last_record() {
    const std::string_view all = text();
    std::size_t undecided = size_;
    for (std::size_t newline = previous_newline(all, size_); newline != npos && newline >= searched_;
         newline = previous_newline(all, newline)) {
      if (!decided(newline + 1)) {
        undecided = newline;
      } else if (begins_record(all.substr(newline + 1))) {
        show(newline + 1);
        return;
      }
    }
    searched_ = undecided;
  }

  // Where the first record behind the front of the buffer begins, or npos, as far as that can be told yet.
  std::size_t first_begin() {
    const std::string_view all = text();
    for (std::size_t newline = next_newline(all, searched_); newline != npos;
         newline = next_newline(all, newline + 1)) {
      searched_ = newline;
      if (!decided(newline + 1)) return npos;
      if (begins_record(all.substr(newline + 1))) return newline + 1;
    }
    searched_ = size_;
    return npos;
  }

  // More bytes are there than the longest record has. If the record ends in time it is shown, else it is cut.
  void show_or_cut_the_long_record() {
    std::size_t begin = first_begin();
    if (begin <= record_bytes_) {
      show(begin);
      return;
    }
    RecordCut cut{.offset = offset_, .line = line_, .bytes = 0};
    show(record_bytes_);
    for (begin = first_begin(); begin == npos; begin = first_begin()) {
      drop(searched_);
      if (!fill(std::max(block_bytes_, size_ + kHeaderReach)) && size_ == 0) break;
    }
    if (begin != npos) drop(begin);
    cut.bytes = offset_ - cut.offset - record_bytes_;
    cut_(cut);
  }

  void show(std::size_t bytes) {
    if (bytes == 0) return;
    records_.read(text().substr(0, bytes));
    const RecordBlock block{.text = text().substr(0, bytes),
                            .offset = offset_,
                            .line = line_,
                            .buffer = &buffer_,
                            .records = &records_};
    const std::string_view rest = text().substr(bytes);
    rest_.assign(rest.begin(), rest.end());
    forget(bytes, records_.lines());
    visit_(block);
    front_ = 0;
    if (buffer_.size() < size_) buffer_.resize(size_);
    std::copy(rest_.begin(), rest_.end(), buffer_.begin());
  }

  void drop(std::size_t bytes) {
    const std::string_view dropped = text().substr(0, bytes);
    forget(bytes, static_cast<std::uint64_t>(std::count(dropped.begin(), dropped.end(), '\n')));
    front_ += bytes;
  }

  // What stood at the front of the buffer is behind us now.
  void forget(std::size_t bytes, std::uint64_t lines) {
    line_ += lines;
    offset_ += bytes;
    size_ -= bytes;
    searched_ = 0;
  }

  const RecordStream& stream_;
  const std::function<void(const RecordBlock&)>& visit_;
  const std::function<void(const RecordCut&)>& cut_;
  std::size_t record_bytes_;
  std::size_t block_bytes_;
  std::vector<char> buffer_;
  std::size_t front_ = 0;            // of what is in use
  std::vector<char> handed_buffer_;  // that the stream handed over last
  std::span<char> handed_;           // what was not taken of it yet
  std::vector<char> rest_;           // of the buffer, behind what is shown
  RecordIndex records_;              // of what is shown
  std::size_t size_ = 0;             // bytes of the buffer that are in use
  std::size_t searched_ = 0;         // no line that begins behind the front and up to here begins a record
  std::uint64_t offset_ = 0;         // of the buffer in the stream
  std::uint64_t line_ = 1;
  End end_ = End::not_yet;
};

}  // namespace

void for_each_block(const RecordStream& stream, std::size_t block_bytes, std::size_t record_bytes,
                    const std::function<void(const RecordBlock&)>& visit,
                    const std::function<void(const RecordCut&)>& cut) {
  Blocks(stream, block_bytes, record_bytes, visit, cut).run();
}

std::size_t record_begin(std::string_view text, std::size_t position) {
  std::size_t end = std::min(position, text.size());
  for (std::size_t newline = previous_newline(text, end); newline != npos;
       newline = previous_newline(text, end)) {
    if (begins_record(text.substr(newline + 1))) return newline + 1;
    end = newline;
  }
  return 0;
}

std::size_t record_end(std::string_view text, std::size_t position) {
  if (position >= text.size()) return text.size();
  for (std::size_t newline = next_newline(text, position); newline != npos && newline + 1 < text.size();
       newline = next_newline(text, newline + 1)) {
    if (begins_record(text.substr(newline + 1))) return newline + 1;
  }
  return text.size();
}

}  // namespace assay
