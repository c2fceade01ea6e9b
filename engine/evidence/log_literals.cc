// Puts the literals of signatures and of the readers into one set.
#include "evidence/log_literals.h"

#include <algorithm>
#include <span>

#include "evidence/words.h"
#include "text/severity.h"

namespace assay {
namespace {

bool is_short(const std::string& name) {
  return name.size() < LiteralSet::kLongLiteral;
}

}  // namespace

LogLiterals::LogLiterals(const Wanted& wanted)
    : wanted_count_(wanted.literals.size()),
      waits_(wanted.literals.size()),
      every_record_(wanted.every_record),
      processes_(processes_of(wanted)),
      own_(own_literals(wanted, processes_)),
      set_(compile(wanted, own_)) {
  for (const std::uint32_t id : wanted.waiting) waits_[id] = true;
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    if (is_short(processes_[i]))
      short_names_.push_back({.process = i, .set = LiteralSet({&processes_[i], 1})});
  }
}

bool LogLiterals::all_wait(std::span<const std::uint32_t> ids) const {
  return !ids.empty() && std::all_of(ids.begin(), ids.end(), [this](std::uint32_t id) { return waits_[id]; });
}

// The traffic server is always looked for: whether its log is there decides what can be said of transactions.
std::vector<std::string> LogLiterals::processes_of(const Wanted& wanted) {
  std::vector<std::string> processes = wanted.processes;
  processes.emplace_back("traffic_server");
  for (std::string& process : processes)
    std::transform(process.begin(), process.end(), process.begin(), lower);
  std::sort(processes.begin(), processes.end());
  processes.erase(std::unique(processes.begin(), processes.end()), processes.end());
  std::erase(processes, std::string());
  return processes;
}

std::vector<LogLiterals::Own> LogLiterals::own_literals(const Wanted& wanted,
                                                        const std::vector<std::string>& processes) {
  std::vector<Own> own{{.use = LiteralUse::transaction, .literal = "Txn-id"},
                       {.use = LiteralUse::transaction, .literal = "Sending HTTP error response"},
                       {.use = LiteralUse::transaction, .literal = "Event=\"Request "},
                       {.use = LiteralUse::transaction, .literal = "certificate verification failed for"},
                       {.use = LiteralUse::transaction, .literal = "not in certificate"},
                       {.use = LiteralUse::transaction, .literal = "SSL connection failed for"},
                       {.use = LiteralUse::change, .literal = "System Configuration Changed"},
                       {.use = LiteralUse::version, .literal = "TANDBERG/41"}};
  for (std::size_t i = 0; i < processes.size(); ++i) {
    if (is_short(processes[i])) continue;
    own.push_back({.use = LiteralUse::process, .literal = processes[i], .process = i});
  }
  if (!wanted.severe_records) return own;
  for (const std::string_view literal : severe_literals()) {
    own.push_back({.use = LiteralUse::severe, .literal = std::string(literal)});
  }
  return own;
}

LiteralSet LogLiterals::compile(const Wanted& wanted, const std::vector<Own>& own) {
  std::vector<std::string> all = wanted.literals;
  for (const Own& literal : own) all.push_back(literal.literal);
  return LiteralSet(all);
}

}  // namespace assay
