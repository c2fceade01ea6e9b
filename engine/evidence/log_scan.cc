// The thread of run() alone would be the slowest of all: what it need not do itself lies ready for others.
#include "evidence/log_scan.h"

namespace assay {
namespace {

// Stays in the cache while it is scanned, counted and read.
constexpr std::size_t kBlockBytes = std::size_t{256} * 1024;
// Some records cost a hundred times what others do: so many that helpers still find blocks then.
constexpr std::size_t kMostWaiting = 4;

}  // namespace

LogScan::LogScan(const LogLiterals& literals, std::size_t record_bytes, unsigned threads)
    : record_bytes_(record_bytes), most_waiting_(threads > 1 ? kMostWaiting : 0), line_(literals.set()) {
  for (unsigned i = 2; i < threads; ++i)
    helpers_.push_back(std::async(std::launch::async, [this] { line_.help_until_closed(); }));
}

LogScan::~LogScan() {
  line_.close();
}

void LogScan::run(const RecordStream& stream, const Visit& visit, const Cut& cut) {
  const auto visit_until = [&](std::size_t waiting) {
    for (; line_.size() > waiting; line_.pop()) visit(line_.front());
  };
  const auto push_and_visit = [&](const RecordBlock& block) {
    line_.push(block);
    visit_until(most_waiting_);
  };
  for_each_block(stream, kBlockBytes, record_bytes_, push_and_visit, cut);
  visit_until(0);
}

}  // namespace assay
