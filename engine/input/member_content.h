// What the visitor reads: the bytes of one member, within the limits.
//
// The layers below are always read in the same blocks, whatever the visitor asks for: how far a decompressor
// has read ahead depends on how it is read, and where a limit is reached must not.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "input/budget.h"
#include "input/source.h"

namespace assay {

class MemberContent final : public ByteStream {
 public:
  // All three must outlive it.
  MemberContent(Source& source, const std::string& path, Budget& budget)
      : source_(source), path_(path), budget_(budget) {}

  std::size_t read(std::span<char> buffer) override;
  std::span<char> exchange(std::vector<char>& buffer) override;

 private:
  void count(std::size_t bytes);
  std::size_t fetch(std::span<char> block);
  void end_at_limit();

  Source& source_;
  const std::string& path_;
  Budget& budget_;
  std::uint64_t position_ = 0;     // fetched so far
  std::unique_ptr<char[]> block_;  // for visitors with small buffers
  std::span<const char> left_;     // of the block
  bool ended_ = false;
};

}  // namespace assay
