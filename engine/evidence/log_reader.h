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
  // `literals` must outlive it.
  LogReader(const LogLiterals& literals, const Limits& limits);
  ~LogReader();

  // Reads a log to its end: events, the span of time, counts, host, and facts that its records tell.
  // With more than one thread, taking records apart goes on beside the rest: then the sink's visit is called
  // on another thread, while read() lasts.
  void read(const RecordStream& stream, const MemberName& name, const MemberSink& sink, unsigned threads);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace assay
