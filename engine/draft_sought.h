// What a draft looks for: the fixed words of one record, and what varies in it as captures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/record.h"

namespace assay {

struct DraftCapture {
  std::string name;
  std::string value;  // in this record
  std::string kind;   // as masking names it
  std::string field;  // for one that takes a pair
};

struct Sought {
  std::vector<std::string> lines;  // "event: Alarm Raised", below the kind
  std::vector<DraftCapture> captures;
};

Sought sought_in(const Record& record);

// The capture that tells the affected things apart: a name rather than an address, an address rather than
// anything else. Empty if none does.
std::string group_by(const std::vector<DraftCapture>& captures, std::string_view event);

}  // namespace assay
