// Loading, checking and testing signatures.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assay/error.h"
#include "assay/options.h"
#include "assay/report.h"

namespace assay {

// What a list of signatures shows of one.
struct SignatureCard {
  std::string id;
  std::string title;  // in English
  Kind kind = Kind::information;
  Severity severity = Severity::information;
  Maturity maturity = Maturity::stable;
  Scope scope = Scope::node;
  std::vector<std::string> also_known_as;
  std::vector<std::string> references;
  std::string file;  // where it was loaded from
  std::string pack;  // name and version of the pack that the file lies in; empty if none is named
  // Files of earlier signatures of the same id that this one stands in for, the first one first.
  std::vector<std::string> replaces;
};

// Text of one signature file with the name to be used in diagnostics.
struct SignatureSource {
  std::string name;
  std::string text;  // YAML or JSON
};

// The files that SignatureSet::load reads of these paths, in its order. Throws Error "no-such-path",
// "unreadable".
std::vector<SignatureSource> signature_sources(std::span<const std::filesystem::path> paths);

struct LoadOptions {
  // True: one mistake refuses the whole set. False: what has mistakes is left out and named in left_out()
  // and in Report::problems, and the others work; the set is refused only if nothing else is in it. Tests at
  // the end of a file are not read then, and mistakes in them do not matter.
  bool strict = true;
};

// Signatures, checked and compiled. Immutable, cheap to copy, and shared by any number of threads and
// analyses.
class SignatureSet {
 public:
  // Reads files and, from folders, every *.yaml, *.yml and *.json below them, in order of their paths; uses
  // all cores while it does. A later signature replaces an earlier one of the same id only if it comes from a
  // later element of `paths`; twice in one element is an error. A file pack.yaml names the pack that its
  // folder is, and may ask for a later version of the engine. Throws Error "no-such-path", "unreadable",
  // "unsuitable-pack", or "invalid-signatures" with every remark of every file.
  static SignatureSet load(std::span<const std::filesystem::path> paths, const LoadOptions& options = {});
  static SignatureSet load(std::initializer_list<std::filesystem::path> paths,
                           const LoadOptions& options = {});
  // The same of texts in memory, all of one path; always strict. Without sources an empty set, with which an
  // analysis reads everything and judges nothing.
  static SignatureSet from_text(std::span<const SignatureSource> sources);

  // The packs at installed_paths: the folders and files in the environment variable ASSAY_SIGNATURES, with
  // colons between, of which an empty one stands for the pack that comes with assay; without the variable,
  // that pack alone. It is ../share/assay/signatures beside the running program, else the folder that the
  // library was configured to be installed with. Throws like load.
  static SignatureSet installed(const LoadOptions& options = {});
  // Where they should be, and the same if they are there. Throws Error "no-such-path".
  static std::vector<std::filesystem::path> installed_paths();
  static std::vector<std::filesystem::path> find_installed();

  // In order of id. The view lives as long as this set.
  std::span<const SignatureCard> cards() const;

  // The mistakes for which signatures were left out, in order of file and line; without LoadOptions::strict.
  std::span<const Diagnostic> left_out() const;

  struct Compiled;  // the inside; no part of the interface
  const Compiled& compiled() const { return *compiled_; }
  explicit SignatureSet(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

 private:
  std::shared_ptr<const Compiled> compiled_;
};

// The file as one JSON object with `file`, `comment` (the lines before the first key, which tell where a
// signature comes from) and `signature`, which has the shape of signatures/signature.schema.json. Throws
// Error "invalid-signatures".
std::string signature_to_json(const SignatureSource& source);

// Every remark that can be made about the files, those that loading would refuse first. Empty: clean.
// Throws Error "no-such-path", "unreadable".
std::vector<Diagnostic> lint_signatures(std::span<const std::filesystem::path> paths);
std::vector<Diagnostic> lint_signatures(std::span<const SignatureSource> sources);

// The outcome of one test of one signature file.
struct SignatureTestResult {
  std::string signature;
  std::string test;
  std::string file;
  std::uint32_t line = 0;
  bool passed = false;
  std::vector<std::string> failures;  // each: what was expected, what came, and why
};

// Runs the tests that the files hold, each as an analysis of its own with that one signature.
// Throws like SignatureSet::load.
std::vector<SignatureTestResult> test_signatures(std::span<const std::filesystem::path> paths);

}  // namespace assay
