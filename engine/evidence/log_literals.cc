// Puts the literals of signatures and of the readers into one set.
#include "evidence/log_literals.h"

#include <algorithm>

#include "evidence/words.h"

namespace assay {

LogLiterals::LogLiterals(const Wanted& wanted)
    : wanted_count_(wanted.literals.size()),
      processes_(processes_of(wanted)),
      own_(own_literals(processes_)),
      set_(compile(wanted, own_)) {}

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

std::vector<LogLiterals::Own> LogLiterals::own_literals(const std::vector<std::string>& processes) {
  std::vector<Own> own;
  for (const char* const literal :
       {"Txn-id", "Sending HTTP error response", "certificate verification failed for", "not in certificate",
        "SSL connection failed for"}) {
    own.push_back({.use = LiteralUse::transaction, .process = 0, .literal = literal});
  }
  own.push_back({.use = LiteralUse::change, .process = 0, .literal = "System Configuration Changed"});
  own.push_back({.use = LiteralUse::version, .process = 0, .literal = "TANDBERG/41"});
  for (std::size_t i = 0; i < processes.size(); ++i) {
    own.push_back({.use = LiteralUse::process, .process = i, .literal = processes[i]});
  }
  return own;
}

LiteralSet LogLiterals::compile(const Wanted& wanted, const std::vector<Own>& own) {
  std::vector<std::string> all = wanted.literals;
  for (const Own& literal : own) all.push_back(literal.literal);
  return LiteralSet(all);
}

}  // namespace assay
