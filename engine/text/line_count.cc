// The loops are written in strips of bytes with counters of one byte, because compilers turn that into vector
// instructions.
#include "text/line_count.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "characters.h"
#include "text/record.h"

namespace assay {
namespace {

// Compiled for wider vectors too, and chosen when the program begins. Clang 14 cannot, and sanitizers are not
// ready when the choice is made.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define ASSAY_FOR_WIDE_VECTORS __attribute__((target_clones("avx2", "default")))
#else
#define ASSAY_FOR_WIDE_VECTORS
#endif

constexpr std::size_t kStrip = 32;
constexpr std::size_t kStripsPerRun = 255;  // so that a counter of one byte cannot overflow

constexpr std::size_t kIndexStep = 1024;

using Counters = std::array<std::uint8_t, kStrip>;

std::uint64_t sum(const Counters& counters) {
  std::uint16_t all = 0;
  for (const std::uint8_t counter : counters) all = static_cast<std::uint16_t>(all + counter);
  return all;
}

// Where lines that begin a record have what tells them from most others, counted from the line break.
constexpr std::size_t kBehindMonth = 4;  // "\nJul 19": a blank
constexpr std::size_t kBehindLine = 5;   // "\nLine 190: ": a blank
constexpr std::size_t kFirstDash = 5;    // "\n2022-07-11T"
constexpr std::size_t kTee = 11;         // the same

constexpr std::size_t kReach = kTee;  // bytes that are looked at behind a line break

// What is seen at one byte.
struct Seen {
  bool line = false;   // a line break
  bool iso = false;    // and behind it a record in the usual form
  bool other = false;  // or what may be one in another form
};

Seen look_at(const char* at) {
  const auto first = static_cast<std::int8_t>(at[1]);
  const bool blank = (first > '\t') & !(first > ' ');  // or a line break
  const bool word = (first >= 'A') & !((at[kBehindMonth] == ' ') | (at[kBehindLine] == ' '));
  const bool line = at[0] == '\n';
  const bool may_begin = line & !(blank | word | (first > 'S'));
  const bool like_iso = (at[kFirstDash] == '-') & (at[kTee] == 'T');
  const bool iso = may_begin & like_iso;
  const bool other = may_begin & !like_iso;
  return {.line = line, .iso = iso, .other = other};
}

// What is seen in a step, of which kReach more bytes can be read.
struct Step {
  std::uint64_t lines = 0;
  std::uint64_t iso_records = 0;
  bool others = false;
};

ASSAY_FOR_WIDE_VECTORS Step count_step(const char* at) {
  Counters lines{};
  Counters iso{};
  Counters others{};
  for (std::size_t strip = 0; strip < kIndexStep / kStrip; ++strip, at += kStrip) {
    for (std::size_t i = 0; i < kStrip; ++i) {
      const Seen here = look_at(at + i);
      lines[i] = static_cast<std::uint8_t>(lines[i] + here.line);
      iso[i] = static_cast<std::uint8_t>(iso[i] + here.iso);
      others[i] = static_cast<std::uint8_t>(others[i] + here.other);
    }
  }
  return {.lines = sum(lines), .iso_records = sum(iso), .others = sum(others) > 0};
}

// The same for a text that has not so many bytes: it is filled up with what begins no record.
Step count_last_step(std::string_view text) {
  std::array<char, kIndexStep + kReach> filled{};
  std::fill(std::copy(text.begin(), text.end(), filled.begin()), filled.end(), ' ');
  return count_step(filled.data());
}

std::uint64_t count_records_line_by_line(std::string_view text) {
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view line = text.substr(at);
    if (begins_record(line)) ++count;
    const std::size_t end = line.find('\n');
    if (end == npos) break;
    at += end + 1;
  }
  return count;
}

}  // namespace

ASSAY_FOR_WIDE_VECTORS std::uint64_t count_newlines(std::string_view text) {
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t count = 0;
  while (left >= kStrip) {
    Counters counters{};
    const std::size_t strips = std::min(left / kStrip, kStripsPerRun);
    for (std::size_t strip = 0; strip < strips; ++strip, at += kStrip) {
      for (std::size_t i = 0; i < kStrip; ++i) {
        counters[i] = static_cast<std::uint8_t>(counters[i] + static_cast<std::uint8_t>(at[i] == '\n'));
      }
    }
    left -= strips * kStrip;
    count += sum(counters);
  }
  return count + static_cast<std::uint64_t>(std::count(at, at + left, '\n'));
}

void LineIndex::count(std::string_view text) {
  before_.assign(1, 0);
  records_ = begins_record(text) ? 1 : 0;
  bool others = false;
  for (std::size_t at = 0; at < text.size(); at += kIndexStep) {
    const bool whole = text.size() - at >= kIndexStep + kReach;
    const Step step = whole ? count_step(text.data() + at) : count_last_step(text.substr(at));
    before_.push_back(before_.back() + static_cast<std::uint32_t>(step.lines));
    records_ += step.iso_records;
    others |= step.others;
  }
  if (others) records_ = count_records_line_by_line(text);
}

std::uint64_t LineIndex::before(std::string_view text, std::size_t offset) const {
  const std::size_t step = offset / kIndexStep;
  const std::size_t begin = step * kIndexStep;
  return before_[step] + count_newlines(text.substr(begin, offset - begin));
}

}  // namespace assay
