// Records of level WARN and above: what to look for in a log to find them, and how to tell one.
#pragma once

#include <span>
#include <string_view>

#include "text/record.h"

namespace assay {

// True for WARN, WARNING, ERROR, FATAL, CRITICAL, ALERT, EMERGENCY and the like, without regard to case, and
// for the severities 0 to 4 of a CCBU or MIVR tag. The level of an Expressway's event ("1" to "4") says how
// important an event is, not how bad: false.
bool is_severe(const Record& record);

// True for Event="Alarm Lowered": what the same alarm was raised for is over.
bool lowers_alarm(const Record& record);

// Of these, without regard to case, at least one stands in every record of either kind as the known programs
// write them. Other records may hold one, too.
std::span<const std::string_view> severe_literals();

// False if what stands around a literal, which ends in `text` at `end`, shows already that its record is not
// severe.
bool may_be_severe(std::string_view text, std::size_t end);

}  // namespace assay
