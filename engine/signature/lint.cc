// One look at a signature for each sort of mistake; the order of the remarks is that of the file.
#include <fmt/format.h>

#include "signature/lint_parts.h"
#include "signature/load.h"

namespace assay {

std::vector<Diagnostic> lint_signature(const Signature& signature) {
  Remarks remarks(signature.file);
  remarks.name_signature(signature.id);
  lint_uses(signature, remarks);
  lint_patterns(signature, remarks);
  lint_ranges(signature, remarks);
  lint_verdicts(signature, remarks);
  lint_words(signature, remarks);
  return remarks.take();
}

void each_words(const Signature& signature,
                const std::function<void(std::string_view name, const Words& words)>& call) {
  call("title", signature.title);
  call("description", signature.description);
  call("condition", signature.condition);
  call("further_information", signature.further_information);
  for (std::size_t i = 0; i < signature.actions.size(); ++i) {
    call(fmt::format("action {}", i + 1), signature.actions[i].text);
  }
}

}  // namespace assay
