// Any text laid out: refused with a reason, or a text that means the same and that stays as it is when it is
// laid out once more. format_signature itself refuses what would mean something else.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "assay/error.h"
#include "assay/lint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::string once;
  try {
    once = assay::format_signature({.name = "fuzz.yaml", .text = text});
  } catch (const assay::Error&) {
    return 0;
  }
  if (assay::format_signature({.name = "fuzz.yaml", .text = once}) != once) std::abort();
  return 0;
}
