// Reads a stream on another thread than the one that unpacks it.
#pragma once

#include <functional>

#include "input/byte_stream.h"

namespace assay {

// Calls `read` once, on a thread of its own, with a stream of the bytes of `content`, which this thread
// fetches for it, some blocks ahead. Returns when `read` does; what it left unread may be gone or not. What
// `content` throws comes out when `read` has come to what was fetched before; so does what `read` throws.
void read_beside(ByteStream& content, const std::function<void(ByteStream&)>& read);

}  // namespace assay
