// The loops are written in strips of bytes with counters of one byte, because compilers turn that into vector
// instructions.
#include "text/line_count.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>

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
  return std::accumulate(counters.begin(), counters.end(), std::uint64_t{0});
}

// "\n2022-07-11T": the line break, two dashes and the T are enough to tell it from a continuation line.
constexpr std::size_t kFirstDash = 5;
constexpr std::size_t kTee = 11;

std::uint8_t iso_begins(const char* newline) {
  return static_cast<std::uint8_t>((newline[0] == '\n') & (newline[kFirstDash] == '-') &
                                   (newline[kTee] == 'T'));
}

ASSAY_FOR_WIDE_VECTORS std::uint64_t count_iso_beginnings(std::string_view text) {
  if (text.size() <= kTee) return 0;
  const char* at = text.data();
  std::size_t left = text.size() - kTee;
  std::uint64_t count = 0;
  while (left >= kStrip) {
    Counters counters{};
    const std::size_t strips = std::min(left / kStrip, kStripsPerRun);
    for (std::size_t strip = 0; strip < strips; ++strip, at += kStrip) {
      for (std::size_t i = 0; i < kStrip; ++i) {
        counters[i] = static_cast<std::uint8_t>(counters[i] + iso_begins(at + i));
      }
    }
    left -= strips * kStrip;
    count += sum(counters);
  }
  for (; left > 0; --left, ++at) count += iso_begins(at);
  return count;
}

bool begins_with_iso_time(std::string_view text) {
  return text.size() > kTee && text[0] >= '0' && text[0] <= '9' && text[kFirstDash - 1] == '-' &&
         text[kTee - 1] == 'T';
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
  for (std::size_t at = 0; at < text.size(); at += kIndexStep) {
    const auto lines = static_cast<std::uint32_t>(count_newlines(text.substr(at, kIndexStep)));
    before_.push_back(before_.back() + lines);
  }
}

std::uint64_t LineIndex::before(std::string_view text, std::size_t offset) const {
  const std::size_t step = offset / kIndexStep;
  const std::size_t begin = step * kIndexStep;
  return before_[step] + count_newlines(text.substr(begin, offset - begin));
}

std::uint64_t count_records(std::string_view text) {
  if (begins_with_iso_time(text)) return 1 + count_iso_beginnings(text);
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view line = text.substr(at);
    if (begins_record(line)) ++count;
    const std::size_t end = line.find('\n');
    if (end == std::string_view::npos) break;
    at += end + 1;
  }
  return count;
}

}  // namespace assay
