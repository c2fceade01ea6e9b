// How compressed data ended: one stream or several in a row, with padding of zeros between and after them.
#pragma once

namespace assay {

enum class StreamEnding {
  not_yet,
  whole,
  truncated,         // the input ended inside a stream
  corrupt,           // the decoder's words() say what is wrong
  unsupported,       // the same
  trailing_garbage,  // all streams are whole; what follows is none
};

}  // namespace assay
