// Dumps out of any bytes: both readers stay within bounds, and every setting that they hand out has a path
// and stands in the text.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "evidence/settings_text.h"
#include "evidence/settings_xml.h"
#include "evidence/sniff.h"

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto look = [&](const assay::Setting& setting) {
    check(!setting.path.empty() && setting.path.size() < 4 * assay::kMaxSettingPath);
    check(setting.line >= 1 && setting.offset <= text.size());
    check(setting.text.empty() || (setting.text.data() >= text.data() &&
                                   setting.text.data() + setting.text.size() <= text.data() + size));
  };
  assay::parse_settings_text(text, look);
  assay::parse_settings_xml(text, look);
  assay::form_of(text);
  return 0;
}
