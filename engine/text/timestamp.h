// The moments that logs write: ISO 8601, BSD syslog, those of contact centers, and the UTCTime pair.
//
// A shape that is right with a date that does not exist (month 13) is a timestamp without a time. A leap
// second counts as the first second of the next minute.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "assay/time.h"

namespace assay {

struct Timestamp {
  std::size_t length = 0;  // of its text
  std::optional<Time> time;
};

// When a log was collected: tells the year of times that are written without one.
class LogYear {
 public:
  // `month` 0: not known; then every time is of this year.
  constexpr LogYear(int year, int month = 0) : year_(year), month_(month) {}

  // The year of a time of that month: times lie before the collection, but the local date may be one ahead.
  constexpr int of(int month) const {
    if (month_ == 0) return year_;
    if (month > month_ + 1) return year_ - 1;
    return month_ == 12 && month == 1 ? year_ + 1 : year_;
  }

  friend constexpr bool operator==(const LogYear&, const LogYear&) = default;

 private:
  int year_;
  int month_;
};

// Each reads the front of `text` and is nothing if that has another shape.
// "2022-07-11T18:55:25.910+02:00": any number of decimals, or none; the offset as Z, +hh:mm or +hhmm.
std::optional<Timestamp> iso_timestamp(std::string_view text);
// The length of one, or 0: for those who need not know its time.
std::size_t iso_timestamp_length(std::string_view text);
// "Jul 19 15:30:30", "Jul  9 15:30:30": taken as UTC of that year; without a year it has no time.
std::optional<Timestamp> bsd_timestamp(std::string_view text, std::optional<LogYear> year);
// "Aug 22 2017 16:20:22.241 +0200"
std::optional<Timestamp> ccbu_timestamp(std::string_view text);
// "2016-09-02 00:16:58.604 IST(+0530)"
std::optional<Timestamp> ids_timestamp(std::string_view text);
// "Apr 08 10:14:27.842 IST": without an offset, so taken as UTC of that year; without a year it has no time.
std::optional<Timestamp> mivr_timestamp(std::string_view text, std::optional<LogYear> year);

// The value of a UTCTime pair: "2022-07-11 16:55:26,024", "2020-08-12 20:13:24". One or two digits behind the
// comma are milliseconds without their leading zeros (",92" is 92 ms): the writer prints a number there.
std::optional<Time> utc_time(std::string_view value);

}  // namespace assay
