// From line break to line break, with a look at what follows each.
#include "text/record_index.h"

#include "characters.h"
#include "text/line_breaks.h"
#include "text/record.h"

namespace assay {

void RecordIndex::read(std::string_view text) {
  begins_.clear();
  text_size_ = text.size();
  if (!text.empty()) begins_.push_back({});
  records_ = begins_record(text) ? 1 : 0;
  std::uint32_t lines = 0;
  for_each_line_break(text, [&](std::size_t line_break) {
    ++lines;
    const std::size_t line = line_break + 1;
    if (line == text.size() || !may_begin_record(text[line]) || !begins_record(text.substr(line))) return;
    begins_.push_back({.offset = static_cast<std::uint32_t>(line), .line = lines});
    ++records_;
  });
  lines_ = lines;
}

}  // namespace assay
