// URLs from strangers: what decodes is shown as it was meant, and encodes to the same target again.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "assay/target.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : bytes) {
    bits = (bits << 8 | static_cast<unsigned char>(c)) & 0xFFFF;
    for (count += 8; count >= 6; count -= 6) text += kDigits[bits >> (count - 6) & 0x3F];
  }
  if (count > 0) text += kDigits[bits << (6 - count) & 0x3F];
  return text;
}

void check(const assay::Target& target) {
  const std::string words = to_string(target);
  if (!target.decoded) {
    require(words == target.raw && target.domain.empty() && target.host.empty() && !target.port);
    return;
  }
  require(
      std::all_of(words.begin(), words.end(), [](char c) { return static_cast<unsigned char>(c) > 0x20; }));
  assay::Target again = assay::decode_target(base64(words));
  again.raw = target.raw;
  require(again == target);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(assay::decode_target(text));
  check(assay::decode_target(base64(text)));  // so that what is inside is reached
  if (const std::optional<assay::Target> target = assay::target_of_url(text)) {
    require(!target->raw.empty() && text.find(target->raw) != std::string_view::npos);
    check(*target);
  }
  return 0;
}
