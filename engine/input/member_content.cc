// What the visitor reads.
#include "input/member_content.h"

#include <algorithm>
#include <cstring>

namespace assay {

std::size_t MemberContent::read(std::span<char> buffer) {
  if (left_.empty()) {
    if (buffer.size() >= kBlockBytes) return fetch(buffer.first(kBlockBytes));
    if (!block_) block_ = std::make_unique_for_overwrite<char[]>(kBlockBytes);
    left_ = {block_.get(), buffer.empty() ? 0 : fetch({block_.get(), kBlockBytes})};
  }
  const std::size_t count = std::min(buffer.size(), left_.size());
  if (count > 0) std::memcpy(buffer.data(), left_.data(), count);
  left_ = left_.subspan(count);
  return count;
}

// Near a limit bytes are counted out by read().
std::span<char> MemberContent::exchange(std::vector<char>& buffer) {
  if (!left_.empty() || ended_ || !budget_.go_on(path_)) return {};
  const std::uint64_t left = budget_.limits().member_bytes - position_;
  if (left < kBlockBytes || budget_.grant(kBlockBytes) < kBlockBytes) return {};
  const std::span<char> bytes = source_.exchange(buffer);
  count(bytes.size());
  return bytes;
}

void MemberContent::count(std::size_t bytes) {
  position_ += bytes;
  budget_.spend(bytes);
  budget_.tell_progress(path_);
}

std::size_t MemberContent::fetch(std::span<char> block) {
  if (ended_ || !budget_.go_on(path_)) return 0;
  const std::uint64_t left = budget_.limits().member_bytes - position_;
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), left));
  const std::size_t granted = budget_.grant(wanted);
  if (granted == 0) {
    end_at_limit();
    return 0;
  }
  const std::size_t bytes = source_.read(block.first(granted));
  ended_ = bytes == 0;
  count(bytes);
  return bytes;
}

// A member that ends exactly at the limit has not reached it.
void MemberContent::end_at_limit() {
  ended_ = true;
  char one_more = 0;
  if (source_.read({&one_more, 1}) == 0) return;
  if (position_ == budget_.limits().member_bytes) {
    budget_.report_limit("member-bytes", budget_.limits().member_bytes, path_, position_,
                         "bytes of this member have been read; its rest was left unread");
  } else {
    budget_.stop_for_total_bytes(path_, position_);
  }
}

}  // namespace assay
