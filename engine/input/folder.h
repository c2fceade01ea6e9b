// Folders on the disk: what is in them, and how to open it without being led elsewhere.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "input/file_handle.h"

namespace assay {

struct FolderListing {
  std::vector<std::string> names;  // sorted by their bytes
  bool complete = true;            // false: there are more than were asked for
  int error = 0;                   // errno, where reading the folder failed
};
FolderListing list_folder(const FileHandle& folder, std::size_t most);

enum class EntryKind { file, folder, link, other };

struct OpenedEntry {
  FileHandle handle;  // of a file or folder; links and others are never opened
  EntryKind kind = EntryKind::other;
  int error = 0;  // errno, where it could not be looked at or opened
};

// Does not follow a link, not even one that takes the place of the file at this very moment.
OpenedEntry open_entry(const FileHandle& folder, const std::string& name);

// Whether the link `path` leads to something inside `root`, which is visited there, under its own name.
enum class LinkTarget { inside, outside, missing };
LinkTarget target_of_link(const std::filesystem::path& path, const std::filesystem::path& root);

}  // namespace assay
