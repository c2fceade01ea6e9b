// The walk: what a thing is, is found from its content, and what is inside it is walked in turn.
#include "input/walk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <istream>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "assay/error.h"
#include "assay/formats.h"
#include "input/budget.h"
#include "input/compressed.h"
#include "input/container.h"
#include "input/display_name.h"
#include "input/folder.h"
#include "input/member_content.h"
#include "input/raw_source.h"
#include "input/sniff.h"
#include "input/utf16_source.h"

namespace assay {
namespace {

// Every level costs memory and stack, so there is an end to them, whatever the option says.
constexpr std::uint32_t kMostDepth = 64;
// Every level keeps a file descriptor open.
constexpr std::uint32_t kMostFolderDepth = 200;

std::string words_of(int error) {
  return std::system_category().message(error);
}

class Walk {
 public:
  Walk(const Options& options, const MemberVisitor& visit)
      : budget_(options), visit_(visit), scratch_(std::make_unique_for_overwrite<char[]>(kBlockBytes)) {}

  void walk(const Input& input);
  bool cancelled() const { return budget_.cancelled(); }
  const Walked& walked() const { return budget_.walked(); }

 private:
  // Where in a folder of the disk the walk stands.
  struct Folder {
    const FileHandle& handle;
    DisplayName name;
    std::filesystem::path path;         // only to ask where links lead
    const std::filesystem::path& root;  // the folder that was given
    std::uint32_t depth = 0;
  };

  // What an archive has of it. A large one would fill the report if each were named.
  struct Encrypted {
    std::uint64_t files = 0;
    std::string first;
  };

  void source_of(const Input& input, const DisplayName& name);
  void path(const std::filesystem::path& path, const DisplayName& name);
  void folder(const Folder& folder);
  void folder_entry(const Folder& folder, const std::string& file);
  void link(const std::filesystem::path& path, const std::filesystem::path& root, const DisplayName& name);

  void content(Source& source, const DisplayName& name, std::uint32_t depth);
  void compressed(Form form, Source& source, const DisplayName& name, std::uint32_t depth);
  void archive(Form form, Source& source, const DisplayName& name, std::uint32_t depth);
  void report_encrypted(const Encrypted& encrypted, const DisplayName& archive);
  void archive_in_memory(Form form, Source& source, const DisplayName& name, std::uint32_t depth);
  void streamed_zip(Source& source, const DisplayName& name, std::uint32_t depth);
  void member(Source& source, const DisplayName& name);

  void read_to_end(ByteStream& stream) {
    while (stream.read({scratch_.get(), kBlockBytes}) > 0) continue;
  }

