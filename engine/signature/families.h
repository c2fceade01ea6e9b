// What `products` of a signature ask of a device: that it is of the family of one of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signature/signature.h"

namespace assay {

// The value of product.family for a product, whatever the case of its letters; empty for one of no known
// family.
std::string_view family_of(std::string_view product);

// That product.family is one of theirs; nothing if none of them is of a known family.
std::optional<Condition> of_family_of(const std::vector<std::string>& products, Mark mark);

}  // namespace assay
