// Captures into TLS handshakes: packets through libpcap, TCP streams put together, everything that is not TLS
// let go.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assay/options.h"
#include "assay/report.h"
#include "evidence/tls/handshake_reader.h"
#include "input/byte_stream.h"

namespace assay {

// A connection that spoke TLS, as it was seen.
struct SeenHandshake {
  std::uint32_t member = 0;  // of its first packet
  std::uint64_t packet = 0;  // number in that member, from 1
  std::uint64_t offset = 0;  // of that packet's bytes in the member, as far as known
  Handshake handshake;       // without node, place and trust
};

// Reads the captures of one bundle, one member after the other; a connection may run across them.
class CaptureReader {
 public:
  explicit CaptureReader(const Limits& limits);
  ~CaptureReader();

  // Reads one capture file to its end. Problems (cut packet, unknown link type, ...) go to `problems`.
  void read(ByteStream& content, std::uint32_t member, const std::string& path,
            std::vector<Problem>& problems);

  // All handshakes, in order of their first packet; open connections end as unfinished. What was dropped for
  // want of memory, and that it was, goes to `problems`. The reader is empty afterwards.
  std::vector<SeenHandshake> finish(std::vector<Problem>& problems);

  std::uint64_t packets() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace assay
