// What can only be seen with all signatures of a set side by side.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include "signature/load.h"
#include "signature/nearest_name.h"
#include "signature/remarks.h"
#include "signature/same_meaning.h"

namespace assay {

namespace {

void append(std::vector<Diagnostic>& all, Remarks& remarks) {
  for (Diagnostic& diagnostic : remarks.take()) all.push_back(std::move(diagnostic));
}

bool hides(const Signature& one, const Signature& other) {
  return std::find(other.hidden_by.begin(), other.hidden_by.end(), one.id) != other.hidden_by.end();
}

// Words that two observations must share to be the same; only those that do are compared.
std::string fingerprint(const EventCondition& condition) {
  std::string words = condition.test.field;
  if (condition.test.test.pattern != nullptr) words += condition.test.test.pattern->text();
  for (const std::string& operand : condition.test.test.operands) words += operand;
  for (const EventCondition& child : condition.conditions) words += fingerprint(child) + '\n';
  return words;
}

struct Seen {
  const Signature* signature = nullptr;
  const Observation* observation = nullptr;
};

class SetLint {
 public:
  explicit SetLint(const std::vector<Signature>& signatures) {
    for (const Signature& signature : signatures) ids_.emplace(signature.id, &signature);
    for (const auto& entry : ids_) names_.push_back(entry.first);
  }

  void check(const Signature& signature, Remarks& remarks) {
    const Signature* first = ids_.find(signature.id)->second;
    if (first != &signature) {
      remarks.error(signature.mark, "duplicate-id",
                    fmt::format("{} has the id '{}' too", first->file, signature.id));
    }
    for (std::size_t i = 0; i < signature.hidden_by.size(); ++i) {
      const std::string& id = signature.hidden_by[i];
      if (ids_.count(id) != 0) continue;
      std::vector<std::string_view> others = names_;
      std::erase(others, signature.id);
      remarks.error(
          signature.hidden_by_marks[i], "unknown-hidden-by",
          fmt::format("hidden_by names '{}', which is not in this set{}", id, suggestion(id, others)));
    }
    for (const Observation& observation : signature.observations)
      check_observation(signature, observation, remarks);
  }

 private:
  void check_observation(const Signature& signature, const Observation& observation, Remarks& remarks) {
    std::vector<Seen>& alike = seen_[observation.kind + fingerprint(observation.condition)];
    for (const Seen& other : alike) {
      const bool settled = other.signature->id == signature.id || hides(*other.signature, signature) ||
                           hides(signature, *other.signature);
      if (settled || !same_meaning(other.observation->condition, observation.condition)) continue;
      remarks.warning(observation.mark, "duplicate-pattern",
                      fmt::format("'{}' observes the same as '{}' of {}; if one of the two explains it "
                                  "better, say so by hidden_by",
                                  observation.name, other.observation->name, other.signature->id));
      break;
    }
    alike.push_back({.signature = &signature, .observation = &observation});
  }

  std::map<std::string_view, const Signature*> ids_;
  std::vector<std::string_view> names_;
  std::map<std::string, std::vector<Seen>> seen_;
};

}  // namespace

std::vector<Diagnostic> lint_together(const std::vector<Signature>& signatures) {
  SetLint lint(signatures);
  std::vector<Diagnostic> all;
  for (const Signature& signature : signatures) {
    Remarks remarks(signature.file);
    remarks.name_signature(signature.id);
    lint.check(signature, remarks);
    append(all, remarks);
  }
  return all;
}

}  // namespace assay
