// One setting of a dump, as the readers of both forms of dumps hand it out.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "evidence/event.h"

namespace assay {

// Views live during the call that hands the setting out.
struct Setting {
  SettingEvent::Source source = SettingEvent::Source::configuration;
  std::string_view path;   // words joined by single blanks, below xConfiguration or xStatus
  std::string_view value;  // without quotes, trimmed; may be empty
  std::string_view text;   // the words of the dump
  std::uint64_t line = 0;
  std::uint64_t offset = 0;
};

using SettingVisitor = std::function<void(const Setting&)>;

// Words of a path and levels of a tree are bounded, so that no dump makes paths without end.
inline constexpr std::size_t kMaxSettingDepth = 64;
inline constexpr std::size_t kMaxSettingPath = 4096;

}  // namespace assay
