// Whether a signature can be evaluated at all. What the loader lets pass always can; a signature that was
// put together in another way may not.
#pragma once

#include <string>

#include "signature/signature.h"

namespace assay {

// What contradicts itself in the signature, in a sentence; empty if nothing does.
std::string unsound(const Signature& signature);

}  // namespace assay
