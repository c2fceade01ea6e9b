// The literals that one scan of a log looks for, and what each is for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/read.h"
#include "text/literals.h"

namespace assay {

enum class LiteralUse {
  wanted,       // a signature asks for it
  transaction,  // stands in the records of HTTP transactions and the diagnostics that belong to them
  process,      // names a process whose presence is asked for
  change,       // stands in the event of a changed setting
  version,      // stands in SIP messages that tell the software version
};

// Ids below `wanted_count` are those of Wanted::literals.
class LogLiterals {
 public:
  explicit LogLiterals(const Wanted& wanted);

  const LiteralSet& set() const { return set_; }
  bool is_wanted(std::uint32_t id) const { return id < wanted_count_; }
  LiteralUse use(std::uint32_t id) const {
    return is_wanted(id) ? LiteralUse::wanted : own_[id - wanted_count_].use;
  }
  // REQUIRES: use(id) == LiteralUse::process. The index of its process in processes().
  std::size_t process(std::uint32_t id) const { return own_[id - wanted_count_].process; }

  // In lower case, each once.
  const std::vector<std::string>& processes() const { return processes_; }

 private:
  struct Own {
    LiteralUse use = LiteralUse::transaction;
    std::size_t process = 0;
    std::string literal;
  };

  static std::vector<std::string> processes_of(const Wanted& wanted);
  static std::vector<Own> own_literals(const std::vector<std::string>& processes);
  static LiteralSet compile(const Wanted& wanted, const std::vector<Own>& own);

  std::size_t wanted_count_;
  std::vector<std::string> processes_;
  std::vector<Own> own_;
  LiteralSet set_;
};

}  // namespace assay
