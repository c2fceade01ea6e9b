// The terminal: its width, whether it wants colour, the progress line, and signals.
#include "terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "assay/error.h"

namespace assay {
namespace {

volatile std::sig_atomic_t interrupt_seen = 0;

void on_interrupt(int /*signal*/) {
  interrupt_seen = 1;
}

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

// The end of a path is what tells members apart.
std::string end_of(const std::string& path, std::size_t bytes) {
  if (path.size() <= bytes) return path;
  std::size_t from = path.size() - bytes + 3;
  while (from < path.size() && (static_cast<unsigned char>(path[from]) & 0xc0U) == 0x80U) ++from;
  return "..." + path.substr(from);
}

}  // namespace

bool stdout_is_terminal() {
  return isatty(STDOUT_FILENO) == 1;
}
bool stderr_is_terminal() {
  return isatty(STDERR_FILENO) == 1;
}

bool terminal_is_dumb() {
  return environment("TERM") == "dumb";
}

unsigned terminal_width() {
  winsize size{};
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
    if (isatty(descriptor) == 1 && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
      return size.ws_col;
  }
  unsigned columns = 0;
  const std::string_view given = environment("COLUMNS");
  std::from_chars(given.data(), given.data() + given.size(), columns);
  return columns > 0 ? columns : 100;
}

bool wants_colour(const std::string& choice) {
  if (choice != "auto") return choice == "always";
  return stdout_is_terminal() && environment("NO_COLOR").empty() && !terminal_is_dumb();
}

TextStyle table_style() {
  TextStyle style;
  style.colour = wants_colour("auto");
  style.width = stdout_is_terminal() ? terminal_width() : std::numeric_limits<unsigned>::max();
  return style;
}

TableFormat table_format(const std::string& name) {
  if (name == "jsonl") return TableFormat::jsonl;
  return name == "csv" ? TableFormat::csv : TableFormat::table;
}

void write_stdout(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(STDOUT_FILENO, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      return;
    } else if (errno != EINTR) {
      throw Error("unwritable", fmt::format("cannot write to standard output: {}", std::strerror(errno)));
    }
  }
}

void write_list(const std::string& format, bool is_empty, std::string_view list) {
  const bool is_empty_table = is_empty && format == "table";
  if (!is_empty_table) write_stdout(list);
}

void say(std::string_view text) {
  fmt::print(stderr, "{}\n", printable(text));
}

void ProgressLine::show(const Progress& progress) {
  if (!shown_) return;
  const std::string start =
      fmt::format("{:.1f} MB, files: {}  ", static_cast<double>(progress.bytes) / 1e6, progress.members);
  const std::size_t width = terminal_width();
  const std::size_t room = width > start.size() + 8 ? width - start.size() - 1 : 8;
  fmt::print(stderr, "\r\x1b[K{}{}", start, end_of(printable(progress.path), room));
  std::fflush(stderr);
  is_dirty_ = true;
}

void ProgressLine::erase() {
  if (is_dirty_) fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  is_dirty_ = false;
}

void install_signal_handlers() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  // SA_RESETHAND: the second SIGINT ends the program. No SA_RESTART: a read that waits gives up.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool interrupted() {
  return interrupt_seen != 0;
}

}  // namespace assay
