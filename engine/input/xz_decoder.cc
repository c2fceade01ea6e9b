// The states between and inside the streams of xz data.
#include "input/xz_decoder.h"

#include <fmt/format.h>

namespace assay {

XzDecoder::XzDecoder() : input_(std::make_unique_for_overwrite<char[]>(kBlockBytes)) {
  begin_stream();
}

XzDecoder::~XzDecoder() {
  lzma_end(&stream_);
}

std::size_t XzDecoder::read(Source& packed, std::span<char> buffer) {
  std::size_t written = 0;
  while (written == 0 && ending_ == StreamEnding::not_yet) {
    if (stream_.avail_in == 0 && !input_ended_) fill(packed);
    if (between_streams_) begin_next_stream();
    if (!between_streams_ && ending_ == StreamEnding::not_yet) written = decode(buffer);
  }
  return written;
}

void XzDecoder::fill(Source& packed) {
  const std::size_t count = packed.read({input_.get(), kBlockBytes});
  stream_.next_in = reinterpret_cast<const std::uint8_t*>(input_.get());
  stream_.avail_in = count;
  received_ += count;
  input_ended_ = count == 0;
}

// What was decoded before a damage counts; the damage is told then.
std::size_t XzDecoder::decode(std::span<char> buffer) {
  stream_.next_out = reinterpret_cast<std::uint8_t*>(buffer.data());
  stream_.avail_out = buffer.size();
  const lzma_ret result = lzma_code(&stream_, LZMA_RUN);
  const std::size_t written = buffer.size() - stream_.avail_out;
  if (result == LZMA_STREAM_END) {
    between_streams_ = true;
  } else if (result != LZMA_OK && result != LZMA_BUF_ERROR) {
    fail(result);
  } else if (written == 0 && input_ended_) {
    ending_ = StreamEnding::truncated;
  }
  return written;
}

// Skips padding. What then begins like an xz stream is one; anything else is garbage.
void XzDecoder::begin_next_stream() {
  while (stream_.avail_in > 0 && *stream_.next_in == 0) {
    ++stream_.next_in;
    --stream_.avail_in;
  }
  if (stream_.avail_in > 0) {
    const bool is_stream = *stream_.next_in == 0xfd && (stream_.avail_in < 2 || stream_.next_in[1] == '7');
    if (!is_stream) {
      ending_ = StreamEnding::trailing_garbage;
      return;
    }
    between_streams_ = false;
    begin_stream();
  } else if (input_ended_) {
    ending_ = StreamEnding::whole;
  }
}

void XzDecoder::begin_stream() {
  const lzma_ret result = lzma_stream_decoder(&stream_, kMaxMemory, 0);
  if (result != LZMA_OK) fail(result);
}

void XzDecoder::fail(lzma_ret error) {
  constexpr unsigned kMebibyte = 20;
  ending_ = StreamEnding::corrupt;
  switch (error) {
    case LZMA_MEMLIMIT_ERROR:
      ending_ = StreamEnding::unsupported;
      words_ = fmt::format("it needs {} MiB of memory, more than the {} MiB that xz data may have",
                           lzma_memusage(&stream_) >> kMebibyte, kMaxMemory >> kMebibyte);
      return;
    case LZMA_OPTIONS_ERROR:
      ending_ = StreamEnding::unsupported;
      words_ = "unsupported options in its header";
      return;
    case LZMA_FORMAT_ERROR:
      words_ = "no header of xz";
      return;
    case LZMA_MEM_ERROR:
      words_ = "not enough memory";
      return;
    default:
      words_ = "damaged data, or a wrong checksum";
  }
}

}  // namespace assay
