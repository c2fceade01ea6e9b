// gzip as a filter of Boost.Iostreams, inflated by ISA-L, several times faster than zlib.
#pragma once

#include <isa-l/igzip_lib.h>

#include <boost/iostreams/categories.hpp>
#include <boost/iostreams/read.hpp>
#include <cstdint>
#include <ios>
#include <memory>
#include <span>
#include <string_view>

#include "input/stream_ending.h"

namespace assay {

// Reads one or more gzip streams in a row, padding of zeros between and after them allowed. Damage ends the
// data early; ending() then says what it was. Compose by reference: a filter is as large as its window.
class GzipFilter {
 public:
  using char_type = char;
  struct category : boost::iostreams::multichar_input_filter_tag {};

  GzipFilter();

  // As Boost.Iostreams wants it: bytes written to `buffer`, or -1 at the end.
  template <typename Device>
  std::streamsize read(Device& device, char* buffer, std::streamsize size);

  StreamEnding ending() const { return ending_; }
  std::string_view words() const { return words_; }
  std::uint64_t consumed() const { return received_ - state_->avail_in; }  // bytes of compressed input

 private:
  bool has_input() const { return state_->avail_in > 0; }
  bool needs_input() const {
    const std::size_t enough = begins_stream_ || between_streams_ ? kHeaderBytes : 1;
    return !input_ended_ && state_->avail_in < enough;
  }
  std::span<char> make_room();
  void took(std::streamsize count);
  std::size_t inflate(char* buffer, std::size_t size);
  void begin_next_stream();

  std::unique_ptr<inflate_state> state_;
  std::unique_ptr<char[]> input_;
  std::uint64_t received_ = 0;
  bool input_ended_ = false;
  bool begins_stream_ = true;
  bool between_streams_ = false;
  StreamEnding ending_ = StreamEnding::not_yet;
  std::string_view words_;

  static constexpr std::size_t kInputBytes = std::size_t{256} << 10;
  // ISA-L forgets which parts a header has when it comes in pieces. Real ones have some tens of bytes.
  static constexpr std::size_t kHeaderBytes = std::size_t{4} << 10;
};

template <typename Device>
std::streamsize GzipFilter::read(Device& device, char* buffer, std::streamsize size) {
  std::size_t written = 0;
  while (written == 0 && ending_ == StreamEnding::not_yet) {
    while (needs_input()) {
      const std::span<char> room = make_room();
      took(boost::iostreams::read(device, room.data(), static_cast<std::streamsize>(room.size())));
    }
    written = inflate(buffer, static_cast<std::size_t>(size));
  }
  return written > 0 ? static_cast<std::streamsize>(written) : -1;
}

}  // namespace assay
