// Goes through every place of a signature that may name a fact.
#include "match/named_settings.h"

#include <set>
#include <string_view>

namespace assay {
namespace {

class Names {
 public:
  void add(std::string_view name) {
    if (name.starts_with("configuration.") || name.starts_with("status.")) names_.emplace(name);
  }

  void add(const Condition& condition) {
    if (condition.op == Condition::Operator::fact) add(condition.name);
    for (const Condition& part : condition.conditions) add(part);
  }

  void add(const Words& words) {
    constexpr std::string_view kFact = "fact.";
    for (const auto& [language, text] : words.languages) {
      for (const std::string& name : text.names()) {
        if (name.starts_with(kFact)) add(std::string_view(name).substr(kFact.size()));
      }
    }
  }

  std::vector<std::string> take() const { return {names_.begin(), names_.end()}; }

 private:
  std::set<std::string> names_;
};

}  // namespace

std::vector<std::string> named_settings(const std::vector<Signature>& signatures) {
  Names names;
  for (const Signature& signature : signatures) {
    if (signature.applies) names.add(*signature.applies);
    for (const Need& need : signature.needs) names.add(need.name);
    for (const Conclusion& conclusion : signature.conclusions) names.add(conclusion.when);
    for (const Words* words :
         {&signature.title, &signature.description, &signature.condition, &signature.further_information}) {
      names.add(*words);
    }
    for (const Action& action : signature.actions) {
      if (action.when) names.add(*action.when);
      names.add(action.text);
    }
  }
  return names.take();
}

}  // namespace assay
