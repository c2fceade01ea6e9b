// Any bytes as compressed data: soon over, and the same however they arrive and are read. The first byte
// chooses the compression, the second how much comes at once.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "input/budget.h"
#include "input/compressed.h"

namespace {

using assay::Form;
using assay::Problem;

constexpr std::array kForms{Form::gzip, Form::bzip2, Form::xz, Form::zstd};
constexpr std::size_t kMostBytes = std::size_t{1} << 20;

void require(bool holds) {
  if (!holds) std::abort();
}

// Gives at most `step` bytes at once.
class Dripping final : public assay::Source {
 public:
  Dripping(std::span<const char> bytes, std::size_t step) : bytes_(bytes), step_(step) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = std::min({buffer.size(), step_, bytes_.size()});
    if (count > 0) std::memcpy(buffer.data(), bytes_.data(), count);
    bytes_ = bytes_.subspan(count);
    return count;
  }
  bool cut() const override { return false; }

 private:
  std::span<const char> bytes_;
  std::size_t step_;
};

struct Read {
  std::string content;
  std::vector<Problem> problems;
  bool cut = false;
};

// Right before a damage the decoders may hold back some bytes that they have not got all bits of.
void require_same(const Read& a, const Read& b) {
  require(a.cut == b.cut);
  require(a.cut || a.content == b.content);
  require(a.content.starts_with(b.content) || b.content.starts_with(a.content));
  require(a.problems.size() == b.problems.size());
  for (std::size_t i = 0; i < a.problems.size(); ++i) {
    require(a.problems[i].code == b.problems[i].code);
    require(a.cut || a.problems[i] == b.problems[i]);
  }
}

Read read(Form form, std::span<const char> bytes, std::size_t step, std::size_t piece) {
  const assay::Options options;
  assay::Budget budget(options);
  Dripping packed(bytes, step);
  const std::unique_ptr<assay::Source> source = assay::decompress(form, packed, "in", budget);
  Read read;
  std::string buffer(piece, '\0');
  bool ended = false;
  while (!ended && read.content.size() < kMostBytes) {
    const std::size_t room = std::min(piece, kMostBytes - read.content.size());
    const std::size_t count = source->read(std::span(buffer).first(room));
    require(count <= room);
    read.content.append(buffer, 0, count);
    ended = count == 0;
  }
  read.problems = budget.walked().problems;
  read.cut = source->cut();
  require(!read.cut || !read.problems.empty());
  require(source->end_is_proven() == (ended && !read.cut));
  if (ended) require(source->read(buffer) == 0);
  return read;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const Form form = kForms[data[0] % kForms.size()];
  const std::span bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (assay::sniff(bytes.first(std::min(bytes.size(), assay::kSniffBytes))) != form) return 0;
  const std::size_t few = data[1] + std::size_t{1};
  const Read whole = read(form, bytes, kMostBytes, kMostBytes);
  require_same(read(form, bytes, few, kMostBytes), whole);
  require_same(read(form, bytes, kMostBytes, few * 16), whole);
  return 0;
}
