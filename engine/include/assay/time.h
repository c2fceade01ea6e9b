// A moment in UTC.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace assay {

struct Time {
  std::int64_t microseconds = 0;  // since 1970-01-01T00:00:00Z, leap seconds not counted

  friend constexpr auto operator<=>(Time, Time) = default;
};

// "2022-07-11T16:55:26.016Z": milliseconds always, microseconds where there are any.
std::string to_string(Time time);

}  // namespace assay
