// Settings out of text dumps: "*c xConfiguration A B: "v"", the same without marker or quotes, and the tree
// form of xStatus ("*s SystemUnit:", indented lines below it, "*s/end"). Lines of other forms are passed
// over.
#pragma once

#include <optional>
#include <string_view>

#include "evidence/setting.h"

namespace assay {

void parse_settings_text(std::string_view text, const SettingVisitor& visit);

// What one line says about the text that it stands in: that it is a line of such a dump, and of which.
std::optional<SettingEvent::Source> settings_line_source(std::string_view line);

}  // namespace assay
