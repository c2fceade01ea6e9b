// Names as they are shown: a chain through folders and archives, every component made harmless. They are
// never used to open anything.
#pragma once

#include <string>
#include <string_view>

namespace assay {

struct DisplayName {
  std::string path;  // "case.zip!/diag.tar.gz!/logs/x.txt.gz"
  std::string last;  // "x.txt.gz", or "x.txt" once the compression is undone
};

DisplayName name_of_input(std::string_view given);
DisplayName name_in_folder(const DisplayName& folder, std::string_view file);
DisplayName name_in_archive(const DisplayName& archive, std::string_view entry);

// The name of what was inside a compression: without the ending that tells of one, if it has one.
DisplayName without_compression(DisplayName name);

// `path` up to its last "!/" or "/", without it.
std::string container_of(std::string_view path);

// True if `path` is that of something in the folder or archive with the path `folder`.
bool lies_in(std::string_view path, std::string_view folder);

}  // namespace assay
