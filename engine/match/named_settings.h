// Which settings of dumps signatures speak of.
#pragma once

#include <string>
#include <vector>

#include "signature/signature.h"

namespace assay {

// The names of facts of `applies`, `needs`, conditions and texts that begin with "configuration." or
// "status.", sorted, each once.
std::vector<std::string> named_settings(const std::vector<Signature>& signatures);

}  // namespace assay
