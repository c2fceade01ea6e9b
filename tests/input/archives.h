// Makes archives in memory, and walks them both ways.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "assay/analyze.h"
#include "input/walk.h"

namespace assay::archives {

struct File {
  std::string name;
  std::string content;
};

using Prepare = std::function<void(archive*)>;  // format, filter and options of a writer

std::string write_archive(const Prepare& prepare, const std::vector<File>& files);
std::string tar(const std::vector<File>& files);
std::string zip(const std::vector<File>& files);
std::string seven_zip(const std::vector<File>& files);

std::string compress(int filter, std::string_view bytes);  // ARCHIVE_FILTER_GZIP and so on
std::string gzip(std::string_view bytes);

// Words that do not compress away, always the same.
std::string noise(std::size_t bytes);

// A member with all its content.
struct Seen {
  std::string path;
  std::string container;
  std::string name;
  std::string content;

  friend bool operator==(const Seen&, const Seen&) = default;
  friend void PrintTo(const Seen& seen, std::ostream* out);
};

struct WalkedAll {
  std::vector<Seen> members;
  std::vector<Problem> problems;
  std::uint64_t bytes = 0;

  std::vector<std::string> paths() const;
  std::vector<std::string> codes() const;  // of the problems
};

// Reads on the thread that walks and on another one, and expects that there is no difference.
WalkedAll walk_all(const std::vector<Input>& inputs, const Options& options = {});
WalkedAll walk_bytes(std::string_view bytes, const Options& options = {});   // as a file in memory, "in"
WalkedAll walk_stream(std::string_view bytes, const Options& options = {});  // from an istream, "-"

}  // namespace assay::archives
