// Records from strangers: whatever the bytes, all views lie in the text, and blocks lose nothing.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "text/record.h"
#include "text/record_blocks.h"

namespace {

using assay::Record;
using assay::RecordBlock;
using assay::RecordCut;

void require(bool holds) {
  if (!holds) std::abort();
}

void require_inside(std::string_view text, std::string_view view) {
  if (view.empty()) return;
  const std::less_equal<const char*> not_after;
  require(not_after(text.data(), view.data()) &&
          not_after(view.data() + view.size(), text.data() + text.size()));
}

void check_record(std::string_view text) {
  static Record record;  // reused, as readers do
  assay::parse_record(text, 2022, record);
  for (const std::string_view view : {record.host, record.process, record.thread, record.level, record.module,
                                      record.event, record.detail, record.message, record.block}) {
    require_inside(text, view);
  }
  require(record.pairs.size() <= assay::kMostPairs);
  const char* behind = text.data();
  for (const assay::Pair& pair : record.pairs) {
    require(!pair.key.empty());
    require_inside(record.message, pair.key);
    require_inside(record.message, pair.value);
    require(pair.key.data() >= behind);  // in order, none within another
    behind = pair.value.empty() ? pair.key.data() + pair.key.size() : pair.value.data() + pair.value.size();
  }
}

void check_blocks(std::string_view text, std::size_t block_bytes, std::size_t record_bytes,
                  std::size_t read_bytes) {
  std::size_t given = 0;
  std::uint64_t expected_offset = 0;
  std::uint64_t expected_line = 1;
  const auto go_on = [&](std::string_view seen) {
    expected_offset += seen.size();
    for (const char c : seen) expected_line += c == '\n' ? 1 : 0;
  };
  assay::for_each_block(
      {.read =
           [&](std::span<char> buffer) {
             const std::size_t n = std::min({buffer.size(), read_bytes, text.size() - given});
             text.copy(buffer.data(), n, given);
             given += n;
             return n;
           }},
      block_bytes, record_bytes,
      [&](const RecordBlock& block) {
        require(block.offset == expected_offset && block.line == expected_line);
        require(block.text == text.substr(block.offset, block.text.size()));
        std::size_t index = 0;
        for (std::size_t begin = 0; begin < block.text.size(); ++index) {
          const std::size_t end = assay::record_end(block.text, begin);
          require(block.records->begin(index) == begin && block.records->end(index) == end);
          require(end > begin && end - begin <= record_bytes);
          require(assay::record_begin(block.text, end - 1) == begin);
          check_record(block.text.substr(begin, end - begin));
          begin = end;
        }
        require(block.records->size() == index);
        go_on(block.text);
      },
      [&](const RecordCut& cut) {
        require(cut.bytes > 0 && cut.offset + record_bytes == expected_offset);
        go_on(text.substr(expected_offset, cut.bytes));
      });
  require(expected_offset == text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_record(text);
  (void)assay::header_time(text, std::nullopt);
  check_blocks(text, 64, 1000, 7);
  check_blocks(text, 1000, 50, 300);
  check_blocks(text, 1 << 16, 1 << 20, 1 << 16);
  return 0;
}
