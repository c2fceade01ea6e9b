// libarchive over a Source, for one form at a time.
#pragma once

#include <archive.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "input/sniff.h"
#include "input/source.h"

namespace assay {

class ArchiveReader {
 public:
  // `source` must outlive it and stand at the start of a `form`: an archive, or a compression other than
  // gzip and xz, which then is an archive of one file without a name.
  ArchiveReader(Source& source, Form form);
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;

  // To the next file: what archive_read_next_header says, or the failure to open.
  int next_header(archive_entry** entry);

  // What libarchive handed out as `bytes`, before it asked for the block that it has now, in the place of
  // `buffer`; empty if that is not in the block before. libarchive looks at a block only until it asks for
  // the next.
  std::span<char> take_block_before(std::span<const char> bytes, std::vector<char>& buffer);
  archive* handle() { return handle_.get(); }

  // Bytes of the source that have been used.
  std::uint64_t consumed() const;

  // After a compression has ended: reads on, and finds the first byte behind it that is no padding.
  std::optional<std::uint64_t> find_trailing_garbage();

  // True if the last 512 bytes that there were are zeros, as at the end of a tar.
  bool ended_in_zeros() const { return zeros_ >= 512; }

  // What the last failure was: one of the codes of Problem, and libarchive's own words, made printable.
  std::string code_of_failure() const;
  std::string words() const;

 private:
  static la_ssize_t on_read(archive* handle, void* self, const void** block);
  bool is_cut_seven_zip() const;
  static la_int64_t on_seek(archive* handle, void* self, la_int64_t offset, int whence);

  struct Free {
    void operator()(archive* handle) const { archive_read_free(handle); }
  };

  Source& source_;
  Form form_;
  const char* block() const { return block_.data() + kRoomBefore; }

  // Each of kRoomBefore + kBlockBytes, or empty.
  std::vector<char> block_;
  std::vector<char> block_before_;
  std::uint64_t position_ = 0;  // of the next read
  bool starved_ = false;        // libarchive asked for more than there was
  std::size_t block_size_ = 0;
  std::uint64_t zeros_ = 0;  // at the end of what was read
  std::unique_ptr<archive, Free> handle_;
  int opened_ = ARCHIVE_FATAL;
};

}  // namespace assay
