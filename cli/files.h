// Files that commands read and write as a whole.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace assay {

// Throws Error "unreadable".
std::string read_text(const std::string& file);

// The file has the new text, or, if anything goes wrong, the old one. Throws Error "unwritable".
void replace_file(const std::string& file, const std::string& text);

// Writes to a file, a pipe, or, for "-", to standard output. Throws Error "unwritable"; no half of it is left
// in a file then.
void write_output(const std::string& file, std::string_view content);

// Throws Error "unwritable" if write_output could not begin: to be known before an analysis of minutes, not
// after it. Leaves nothing behind.
void check_writable(const std::string& file);

// The file that a name stands for, also if it is not there yet; "" for what nothing is lost of: standard
// input and output, a pipe, /dev/null.
std::filesystem::path file_of(const std::string& name);

}  // namespace assay
