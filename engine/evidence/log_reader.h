// Logs into events: one scan finds the literals of all signatures and of the readers themselves; only records
// that hold one are taken apart.
#pragma once

#include <memory>

#include "assay/options.h"
#include "evidence/log_literals.h"
#include "evidence/member_name.h"
#include "evidence/member_sink.h"
#include "evidence/read.h"
#include "text/record_blocks.h"

namespace assay {

class LogReader {
 public:
  // `literals` must outlive it. `threads` as LogScan takes it.
  LogReader(const LogLiterals& literals, const Limits& limits, unsigned threads);
  ~LogReader();

  // Reads a log to its end: events, the span of time, counts, host, and facts that its records tell.
  void read(const RecordStream& stream, const MemberName& name, const MemberSink& sink);

  // Does some of the work of read() on another thread; false if there is none. Thread-safe.
  bool help();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace assay
