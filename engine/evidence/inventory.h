// What there was to read, and what could be read of it. Absence can only be judged against this.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "assay/report.h"
#include "assay/time.h"

namespace assay {

struct TimeSpan {
  std::optional<Time> first;
  std::optional<Time> last;
};

// One member as it was read.
struct MemberRead {
  std::string path;       // Member::path
  std::string container;  // the bundle it belongs to: Member::container, or ServiceFolder::device
  std::string service;    // ServiceFolder::service
  std::string reader;     // as ExplainedMember::reader
  std::string host;       // out of its name or its records; "" if unknown
  TimeSpan span;          // of its records
  std::uint64_t records = 0;
  bool cut = false;  // could not be read to its end
  // Kinds of evidence (names of assay/fields.h) that it held, with the number of events where that is known.
  std::map<std::string, std::uint64_t, std::less<>> kinds;
};

// Where facts of a node disagree the lower rank wins.
inline constexpr int kRankDump = 0;
inline constexpr int kRankLog = 10;
inline constexpr int kRankInferred = 20;
inline constexpr int kRankGuessed = 25;  // inferred from what another device may only have passed on

// A fact as a reader found it, before nodes are known.
struct FoundFact {
  std::uint32_t member = 0;
  // "product.version", or "configuration.<path>" and "status.<path>" with words joined by blanks.
  std::string name;
  std::string value;
  std::string source;
  std::uint64_t line = 0;
  std::uint64_t offset = 0;
  int rank = kRankDump;
  // Of a setting that was changed while the log was written: such a fact is newer than the dump of its
  // bundle, which is from the start of the log.
  std::optional<Time> changed = std::nullopt;
};

struct Inventory {
  std::vector<MemberRead> members;  // in the order of the walk
  std::vector<FoundFact> facts;
  std::vector<Problem> problems;
};

}  // namespace assay
