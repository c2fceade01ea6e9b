// Where a reader puts what it finds in one member.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "evidence/event.h"
#include "evidence/inventory.h"
#include "evidence/setting_names.h"
#include "evidence/waiting_records.h"

namespace assay {

struct MemberSink {
  std::uint32_t member = 0;
  MemberRead& read;
  std::vector<FoundFact>& facts;
  const WantedSettings& settings;  // those that become facts
  std::vector<Problem>& problems;
  WaitingRecords& waiting;
  const std::function<void(const Event&)>& visit;
};

}  // namespace assay
