// Reads tar, zip and 7z through libarchive, in the order in which the archive has its files.
#include "input/container.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

namespace assay {
namespace {

// After damage that libarchive can step over, it may find more of the archive, or the same damage again.
constexpr unsigned kRetries = 100;

std::string raw_name(archive_entry* entry) {
  if (const char* name = archive_entry_pathname(entry)) return name;
  if (const char* name = archive_entry_pathname_utf8(entry)) return name;
  return "";
}

// Hard and symbolic links have no content of their own: what they name is in the archive, or nowhere. 7z
// calls a pipe what it packed from one (`tar c . | 7z a -si bundle.tar.7z`); tar does so for pipes alone.
bool has_content(archive_entry* entry, Form form) {
  const auto type = archive_entry_filetype(entry);
  const bool came_from_pipe = type == AE_IFIFO && form != Form::tar;
  return (type == AE_IFREG || came_from_pipe) && archive_entry_hardlink(entry) == nullptr;
}

}  // namespace

// The bytes of one file, with the holes of sparse files filled.
class Container::Content final : public Source {
 public:
  Content(Container& container, std::string path)
      : container_(container),
        path_(std::move(path)),
        budget_(container.budget_),
        begin_(container.form_ == Form::seven_zip ? 0 : container.reader_.consumed()) {}

  std::size_t read(std::span<char> buffer) override;
  std::span<char> exchange(std::vector<char>& buffer) override;
  bool cut() const override { return cut_; }
  bool end_is_proven() const override { return ended_ && !cut_; }

 private:
  bool find_bytes();
  void give(std::size_t bytes);
  bool next_block();
  void fail(int result);
  void warn();
  void end_for_ratio();
  // A 7z has all its files in one stream, so it is measured as a whole; in others each file has its own.
  std::uint64_t consumed() const { return std::max(container_.reader_.consumed(), begin_) - begin_; }

  Container& container_;
  std::string path_;
  Budget& budget_;
  std::uint64_t begin_;             // position in the archive
  std::span<const char> block_;     // not yet given out
  std::uint64_t block_offset_ = 0;  // where it belongs; a hole is before it
  std::uint64_t position_ = 0;      // given out so far
  bool ended_ = false;
  bool cut_ = false;
};

// True if there is a block or a hole.
bool Container::Content::find_bytes() {
  while (block_.empty() && block_offset_ <= position_ && !ended_) {
    if (!budget_.go_on(path_)) return false;
    ended_ = !next_block();
  }
  return !budget_.stopped() && (!block_.empty() || block_offset_ > position_);
}

std::size_t Container::Content::read(std::span<char> buffer) {
  if (!find_bytes()) return 0;
  std::size_t count = 0;
  if (block_offset_ > position_) {
    count = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), block_offset_ - position_));
    std::memset(buffer.data(), 0, count);
    position_ += count;
  } else {
    count = std::min(buffer.size(), block_.size());
    std::memcpy(buffer.data(), block_.data(), count);
    give(count);
  }
  if (count > 0 && budget_.expands_too_far(position_, consumed())) end_for_ratio();
  return count;
}

void Container::Content::give(std::size_t bytes) {
  block_ = block_.subspan(bytes);
  block_offset_ += bytes;
  position_ += bytes;
}

// A block that libarchive has left behind need not be copied. What is small, or in the middle of a block, is.
std::span<char> Container::Content::exchange(std::vector<char>& buffer) {
  if (container_.form_ != Form::tar || !find_bytes() || block_offset_ > position_) return {};
  const std::span<const char> bytes = block_;
  give(bytes.size());
  ended_ = !next_block();
  const std::span<char> taken = container_.reader_.take_block_before(bytes, buffer);
  if (!taken.empty()) return taken;
  buffer.resize(std::max(buffer.size(), kRoomBefore + kBlockBytes));
  std::memcpy(buffer.data() + kRoomBefore, bytes.data(), bytes.size());
  return std::span(buffer).subspan(kRoomBefore, bytes.size());
}

