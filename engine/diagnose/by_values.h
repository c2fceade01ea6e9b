// Hits, or their counts, arranged by the values of the captures that a conclusion groups by.
//
// A value is empty where the observation does not have the capture, or where it took no part. An empty value
// agrees with every other.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "signature/signature.h"

namespace assay {

using Values = std::vector<std::string>;  // parallel to Conclusion::group_by

bool agree(const Values& left, const Values& right);

class ByValues {
 public:
  explicit ByValues(const Signature& signature, const std::vector<std::string>& group_by);

  Values values_of(std::uint32_t observation, const std::vector<std::string>& captures) const;

  // To be called with growing `index`.
  void add(std::size_t index, const Values& values);

  // Those whose values agree with these, sorted.
  std::vector<std::size_t> agreeing(const Values& values) const;

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<std::vector<std::size_t>> columns_;        // by observation; kNone where it lacks the capture
  std::map<Values, std::vector<std::size_t>> complete_;  // those that have all values
  std::vector<std::pair<Values, std::size_t>> incomplete_;
};

// The values that make groups: each once, sorted, and without those that say less than others do:
// (cucm, "") where there is (cucm, 8443).
std::vector<Values> distinct_groups(std::vector<Values> values);

}  // namespace assay
