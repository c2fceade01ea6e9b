// What somebody meant who wrote a name that does not exist.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace assay {

// The one of `names` that is nearest to `wrong` by edits; empty if none is near. Views into `names`.
std::string_view nearest_name(std::string_view wrong, std::span<const std::string_view> names);

// The same, unless another name is as near or `wrong` is too short to tell.
std::string_view only_near_name(std::string_view wrong, std::span<const std::string_view> names);

// "; did you mean 'severity'?" or, if none is near and they are few, "; it can be a, b or c"; else nothing.
std::string suggestion(std::string_view wrong, std::span<const std::string_view> names);

}  // namespace assay