// False at the end of the file. The block may be empty, and may lie behind a hole.
bool Container::Content::next_block() {
  const void* data = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;
  const int result = archive_read_data_block(container_.reader_.handle(), &data, &size, &offset);
  if (result < ARCHIVE_WARN) {
    fail(result);
    return false;
  }
  // Only tar has holes; one may be the end of the file. A map of holes that runs backwards is not believed.
  const bool may_be_hole = container_.form_ == Form::tar && offset > 0;
  if (may_be_hole) block_offset_ = std::max(position_, static_cast<std::uint64_t>(offset));
  if (result == ARCHIVE_EOF) return false;
  block_ = {static_cast<const char*>(data), size};
  if (result == ARCHIVE_WARN && !cut_) warn();
  return true;
}

void Container::Content::fail(int result) {
  cut_ = true;
  if (result == ARCHIVE_FATAL) container_.ended_ = true;
  container_.report_failure(path_, position_ + block_.size());
}

// A wrong checksum, say: the bytes are given, the doubt is told, once.
void Container::Content::warn() {
  cut_ = true;
  const std::uint64_t offset = position_ + block_.size();
  budget_.report("corrupt", path_, offset,
                 fmt::format("This member is damaged somewhere before byte {} ({}); it was read all the same",
                             offset, container_.reader_.words()));
}

void Container::Content::end_for_ratio() {
  cut_ = true;
  ended_ = true;
  block_ = {};
  block_offset_ = position_;
  // To step over the rest of a stream means to unpack it, unless the archive tells where the next one begins.
  const bool can_step_over = container_.form_ != Form::seven_zip && container_.source_.size();
  container_.ended_ = !can_step_over;
  container_.failed_ = true;
  budget_.report_limit(
      "ratio", budget_.limits().expansion_ratio, path_, position_,
      fmt::format("bytes and more come out of each byte of this member; what follows its first {} "
                  "bytes was left unread{}",
                  position_, can_step_over ? "" : ", and so was the rest of the archive"));
}

Container::Container(Form form, Source& source, std::string path, Budget& budget)
    : form_(form), source_(source), path_(std::move(path)), budget_(budget), reader_(source, form) {}

std::optional<Container::File> Container::next() {
  while (!ended_ && budget_.go_on(path_)) {
    archive_entry* entry = nullptr;
    const int result = reader_.next_header(&entry);
    if (result == ARCHIVE_EOF) {
      ended_ = true;
    } else if (result == ARCHIVE_FATAL) {
      ended_ = true;
      report_failure(path_, reader_.consumed());
    } else if (result < ARCHIVE_WARN) {
      ended_ = ++retries_ > kRetries;
      report_failure(path_, reader_.consumed());
    } else if (has_content(entry, form_)) {
      return File{.name = raw_name(entry), .encrypted = archive_entry_is_data_encrypted(entry) != 0};
    }
  }
  return std::nullopt;
}

void Container::finish() {
  const bool whole =
      form_ != Form::tar || failed_ || budget_.stopped() || source_.cut() || reader_.ended_in_zeros();
  if (whole) return;
  if (source_.end_is_proven()) {
    return budget_.report("no-end-mark", path_, reader_.consumed(),
                          "The tar archive has no mark of its end. What it lies in is complete, so whoever "
                          "wrote it will have left the mark out");
  }
  budget_.report("truncated", path_, reader_.consumed(),
                 "The tar archive ends behind a member without a mark of its end, so more may have followed");
}

std::unique_ptr<Source> Container::content(std::string path) {
  return std::make_unique<Content>(*this, std::move(path));
}

void Container::report_failure(const std::string& path, std::uint64_t offset) {
  failed_ = true;
  const bool in_member = path != path_;
  if (source_.cut()) {  // the cause is known; what is left to say is which member it hit
    if (in_member) {
      budget_.report(
          "truncated", path, offset,
          fmt::format("Ends after {} bytes, because what it lies in could not be read further", offset));
    }
    return;
  }
  std::string code = reader_.code_of_failure();
  const std::string_view what = code == "truncated" ? "ends too early" : "cannot be read";
  const std::string_view rest = ended_ ? "; the rest of it and of the archive was left unread" : "";
  const bool may_be_sound = code == "encrypted" || code == "unsupported";
  const std::string_view advice = may_be_sound ? ". Unpack it and give what is in it" : "";
  std::string message = in_member
                            ? fmt::format("This member {} ({}), after {} bytes{}{}", what, reader_.words(),
                                          offset, rest, advice)
                            : fmt::format("The {} archive {} at byte {} ({}); what follows was left unread{}",
                                          to_string(form_), what, offset, reader_.words(), advice);
  budget_.report(std::move(code), path, offset, std::move(message));
}

}  // namespace assay
