// gzip as a filter of Boost.Iostreams: the states between and inside the streams.
#include "input/gzip_filter.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace assay {
namespace {

std::string_view words_for(int error) {
  switch (error) {
    case ISAL_INVALID_BLOCK:
      return "invalid block";
    case ISAL_INVALID_SYMBOL:
      return "invalid symbol";
    case ISAL_INVALID_LOOKBACK:
      return "reference to before the start";
    case ISAL_INVALID_WRAPPER:
      return "invalid header";
    case ISAL_UNSUPPORTED_METHOD:
      return "unknown compression method";
    case ISAL_INCORRECT_CHECKSUM:
      return "wrong checksum";
    case ISAL_NEED_DICT:
      return "a dictionary is needed";
    default:
      return "damaged";
  }
}

}  // namespace

GzipFilter::GzipFilter()
    : state_(std::make_unique<inflate_state>()), input_(std::make_unique_for_overwrite<char[]>(kInputBytes)) {
  // The state begins as zeros, though ISA-L does not ask for it: damaged data can refer to tables and to a
  // window that were never filled, and must not bring to light what was in the memory before.
  isal_inflate_init(state_.get());
  state_->crc_flag = ISAL_GZIP;
  state_->avail_in = 0;
}

// Behind what is left of the input.
std::span<char> GzipFilter::make_room() {
  if (has_input()) std::memmove(input_.get(), state_->next_in, state_->avail_in);
  state_->next_in = reinterpret_cast<std::uint8_t*>(input_.get());
  return std::span(input_.get(), kInputBytes).subspan(state_->avail_in);
}

void GzipFilter::took(std::streamsize count) {
  input_ended_ = count <= 0;
  if (input_ended_) return;
  state_->avail_in += static_cast<std::uint32_t>(count);
  received_ += static_cast<std::uint64_t>(count);
}

// Inflates what there is, or finds out that there is no more.
std::size_t GzipFilter::inflate(char* buffer, std::size_t size) {
  if (between_streams_) begin_next_stream();
  if (between_streams_ || ending_ != StreamEnding::not_yet) return 0;
  const std::size_t room = std::min<std::size_t>(size, std::numeric_limits<std::uint32_t>::max());
  state_->next_out = reinterpret_cast<std::uint8_t*>(buffer);
  state_->avail_out = static_cast<std::uint32_t>(room);
  const int result = isal_inflate(state_.get());
  begins_stream_ = false;
  const std::size_t written = room - state_->avail_out;
  if (result != ISAL_DECOMP_OK && result != ISAL_END_INPUT) {
    ending_ = StreamEnding::corrupt;
    words_ = words_for(result);
  } else if (state_->block_state == ISAL_BLOCK_FINISH) {
    between_streams_ = true;
  } else if (written == 0 && input_ended_) {
    ending_ = StreamEnding::truncated;
  }
  return written;
}

// Skips padding. What then begins like a gzip stream is one; anything else is garbage.
void GzipFilter::begin_next_stream() {
  while (has_input() && *state_->next_in == 0) {
    ++state_->next_in;
    --state_->avail_in;
  }
  if (needs_input()) return;
  if (has_input()) {
    const bool is_stream = *state_->next_in == 0x1f && (state_->avail_in < 2 || state_->next_in[1] == 0x8b);
    if (!is_stream) {
      ending_ = StreamEnding::trailing_garbage;
      return;
    }
    isal_inflate_reset(state_.get());
    state_->crc_flag = ISAL_GZIP;
    between_streams_ = false;
    begins_stream_ = true;
  } else if (input_ended_) {
    ending_ = StreamEnding::whole;
  }
}

}  // namespace assay
