// Folders on the disk.
#include "input/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>
#include <system_error>

namespace assay {
namespace {

EntryKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return EntryKind::file;
  if (S_ISDIR(mode)) return EntryKind::folder;
  if (S_ISLNK(mode)) return EntryKind::link;
  return EntryKind::other;
}

struct CloseFolder {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

}  // namespace

FolderListing list_folder(const FileHandle& folder, std::size_t most) {
  FolderListing listing;
  FileHandle own(::openat(folder.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const std::unique_ptr<DIR, CloseFolder> stream(own ? ::fdopendir(own.get()) : nullptr);
  if (!stream) {
    listing.error = errno;
    return listing;
  }
  own.release();  // the stream closes it
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(stream.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    listing.complete = listing.names.size() < most;
    if (!listing.complete) break;
    listing.names.emplace_back(name);
  }
  if (listing.complete) listing.error = errno;
  std::ranges::sort(listing.names);
  return listing;
}

OpenedEntry open_entry(const FileHandle& folder, const std::string& name) {
  OpenedEntry entry;
  struct stat status = {};
  if (::fstatat(folder.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    entry.error = errno;
    return entry;
  }
  entry.kind = kind_of(status.st_mode);
  if (entry.kind == EntryKind::link || entry.kind == EntryKind::other) return entry;
  // Not to block, should it have become a pipe meanwhile.
  const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  entry.handle = FileHandle(::openat(folder.get(), name.c_str(), flags));
  if (!entry.handle || ::fstat(entry.handle.get(), &status) != 0) {
    entry.error = errno;
  } else {
    entry.kind = kind_of(status.st_mode);
  }
  return entry;
}

LinkTarget target_of_link(const std::filesystem::path& path, const std::filesystem::path& root) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  if (error) return LinkTarget::missing;
  const std::filesystem::path home = std::filesystem::canonical(root, error);
  if (error) return LinkTarget::missing;
  const auto [end_of_home, in_target] = std::ranges::mismatch(home, target);
  return end_of_home == home.end() ? LinkTarget::inside : LinkTarget::outside;
}

}  // namespace assay
