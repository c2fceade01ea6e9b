// Goes from the last finding to the first, so that of a circle the most important one stays in sight.
#include "diagnose/hidden.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace assay {

namespace {

using ByName = std::map<std::pair<std::string_view, std::string_view>, const Verdict*>;  // id and node

bool is_found(const Verdict& verdict) {
  return verdict.finding.status == Status::issue || verdict.finding.status == Status::potential_problem;
}

const Verdict* find(const ByName& by_name, std::string_view id, std::string_view node) {
  const auto found = by_name.find({id, node});
  return found == by_name.end() ? nullptr : found->second;
}

// True if whoever hides `hider` is in the end hidden by `verdict`.
bool leads_to(const ByName& by_name, const Verdict* hider, const Verdict& verdict) {
  while (hider != nullptr && hider != &verdict) {
    if (hider->finding.hidden_by.empty()) return false;
    hider = find(by_name, hider->finding.hidden_by, hider->finding.node);
  }
  return hider == &verdict;
}

bool explains(const Verdict& hider, const Verdict& verdict) {
  return std::includes(hider.covers.begin(), hider.covers.end(), verdict.stands_on.begin(),
                       verdict.stands_on.end());
}

}  // namespace

void hide_explained(std::span<Verdict> verdicts) {
  ByName by_name;
  for (const Verdict& verdict : verdicts) {
    if (is_found(verdict)) by_name[{verdict.finding.id, verdict.finding.node}] = &verdict;
  }
  for (std::size_t i = verdicts.size(); i-- > 0;) {
    Verdict& verdict = verdicts[i];
    if (!is_found(verdict)) continue;
    for (const std::string& id : verdict.signature->hidden_by) {
      const Verdict* hider = find(by_name, id, verdict.finding.node);
      if (hider == nullptr || leads_to(by_name, hider, verdict) || !explains(*hider, verdict)) continue;
      verdict.finding.hidden_by = id;
      break;
    }
  }
}

}  // namespace assay
