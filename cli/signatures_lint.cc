// assay signatures lint: every mistake in signature files, and mending those that a program can mend.
#include <fmt/format.h>

#include <memory>
#include <set>

#include "assay/lint.h"
#include "files.h"
#include "signatures.h"
#include "terminal.h"

namespace assay {
namespace {

struct LintRequest {
  std::vector<std::string> paths;
  std::string format = "text";
  bool fix = false;
};

SignatureTexts texts_of(const std::vector<Diagnostic>& diagnostics) {
  SignatureTexts texts;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (texts.count(diagnostic.file) == 0) texts.emplace(diagnostic.file, read_text(diagnostic.file));
  }
  return texts;
}

// Mends the files, and says what was done.
void fix(const std::vector<Diagnostic>& diagnostics) {
  std::set<std::string> files;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!diagnostic.found.empty()) files.insert(diagnostic.file);
  }
  for (const std::string& file : files) {
    const MendedSignature result = mend_signature({.name = file, .text = read_text(file)});
    if (result.mended.empty()) continue;
    replace_file(file, result.text);
    for (const Diagnostic& mended : result.mended) {
      const std::string what = mended.replacement.empty() ? "removed" : "now " + mended.replacement;
      say(fmt::format("{}:{}:{}: fixed: {} is {} [{}]", mended.file, mended.line, mended.column, mended.found,
                      what, mended.code));
    }
  }
}

std::string words_for(const std::vector<Diagnostic>& diagnostics, const std::string& format) {
  if (format == "json") return lint_to_json(diagnostics);
  const SignatureTexts texts = texts_of(diagnostics);
  if (format == "sarif") return lint_to_sarif(diagnostics, texts);
  if (diagnostics.empty()) return "no remarks\n";
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) text += show(diagnostic, texts.at(diagnostic.file));
  return text;
}

int lint(const LintRequest& request) {
  const std::vector<std::filesystem::path> paths = signature_files(request.paths);
  std::vector<Diagnostic> diagnostics = lint_signatures(paths);
  if (request.fix) {
    fix(diagnostics);
    diagnostics = lint_signatures(paths);
  }
  write_stdout(words_for(diagnostics, request.format));
  return diagnostics.empty() ? kNothingFound : kFound;
}

constexpr const char* kLintFooter =
    R"(Exit status: 0 without remarks, otherwise 1. docs/lint.md explains each code.

Examples:
  assay signatures lint mine.yaml
  assay signatures lint --fix my-signatures/
  assay signatures lint --format sarif my-signatures/ > lint.sarif
)";

}  // namespace

void add_signatures_lint(CLI::App& app, int& status) {
  const auto request = std::make_shared<LintRequest>();
  CLI::App& command = *app.add_subcommand("lint", "Find every mistake in signature files");
  add_signature_paths(command, request->paths);
  command.add_option("--format", request->format, "text, json or sarif (SARIF 2.1.0); default: text")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json", "sarif"}).description(""));
  command.add_flag("--fix", request->fix, "mend in the files what can be mended without judgement");
  command.footer(kLintFooter);
  command.callback([request, &status] { status = lint(*request); });
}

}  // namespace assay
