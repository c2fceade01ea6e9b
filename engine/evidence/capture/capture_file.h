// Packets of a capture file out of a stream. The home of libpcap.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "assay/time.h"
#include "evidence/tls/cursor.h"
#include "input/byte_stream.h"

namespace assay {

struct CapturedPacket {
  int link_type = 0;          // DLT_ number, or that of a file (LINKTYPE_) where they differ
  std::uint64_t number = 0;   // in the file, from 1
  std::uint64_t offset = 0;   // of its bytes in the file; of its block in pcapng
  std::optional<Time> time;   // none of a "simple packet" of pcapng
  Bytes bytes;                // lives during the call
  std::size_t cut_bytes = 0;  // that were on the wire but are not in the file
};

// Calls `visit` for every packet, in order. Returns "" or why the file could not be read to its end, in
// libpcap's words; `packets` and `offset` say how far it came.
struct CaptureEnd {
  std::string error;
  std::uint64_t packets = 0;
  std::uint64_t offset = 0;
};
CaptureEnd for_each_packet(ByteStream& content, const std::function<void(const CapturedPacket&)>& visit);

// True for the magic numbers of pcap and pcapng, and of forms that cannot be read but are captures.
bool looks_like_capture(std::string_view front);

}  // namespace assay
