// Addresses in words that may be names as well.
#pragma once

#include <string_view>

namespace assay {

// Whether `word` is an IPv4 or IPv6 address, without brackets, port or prefix length.
bool is_address(std::string_view word);

}  // namespace assay
