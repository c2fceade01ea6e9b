// Fixed shapes read by position: no locale, no allocation, nothing that can throw.
#include "text/timestamp.h"

#include <array>
#include <bit>
#include <chrono>
#include <cstdint>
#include <cstring>

#include "characters.h"

namespace assay {
namespace {

constexpr std::size_t kMostDecimals = 9;  // so that a header is bounded in length
constexpr std::size_t kLongestZone = 6;

// A date and time of day as written, before anybody asked whether there is such a day.
struct Written {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  std::int64_t microseconds = 0;
  int offset_minutes = 0;
};

std::optional<Time> to_time(const Written& w) {
  const std::chrono::year_month_day date{std::chrono::year{w.year},
                                         std::chrono::month{static_cast<unsigned>(w.month)},
                                         std::chrono::day{static_cast<unsigned>(w.day)}};
  if (!date.ok() || w.hour > 23 || w.minute > 59 || w.second > 60) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
  const std::int64_t minutes = (days * 24 + w.hour) * 60 + w.minute - w.offset_minutes;
  return Time{(minutes * 60 + w.second) * 1'000'000 + w.microseconds};
}

// Walks over the text; the first thing that is not as expected makes it fail for good.
class Reader {
 public:
  explicit Reader(std::string_view text, std::size_t from = 0) : text_(text), at_(from) {}

  int number(std::size_t digits) {
    if (text_.size() - at_ < digits) ok_ = false;
    int value = 0;
    for (std::size_t i = 0; ok_ && i < digits; ++i) {
      if (!is_digit(text_[at_ + i])) ok_ = false;
      value = value * 10 + (text_[at_ + i] - '0');
    }
    at_ += ok_ ? digits : 0;
    return value;
  }

  void expect(char c) {
    if (!skip(c)) ok_ = false;
  }

