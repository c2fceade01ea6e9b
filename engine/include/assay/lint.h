// Remarks about signature files: what the codes mean, showing them, and mending what a program can mend; and
// laying the files out.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assay/error.h"
#include "assay/signatures.h"

namespace assay {

// What a code of a Diagnostic means; docs/lint.md says more.
struct LintCode {
  std::string_view code;
  std::string_view help;  // one sentence
};

// All, in order of their names. The table lives as long as the program.
std::span<const LintCode> lint_codes();

// "file:line:column: error: message [code]", then the line with a mark below the place. `text` is that of the
// file; empty: the first line alone.
std::string show(const Diagnostic& diagnostic, std::string_view text);

// One JSON object: {"format": 1, "errors": …, "warnings": …, "remarks": [{"severity", "code", "file", "line",
// "column", "message", "signature", "found", "replacement"}, …]}.
std::string lint_to_json(std::span<const Diagnostic> diagnostics);

// Texts of files by their names, as diagnostics have them.
using SignatureTexts = std::map<std::string, std::string, std::less<>>;

// SARIF 2.1.0, for code hosting sites and editors. Remarks on words that can be mended by others
// carry their fix. For files whose text is not given, columns are counted in bytes, and there are no fixes.
std::string lint_to_sarif(std::span<const Diagnostic> diagnostics, const SignatureTexts& texts);

struct MendedSignature {
  std::string text;
  std::vector<Diagnostic> mended;  // in the order in which they were mended
};

// Replaces what remarks have a replacement for: a misspelt key or value that is near one name only, a value
// that needs quotes, an entry that is in a list twice. Everything else of the text stays, byte for byte. What
// would bring a new mistake is not done.
MendedSignature mend_signature(const SignatureSource& source);

// The text in the layout that docs/signatures.md describes. It means the same, has the same comments, and
// stays as it is when it is laid out once more. JSON stays as it is. Throws Error "invalid-signatures" with
// every remark where the text is no YAML, and "not-formattable" where it is no signature or could not be laid
// out without changing what it says.
std::string format_signature(const SignatureSource& source);

}  // namespace assay
