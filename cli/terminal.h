// What is at the other end of standard output and standard error, and writing to it.
#pragma once

#include <string>
#include <string_view>

#include "assay/formats.h"
#include "assay/options.h"

namespace assay {

bool stdout_is_terminal();
bool stderr_is_terminal();
bool terminal_is_dumb();  // knows no escape sequences

// Columns of the terminal, of COLUMNS, or 100.
unsigned terminal_width();

// `choice` is auto, always or never. auto: on a terminal, unless NO_COLOR is set or TERM is dumb.
bool wants_colour(const std::string& choice);

// A table on a terminal is fitted to its width; elsewhere every row is one line, for grep and cut.
TextStyle table_style();

TableFormat table_format(const std::string& name);

// Writes to standard output. A reader that has gone away is no error; anything else throws Error.
void write_stdout(std::string_view text);

// The same, but a table without rows is not worth its headings. `format`: "table", "jsonl" or "csv".
void write_list(const std::string& format, bool is_empty, std::string_view list);

// One line to standard error, made printable.
void say(std::string_view text);

// A line on standard error that shows how far the work is; erased at the end. Nothing if that is no terminal.
class ProgressLine {
 public:
  ProgressLine() : shown_(stderr_is_terminal() && !terminal_is_dumb()) {}
  ~ProgressLine() { erase(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const Progress& progress);
  void erase();

 private:
  bool shown_;
  bool is_dirty_ = false;
};

// Makes SIGINT ask for the end of the analysis instead of ending the program at once; a second one ends it.
// SIGPIPE is ignored, so that writing reports it.
void install_signal_handlers();
bool interrupted();

}  // namespace assay
