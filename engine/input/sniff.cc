// Tells from its first bytes what a file is.
#include "input/sniff.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace assay {
namespace {

struct Mark {
  std::string_view bytes;
  Form form;
};

using namespace std::string_view_literals;

constexpr std::array kMarks = {
    Mark{"\x1f\x8b\x08"sv, Form::gzip},
    Mark{"\xfd\x37zXZ\x00"sv, Form::xz},
    Mark{"\x28\xb5\x2f\xfd"sv, Form::zstd},
    Mark{"PK\x03\x04"sv, Form::zip},
    Mark{"PK\x05\x06"sv, Form::zip},            // without a file
    Mark{"PK\x07\x08PK\x03\x04"sv, Form::zip},  // meant for several disks
    Mark{"7z\xbc\xaf\x27\x1c"sv, Form::seven_zip},
    Mark{"Rar!\x1a\x07"sv, Form::rar},
    Mark{"MSCF\0\0\0\0"sv, Form::cab},
    Mark{"\x04\x22\x4d\x18"sv, Form::lz4},
    Mark{"LZIP\x01"sv, Form::lzip},
    Mark{"\x1f\x9d\x90"sv, Form::compress},
};

// "BZh", the block size, and then the mark of a block or, without any block, of the end.
bool is_bzip2(std::string_view head) {
  if (!head.starts_with("BZh") || head.size() < 5 || head[3] < '1' || head[3] > '9') return false;
  const std::string_view mark = head.substr(4, 6);  // all there is of it, in one that was cut
  return "\x31\x41\x59\x26\x53\x59"sv.starts_with(mark) || "\x17\x72\x45\x38\x50\x90"sv.starts_with(mark);
}

// zstd may begin with a frame that is to be skipped (pzstd writes such).
bool is_zstd_skippable(std::string_view head) {
  return head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xF0U) == 0x50 &&
         head.substr(1, 3) == "\x2a\x4d\x18"sv;
}

constexpr std::size_t kChecksumOffset = 148;
constexpr std::size_t kChecksumBytes = 8;

// The checksum field: octal digits, with spaces before and a space or NUL after.
std::optional<std::int64_t> octal(std::string_view field) {
  const std::size_t begin = field.find_first_not_of(' ');
  if (begin == std::string_view::npos) return std::nullopt;
  std::size_t i = begin;
  std::int64_t value = 0;
  for (; i < field.size() && field[i] >= '0' && field[i] <= '7'; ++i) value = value * 8 + (field[i] - '0');
  if (i == begin) return std::nullopt;
  return value;
}

// What there is of a field of a header that was cut: octal digits between blanks and NULs, and nothing else.
bool may_be_octal(std::string_view field) {
  const std::size_t begin = std::min(field.find_first_not_of(' '), field.size());
  const std::size_t end = std::min(field.find_first_not_of("01234567", begin), field.size());
  return field.find_first_not_of(std::string_view(" \0", 2), end) == std::string_view::npos;
}

// The front of a tar that was cut within its first header: a name that NULs follow, and then numbers.
bool begins_tar(std::string_view head) {
  constexpr std::size_t kModeBegin = 100;  // behind the name
  constexpr std::size_t kModeEnd = 108;
  if (head.size() < kModeEnd || head[0] == '\0') return false;
  const std::string_view name = head.substr(0, kModeBegin);
  const std::size_t end = std::min(name.find('\0'), kModeBegin);
  if (name.find_first_not_of('\0', end) != std::string_view::npos) return false;
  if (!octal(head.substr(kModeBegin, 8))) return false;
  struct Field {
    std::size_t begin;
    std::size_t size;
  };
  for (const Field& field : {Field{100, 8}, Field{108, 8}, Field{116, 8}, Field{124, 12}, Field{136, 12}}) {
    if (field.begin < head.size() && !may_be_octal(head.substr(field.begin, field.size))) return false;
  }
  return true;
}

// Old tars (v7) have no mark, only a checksum over the header with its own field taken as spaces. Some
// writers added up signed characters.
bool is_tar(std::string_view head) {
  if (head.size() < kSniffBytes) return begins_tar(head);
  const std::optional<std::int64_t> expected = octal(head.substr(kChecksumOffset, kChecksumBytes));
  if (!expected || *expected == 0) return false;
  std::int64_t as_unsigned = 0;
  std::int64_t as_signed = 0;
  for (std::size_t i = 0; i < kSniffBytes; ++i) {
    const bool own_field = i >= kChecksumOffset && i < kChecksumOffset + kChecksumBytes;
    const char byte = own_field ? ' ' : head[i];
    as_unsigned += static_cast<unsigned char>(byte);
    as_signed += static_cast<signed char>(byte);
  }
  return *expected == as_unsigned || *expected == as_signed;
}

}  // namespace

Form sniff(std::span<const char> bytes) {
  const std::string_view head(bytes.data(), bytes.size());
  for (const Mark& mark : kMarks) {
    if (head.starts_with(mark.bytes)) return mark.form;
  }
  if (is_bzip2(head)) return Form::bzip2;
  if (is_zstd_skippable(head)) return Form::zstd;
  return is_tar(head) ? Form::tar : Form::plain;
}

std::string_view to_string(Form form) {
  switch (form) {
    case Form::plain:
      return "plain";
    case Form::gzip:
      return "gzip";
    case Form::xz:
      return "xz";
    case Form::bzip2:
      return "bzip2";
    case Form::zstd:
      return "zstd";
    case Form::tar:
      return "tar";
    case Form::zip:
      return "zip";
    case Form::seven_zip:
      return "7z";
    case Form::rar:
      return "rar";
    case Form::cab:
      return "cab";
    case Form::lz4:
      return "lz4";
    case Form::lzip:
      return "lzip";
    case Form::compress:
      return "compress (.Z)";
  }
  return "";
}

bool is_compression(Form form) {
  return form == Form::gzip || form == Form::xz || form == Form::bzip2 || form == Form::zstd;
}

bool is_archive(Form form) {
  return form == Form::tar || form == Form::zip || form == Form::seven_zip;
}

}  // namespace assay
