// libarchive over a Source: what is switched on in it, and what its errors mean.
#include "input/archive_reader.h"

#include <locale.h>

#include <algorithm>
#include <functional>
#include <new>
#include <span>
#include <string_view>

#include "assay/formats.h"

namespace assay {
namespace {

// libarchive converts names with the locale of the thread, and loses those that the locale cannot spell.
// The library must not change the locale of the process.
class Utf8Names {
 public:
  Utf8Names() : before_(utf8() != locale_t{} ? uselocale(utf8()) : locale_t{}) {}
  ~Utf8Names() {
    if (before_ != locale_t{}) uselocale(before_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  static locale_t utf8() {
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{});
    return locale;
  }

  locale_t before_;
};

// One by one: "all" would take short texts for a manifest of files. A filter is appended instead of
// allowed, so that it is undone once and not as often as the data says.
void choose(archive* handle, Form form) {
  switch (form) {
    case Form::tar:
      archive_read_support_format_tar(handle);
      // Also reads the padding, so that the checksum of a compression around it gets looked at.
      archive_read_set_option(handle, "tar", "read_concatenated_archives", "1");
      return;
    case Form::zip:
      archive_read_support_format_zip(handle);
      return;
    case Form::seven_zip:
      archive_read_support_format_7zip(handle);
      return;
    case Form::bzip2:
      archive_read_append_filter(handle, ARCHIVE_FILTER_BZIP2);
      break;
    case Form::zstd:
      archive_read_append_filter(handle, ARCHIVE_FILTER_ZSTD);
      break;
    case Form::plain:
    case Form::gzip:
    case Form::xz:
    case Form::rar:
    case Form::cab:
    case Form::lz4:
    case Form::lzip:
    case Form::compress:
      return;
  }
  archive_read_support_format_raw(handle);
  archive_read_support_format_empty(handle);
}

}  // namespace

ArchiveReader::ArchiveReader(Source& source, Form form)
    : source_(source), form_(form), block_(kRoomBefore + kBlockBytes), handle_(archive_read_new()) {
  if (!handle_) throw std::bad_alloc();
  choose(handle(), form);
  archive_read_set_callback_data(handle(), this);
  archive_read_set_read_callback(handle(), &ArchiveReader::on_read);
  if (source_.size()) archive_read_set_seek_callback(handle(), &ArchiveReader::on_seek);
  opened_ = archive_read_open1(handle());
  // Damage in the very first block of a compression is taken for emptiness.
  if (is_compression(form) && archive_errno(handle()) != 0) opened_ = ARCHIVE_FATAL;
}

la_ssize_t ArchiveReader::on_read(archive* /*handle*/, void* self, const void** block) {
  auto& reader = *static_cast<ArchiveReader*>(self);
  std::vector<char>& next = reader.block_before_;
  if (next.size() != kRoomBefore + kBlockBytes) next.resize(kRoomBefore + kBlockBytes);
  const std::size_t count = reader.source_.read(std::span(next).subspan(kRoomBefore));
  reader.position_ += count;
  reader.starved_ = count == 0;
  if (count > 0) {
    reader.block_.swap(next);
    reader.block_size_ = count;
    const std::string_view read(reader.block(), count);
    const std::size_t last = read.find_last_not_of('\0');
    reader.zeros_ = last == std::string_view::npos ? reader.zeros_ + count : count - last - 1;
  }
  *block = reader.block();
  return static_cast<la_ssize_t>(count);
}

la_int64_t ArchiveReader::on_seek(archive* /*handle*/, void* self, la_int64_t offset, int whence) {
  auto& reader = *static_cast<ArchiveReader*>(self);
  const auto size = static_cast<la_int64_t>(reader.source_.size().value_or(0));
  la_int64_t base = 0;
  if (whence == SEEK_CUR) base = static_cast<la_int64_t>(reader.position_);
  if (whence == SEEK_END) base = size;
  // Offsets come out of the archive: they may be anything.
  la_int64_t target = 0;
  if (__builtin_add_overflow(base, offset, &target) || target < 0) return ARCHIVE_FATAL;
  target = std::min(target, size);
  reader.zeros_ = 0;
  reader.source_.seek(static_cast<std::uint64_t>(target));
  reader.position_ = static_cast<std::uint64_t>(target);
  return target;
}

std::optional<std::uint64_t> ArchiveReader::find_trailing_garbage() {
  std::uint64_t at = consumed();
  if (at > position_ || position_ - at > block_size_) return std::nullopt;
  std::string_view rest(block() + block_size_ - (position_ - at), position_ - at);
  while (true) {
    const std::size_t found = rest.find_first_not_of('\0');
    if (found != std::string_view::npos) return at + found;
    at += rest.size();
    const std::size_t count = source_.read(std::span(block_).subspan(kRoomBefore));
    if (count == 0) return std::nullopt;
    rest = {block(), count};
  }
}

int ArchiveReader::next_header(archive_entry** entry) {
  if (opened_ < ARCHIVE_WARN) return opened_;
  const Utf8Names utf8_names;
  return archive_read_next_header(handle(), entry);
}

std::span<char> ArchiveReader::take_block_before(std::span<const char> bytes, std::vector<char>& buffer) {
  const char* const begin = block_before_.data();
  const bool is_in_it = !block_before_.empty() && std::less_equal<>()(begin, bytes.data()) &&
                        std::less<>()(bytes.data(), begin + block_before_.size());
  if (!is_in_it) return {};
  block_before_.swap(buffer);
  return std::span(buffer).subspan(static_cast<std::size_t>(bytes.data() - begin), bytes.size());
}

std::uint64_t ArchiveReader::consumed() const {
  return static_cast<std::uint64_t>(std::max<la_int64_t>(archive_filter_bytes(handle_.get(), -1), 0));
}

// What is in a 7z archive stands at its end, and its beginning tells where. libarchive says nothing of one
// that ends before.
bool ArchiveReader::is_cut_seven_zip() const {
  constexpr std::size_t kStartHeader = 32;
  const bool may_be =
      form_ == Form::seven_zip && source_.size() && archive_error_string(handle_.get()) == nullptr;
  const std::string_view front(block(), block_size_);
  if (!may_be || front.size() < kStartHeader || !front.starts_with("7z\xbc\xaf\x27\x1c")) return false;
  const auto number_at = [front](std::size_t at) {
    std::uint64_t number = 0;
    for (std::size_t i = 8; i > 0; --i) number = number << 8U | static_cast<unsigned char>(front[at + i - 1]);
    return number;
  };
  const std::uint64_t room = std::max<std::uint64_t>(*source_.size(), kStartHeader) - kStartHeader;
  const std::uint64_t offset = number_at(12);
  return offset > room || number_at(20) > room - offset;
}

std::string ArchiveReader::code_of_failure() const {
  if (is_cut_seven_zip()) return "truncated";
  const std::string what = words();
  const auto says = [&what](std::string_view part) { return what.find(part) != std::string::npos; };
  if (says("ncrypt") || says("assphrase")) return "encrypted";
  if (says("nsupported") || says("not supported") || says("too much memory")) return "unsupported";
  if (starved_ || says("runcated")) return "truncated";
  return "corrupt";
}

std::string ArchiveReader::words() const {
  if (is_cut_seven_zip()) return "its table of contents, which stands at its end, is missing";
  const char* words = archive_error_string(handle_.get());
  return words == nullptr ? "no reason given" : printable(words);
}

}  // namespace assay
