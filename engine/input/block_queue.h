// Hands the pieces of a walk from the thread that reads to the thread that visits.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "input/bounded_queue.h"

namespace assay {

struct MemberBegin {
  std::string path;
  std::string container;
  std::string name;
};
// The vector keeps its size whatever is read into it, because growing it again would write zeros.
struct Block {
  std::vector<char> bytes;
  std::size_t begin = 0;  // of what was read
  std::size_t end = 0;
};
struct MemberEnd {};
using Piece = std::variant<MemberBegin, Block, MemberEnd>;

struct BlockQueue : BoundedQueue<Piece> {
  using BoundedQueue::BoundedQueue;

  Spare<Block> spare;
};

}  // namespace assay
