// The first half of reading a log: it is cut into blocks, and their literals are found. The second half,
// which takes records apart, can go on beside it on a thread of its own.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>
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
  // one. Literals are found by whichever of the two has time.
  void run_ahead(const RecordStream& stream, const Visit& visit, const Cut& cut);

 private:
  using Scratch = decltype(std::declval<const LiteralSet&>().make_scratch());

  const LiteralSet& literals_;
  std::size_t record_bytes_;
  Scratch scratch_;
  Scratch visitors_scratch_;  // of the thread that visits, where there are two
};

}  // namespace assay
