// When two parts of a signature say the same, and when one holding means that the other holds too. Both are
// judged by their form: "false" may also mean "cannot be seen".
#pragma once

#include <cstddef>

#include "signature/signature.h"

namespace assay {

bool same_meaning(const ValueTest& a, const ValueTest& b);
bool same_meaning(const EventCondition& a, const EventCondition& b);
bool same_meaning(const Condition& a, const Condition& b);

// Whether `b` holds whenever `a` does. Conditions deep within one another have very many ways to be compared:
// past a number of steps, all in all, the answer is no, and a remark is not made.
class Implication {
 public:
  explicit Implication(const Signature& signature) : signature_(signature) {}
  bool implies(const Condition& a, const Condition& b);

 private:
  const Signature& signature_;
  std::size_t steps_left_ = 1'000'000;
};

}  // namespace assay
