// What goes wrong with a request, and what is wrong with a signature file.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

// One remark about a signature file. Complete in itself: printing `to_string` is enough for a person.
struct Diagnostic {
  enum class Severity { error, warning };
  Severity severity = Severity::error;
  std::string code;        // stable, kebab-case: "unknown-key", "pattern-syntax", …; docs/lint.md lists all
  std::string file;        // as it was given; empty for text that came from memory without a name
  std::uint32_t line = 0;  // 1-based; 0: the file as a whole
  std::uint32_t column = 0;  // 1-based, in bytes; 0: the line as a whole
  std::string message;       // names the offending words and, where there is one, the nearest valid name
  std::string signature;     // id of the signature, empty where it could not be read
  // Where a program can mend it: the words that stand at this place, and those that belong there. `found`
  // empty: only a person can.
  std::string found = {};
  std::string replacement = {};

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

// "file:line:column: error: message [code]"
std::string to_string(const Diagnostic& diagnostic);

// A request that cannot be carried out: no such path, unusable options, an invalid signature set.
// What is wrong inside the evidence is never an Error; it is a Problem in the Report.
class Error : public std::runtime_error {
 public:
  Error(std::string code, const std::string& message, std::vector<Diagnostic> diagnostics = {})
      : std::runtime_error(message), code_(std::move(code)), diagnostics_(std::move(diagnostics)) {}

  // Stable, kebab-case: "no-such-path", "unreadable", "invalid-signatures", …; docs/json.md lists all.
  const std::string& code() const { return code_; }

  // For "invalid-signatures" and "unsuitable-pack": every remark, in order of file and line. Otherwise empty.
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::string code_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace assay
