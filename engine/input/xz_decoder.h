// Undoes xz by liblzma itself: unlike libarchive's filter it hands out all that comes before a damage, and
// bounds the memory that the data asks for.
#pragma once

#include <lzma.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "input/source.h"
#include "input/stream_ending.h"

namespace assay {

// Reads one or more xz streams in a row, padding of zeros between and after them allowed. Damage ends the
// data early; ending() then says what it was.
class XzDecoder {
 public:
  // For dictionaries of up to 128 MiB, which is what zstd allows too; xz itself makes 64 MiB at most, unless
  // it is told otherwise.
  static constexpr std::uint64_t kMaxMemory = 160ULL << 20;

  XzDecoder();
  ~XzDecoder();
  XzDecoder(const XzDecoder&) = delete;
  XzDecoder& operator=(const XzDecoder&) = delete;

  // Bytes written to `buffer`, 0 only at the end. `packed` is the same in every call.
  std::size_t read(Source& packed, std::span<char> buffer);

  StreamEnding ending() const { return ending_; }
  const std::string& words() const { return words_; }
  std::uint64_t consumed() const { return received_ - stream_.avail_in; }  // bytes of compressed input

 private:
  void fill(Source& packed);
  std::size_t decode(std::span<char> buffer);
  void begin_next_stream();
  void begin_stream();
  void fail(lzma_ret error);

  lzma_stream stream_ = LZMA_STREAM_INIT;
  std::unique_ptr<char[]> input_;
  std::uint64_t received_ = 0;
  bool input_ended_ = false;
  bool between_streams_ = false;
  StreamEnding ending_ = StreamEnding::not_yet;
  std::string words_;
};

}  // namespace assay
