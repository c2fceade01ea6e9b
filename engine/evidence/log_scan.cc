// Between the threads go the buffers of the blocks, there and back.
#include "evidence/log_scan.h"

#include <future>
#include <memory>
#include <utility>
#include <vector>

#include "input/bounded_queue.h"

namespace assay {
namespace {

// Stays in the cache while it is scanned, counted and read.
constexpr std::size_t kBlockBytes = std::size_t{256} * 1024;
// Some records cost a hundred times what others do: without room to run ahead each thread would wait for the
// other again and again.
constexpr std::size_t kBlocksAhead = 32;

// A block that owns its text and of its records.
struct OwnBlock {
  std::vector<char> text;
  RecordIndex records;
  ScannedBlock scanned;
};
using Handed = std::unique_ptr<OwnBlock>;

}  // namespace

LogScan::LogScan(const LogLiterals& literals, std::size_t record_bytes)
    : literals_(literals), record_bytes_(record_bytes), scratch_(literals.set().make_scratch()) {}

void LogScan::scan(const RecordBlock& block, ScannedBlock& scanned) const {
  scanned.block = block;
  literals_.set().scan(block.text, *scratch_, scanned.hits);
}

void LogScan::run(const RecordStream& stream, const Visit& visit, const Cut& cut) {
  ScannedBlock scanned;
  const auto scan_and_visit = [&](const RecordBlock& block) {
    scan(block, scanned);
    visit(scanned);
  };
  for_each_block(stream, kBlockBytes, record_bytes_, scan_and_visit, cut);
}

void LogScan::run_ahead(const RecordStream& stream, const Visit& visit, const Cut& cut) {
  BoundedQueue<Handed> queue(kBlocksAhead);
  Spare<Handed> spare;
  // Leaving this scope waits for the thread, so the queue must tell it first that nothing more comes.
  std::future<void> visited = std::async(std::launch::async, [&] {
    const AtExit abandon([&] { queue.abandon(); });
    while (std::optional<Handed> own = queue.pop()) {
      visit((*own)->scanned);
      spare.give_back(std::move(*own));
    }
  });
  const auto scan_and_push = [&](const RecordBlock& block) {
    Handed own = spare.take();
    if (own == nullptr) own = std::make_unique<OwnBlock>();
    own->text.swap(*block.buffer);
    std::swap(own->records, *block.records);
    scan({.text = block.text,
          .offset = block.offset,
          .line = block.line,
          .buffer = &own->text,
          .records = &own->records},
         own->scanned);
    queue.push(std::move(own));
  };
  {
    const AtExit finish([&] { queue.finish(); });
    try {
      for_each_block(stream, kBlockBytes, record_bytes_, scan_and_push, cut);
    } catch (const NobodyVisits&) {
      // The visitor failed; what it threw comes out below.
    }
  }
  visited.get();
}

}  // namespace assay
