// Any text as a signature: loaded and linted, or refused with a reason; whatever is loaded can be used.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "signature/load.h"

namespace {

// Evaluating relies on this: every index and every operand is there.
void check_condition(const assay::Signature& signature, const assay::Condition& condition) {
  using Operator = assay::Condition::Operator;
  if (condition.op == Operator::observed && condition.index >= signature.observations.size()) std::abort();
  if (condition.op == Operator::correlated && condition.index >= signature.correlations.size()) std::abort();
  for (const assay::Condition& child : condition.conditions) check_condition(signature, child);
}

void use_patterns(const assay::EventCondition& condition, std::string_view text) {
  const assay::ValueTest& test = condition.test.test;
  if (condition.op == assay::EventCondition::Operator::test) {
    if ((test.op == assay::ValueTest::Operator::matches) != (test.pattern != nullptr)) std::abort();
    std::vector<std::string_view> captures;
    if (test.pattern != nullptr && test.pattern->search(text, captures) &&
        captures.size() != test.pattern->capture_names().size()) {
      std::abort();
    }
  }
  for (const assay::EventCondition& child : condition.conditions) use_patterns(child, text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  assay::LoadedSignature loaded = assay::load_signature(text, "fuzz.yaml");
  if (!loaded.signature) {
    if (loaded.diagnostics.empty()) std::abort();  // refused without a reason
    return 0;
  }
  const assay::Signature& signature = *loaded.signature;
  for (const assay::Conclusion& conclusion : signature.conclusions)
    check_condition(signature, conclusion.when);
  for (const assay::Observation& observation : signature.observations)
    use_patterns(observation.condition, text);
  for (const auto& [language, words] : signature.description.languages) {
    words.render({{"groups", {.value = assay::TemplateValue::List(3, {.value = true})}}});
  }
  assay::lint_signature(signature);
  assay::lint_together({signature, signature});
  return 0;
}
