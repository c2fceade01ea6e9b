// A helper takes the block whose turn comes next: it is done when it is asked for.
#include "evidence/scan_line.h"

#include <algorithm>
#include <utility>

#include "input/bounded_queue.h"

namespace assay {

struct ScanLine::Place {
  explicit Place(const LiteralSet& literals) : scratch(literals.make_scratch()) {}

  enum class State { waits, is_scanned, done };

  std::vector<char> text;
  RecordIndex records;
  ScannedBlock scanned;
  decltype(std::declval<const LiteralSet&>().make_scratch()) scratch;
  State state = State::waits;  // read and changed under the mutex
};

ScanLine::ScanLine(const LiteralSet& literals) : literals_(literals) {}
ScanLine::~ScanLine() = default;

// What was used once can be filled again: fresh memory for each block would cost more than to fill it.
std::unique_ptr<ScanLine::Place> ScanLine::take_empty() {
  if (empty_.empty()) return std::make_unique<Place>(literals_);
  std::unique_ptr<Place> place = std::move(empty_.back());
  empty_.pop_back();
  place->state = Place::State::waits;
  return place;
}

void ScanLine::push(const RecordBlock& block) {
  std::unique_ptr<Place> place = take_empty();
  place->text.swap(*block.buffer);
  std::swap(place->records, *block.records);
  place->scanned.block = block;
  place->scanned.block.buffer = &place->text;
  place->scanned.block.records = &place->records;
  const std::lock_guard lock(mutex_);
  line_.push_back(std::move(place));
  changed_.notify_all();
}

// The lock is held before it and behind it. If it throws, the block waits as before.
void ScanLine::scan(Place& place, std::unique_lock<std::mutex>& lock) {
  place.state = Place::State::is_scanned;
  Place::State behind = Place::State::waits;
  const AtExit note([&] {
    lock.lock();
    place.state = behind;
    changed_.notify_all();
  });
  lock.unlock();
  literals_.scan(place.scanned.block.text, *place.scratch, place.scanned.hits);
  behind = Place::State::done;
}

const ScannedBlock& ScanLine::front() {
  Place& place = *line_.front();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return place.state != Place::State::is_scanned; });
  if (place.state == Place::State::waits) scan(place, lock);
  return place.scanned;
}

void ScanLine::pop() {
  const std::lock_guard lock(mutex_);
  empty_.push_back(std::move(line_.front()));
  line_.pop_front();
}

ScanLine::Place* ScanLine::first_waiting() const {
  const auto found = std::find_if(line_.begin(), line_.end(),
                                  [](const auto& place) { return place->state == Place::State::waits; });
  return found == line_.end() ? nullptr : found->get();
}

bool ScanLine::help() {
  std::unique_lock lock(mutex_);
  Place* place = first_waiting();
  if (place != nullptr) scan(*place, lock);
  return place != nullptr;
}

void ScanLine::help_until_closed() {
  std::unique_lock lock(mutex_);
  Place* place = nullptr;
  while (true) {
    changed_.wait(lock, [&] { return closed_ || (place = first_waiting()) != nullptr; });
    if (closed_) return;
    scan(*place, lock);
  }
}

void ScanLine::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

}  // namespace assay
