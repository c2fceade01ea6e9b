// When two parts of a signature say the same, and when one holding means that the other holds too. Both are
// judged by their form: "false" may also mean "cannot be seen".
#pragma once

#include "signature/signature.h"

namespace assay {

bool same_meaning(const ValueTest& a, const ValueTest& b);
bool same_meaning(const EventCondition& a, const EventCondition& b);
bool same_meaning(const Condition& a, const Condition& b);

// Whenever `a` holds, `b` does.
bool implies(const Signature& signature, const Condition& a, const Condition& b);

}  // namespace assay
