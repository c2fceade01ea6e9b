// From line break to line break, with a look at what follows each.
#include "text/record_index.h"

#include "characters.h"
#include "text/record.h"

namespace assay {

void RecordIndex::read(std::string_view text) {
  begins_.clear();
  text_size_ = text.size();
  lines_ = 0;
  records_ = 0;
  for (std::size_t at = 0; at < text.size(); ++lines_) {
    const bool begins = may_begin_record(text[at]) && begins_record(text.substr(at));
    if (begins) ++records_;
    if (begins || at == 0) begins_.push_back({.offset = static_cast<std::uint32_t>(at), .line = lines_});
    const std::size_t newline = text.find('\n', at);
    if (newline == npos) return;
    at = newline + 1;
  }
}

}  // namespace assay
