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
  std::string container;  // Member::container: the bundle it belongs to
  std::string reader;     // "log", "configuration", "status", "" for one that no reader takes
  std::string host;       // out of its name or its records; "" if unknown
  TimeSpan span;          // of its records
  std::uint64_t records = 0;
  bool cut = false;  // could not be read to its end
  // Kinds of evidence (names of assay/fields.h) that it held, with the number of events where that is known.
  std::map<std::string, std::uint64_t, std::less<>> kinds;
};

// A fact as a reader found it, before nodes are known.
struct FoundFact {
  std::uint32_t member = 0;
  std::string
      name;  // "product.version", or "configuration.<path>" / "status.<path>" with words joined by blanks
  std::string value;
  std::string source;
  std::uint64_t line = 0;
  std::uint64_t offset = 0;
  int rank =
      0;  // the lower one wins where facts of a node disagree: 0 a dump, 10 a log record, 20 an inference
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
