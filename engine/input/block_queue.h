// Hands the pieces of a walk from the thread that reads to the thread that visits, a bounded number ahead.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace assay {

struct MemberBegin {
  std::string path;
  std::string container;
  std::string name;
};
using Block = std::vector<char>;
struct MemberEnd {};
using Piece = std::variant<MemberBegin, Block, MemberEnd>;

// Thrown to the reading thread, out of push(): nobody wants any more.
struct NobodyVisits : std::exception {};

class BlockQueue {
 public:
  explicit BlockQueue(std::size_t most) : most_(most) {}

  // Waits while the queue is full.
  void push(Piece piece) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return pieces_.size() < most_ || abandoned_; });
    if (abandoned_) throw NobodyVisits();
    pieces_.push_back(std::move(piece));
    changed_.notify_all();
  }

  // No push will follow.
  void finish() {
    const std::lock_guard lock(mutex_);
    finished_ = true;
    changed_.notify_all();
  }

  // Waits for a piece; nothing once the queue is finished and empty.
  std::optional<Piece> pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !pieces_.empty() || finished_; });
    if (pieces_.empty()) return std::nullopt;
    Piece piece = std::move(pieces_.front());
    pieces_.pop_front();
    changed_.notify_all();
    return piece;
  }

  // No pop will follow.
  void abandon() {
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
    changed_.notify_all();
  }

  // Blocks are used again: to get fresh memory for each would cost more than to fill it.
  Block spare_block() {
    const std::lock_guard lock(mutex_);
    if (spare_.empty()) return {};
    Block block = std::move(spare_.back());
    spare_.pop_back();
    return block;
  }
  void give_back(Block block) {
    const std::lock_guard lock(mutex_);
    spare_.push_back(std::move(block));
  }

 private:
  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Piece> pieces_;
  std::vector<Block> spare_;
  bool finished_ = false;
  bool abandoned_ = false;
};

}  // namespace assay
