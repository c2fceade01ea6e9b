// Files that commands read and write as a whole.
#pragma once

#include <string>

namespace assay {

// Throws Error "unreadable".
std::string read_text(const std::string& file);

// The file has the new text, or, if anything goes wrong, the old one. Throws Error "unwritable".
void replace_file(const std::string& file, const std::string& text);

}  // namespace assay
