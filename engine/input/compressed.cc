// Undoes the compression of one stream: gzip through ISA-L, xz through liblzma, all others through
// libarchive.
#include "input/compressed.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/iostreams/compose.hpp>
#include <boost/iostreams/read.hpp>
#include <boost/ref.hpp>
#include <cstring>
#include <utility>

#include "input/archive_reader.h"
#include "input/gzip_filter.h"
#include "input/xz_decoder.h"

namespace assay {
namespace {

// What all compressions have in common: counting, the expansion ratio, how an end is told.
class CompressedSource : public Source {
 public:
  CompressedSource(Form form, Source& packed, std::string path, Budget& budget)
      : form_(form), packed_(packed), path_(std::move(path)), budget_(budget) {}

  std::size_t read(std::span<char> buffer) final {
    if (ended_ || buffer.empty() || !budget_.go_on(path_)) return 0;
    const std::size_t count = unpack(buffer);
    produced_ += count;
    if (count == 0) {
      ended_ = true;
      finish();
    } else if (budget_.expands_too_far(produced_, consumed())) {
      end_for_ratio();
    }
    return count;
  }

  bool cut() const final { return cut_; }
  bool end_is_proven() const final { return ended_ && !cut_; }

 protected:
  virtual std::size_t unpack(std::span<char> buffer) = 0;
  virtual std::uint64_t consumed() const = 0;
  virtual void finish() = 0;  // reports how it ended, where that was not well

  void report_damage(std::string code, std::string_view words) {
    cut_ = true;
    if (packed_.cut()) return;
    const std::string_view what = code == "truncated" ? "ends too early" : "cannot be read further";
    std::string message =
        fmt::format("The {} data {} ({}), after {} bytes of what is inside; the rest is missing",
                    to_string(form_), what, words, produced_);
    budget_.report(std::move(code), path_, produced_, std::move(message));
  }

  void report_ending(StreamEnding ending, std::string_view words) {
    switch (ending) {
      case StreamEnding::not_yet:
      case StreamEnding::whole:
        return;
      case StreamEnding::truncated:
        return report_damage("truncated", "no end of the stream");
      case StreamEnding::corrupt:
        return report_damage("corrupt", words);
      case StreamEnding::unsupported:
        return report_damage("unsupported", words);
      case StreamEnding::trailing_garbage:
        return report_garbage(consumed());
    }
  }

  void report_garbage(std::uint64_t offset) {
    budget_.report(
        "trailing-garbage", path_, produced_,
        fmt::format("Behind the {0} data, at byte {1} of the file, comes something that is not {0}; "
                    "it was left unread",
                    to_string(form_), offset));
  }

 private:
  void end_for_ratio() {
    ended_ = true;
    cut_ = true;
    budget_.report_limit(
        "ratio", budget_.limits().expansion_ratio, path_, produced_,
        fmt::format("bytes and more come out of each byte of this {} data; what follows the first "
                    "{} bytes was left unread",
                    to_string(form_), produced_));
  }

  Form form_;
  Source& packed_;
  std::string path_;
  Budget& budget_;
  std::uint64_t produced_ = 0;
  bool ended_ = false;
  bool cut_ = false;
};

// A Source as a device of Boost.Iostreams.
struct SourceDevice {
  using char_type = char;
  using category = boost::iostreams::source_tag;

  std::streamsize read(char* buffer, std::streamsize size) {
    const std::size_t count = source->read({buffer, static_cast<std::size_t>(size)});
    return count > 0 ? static_cast<std::streamsize>(count) : -1;
  }

  Source* source;
};

class GzipSource final : public CompressedSource {
 public:
  GzipSource(Source& packed, std::string path, Budget& budget)
      : CompressedSource(Form::gzip, packed, std::move(path), budget),
        device_{&packed},
        stream_(boost::iostreams::compose(boost::ref(filter_), boost::ref(device_))) {}

 private:
  std::size_t unpack(std::span<char> buffer) override {
    const std::streamsize count =
        boost::iostreams::read(stream_, buffer.data(), static_cast<std::streamsize>(buffer.size()));
    return static_cast<std::size_t>(std::max<std::streamsize>(count, 0));
  }

  std::uint64_t consumed() const override { return filter_.consumed(); }

  void finish() override { report_ending(filter_.ending(), filter_.words()); }

  GzipFilter filter_;
  SourceDevice device_;
  boost::iostreams::composite<boost::reference_wrapper<GzipFilter>, boost::reference_wrapper<SourceDevice>>
      stream_;
};

class XzSource final : public CompressedSource {
 public:
  XzSource(Source& packed, std::string path, Budget& budget)
      : CompressedSource(Form::xz, packed, std::move(path), budget), packed_(packed) {}

 private:
  std::size_t unpack(std::span<char> buffer) override { return decoder_.read(packed_, buffer); }

  std::uint64_t consumed() const override { return decoder_.consumed(); }

  void finish() override { report_ending(decoder_.ending(), decoder_.words()); }

  Source& packed_;
  XzDecoder decoder_;
};

// libarchive shows a compressed stream as an archive with one file.
class LibarchiveSource final : public CompressedSource {
 public:
  LibarchiveSource(Form form, Source& packed, std::string path, Budget& budget)
      : CompressedSource(form, packed, std::move(path), budget), reader_(packed, form) {
    archive_entry* entry = nullptr;
    result_ = reader_.next_header(&entry);
  }

 private:
  std::size_t unpack(std::span<char> buffer) override {
    while (block_.empty()) {
      if (result_ < ARCHIVE_WARN || result_ == ARCHIVE_EOF) return 0;
      const void* data = nullptr;
      std::size_t size = 0;
      la_int64_t offset = 0;
      result_ = archive_read_data_block(reader_.handle(), &data, &size, &offset);
      block_ = {static_cast<const char*>(data), size};
    }
    const std::size_t count = std::min(buffer.size(), block_.size());
    std::memcpy(buffer.data(), block_.data(), count);
    block_ = block_.subspan(count);
    return count;
  }

  std::uint64_t consumed() const override { return reader_.consumed(); }

  void finish() override {
    if (result_ < ARCHIVE_WARN) return report_damage(reader_.code_of_failure(), reader_.words());
    if (const std::optional<std::uint64_t> garbage = reader_.find_trailing_garbage())
      report_garbage(*garbage);
  }

  ArchiveReader reader_;
  int result_ = ARCHIVE_OK;
  std::span<const char> block_;
};

}  // namespace

std::unique_ptr<Source> decompress(Form form, Source& packed, std::string path, Budget& budget) {
  if (form == Form::gzip) return std::make_unique<GzipSource>(packed, std::move(path), budget);
  if (form == Form::xz) return std::make_unique<XzSource>(packed, std::move(path), budget);
  return std::make_unique<LibarchiveSource>(form, packed, std::move(path), budget);
}

}  // namespace assay
