// Hands things from one thread to another, in order, a bounded number ahead.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <future>
#include <mutex>
#include <optional>
#include <utility>

namespace assay {

// Thrown to the thread that pushes: nobody wants any more.
struct NobodyVisits : std::exception {};

template <typename Item>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t most) : most_(most) {}

  // Waits while the queue is full.
  void push(Item item) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return items_.size() < most_ || abandoned_; });
    if (abandoned_) throw NobodyVisits();
    items_.push_back(std::move(item));
    changed_.notify_all();
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return items_.size();
  }

  // No push will follow.
  void finish() {
    const std::lock_guard lock(mutex_);
    finished_ = true;
    changed_.notify_all();
  }

  // Waits for an item; nothing once the queue is finished and empty.
  std::optional<Item> pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !items_.empty() || finished_; });
    if (items_.empty()) return std::nullopt;
    Item item = std::move(items_.front());
    items_.pop_front();
    changed_.notify_all();
    return item;
  }

  // No pop will follow.
  void abandon() {
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
    changed_.notify_all();
  }

 private:
  const std::size_t most_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Item> items_;
  bool finished_ = false;
  bool abandoned_ = false;
};

// What was used once and can be filled again: to get fresh memory for each block would cost more than to fill
// it.
template <typename Item>
class Spare {
 public:
  // An empty one where there is none.
  Item take() {
    const std::lock_guard lock(mutex_);
    if (items_.empty()) return {};
    Item item = std::move(items_.back());
    items_.pop_back();
    return item;
  }
  void give_back(Item item) {
    const std::lock_guard lock(mutex_);
    items_.push_back(std::move(item));
  }

 private:
  std::mutex mutex_;
  std::deque<Item> items_;
};

// Calls `at_exit` when the scope is left, however that happens.
template <typename Function>
class [[nodiscard]] AtExit {
 public:
  explicit AtExit(Function at_exit) : at_exit_(std::move(at_exit)) {}
  ~AtExit() { at_exit_(); }
  AtExit(const AtExit&) = delete;
  AtExit& operator=(const AtExit&) = delete;

 private:
  Function at_exit_;
};

// Calls `push_all` on this thread and `pop_all` on another one, and returns when both have. What either
// throws comes out; `push_all` ends early when `pop_all` has.
template <typename Item, typename PushAll, typename PopAll>
void push_and_pop(BoundedQueue<Item>& queue, const PushAll& push_all, const PopAll& pop_all) {
  // Leaving this scope waits for the thread, so the queue must tell it first that nothing more comes.
  std::future<void> popped = std::async(std::launch::async, [&] {
    const AtExit abandon([&] { queue.abandon(); });
    pop_all();
  });
  {
    const AtExit finish([&] { queue.finish(); });
    try {
      push_all();
    } catch (const NobodyVisits&) {
      // The other one has all it wants, or failed; what it threw comes out below.
    }
  }
  popped.get();
}

}  // namespace assay
