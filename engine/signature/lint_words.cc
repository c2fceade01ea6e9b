// Texts: variables that would render as nothing, and languages that some texts have and others lack.
#include <fmt/format.h>

#include <algorithm>

#include "signature/lint_parts.h"
#include "signature/nearest_name.h"

namespace assay {

namespace {

constexpr std::string_view kAll = "all.";
constexpr std::string_view kFact = "fact.";

class VariableCheck {
 public:
  VariableCheck(const Signature& signature, Remarks& remarks) : remarks_(remarks) {
    for (const Observation& observation : signature.observations)
      captures_.insert(observation.captures.begin(), observation.captures.end());
  }

  void check(std::string_view where, std::string_view language, const Words& words, const Template& text) {
    const std::vector<std::string> outside = text.names_outside("groups");
    for (const std::string& name : text.names()) {
      const std::string what = wrong_with(name, std::binary_search(outside.begin(), outside.end(), name));
      if (!what.empty()) {
        remarks_.error(words.mark, "unknown-variable", fmt::format("{} ({}): {}", where, language, what));
      }
    }
  }

 private:
  std::string wrong_with(std::string_view name, bool outside) const {
    if (name == "more" && outside) return "{{more}} has a value only between {{#groups}} and {{/groups}}";
    if (std::find(kTextNames.begin(), kTextNames.end(), name) != kTextNames.end()) return {};
    if (name.starts_with(kFact)) return wrong_with_fact(name.substr(kFact.size()));
    const bool all = name.starts_with(kAll);
    const std::string_view capture = all ? name.substr(kAll.size()) : name;
    if (captures_.count(capture) == 0) {
      std::vector<std::string_view> known(captures_.begin(), captures_.end());
      if (!all) known.insert(known.end(), kTextNames.begin(), kTextNames.end());
      return fmt::format("nothing captures '{}'{}", capture, suggestion(capture, known));
    }
    if (outside && !all) {
      return fmt::format(
          "{{{{{}}}}} has a value only between {{{{#groups}}}} and {{{{/groups}}}}; for the values of all "
          "groups write {{{{all.{}}}}}",
          name, name);
    }
    return {};
  }

  static std::string wrong_with_fact(std::string_view fact) {
    if (find_fact_name(fact) != nullptr) return {};
    std::vector<std::string_view> known;
    for (const FactName& one : fact_names()) known.push_back(one.name);
    return fmt::format("there is no fact '{}'{}", fact, suggestion(fact, known));
  }

  Remarks& remarks_;
  std::set<std::string, std::less<>> captures_;
};

// What a draft has where a person has to write.
constexpr std::string_view kUnwritten = "TODO";

void unwritten(std::string_view where, Mark mark, Remarks& remarks) {
  remarks.error(mark, "unwritten", fmt::format("{} still says {}; write it", where, kUnwritten));
}

}  // namespace

void lint_words(const Signature& signature, Remarks& remarks) {
  VariableCheck variables(signature, remarks);
  std::set<std::string_view> languages;
  if (signature.id.starts_with(kUnwritten)) unwritten("id", signature.mark, remarks);
  each_words(signature, [&](std::string_view where, const Words& words) {
    for (const auto& [language, text] : words.languages) {
      if (text.text().find(kUnwritten) != std::string::npos) unwritten(where, words.mark, remarks);
      languages.insert(language);
      variables.check(where, language, words, text);
    }
  });
  each_words(signature, [&](std::string_view where, const Words& words) {
    for (const std::string_view language : languages) {
      if (words.empty() || words.languages.count(language) != 0) continue;
      remarks.warning(words.mark, "missing-translation",
                      fmt::format("{} is not there in '{}', in which other texts of this signature are",
                                  where, language));
    }
  });
}

}  // namespace assay
