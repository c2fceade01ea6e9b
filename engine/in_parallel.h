// The same work on many things that do not depend on each other, on several threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <future>
#include <vector>

namespace assay {

// Calls `work(index)` once for each index below `count`, on `threads` threads, of which this one is the
// first. An index is taken when a thread has time for it, so that dear ones hold up no others. Returns when
// all are done; what `work` throws comes out here.
template <typename Work>
void in_parallel(std::size_t count, std::size_t threads, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto take_turns = [&] {
    for (std::size_t index = next++; index < count; index = next++) work(index);
  };
  std::vector<std::future<void>> others;
  for (std::size_t i = 1; i < threads && i < count; ++i)
    others.push_back(std::async(std::launch::async, take_turns));
  take_turns();
  for (std::future<void>& other : others) other.get();
}

}  // namespace assay
