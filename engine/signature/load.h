// YAML or JSON text into signatures, with every mistake said at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assay/error.h"
#include "signature/signature.h"

namespace assay {

struct LoadedSignature {
  std::optional<Signature> signature;   // none if there is any error among the diagnostics
  std::vector<Diagnostic> diagnostics;  // in order of line and column
};

// Reads one file's text, which holds one signature. Checks everything that can be checked in one file:
// the shape by signatures/signature.schema.json, then names, patterns, templates and values.
// Never throws for what is in the text, whatever it is; deep nesting and aliases are bounded.
LoadedSignature load_signature(std::string_view text, std::string_view file);

// The same for those who only analyse: tests at the end of the file, where they usually stand and are often
// half of it, are not read. A file with a mistake before them is read as a whole, to say all of its mistakes.
LoadedSignature load_signature_without_tests(std::string_view text, std::string_view file);

// The remarks beyond what loading refuses: what would be silently ignored, could never hold, or is
// missing from a signature of its maturity.
std::vector<Diagnostic> lint_signature(const Signature& signature);

// Remarks that need all signatures of a set: duplicate ids, `hidden_by` an unknown one, a pattern that
// another signature has word for word.
std::vector<Diagnostic> lint_together(const std::vector<Signature>& signatures);

}  // namespace assay
