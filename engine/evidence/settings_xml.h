// Settings out of the XML dumps. Their schema is not public, so any nesting below a Configuration or Status
// element is taken: names of elements become words of the path, an item attribute becomes an index.
#pragma once

#include <optional>
#include <string_view>

#include "evidence/setting.h"

namespace assay {

// Damaged XML gives what could be read of it; false if it ends within a Configuration or Status. Entities are
// the five of XML and character references; nothing outside the text is ever looked at.
bool parse_settings_xml(std::string_view text, const SettingVisitor& visit);

// Which dump a text that begins like XML is, by the first Configuration or Status element in it.
std::optional<SettingEvent::Source> settings_xml_source(std::string_view text);

}  // namespace assay
