// A plain conversation is passed over up to its bound, as it comes: only what could be the beginning of TLS
// is kept of it.
#include "evidence/tls/opening.h"

#include <string_view>
#include <utility>

#include "evidence/tls/peers.h"
#include "evidence/tls/prologue.h"

namespace assay {
namespace {

constexpr std::size_t kLongestPrologue = 64U << 10;
constexpr int kMostMisses = 16;  // segments in which a record is looked for that should begin somewhere

}  // namespace

Opening::Opening(bool from_start) {
  for (Side& side : sides_) side.begins_anywhere = !from_start;
}

void Opening::gap(Peer from) {
  side(from).front.clear();
  side(from).begins_anywhere = true;
}

Opening::Verdict Opening::bytes(Peer from, Bytes data) {
  Side& mine = side(from);
  const Side& others = side(other(from));
  mine.front.insert(mine.front.end(), data.begin(), data.end());
  if (mine.plain) return converse(mine);
  switch (classify_front(mine.front)) {
    case Front::too_short:
      return Verdict::undecided;
    case Front::other:
      // Whatever is said where the other side speaks a protocol with STARTTLS belongs to it.
      if (others.plain) break;
      mine.front.clear();
      // It may answer what is missing.
      if (!mine.begins_anywhere && !others.begins_anywhere) return Verdict::not_tls;
      return ++mine.misses < kMostMisses ? Verdict::undecided : Verdict::not_tls;
    case Front::plain: {
      const std::string_view protocol = plain_protocol(mine.front);
      if (protocol_.empty() || protocol == "ftp") protocol_ = protocol;
      break;
    }
    case Front::old_hello:
      return mine.front.size() < length_of_old_hello(mine.front) ? Verdict::undecided : Verdict::tls;
    case Front::tls:
      return Verdict::tls;
  }
  mine.plain = true;
  return converse(mine);
}

// Passes over what is certainly not the beginning of TLS.
Opening::Verdict Opening::converse(Side& mine) {
  const bool binary = is_binary(protocol_);
  if (const auto at = hello_behind(mine.front, binary)) {
    mine.tls_at = *at;
    return Verdict::tls;
  }
  const std::size_t passed = mine.front.size() - begun_hello(mine.front, binary);
  mine.front.erase(mine.front.begin(), mine.front.begin() + static_cast<std::ptrdiff_t>(passed));
  mine.passed += passed;
  return mine.passed > kLongestPrologue ? Verdict::not_tls : Verdict::undecided;
}

Opening::Begun Opening::take(Peer from) {
  Side& mine = side(from);
  Side& others = side(other(from));
  mine.front.erase(mine.front.begin(), mine.front.begin() + static_cast<std::ptrdiff_t>(mine.tls_at));
  std::vector<std::uint8_t> heard = std::exchange(others.front, {});
  if (others.plain) heard.clear();
  return {.bytes = std::exchange(mine.front, {}), .other = std::move(heard)};
}

}  // namespace assay
