// Remarks in the order in which a person reads the file, whatever order the checks ran in.
#include "signature/remarks.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace assay {

namespace {

constexpr std::size_t kMostRemarks = 100;

// The first hundred in the order of the file are among these, or there is something wrong everywhere.
constexpr std::size_t kMostKept = 100 * kMostRemarks;

}  // namespace

void Remarks::name_signature(std::string_view id) {
  signature_ = id;
  for (Diagnostic& diagnostic : diagnostics_) diagnostic.signature = signature_;
}

void Remarks::error(Mark mark, std::string_view code, std::string message) {
  add(Diagnostic::Severity::error, mark, code, std::move(message));
  ++errors_;
}

void Remarks::warning(Mark mark, std::string_view code, std::string message) {
  add(Diagnostic::Severity::warning, mark, code, std::move(message));
}

void Remarks::mend_last(std::string_view found, std::string_view replacement) {
  if (not_kept_ > 0) return;
  diagnostics_.back().found = found;
  diagnostics_.back().replacement = replacement;
}

void Remarks::add(Diagnostic::Severity severity, Mark mark, std::string_view code, std::string message) {
  if (diagnostics_.size() >= kMostKept) {
    ++not_kept_;
    return;
  }
  Diagnostic diagnostic;
  diagnostic.severity = severity;
  diagnostic.code = code;
  diagnostic.file = file_;
  diagnostic.line = mark.line;
  diagnostic.column = mark.column;
  diagnostic.message = std::move(message);
  diagnostic.signature = signature_;
  diagnostics_.push_back(std::move(diagnostic));
}

std::vector<Diagnostic> Remarks::take() {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  diagnostics_.erase(std::unique(diagnostics_.begin(), diagnostics_.end()), diagnostics_.end());
  if (diagnostics_.size() > kMostRemarks) {
    const std::size_t more = diagnostics_.size() - kMostRemarks + not_kept_;
    diagnostics_.resize(kMostRemarks);
    add(Diagnostic::Severity::error, {.line = diagnostics_.back().line}, "too-many-errors",
        fmt::format("and {} more; mend these first", more));
  }
  return std::move(diagnostics_);
}

}  // namespace assay
