// What the name of a bundle's file tells: "loggingsnapshot_vcsc_2022-07-11_17_33_18.txt".
//
// Names only help: files are renamed, and content decides what a member is.
#pragma once

#include <optional>
#include <string_view>

#include "text/timestamp.h"

namespace assay {

struct MemberName {
  std::string_view host;  // a view into the name; empty where it tells none; never "localhost"
  std::string_view kind;  // "loggingsnapshot_", "ca_", as the bundle names it; empty where it tells none
  std::optional<LogYear> year;  // of the timestamp, which is in UTC
};

// The timestamp is looked for from the right, as host names may hold dashes, digits and underscores;
// hours, minutes and seconds may be parted by ':', '_', '-', '/' or nothing. Something may stand before the
// kind, as the number of a case.
MemberName parse_member_name(std::string_view name);

}  // namespace assay
