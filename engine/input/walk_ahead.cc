// The walk on a thread of its own: it does what walk() does, and its visitor only passes the bytes on.
#include <algorithm>
#include <cstring>
#include <future>
#include <optional>
#include <utility>
#include <variant>

#include "input/block_queue.h"
#include "input/progress.h"
#include "input/source.h"
#include "input/walk.h"

namespace assay {
namespace {

// Enough that neither thread waits for the other for long: 2 MiB.
constexpr std::size_t kBlocksAhead = 8;

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

Walked read_ahead(std::span<const Input> inputs, const Options& options, BlockQueue& queue,
                  const std::function<bool()>& help) {
  const AtExit finish([&queue] { queue.finish(); });
  const auto push = [&](Piece piece) {
    while (queue.is_full() && help()) continue;
    queue.push(std::move(piece));
  };
  return walk(inputs, options, [&](Member& member) {
    push(MemberBegin{member.path, member.container, member.name});
    while (true) {
      Block block = queue.spare.take();
      if (!fill(block, member.content)) break;
      push(std::move(block));
    }
    push(MemberEnd{});
  });
}

// The content of one member, on the visitor's side of the queue.
class QueuedContent final : public ByteStream {
 public:
  QueuedContent(BlockQueue& queue, ProgressTeller& progress, Walked& so_far, const std::string& path)
      : queue_(queue), progress_(progress), so_far_(so_far), path_(path) {}

  std::size_t read(std::span<char> buffer) override {
    if (buffer.empty() || !has_bytes()) return 0;
    const std::size_t count = std::min(buffer.size(), block_.end - given_);
    std::memcpy(buffer.data(), block_.bytes.data() + given_, count);
    advance(count);
    return count;
  }

  std::span<char> exchange(std::vector<char>& buffer) override {
    if (!has_bytes()) return {};
    const std::size_t begin = given_;
    advance(block_.end - given_);
    block_.bytes.swap(buffer);
    return std::span(buffer).subspan(begin, block_.end - begin);
  }

  void skip_rest() {
    while (has_bytes()) advance(block_.end - given_);
  }

 private:
  void advance(std::size_t count) {
    given_ += count;
    so_far_.bytes += count;
    progress_.tell(so_far_.bytes, so_far_.members, path_);
  }

  bool has_bytes() {
    while (!ended_ && given_ == block_.end) {
      queue_.spare.give_back(std::move(block_));
      std::optional<Piece> piece = queue_.pop();
      Block* block = piece ? std::get_if<Block>(&*piece) : nullptr;
      ended_ = block == nullptr;
      block_ = ended_ ? Block() : std::move(*block);
      given_ = block_.begin;
    }
    return !ended_;
  }

  BlockQueue& queue_;
  ProgressTeller& progress_;
  Walked& so_far_;
  const std::string& path_;
  Block block_;
  std::size_t given_ = 0;
  bool ended_ = false;
};

void visit_all(BlockQueue& queue, ProgressTeller& progress, const MemberVisitor& visit) {
  Walked so_far;  // as far as the visitor has come, which is behind the walk
  while (std::optional<Piece> piece = queue.pop()) {
    const auto* begin = std::get_if<MemberBegin>(&*piece);
    if (begin == nullptr) continue;
    ++so_far.members;
    QueuedContent content(queue, progress, so_far, begin->path);
    Member member{
        .path = begin->path, .container = begin->container, .name = begin->name, .content = content};
    visit(member);
    content.skip_rest();
  }
}

}  // namespace

Walked walk_ahead_and_help(std::span<const Input> inputs, const Options& options, const MemberVisitor& visit,
                           const std::function<bool()>& help) {
  Options options_of_walk = options;
  options_of_walk.progress = nullptr;  // belongs to the calling thread
  ProgressTeller progress(options.progress);
  BlockQueue queue(kBlocksAhead);
  // Leaving this scope waits for the thread, so the queue must tell it first that nobody visits any more.
  std::future<Walked> walked =
      std::async(std::launch::async, [&] { return read_ahead(inputs, options_of_walk, queue, help); });
  const AtExit abandon([&queue] { queue.abandon(); });
  visit_all(queue, progress, visit);
  return walked.get();
}

Walked walk_ahead(std::span<const Input> inputs, const Options& options, const MemberVisitor& visit) {
  return walk_ahead_and_help(inputs, options, visit, [] { return false; });
}

}  // namespace assay
