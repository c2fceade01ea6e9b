// Where a reader puts what it finds in one member.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "evidence/event.h"
#include "evidence/inventory.h"

namespace assay {

struct MemberSink {
  std::uint32_t member = 0;
  MemberRead& read;
  std::vector<FoundFact>& facts;
  std::vector<Problem>& problems;
  const std::function<void(const Event&)>& visit;
};

// Fills the front of a buffer; 0 only at the end.
using ReadBytes = std::function<std::size_t(std::span<char>)>;

}  // namespace assay
