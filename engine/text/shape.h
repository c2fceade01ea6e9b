// The shape of a message: its words, with everything that varies from one record to the next masked.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay {

inline constexpr std::size_t kShapeBytes = 300;

// Appends the shape of `message`, of which at most kShapeBytes are looked at. What stands between double
// quotes, and each word with a digit, a dot or a slash in it (addresses, names of hosts and files, numbers,
// ids, times), becomes '*'; several of them in a row become one.
void append_shape(std::string_view message, std::string& shape);

}  // namespace assay
