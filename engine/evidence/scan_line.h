// Blocks of a log that stand in line to be scanned. Whoever takes them out scans them, if nobody who had time
// did so before: in this way threads share what there is to do, however long each part of it takes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "text/literals.h"
#include "text/record_blocks.h"

namespace assay {

struct ScannedBlock {
  RecordBlock block;
  std::vector<LiteralSet::Hit> hits;
};

// help() and help_until_closed() may be called on any thread, the rest belongs to one.
class ScanLine {
 public:
  // `literals` must outlive it.
  explicit ScanLine(const LiteralSet& literals);
  ~ScanLine();

  std::size_t size() const { return line_.size(); }

  // Puts a block at the end, and leaves other buffers in the place of its own.
  void push(const RecordBlock& block);

  // The first one, scanned. Lives until it is popped.
  // REQUIRES: size() > 0.
  const ScannedBlock& front();
  void pop();

  // Scans a block that nobody scans yet; false if there is none. If that throws, the block waits as before.
  bool help();

  // Helps, and waits for more to do, until close() is called.
  void help_until_closed();
  void close();

 private:
  struct Place;  // a block with all that it and its scan need

  std::unique_ptr<Place> take_empty();
  Place* first_waiting() const;
  void scan(Place& place, std::unique_lock<std::mutex>& lock);

  const LiteralSet& literals_;
  std::deque<std::unique_ptr<Place>> line_;  // changed under the mutex only
  std::vector<std::unique_ptr<Place>> empty_;
  bool closed_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
};

}  // namespace assay
