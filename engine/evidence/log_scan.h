// The first half of reading a log: it is cut into blocks, and their literals are found. The second half,
// which takes records apart, can go on beside it on a thread of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "evidence/log_literals.h"
#include "text/record_blocks.h"

namespace assay {

struct ScannedBlock {
  RecordBlock block;
  std::vector<LiteralSet::Hit> hits;  // of LogLiterals::set
};

class LogScan {
 public:
  using Visit = std::function<void(const ScannedBlock&)>;
  using Cut = std::function<void(const RecordCut&)>;

  // `literals` must outlive it. No record is longer than `record_bytes`.
  LogScan(const LogLiterals& literals, std::size_t record_bytes);

  // Visits block by block.
  void run(const RecordStream& stream, const Visit& visit, const Cut& cut);

  // The same, with the visits on another thread, some blocks behind. `stream` and `cut` are called on this
  // one.
  void run_ahead(const RecordStream& stream, const Visit& visit, const Cut& cut);

 private:
  void scan(const RecordBlock& block, ScannedBlock& scanned) const;

  const LogLiterals& literals_;
  std::size_t record_bytes_;
  decltype(literals_.set().make_scratch()) scratch_;
};

}  // namespace assay
