// The first half of reading a log: it is cut into blocks, and their literals are found. The second half,
// which takes records apart, follows block by block.
#pragma once

#include <cstddef>
#include <functional>
#include <future>
#include <vector>

#include "evidence/log_literals.h"
#include "evidence/scan_line.h"
#include "text/record_blocks.h"

namespace assay {

class LogScan {
 public:
  using Visit = std::function<void(const ScannedBlock&)>;
  using Cut = std::function<void(const RecordCut&)>;

  // `literals` must outlive it. No record is longer than `record_bytes`. With two threads or more blocks are
  // kept for a while before they are visited, so that help() has something to do; beyond two there are
  // threads that do nothing else.
  LogScan(const LogLiterals& literals, std::size_t record_bytes, unsigned threads);
  ~LogScan();

  // Visits all blocks with their hits of LogLiterals::set, on the calling thread and in their order. What
  // `stream` or a visitor throws passes through; it must not run again then.
  void run(const RecordStream& stream, const Visit& visit, const Cut& cut);

  // Does some of the work of run() on another thread; false if there is none. Thread-safe.
  bool help() { return line_.help(); }

 private:
  std::size_t record_bytes_;
  std::size_t most_waiting_;
  ScanLine line_;
  std::vector<std::future<void>> helpers_;
};

}  // namespace assay
