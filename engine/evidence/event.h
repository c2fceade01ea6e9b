// Events: typed facts that readers make out of members, and signatures observe.
//
// An event borrows: its views live until the call that hands it out returns. Copy what is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "assay/report.h"
#include "assay/time.h"
#include "assay/tls.h"
#include "text/record.h"

namespace assay {

// Where an event stands: which member (index in Inventory::members), and where in it.
struct EventPlace {
  std::uint32_t member = 0;
  std::uint64_t line = 0;    // 1-based; 0 where lines have no meaning
  std::uint64_t offset = 0;  // in bytes
};

// One record of a log.
struct LogEvent {
  const Record* record = nullptr;
};

// One transaction of the traffic server, joined from its records. Owns nothing: it points to what the reader
// keeps.
struct HttpEvent {
  const Transaction* transaction = nullptr;  // `node` is empty: nodes are known when all is read
};

// One line of a configuration or status dump, in whichever form it was written.
struct SettingEvent {
  enum class Source { configuration, status };
  Source source = Source::configuration;
  std::string_view path;   // words joined by blanks, as in the dump: "Zones Zone 7 TraversalServer SIP Port"
  std::string_view value;  // without quotes; may be empty
};

// One TLS connection of a capture. Handed out when all is read, judged against the trust store of its bundle.
struct TlsEvent {
  const Handshake* handshake = nullptr;  // `node` and `place` are empty
};

// A certificate where it was seen: once for each use, endpoint and bundle.
struct CertificateEvent {
  const Certificate* certificate = nullptr;
  const Sighting* sighting = nullptr;  // `node` and `place` are empty
  std::optional<Time> bundle_time;     // of the latest record or packet of its bundle
};

struct Event {
  EventPlace place;
  std::optional<Time> time;
  std::string_view text;  // the words: the whole record, the line of the dump
  std::variant<LogEvent, HttpEvent, SettingEvent, TlsEvent, CertificateEvent> what;
  // For log records: ids of the literals (of the set that the reader scanned with) that occur in `text`,
  // sorted, each once. Empty for other kinds.
  std::span<const std::uint32_t> literals;
};

}  // namespace assay