  bool skip(char c) {
    if (!ok_ || at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void time_of_day(Written& w) {
    w.hour = number(2);
    expect(':');
    w.minute = number(2);
    expect(':');
    w.second = number(2);
  }

  // The digits of a fraction of a second as they stand.
  std::string_view decimals() {
    const std::size_t begin = at_;
    while (ok_ && at_ < text_.size() && at_ - begin < kMostDecimals && is_digit(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  // Z, +hh:mm or +hhmm, in minutes.
  int offset() {
    if (skip('Z')) return 0;
    const bool west = skip('-');
    if (!west) expect('+');
    const int hours = number(2);
    skip(':');
    const int minutes = number(2);
    if (hours > 23 || minutes > 59) ok_ = false;
    return (west ? -1 : 1) * (hours * 60 + minutes);
  }

  // "IST"; some Java runtimes write "GMT+01:00".
  void name_of_zone() {
    const std::size_t begin = at_;
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    while (ok_ && at_ < text_.size() && at_ - begin < kLongestZone && is_capital(text_[at_])) ++at_;
    if (at_ == begin) ok_ = false;
    if (ok_ && at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) offset();
  }

  int month() {
    constexpr std::array<std::string_view, 12> kNames{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (std::size_t i = 0; ok_ && i < kNames.size(); ++i) {
      if (text_.substr(at_).starts_with(kNames[i])) {
        at_ += kNames[i].size();
        return static_cast<int>(i) + 1;
      }
    }
    ok_ = false;
    return 0;
  }

  // "19", " 9" or "9", behind the blank that ends the month.
  int day_of_month() {
    expect(' ');
    skip(' ');
    const bool two = at_ + 1 < text_.size() && is_digit(text_[at_ + 1]);
    return number(two ? 2 : 1);
  }

  bool ok() const { return ok_; }
  std::size_t at() const { return at_; }

 private:
  std::string_view text_;
  std::size_t at_;
  bool ok_ = true;
};

std::int64_t fraction_in_microseconds(std::string_view decimals) {
  std::int64_t value = 0;
  for (std::size_t i = 0; i < 6; ++i) value = value * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
  return value;
}

std::optional<Timestamp> finish(const Reader& reader, const Written& written) {
  if (!reader.ok()) return std::nullopt;
  return Timestamp{.length = reader.at(), .time = to_time(written)};
}

// Eight bytes of fixed shape, with any digit where the shape has a '0'. They are compared all at once,
// because this is asked of every record.
class Shape {
 public:
  constexpr explicit Shape(std::string_view shape) {
    std::array<char, kBytes> added{};
    std::array<char, kBytes> bytes{};
    for (std::size_t i = 0; i < kBytes; ++i) {
      bytes[i] = shape[i];
      added[i] = shape[i] == '0' ? 15 - 9 : 15;
    }
    bytes_ = std::bit_cast<std::uint64_t>(bytes);
    added_ = std::bit_cast<std::uint64_t>(added);
  }

  // A right byte differs from its '0' in less than ten, and from anything else in nothing: what is added then
  // stays below sixteen. A wrong one that would run over shows in the difference itself.
  bool fits(const char* text) const {
    std::uint64_t differences = 0;
    std::memcpy(&differences, text, kBytes);
    differences ^= bytes_;
    return ((differences | (differences + added_)) & 0xF0F0F0F0F0F0F0F0U) == 0;
  }

 private:
  static constexpr std::size_t kBytes = 8;
  std::uint64_t bytes_;
  std::uint64_t added_;
};

constexpr std::size_t kIsoSeconds = 19;  // "2022-07-11T18:55:25"
constexpr std::size_t kIsoTee = 10;

// Whether a date and a time of day stand there; the caller looks at what is between them.
bool begins_with_iso_seconds(std::string_view text) {
  constexpr Shape kYearMonth("0000-00-");
  constexpr Shape kMonthDay("00-00-00");
  constexpr Shape kTimeOfDay("00:00:00");
  return text.size() >= kIsoSeconds && kYearMonth.fits(&text[0]) && kMonthDay.fits(&text[2]) &&
         kTimeOfDay.fits(&text[kIsoTee + 1]);
}

int two_digits(const char* at) {
  return (at[0] - '0') * 10 + (at[1] - '0');
}

// REQUIRES: begins_with_iso_seconds(text).
Written iso_seconds(std::string_view text) {
  const char* const at = text.data();
  Written w;
  w.year = two_digits(at) * 100 + two_digits(at + 2);
  w.month = two_digits(at + 5);
  w.day = two_digits(at + 8);
  w.hour = two_digits(at + 11);
  w.minute = two_digits(at + 14);
  w.second = two_digits(at + 17);
  return w;
}

// What follows the seconds.
struct IsoEnd {
  std::size_t length = 0;  // of the whole timestamp; 0 if it is none
  std::string_view decimals;
  int offset_minutes = 0;
};

IsoEnd iso_end(std::string_view text) {
  if (!begins_with_iso_seconds(text) || text[kIsoTee] != 'T') return {};
  Reader reader(text, kIsoSeconds);
  IsoEnd end;
  if (reader.skip('.') || reader.skip(',')) end.decimals = reader.decimals();
  end.offset_minutes = reader.offset();
  if (reader.ok()) end.length = reader.at();
  return end;
}

}  // namespace

std::size_t iso_timestamp_length(std::string_view text) {
  return iso_end(text).length;
}

std::optional<Timestamp> iso_timestamp(std::string_view text) {
  const IsoEnd end = iso_end(text);
  if (end.length == 0) return std::nullopt;
  Written w = iso_seconds(text);
  w.microseconds = fraction_in_microseconds(end.decimals);
  w.offset_minutes = end.offset_minutes;
  return Timestamp{.length = end.length, .time = to_time(w)};
}

std::optional<Timestamp> bsd_timestamp(std::string_view text, std::optional<LogYear> year) {
  Reader reader(text);
  Written w;
  w.month = reader.month();
  w.day = reader.day_of_month();
  reader.expect(' ');
  reader.time_of_day(w);
  if (!reader.ok()) return std::nullopt;
  if (!year) return Timestamp{.length = reader.at(), .time = std::nullopt};
  w.year = year->of(w.month);
  return finish(reader, w);
}

std::optional<Timestamp> ccbu_timestamp(std::string_view text) {
  Reader reader(text);
  Written w;
  w.month = reader.month();
  w.day = reader.day_of_month();
  reader.expect(' ');
  w.year = reader.number(4);
  reader.expect(' ');
  reader.time_of_day(w);
  if (reader.skip('.')) w.microseconds = fraction_in_microseconds(reader.decimals());
  reader.expect(' ');
  w.offset_minutes = reader.offset();
  return finish(reader, w);
}

std::optional<Timestamp> ids_timestamp(std::string_view text) {
  if (!begins_with_iso_seconds(text) || text[kIsoTee] != ' ') return std::nullopt;
  Written w = iso_seconds(text);
  Reader reader(text, kIsoSeconds);
  reader.expect('.');
  w.microseconds = fraction_in_microseconds(reader.decimals());
  reader.expect(' ');
  reader.name_of_zone();
  reader.expect('(');
  w.offset_minutes = reader.offset();
  reader.expect(')');
  return finish(reader, w);
}

std::optional<Timestamp> mivr_timestamp(std::string_view text, std::optional<LogYear> year) {
  Reader reader(text);
  Written w;
  w.month = reader.month();
  w.day = reader.day_of_month();
  reader.expect(' ');
  reader.time_of_day(w);
  reader.expect('.');
  w.microseconds = fraction_in_microseconds(reader.decimals());
  reader.expect(' ');
  reader.name_of_zone();
  if (!reader.ok()) return std::nullopt;
  if (!year) return Timestamp{.length = reader.at(), .time = std::nullopt};
  w.year = year->of(w.month);
  return finish(reader, w);
}

std::optional<Time> utc_time(std::string_view value) {
  if (!begins_with_iso_seconds(value) || (value[kIsoTee] != ' ' && value[kIsoTee] != 'T'))
    return std::nullopt;
  Written w = iso_seconds(value);
  Reader reader(value, kIsoSeconds);
  if (reader.skip(',') || reader.skip('.')) {
    const std::string_view decimals = reader.decimals();
    w.microseconds = fraction_in_microseconds(decimals);
    if (decimals.size() == 1) w.microseconds /= 100;
    if (decimals.size() == 2) w.microseconds /= 10;
  }
  if (!reader.ok()) return std::nullopt;
  return to_time(w);
}

}  // namespace assay
