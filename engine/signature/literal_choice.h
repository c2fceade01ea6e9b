// Which literals of a pattern to look for: the fewest, longest and rarest that still rule it out when absent.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

// How seldom a literal may be expected in a log: its length, without the parts that nearly every record has.
std::size_t literal_weight(std::string_view literal);

// A subset of `candidates` (sorted indices of `atoms`) from which nothing can be taken away while `rules_out`
// (sorted indices that are absent -> no text can match) holds. Empty if not even all of them rule it out.
std::vector<int> smallest_necessary(const std::vector<std::string>& atoms, const std::vector<int>& candidates,
                                    const std::function<bool(const std::vector<int>&)>& rules_out);

}  // namespace assay
