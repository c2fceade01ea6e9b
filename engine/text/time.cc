// A moment in words.
#include "assay/time.h"

#include <fmt/format.h>

#include <chrono>

namespace assay {

std::string to_string(Time time) {
  using std::chrono::days;
  const std::chrono::microseconds since_epoch{time.microseconds};
  const auto day = std::chrono::floor<days>(since_epoch);
  const std::chrono::year_month_day date{std::chrono::sys_days{day}};
  const std::chrono::hh_mm_ss clock{since_epoch - day};
  const std::int64_t microseconds = clock.subseconds().count();
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                 clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                                 microseconds / 1000);
  if (microseconds % 1000 != 0) text += fmt::format("{:03}", microseconds % 1000);
  return text + 'Z';
}

}  // namespace assay
