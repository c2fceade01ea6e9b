// Tells from its first bytes what a file is. Names never decide: bundles get renamed.
#pragma once

#include <span>
#include <string_view>

namespace assay {

enum class Form {
  plain,
  gzip,
  xz,
  bzip2,
  zstd,
  tar,
  zip,
  seven_zip,
  rar,  // from here on: known, and not opened
  cab,
  lz4,
  lzip,
  compress,
};

// A tar header has its checksum here; every other mark is shorter.
inline constexpr std::size_t kSniffBytes = 512;

// REQUIRES: `head` holds the first kSniffBytes of the file, or all of it where it is shorter.
Form sniff(std::span<const char> head);

std::string_view to_string(Form form);  // "gzip", "7z", …
bool is_compression(Form form);         // of one stream of bytes, without names in it
bool is_archive(Form form);             // of files with names

}  // namespace assay
