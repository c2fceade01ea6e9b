// The sources at the very outside, files, memory and istreams, and the look at what they begin with.
#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "input/budget.h"
#include "input/file_handle.h"
#include "input/sniff.h"
#include "input/source.h"

namespace assay {

// A regular file is read up to the size it had when it was opened, so that a log that is being written does
// not keep the walk for ever; becoming shorter is a problem. Anything else (a pipe, say) is read to its end;
// opened without blocking, it is waited for only while the budget lasts.
class FileSource final : public Source {
 public:
  FileSource(FileHandle file, std::string path, Budget& budget);

  std::size_t read(std::span<char> buffer) override;
  bool cut() const override { return cut_; }
  std::optional<std::uint64_t> size() const override { return size_; }
  void seek(std::uint64_t offset) override;

 private:
  bool wait();
  void report_end(ssize_t result);

  FileHandle file_;
  std::string path_;
  Budget& budget_;
  std::optional<std::uint64_t> size_;
  std::uint64_t position_ = 0;
  bool cut_ = false;
};

class MemorySource final : public Source {
 public:
  enum class Whole { yes, no };
  explicit MemorySource(std::span<const char> bytes, Whole whole = Whole::yes)
      : bytes_(bytes), whole_(whole) {}

  std::size_t read(std::span<char> buffer) override;
  bool cut() const override { return whole_ == Whole::no; }
  std::optional<std::uint64_t> size() const override { return bytes_.size(); }
  void seek(std::uint64_t offset) override { position_ = static_cast<std::size_t>(offset); }

 private:
  std::span<const char> bytes_;
  Whole whole_;
  std::size_t position_ = 0;
};

class IstreamSource final : public Source {
 public:
  IstreamSource(std::istream& stream, std::string path, Budget& budget);

  std::size_t read(std::span<char> buffer) override;
  bool cut() const override { return cut_; }

 private:
  std::istream& stream_;
  std::string path_;
  Budget& budget_;
  std::uint64_t position_ = 0;
  bool cut_ = false;
};

// Bytes that were read from a source already, and then the rest of it.
class JoinedSource final : public Source {
 public:
  JoinedSource(std::span<const char> front, Source& rest) : front_(front), rest_(rest) {}

  std::size_t read(std::span<char> buffer) override;
  bool cut() const override { return rest_.cut(); }
  bool end_is_proven() const override { return rest_.end_is_proven(); }

 private:
  std::span<const char> front_;
  Source& rest_;
};

// Another source, after a look at how it begins.
class PeekedSource final : public Source {
 public:
  explicit PeekedSource(Source& source);

  std::span<const char> head() const { return {head_.data(), head_size_}; }

  std::size_t read(std::span<char> buffer) override;
  std::span<char> exchange(std::vector<char>& buffer) override {
    return given_ == head_size_ ? source_.exchange(buffer) : std::span<char>();
  }
  bool cut() const override { return source_.cut(); }
  bool end_is_proven() const override { return source_.end_is_proven(); }
  std::optional<std::uint64_t> size() const override { return source_.size(); }
  void seek(std::uint64_t offset) override;

 private:
  Source& source_;
  std::array<char, kSniffBytes> head_;
  std::size_t head_size_ = 0;
  std::size_t given_ = 0;  // of the head
};

}  // namespace assay
