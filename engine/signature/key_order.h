// Where the keys of a signature stand, and where a blank line does, in a file that is laid out.
#pragma once

#include <span>
#include <string_view>

namespace assay {

// Which map or list of a signature something is, as far as its layout depends on it.
enum class LayoutPlace { root, text, tests, test, conclusions, conclusion, joins, join, other };

LayoutPlace place_below(LayoutPlace place, std::string_view key);
LayoutPlace place_of_items(LayoutPlace place);

// The keys of such a map in their order; empty where the writer's order stands.
std::span<const std::string_view> key_order(LayoutPlace place);

// Whether a blank line stands before this key of the root, which comes after `previous`.
bool begins_section(std::string_view key, std::string_view previous);

}  // namespace assay
