// What the visitor reads: the bytes of one member, within the limits.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "input/budget.h"
#include "input/source.h"

namespace assay {

class MemberContent final : public ByteStream {
 public:
  // All three must outlive it.
  MemberContent(Source& source, const std::string& path, Budget& budget)
      : source_(source), path_(path), budget_(budget) {}

  std::size_t read(std::span<char> buffer) override;

 private:
  void end_at_limit();

  Source& source_;
  const std::string& path_;
  Budget& budget_;
  std::uint64_t position_ = 0;
  bool ended_ = false;
};

}  // namespace assay
