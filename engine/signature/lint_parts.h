// The parts of lint. Each looks at one loaded signature for one sort of mistake that loading cannot see.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "signature/remarks.h"
#include "signature/signature.h"

namespace assay {

void lint_uses(const Signature& signature, Remarks& remarks);      // what nobody uses
void lint_patterns(const Signature& signature, Remarks& remarks);  // what would be slow, or is there twice
void lint_ranges(const Signature& signature, Remarks& remarks);    // what can never hold
void lint_verdicts(const Signature& signature,
                   Remarks& remarks);                           // conclusions that never decide; needs; tests
void lint_words(const Signature& signature, Remarks& remarks);  // texts: variables and languages

// Every text of a finding, with what it is called.
void each_words(const Signature& signature,
                const std::function<void(std::string_view name, const Words& words)>& call);

}  // namespace assay