  Budget budget_;
  const MemberVisitor& visit_;
  std::unique_ptr<char[]> scratch_;
};

void Walk::walk(const Input& input) {
  const DisplayName name = name_of_input(input.name);
  const std::uint64_t bytes_before = walked().bytes;
  const std::size_t problems_before = walked().problems.size();
  source_of(input, name);
  if (walked().bytes == bytes_before && walked().problems.size() == problems_before) {
    budget_.report("empty", name.path, 0, "There is not a single byte of content in it");
  }
}

void Walk::source_of(const Input& input, const DisplayName& name) {
  if (const auto* given_path = std::get_if<std::filesystem::path>(&input.source)) {
    path(*given_path, name);
  } else if (const auto* bytes = std::get_if<std::span<const char>>(&input.source)) {
    MemorySource source(*bytes);
    content(source, name, 0);
  } else if (auto* const* stream = std::get_if<std::istream*>(&input.source)) {
    IstreamSource source(**stream, name.path, budget_);
    content(source, name, 0);
  }
}

// A path that was given is followed wherever it leads; it may be a pipe, too.
void Walk::path(const std::filesystem::path& path, const DisplayName& name) {
  FileHandle handle(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  struct stat status = {};
  if (!handle || ::fstat(handle.get(), &status) != 0) {
    budget_.report(errno == ENOENT ? "vanished" : "unreadable", name.path, 0,
                   fmt::format("Could not be opened ({}); it was left out", words_of(errno)));
  } else if (S_ISDIR(status.st_mode)) {
    folder({.handle = handle, .name = name, .path = path, .root = path});
  } else {
    FileSource source(std::move(handle), name.path, budget_);
    content(source, name, 0);
  }
}

void Walk::folder(const Folder& folder) {
  if (folder.depth >= kMostFolderDepth) {
    budget_.report("unsupported", folder.name.path, 0,
                   fmt::format("Folders are read {} deep; this one was left unread", kMostFolderDepth));
    return;
  }
  const std::uint64_t most = budget_.limits().members;
  const FolderListing listing = list_folder(folder.handle, static_cast<std::size_t>(most));
  if (listing.error != 0) {
    budget_.report("unreadable", folder.name.path, 0,
                   fmt::format("The folder could not be read ({}); what was found in it until then: {} names",
                               words_of(listing.error), listing.names.size()));
  }
  for (const std::string& file : listing.names) {
    if (!budget_.go_on(folder.name.path)) return;
    folder_entry(folder, file);
  }
  if (!listing.complete) {
    budget_.report_limit(
        "members", most, folder.name.path, 0,
        "names of this folder have been read, in no particular order; its other files were left "
        "unread");
  }
}

void Walk::folder_entry(const Folder& parent, const std::string& file) {
  const DisplayName name = name_in_folder(parent.name, file);
  OpenedEntry entry = open_entry(parent.handle, file);
  if (entry.error != 0) {
    budget_.report(entry.error == ENOENT ? "vanished" : "unreadable", name.path, 0,
                   fmt::format("Could not be opened ({}); it was left out", words_of(entry.error)));
    return;
  }
  switch (entry.kind) {
    case EntryKind::folder:
      return folder({.handle = entry.handle,
                     .name = name,
                     .path = parent.path / file,
                     .root = parent.root,
                     .depth = parent.depth + 1});
    case EntryKind::link:
      return link(parent.path / file, parent.root, name);
    case EntryKind::other:
      return budget_.report("unsupported", name.path, 0,
                            "Neither a file nor a folder but a pipe, socket or device; it was not opened");
    case EntryKind::file:
      break;
  }
  if (!budget_.may_open(name.path)) return;
  FileSource source(std::move(entry.handle), name.path, budget_);
  content(source, name, 0);
}

// What a link inside the folder leads to is visited under its own name, once.
void Walk::link(const std::filesystem::path& path, const std::filesystem::path& root,
                const DisplayName& name) {
  switch (target_of_link(path, root)) {
    case LinkTarget::inside:
      return;
    case LinkTarget::outside:
      return budget_.report(
          "link-outside", name.path, 0,
          "A link that leads out of the folder; it was not followed. Give its target as an input "
          "if it belongs to the case");
    case LinkTarget::missing:
      return budget_.report("unreadable", name.path, 0, "A link that leads nowhere; it was left out");
  }
}

// `depth` counts the archives and compressions around.
void Walk::content(Source& raw, const DisplayName& name, std::uint32_t depth) {
  PeekedSource source(raw);
  if (source.head().empty() && source.cut()) return;  // nothing came out, and why is told already
  const Form form = sniff(source.head());
  if (form == Form::plain && is_utf16(source.head())) {
    Utf16Source text(source);
    return member(text, name);
  }
  if (form == Form::plain) return member(source, name);
  if (!is_compression(form) && !is_archive(form)) {
    return budget_.report(
        "unsupported", name.path, 0,
        fmt::format("{} cannot be read; it was left unread. Unpack it and give what is in it",
                    to_string(form)));
  }
  const std::uint32_t most = std::min(budget_.limits().depth, kMostDepth);
  if (depth >= most) {
    return budget_.report_limit(
        "depth", most, name.path, 0,
        fmt::format("archives and compressions are around this one ({}); it was left unread",
                    to_string(form)));
  }
  if (is_compression(form)) return compressed(form, source, name, depth + 1);
  if (form == Form::seven_zip && !source.size()) return archive_in_memory(form, source, name, depth + 1);
  if (form == Form::zip && !source.size()) return streamed_zip(source, name, depth + 1);
  archive(form, source, name, depth + 1);
}

void Walk::compressed(Form form, Source& source, const DisplayName& name, std::uint32_t depth) {
  const std::unique_ptr<Source> inside = decompress(form, source, name.path, budget_);
  content(*inside, without_compression(name), depth);
}

void Walk::archive(Form form, Source& source, const DisplayName& name, std::uint32_t depth) {
  Container container(form, source, name.path, budget_);
  Encrypted encrypted;
  while (const std::optional<Container::File> file = container.next()) {
    const DisplayName inside = name_in_archive(name, file->name);
    if (!budget_.may_open(inside.path)) return;
    if (file->encrypted) {
      if (encrypted.files++ == 0) encrypted.first = inside.path;
      continue;
    }
    const std::unique_ptr<Source> bytes = container.content(inside.path);
    content(*bytes, inside, depth);
  }
  report_encrypted(encrypted, name);
  // A compression around it may go on behind its end, and has a checksum to look at.
  if (!source.size()) read_to_end(source);
  container.finish();
}

void Walk::report_encrypted(const Encrypted& encrypted, const DisplayName& archive) {
  if (encrypted.files == 1) {
    budget_.report("encrypted", encrypted.first, 0,
                   "Encrypted; it was left unread. Unpack it and give what is in it");
  } else if (encrypted.files > 1) {
    budget_.report("encrypted", archive.path, 0,
                   fmt::format("{} files in it are encrypted, {} the first of them; they were left unread. "
                               "Unpack them and give what is in them",
                               encrypted.files, encrypted.first));
  }
}

// The table of contents is at the end, and the way back to the files is a seek.
void Walk::archive_in_memory(Form form, Source& source, const DisplayName& name, std::uint32_t depth) {
  const std::uint64_t most = budget_.limits().memory_archive_bytes;
  std::vector<char> bytes;
  while (true) {
    const std::size_t count = source.read({scratch_.get(), kBlockBytes});
    if (count == 0) break;
    if (bytes.size() + count > most) {
      return budget_.report_limit(
          "memory-archive", most, name.path, 0,
          fmt::format("bytes are the most that is held in memory, and this {} archive is "
                      "larger; it was left unread",
                      to_string(form)));
    }
    bytes.insert(bytes.end(), scratch_.get(), scratch_.get() + count);
  }
  MemorySource whole(bytes, source.cut() ? MemorySource::Whole::no : MemorySource::Whole::yes);
  archive(form, whole, name, depth);
}

// As a stream, a zip cannot be read on behind an encrypted member, as only its table of contents at the end
// tells where the next one begins. So one that is small is held in memory; a large one is read as it comes.
void Walk::streamed_zip(Source& source, const DisplayName& name, std::uint32_t depth) {
  constexpr std::uint64_t kHeld = 16ULL << 20;
  const std::uint64_t most = std::min(kHeld, budget_.limits().memory_archive_bytes);
  std::vector<char> bytes;
  while (bytes.size() < most) {
    const std::size_t wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(kBlockBytes, most - bytes.size()));
    const std::size_t count = source.read({scratch_.get(), wanted});
    if (count == 0) {
      MemorySource whole(bytes, source.cut() ? MemorySource::Whole::no : MemorySource::Whole::yes);
      return archive(Form::zip, whole, name, depth);
    }
    bytes.insert(bytes.end(), scratch_.get(), scratch_.get() + count);
  }
  JoinedSource joined(bytes, source);
  archive(Form::zip, joined, name, depth);
}

void Walk::member(Source& source, const DisplayName& name) {
  if (!budget_.go_on(name.path)) return;
  budget_.count_visit();
  MemberContent bytes(source, name.path, budget_);
  Member member{.path = name.path, .container = container_of(name.path), .name = name.last, .content = bytes};
  visit_(member);
  read_to_end(bytes);
}

[[noreturn]] void refuse(const Input& input, const std::string& why) {
  throw Error("unreadable", fmt::format("{}: cannot be read ({})", printable(input.name), why));
}

[[noreturn]] void refuse(const Input& input, int error) {
  if (error != ENOENT && error != ENOTDIR) refuse(input, words_of(error));
  throw Error("no-such-path", fmt::format("{}: there is no such file or folder", printable(input.name)));
}

// Pipes are not opened to try them: that would start, or wait for, whoever writes to them.
void check(const Input& input) {
  if (auto* const* stream = std::get_if<std::istream*>(&input.source)) {
    if (*stream == nullptr || !(*stream)->good()) refuse(input, "the stream is not readable");
  }
  const auto* path = std::get_if<std::filesystem::path>(&input.source);
  if (path == nullptr) return;
  if (path->native().find('\0') != std::string::npos) refuse(input, ENOENT);  // no name of a file has one
  struct stat status = {};
  if (::stat(path->c_str(), &status) != 0) refuse(input, errno);
  if (S_ISSOCK(status.st_mode)) refuse(input, "a socket");
  if (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)) {
    const FileHandle handle(::open(path->c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!handle) refuse(input, errno);
  } else if (::access(path->c_str(), R_OK) != 0) {
    refuse(input, errno);
  }
}

}  // namespace

Walked walk(std::span<const Input> inputs, const Options& options, const MemberVisitor& visit) {
  for (const Input& input : inputs) check(input);
  Walk walk(options, visit);
  for (const Input& input : inputs) walk.walk(input);
  if (walk.cancelled()) throw Error("cancelled", "The analysis was cancelled");
  return walk.walked();
}

}  // namespace assay
