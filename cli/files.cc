// A file that replaces another is written beside it, and takes its place in one step. Outputs are written as
// they are: whoever names a pipe means it.
#include "files.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "assay/error.h"
#include "terminal.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot_write_file(const std::string& file, const std::string& why) {
  throw Error("unwritable", fmt::format("cannot write {}: {}", file, why));
}

}  // namespace

std::string read_text(const std::string& file) {
  std::ifstream input(file, std::ios::binary);
  if (!input) throw Error("unreadable", fmt::format("cannot open {}: {}", file, std::strerror(errno)));
  return {std::istreambuf_iterator<char>(input), {}};
}

void replace_file(const std::string& file, const std::string& text) {
  std::error_code error;
  const fs::path target = fs::weakly_canonical(file, error);  // a link stays one
  const fs::path beside = target.string() + ".new";
  std::ofstream output(beside, std::ios::binary | std::ios::trunc);
  output.write(text.data(), static_cast<std::streamsize>(text.size()));
  output.close();
  if (!output) {
    const std::string why = std::strerror(errno);
    fs::remove(beside, error);
    cannot_write_file(beside.string(), why);
  }
  if (fs::exists(target, error)) fs::permissions(beside, fs::status(target).permissions(), error);
  fs::rename(beside, target, error);
  if (error) cannot_write_file(file, error.message());
}

void write_output(const std::string& file, std::string_view content) {
  if (file == "-") return write_stdout(content);
  std::ofstream output(file, std::ios::binary | std::ios::trunc);
  if (!output) cannot_write_file(file, std::strerror(errno));
  output.write(content.data(), static_cast<std::streamsize>(content.size()));
  output.close();
  if (output) return;
  const std::string why = std::strerror(errno);
  std::error_code ignored;
  fs::remove(file_of(file), ignored);  // half a report would be taken for a whole one
  cannot_write_file(file, why);
}

void check_writable(const std::string& file) {
  if (file.empty() || file == "-") return;
  std::error_code ignored;
  const bool was_there = fs::exists(fs::symlink_status(file, ignored));
  const auto status = fs::status(file, ignored);
  // Opening a pipe would be a message to its reader.
  if (fs::exists(status) && !fs::is_regular_file(status)) return;
  if (!std::ofstream(file, std::ios::app)) cannot_write_file(file, std::strerror(errno));
  if (!was_there) fs::remove(file, ignored);
}

fs::path file_of(const std::string& name) {
  std::error_code ignored;
  if (name.empty() || name == "-") return {};
  const auto status = fs::status(name, ignored);
  if (fs::exists(status) && !fs::is_regular_file(status)) return {};
  return fs::weakly_canonical(fs::absolute(name, ignored), ignored);
}

}  // namespace assay
