// Tables within the library: whether one fits a page, and cells that may be empty.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "assay/formats.h"

namespace assay {

// True if no column must be wrapped but the last one, and that to no less than 30 columns.
bool fits(const Table& table, const TextStyle& style);

inline Table::Cell text_or_none(std::string text) {
  return text.empty() ? Table::Cell() : Table::Cell(std::move(text));
}
inline Table::Cell time_cell(const std::optional<Time>& time) {
  return time ? Table::Cell(to_string(*time)) : Table::Cell();
}
inline Table::Cell number_cell(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}
inline Table::Cell number_cell(const std::optional<int>& number) {
  return number ? Table::Cell(std::int64_t{*number}) : Table::Cell();
}
inline Table::Cell flag_cell(const std::optional<bool>& flag) {
  return flag ? Table::Cell(*flag) : Table::Cell();
}

}  // namespace assay
