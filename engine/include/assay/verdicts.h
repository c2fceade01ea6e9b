// Verdicts on many bundles, written down, so that a change of a signature shows what else it changes.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "assay/report.h"

namespace assay {

// What a finding comes to: no texts, no counts, no evidence.
struct RecordedVerdict {
  std::string signature;
  std::string node;  // empty for the case
  Status status = Status::no_issue;
  std::string hidden_by;
  std::vector<Captures> groups;

  friend bool operator==(const RecordedVerdict&, const RecordedVerdict&) = default;
};

// By the name of the bundle, which is written and compared as printable() shows it; each by signature and
// node.
using RecordedVerdicts = std::map<std::string, std::vector<RecordedVerdict>, std::less<>>;

std::vector<RecordedVerdict> verdicts_of(const Report& report);

// One JSON object, made to be read and compared line by line: {"format": 1, "bundles": {NAME: [...]}}.
std::string verdicts_to_json(const RecordedVerdicts& verdicts);

// `name` is that of the file, for errors. Throws Error "invalid-verdicts", with the place, for a text that is
// none.
RecordedVerdicts verdicts_from_json(std::string_view json, std::string_view name = "verdicts.json");

struct VerdictDifference {
  std::string bundle;
  std::string message;  // "CSCwc69661 on vcsc: was no_issue, is issue {target: cucm.example.com}"
};

// What has changed, in order. A verdict on which nothing is recorded, since its signature is new, counts only
// if it is an issue or a potential problem; so does one that is no longer there.
std::vector<VerdictDifference> compare_verdicts(const RecordedVerdicts& recorded,
                                                const RecordedVerdicts& came);

}  // namespace assay
