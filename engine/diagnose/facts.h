// The facts of one node, found by the names that signatures use.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnose/case_file.h"

namespace assay {

// Refers to the node, which must outlive it.
class Facts {
 public:
  explicit Facts(const NodeEvidence& node);

  // All facts that a name stands for, in order of their own names; none if it is not known. Without regard
  // to ASCII case; the words of a setting may be joined by dots or blanks, and '*' stands for one word.
  std::vector<const Fact*> find(std::string_view name) const;

 private:
  using Named = std::pair<std::string, const Fact*>;  // the name in lower case, its words joined by dots
  std::vector<Named> facts_;                          // sorted, each name once
};

}  // namespace assay
