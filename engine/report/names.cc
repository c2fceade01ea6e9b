// The words for the enums of a report and the line for a diagnostic. Signatures, JSON and the command line
// use these words, so they never change.
#include <fmt/format.h>

#include "assay/error.h"
#include "assay/explain.h"
#include "assay/formats.h"
#include "assay/report.h"

namespace assay {

std::string_view to_string(Status status) {
  switch (status) {
    case Status::issue:
      return "issue";
    case Status::potential_problem:
      return "potential_problem";
    case Status::missing_information:
      return "missing_information";
    case Status::error:
      return "error";
    case Status::no_issue:
      return "no_issue";
    case Status::not_applicable:
      return "not_applicable";
  }
  return "error";
}

std::string_view to_string(Truth truth) {
  switch (truth) {
    case Truth::no:
      return "no";
    case Truth::unknown:
      return "unknown";
    case Truth::yes:
      return "yes";
  }
  return "no";
}

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::defect:
      return "defect";
    case Kind::configuration:
      return "configuration";
    case Kind::security:
      return "security";
    case Kind::capacity:
      return "capacity";
    case Kind::network:
      return "network";
    case Kind::information:
      return "information";
  }
  return "information";
}

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return "critical";
    case Severity::high:
      return "high";
    case Severity::medium:
      return "medium";
    case Severity::low:
      return "low";
    case Severity::information:
      return "information";
  }
  return "information";
}

std::string_view to_string(Maturity maturity) {
  switch (maturity) {
    case Maturity::experimental:
      return "experimental";
    case Maturity::stable:
      return "stable";
    case Maturity::deprecated:
      return "deprecated";
  }
  return "stable";
}

std::string_view to_string(Scope scope) {
  switch (scope) {
    case Scope::node:
      return "node";
    case Scope::whole_case:
      return "case";
  }
  return "node";
}

std::string_view to_string(Join join) {
  switch (join) {
    case Join::only_candidate:
      return "only_candidate";
    case Join::nearest:
      return "nearest";
    case Join::time_only:
      return "time_only";
  }
  return "nearest";
}

std::string to_string(const Diagnostic& diagnostic) {
  std::string place = diagnostic.file.empty() ? "<text>" : printable(diagnostic.file);
  if (diagnostic.line != 0) place += fmt::format(":{}", diagnostic.line);
  if (diagnostic.line != 0 && diagnostic.column != 0) place += fmt::format(":{}", diagnostic.column);
  const bool is_error = diagnostic.severity == Diagnostic::Severity::error;
  return fmt::format("{}: {}: {} [{}]", place, is_error ? "error" : "warning", printable(diagnostic.message),
                     diagnostic.code);
}

}  // namespace assay
