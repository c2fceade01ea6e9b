// The literals that scans of a log look for, and what each is for.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/literals.h"

namespace assay {

// What somebody wants to see of the logs.
struct Wanted {
  // Literals of which a record must hold at least one to become a LogEvent. Their index is the id in
  // Event::literals.
  std::vector<std::string> literals;
  // Those of them whose records are asked for when all is read, if at all (EvidenceReader::hand_out_waiting);
  // a record that another one wants as well does not wait. Indices, sorted.
  std::vector<std::uint32_t> waiting;
  // True if every record is wanted, for signatures that name no literal. Slow.
  bool every_record = false;
  // True if records of level WARN and above, and those that lower alarms, are wanted as well.
  bool severe_records = false;
  // Processes whose presence in the log is asked for ("log.traffic_server" of `needs`).
  std::vector<std::string> processes;
};

enum class LiteralUse {
  wanted,       // a signature asks for it
  waiting,      // a signature may ask for it when all is read
  transaction,  // stands in the records of HTTP transactions and the diagnostics that belong to them
  change,       // stands in the event of a changed setting
  severe,       // stands in records of level WARN and above and those that lower alarms; may stand in others
  version,      // stands in SIP messages that tell the software version
  process,      // the name of a process whose presence is asked for
};

// Compiled once, with the signatures, and shared by all analyses. Ids below `wanted_count` are those of
// Wanted::literals.
class LogLiterals {
 public:
  explicit LogLiterals(const Wanted& wanted);

  const LiteralSet& set() const { return set_; }
  bool every_record() const { return every_record_; }
  bool is_wanted(std::uint32_t id) const { return id < wanted_count_; }
  LiteralUse use(std::uint32_t id) const {
    if (!is_wanted(id)) return own_[id - wanted_count_].use;
    return waits_[id] ? LiteralUse::waiting : LiteralUse::wanted;
  }
  // Whether a record that becomes an event for these alone is one that may wait.
  bool all_wait(std::span<const std::uint32_t> ids) const;
  // Of a literal that is used as process: which of processes() it names.
  std::size_t process_of(std::uint32_t id) const { return own_[id - wanted_count_].process; }
  // Processes whose presence is asked for: in lower case, each once. Long names are in the set. Short ones
  // are in every other record and would slow it down: each has a set of its own, and is looked for only until
  // it was seen once.
  const std::vector<std::string>& processes() const { return processes_; }
  struct ShortName {
    std::size_t process = 0;  // index in processes()
    LiteralSet set;
  };
  const std::vector<ShortName>& short_names() const { return short_names_; }

 private:
  struct Own {
    LiteralUse use = LiteralUse::transaction;
    std::string literal;
    std::size_t process = 0;  // of LiteralUse::process: index in processes()
  };

  static std::vector<std::string> processes_of(const Wanted& wanted);
  static std::vector<Own> own_literals(const Wanted& wanted, const std::vector<std::string>& processes);
  static LiteralSet compile(const Wanted& wanted, const std::vector<Own>& own);

  std::size_t wanted_count_;
  std::vector<bool> waits_;  // by literal of Wanted::literals
  bool every_record_;
  std::vector<std::string> processes_;
  std::vector<Own> own_;
  LiteralSet set_;
  std::vector<ShortName> short_names_;
};

}  // namespace assay
