// Hands the pieces of a walk from the thread that reads to the thread that visits.
#pragma once

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
using Block = std::vector<char>;
struct MemberEnd {};
using Piece = std::variant<MemberBegin, Block, MemberEnd>;

struct BlockQueue : BoundedQueue<Piece> {
  using BoundedQueue::BoundedQueue;

  Spare<Block> spare;
};

}  // namespace assay
