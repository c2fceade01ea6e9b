// Between the threads go the buffers of the blocks, there and back.
//
// Two threads are as fast as they can be if neither waits, and if what one has just written is read by the
// same one, out of its own cache. So the thread that cuts the log scans each block right then, unless the one
// that visits has run out of blocks.
#include "evidence/log_scan.h"

#include <memory>
#include <optional>
#include <utility>

#include "input/bounded_queue.h"

namespace assay {
namespace {

// Stays in the cache while it is cut, scanned and read.
constexpr std::size_t kBlockBytes = std::size_t{256} * 1024;
// Some records cost a hundred times what others do: without room to run ahead each thread would wait for the
// other again and again.
constexpr std::size_t kBlocksAhead = 6;
// With fewer the thread that visits would soon wait.
constexpr std::size_t kFewBlocks = 3;

// A block that owns its text and of its records.
struct OwnBlock {
  std::vector<char> text;
  RecordIndex records;
  ScannedBlock scanned;
  bool is_scanned = false;

  // Takes what holds the block, and leaves its own.
  void take(const RecordBlock& block) {
    text.swap(*block.buffer);
    std::swap(records, *block.records);
    scanned.block = block;
    scanned.block.buffer = &text;
    scanned.block.records = &records;
    is_scanned = false;
  }
};
using Handed = std::unique_ptr<OwnBlock>;

}  // namespace

LogScan::LogScan(const LogLiterals& literals, std::size_t record_bytes)
    : literals_(literals.set()),
      record_bytes_(record_bytes),
      scratch_(literals_.make_scratch()),
      visitors_scratch_(literals_.make_scratch()) {}

void LogScan::run(const RecordStream& stream, const Visit& visit, const Cut& cut) {
  ScannedBlock scanned;
  const auto scan_and_visit = [&](const RecordBlock& block) {
    scanned.block = block;
    literals_.scan(block.text, *scratch_, scanned.hits);
    visit(scanned);
  };
  for_each_block(stream, kBlockBytes, record_bytes_, scan_and_visit, cut);
}

void LogScan::run_ahead(const RecordStream& stream, const Visit& visit, const Cut& cut) {
  BoundedQueue<Handed> queue(kBlocksAhead);
  Spare<Handed> spare;
  const auto scan = [&](OwnBlock& own, const Scratch& scratch) {
    if (!own.is_scanned) literals_.scan(own.scanned.block.text, *scratch, own.scanned.hits);
    own.is_scanned = true;
  };
  const auto push = [&](const RecordBlock& block) {
    Handed own = spare.take();
    if (own == nullptr) own = std::make_unique<OwnBlock>();
    own->take(block);
    if (queue.size() >= kFewBlocks) scan(*own, scratch_);
    queue.push(std::move(own));
  };
  push_and_pop(
      queue, [&] { for_each_block(stream, kBlockBytes, record_bytes_, push, cut); },
      [&] {
        while (std::optional<Handed> own = queue.pop()) {
          scan(**own, visitors_scratch_);
          visit((*own)->scanned);
          spare.give_back(std::move(*own));
        }
      });
}

}  // namespace assay
