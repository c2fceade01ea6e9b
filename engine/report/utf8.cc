// UTF-8 by the table of the Unicode standard (3-7), and the ranges of characters that showing text must know.
#include "report/utf8.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

constexpr std::array kUnsafe{Range{0x00, 0x1f},      Range{0x7f, 0x9f},    // controls
                             Range{0xad, 0xad},      Range{0x61c, 0x61c},  // soft hyphen, Arabic letter mark
                             Range{0x180e, 0x180e},  Range{0x200b, 0x200b},  // invisible spaces
                             Range{0x200e, 0x200f},  Range{0x2028, 0x202e},
                             Range{0x2060, 0x206f},  // separators, direction, isolates
                             Range{0xfeff, 0xfeff},  Range{0xfff9, 0xfffb},  // byte order mark, annotations
                             Range{0xe0000, 0xe007f}};                       // tags

constexpr std::array kZeroWidth{Range{0x300, 0x36f},   Range{0x483, 0x489},    Range{0x591, 0x5bd},
                                Range{0x610, 0x61a},   Range{0x64b, 0x65f},    Range{0xe31, 0xe31},
                                Range{0xe34, 0xe3a},   Range{0xe47, 0xe4e},    Range{0x1ab0, 0x1aff},
                                Range{0x1dc0, 0x1dff}, Range{0x200c, 0x200d},  Range{0x20d0, 0x20f0},
                                Range{0x302a, 0x302d}, Range{0x3099, 0x309a},  Range{0xfe00, 0xfe0f},
                                Range{0xfe20, 0xfe2f}, Range{0xe0100, 0xe01ef}};

constexpr std::array kWide{
    Range{0x1100, 0x115f},   Range{0x2329, 0x232a},   Range{0x2e80, 0x303e},   Range{0x3041, 0x33ff},
    Range{0x3400, 0x4dbf},   Range{0x4e00, 0x9fff},   Range{0xa000, 0xa4cf},   Range{0xa960, 0xa97f},
    Range{0xac00, 0xd7a3},   Range{0xf900, 0xfaff},   Range{0xfe30, 0xfe6f},   Range{0xff00, 0xff60},
    Range{0xffe0, 0xffe6},   Range{0x16fe0, 0x18aff}, Range{0x1b000, 0x1b2ff}, Range{0x1f300, 0x1f64f},
    Range{0x1f680, 0x1f6ff}, Range{0x1f900, 0x1f9ff}, Range{0x20000, 0x3fffd}};

template <std::size_t count>
bool is_in(const std::array<Range, count>& ranges, char32_t character) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), character,
                                      [](char32_t value, const Range& range) { return value < range.first; });
  return after != ranges.begin() && character <= std::prev(after)->last;
}

// What the first byte says: how many bytes, and the values that its own bits and the shortest form allow.
struct Lead {
  std::size_t size;
  char32_t bits;
  char32_t smallest;
};

Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0};
  if (byte >= 0xc2 && byte <= 0xdf) return {2, byte & 0x1fU, 0x80};
  if (byte >= 0xe0 && byte <= 0xef) return {3, byte & 0x0fU, 0x800};
  if (byte >= 0xf0 && byte <= 0xf4) return {4, byte & 0x07U, 0x10000};
  return {0, 0, 0};
}

}  // namespace

CodePoint first_code_point(std::string_view bytes) {
  const auto byte_at = [bytes](std::size_t index) { return static_cast<unsigned char>(bytes[index]); };
  const CodePoint invalid{.value = byte_at(0), .size = 1, .valid = false};
  const Lead lead = lead_of(byte_at(0));
  if (lead.size == 0 || lead.size > bytes.size()) return invalid;
  char32_t value = lead.bits;
  for (std::size_t index = 1; index < lead.size; ++index) {
    if ((byte_at(index) & 0xc0U) != 0x80U) return invalid;
    value = value << 6U | (byte_at(index) & 0x3fU);
  }
  const bool is_surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < lead.smallest || value > 0x10ffff || is_surrogate) return invalid;
  return {.value = value, .size = lead.size, .valid = true};
}

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const CodePoint next = first_code_point(bytes);
    if (!next.valid) return false;
    bytes.remove_prefix(next.size);
  }
  return true;
}

bool is_unsafe(char32_t character) {
  return is_in(kUnsafe, character);
}

unsigned columns_of(char32_t character) {
  if (character < 0x300) return 1;
  if (is_in(kZeroWidth, character)) return 0;
  return is_in(kWide, character) ? 2 : 1;
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    columns += columns_of(next.value);
    text.remove_prefix(next.size);
  }
  return columns;
}

}  // namespace assay
