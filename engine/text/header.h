// What stands before the words of a record: time, host, tag, and the prefix of a raw diagnostic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "assay/time.h"
#include "text/timestamp.h"

namespace assay {

struct Header {
  std::size_t length = 0;  // of what belongs to the header; the rest of the record follows it
  std::optional<Time> time;
  std::string_view host;
  bool ietf = false;  // of RFC 5424: the tag has fields of its own
  bool ids = false;   // of the Identity Service: neither host nor tag, and the level stands before a blank
  bool contact_center = false;  // as Record::contact_center
};

// The front of a record up to its host, or nothing if no record begins there.
std::optional<Header> read_header(std::string_view text, std::optional<LogYear> year);

struct Tag {
  std::size_t length = 0;
  std::string_view process;
  std::optional<std::uint32_t> pid;
};

// "traffic_server[18242]:", "tvcs: tvcs:", "edgeconfigprovisioning" in front of a pair; of length 0 if there
// is none. `text` begins behind the host.
Tag read_tag(std::string_view text);
// "traffic_server 12345 ID47 [meta sequenceId="1"] ", behind the host of RFC 5424: process, pid, the kind of
// the message, structured data, a byte order mark; "-" for what is not there. A tag in the message that
// repeats the process belongs to it, too.
Tag read_ietf_tag(std::string_view text);

struct Prefix {
  std::size_t length = 0;
  std::string_view thread;
  std::string_view level;
};

// "[ET_NET 0] WARNING:", "{0x7f51} ERROR:", "traffic_server NOTE:", "NOTE:"; of length 0 if there is none.
Prefix read_diagnostic_prefix(std::string_view text, std::string_view process);
// "[IdSEndPoints-51] WARN " of the Identity Service.
Prefix read_ids_prefix(std::string_view text);

// The severity digit of "%CCBU_thread-6-TAG: ..." or "%MIVR-SS_TEL-3-TAG:..." in front of `text`, or an empty
// view.
std::string_view severity_of_tag(std::string_view text);

}  // namespace assay
