// Blocks go from one thread to the other and back, so that none is copied.
#include "input/read_beside.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "input/bounded_queue.h"
#include "input/source.h"

namespace assay {
namespace {

// Enough that neither thread waits for the other for long: 2 MiB.
constexpr std::size_t kBlocksAhead = 8;

// The vector keeps its size whatever is read into it, because growing it again would write zeros.
struct Block {
  std::vector<char> bytes;
  std::size_t begin = 0;  // of what was read
  std::size_t end = 0;
};

// False at the end of the content.
bool fill(Block& block, ByteStream& content) {
  std::span<char> bytes = content.exchange(block.bytes);
  if (bytes.empty()) {
    if (block.bytes.size() < kRoomBefore + kBlockBytes) block.bytes.resize(kRoomBefore + kBlockBytes);
    bytes = std::span(block.bytes).subspan(kRoomBefore, kBlockBytes);
    bytes = bytes.first(content.read(bytes));
  }
  block.begin = static_cast<std::size_t>(bytes.data() - block.bytes.data());
  block.end = block.begin + bytes.size();
  return !bytes.empty();
}

// What was fetched, on the reader's side of the queue.
class Fetched final : public ByteStream {
 public:
  Fetched(BoundedQueue<Block>& queue, Spare<Block>& spare) : queue_(queue), spare_(spare) {}

  std::size_t read(std::span<char> buffer) override {
    if (buffer.empty() || !has_bytes()) return 0;
    const std::size_t count = std::min(buffer.size(), block_.end - block_.begin);
    std::memcpy(buffer.data(), block_.bytes.data() + block_.begin, count);
    block_.begin += count;
    return count;
  }

  std::span<char> exchange(std::vector<char>& buffer) override {
    if (!has_bytes()) return {};
    block_.bytes.swap(buffer);
    const std::size_t begin = std::exchange(block_.begin, block_.end);
    return std::span(buffer).subspan(begin, block_.end - begin);
  }

 private:
  bool has_bytes() {
    while (!ended_ && block_.begin == block_.end) {
      spare_.give_back(std::move(block_));
      std::optional<Block> next = queue_.pop();
      ended_ = !next;
      block_ = ended_ ? Block() : std::move(*next);
    }
    return !ended_;
  }

  BoundedQueue<Block>& queue_;
  Spare<Block>& spare_;
  Block block_;
  bool ended_ = false;
};

}  // namespace

void read_beside(ByteStream& content, const std::function<void(ByteStream&)>& read) {
  BoundedQueue<Block> queue(kBlocksAhead);
  Spare<Block> spare;
  const auto fetch = [&] {
    Block block;
    while (fill(block, content)) {
      queue.push(std::move(block));
      block = spare.take();
    }
  };
  const auto read_fetched = [&] {
    Fetched fetched(queue, spare);
    read(fetched);
  };
  push_and_pop(queue, fetch, read_fetched);
}

}  // namespace assay
