// Captures into TLS handshakes: packets through libpcap, TCP streams put together, everything that is not TLS
// let go.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assay/report.h"
#include "evidence/capture/connections.h"
#include "evidence/capture/fragments.h"
#include "input/byte_stream.h"

namespace assay {

struct CapturedPacket;
struct CaptureEnd;

// Reads the captures of one interface of one bundle, one member after the other; a connection may run across
// them. They may come in any order: what belongs together is told from their times.
class CaptureReader {
 public:
  // `memory` is shared by all captures of an analysis, so that all together hold no more than one may.
  explicit CaptureReader(CaptureMemory& memory) : memory_(memory) {}

  // Reads one capture file to its end. Problems (cut packet, unknown link type, ...) go to `problems`.
  // `number` is its place among those of the interface, if its name tells one.
  void read(ByteStream& content, std::uint32_t member, const std::string& path, std::optional<int> number,
            std::vector<Problem>& problems);

  // All handshakes, in order of their first packet; open connections end as unfinished. What was dropped for
  // want of memory, and what was not sound, goes to `problems`. The reader is empty afterwards.
  std::vector<SeenHandshake> finish(std::vector<Problem>& problems);

 private:
  // Captures of which each goes on where the one before it ends.
  struct Run {
    std::unique_ptr<Connections> connections;
    Fragments fragments;
    std::optional<Time> first;
    std::optional<Time> last;
    std::optional<int> number;
  };
  struct Unusable {  // packets that are left out
    std::uint64_t count = 0;
    std::uint64_t packet = 0;  // the first of them
    std::uint64_t offset = 0;
  };
  struct Left {
    Unusable malformed;
    Unusable unknown_link;
    Unusable cut;                                 // within their headers
    std::map<std::string_view, Unusable> unread;  // by what it is
  };

  Run& run_of(std::optional<Time> first, std::optional<int> number);
  static void packet(Run& run, const CapturedPacket& packet, std::uint32_t member, Left& left);
  static void report_left(const CaptureEnd& end, const Left& left, const std::string& path,
                          std::vector<Problem>& problems);

  CaptureMemory& memory_;
  std::vector<std::unique_ptr<Run>> runs_;
  std::map<std::uint32_t, std::string> paths_;  // by member
};

}  // namespace assay
