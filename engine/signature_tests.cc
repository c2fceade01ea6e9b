// Runs the tests that a signature carries: each is a small analysis of its own, of the files it names, with
// that one signature; then what came is held against what was expected.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>

#include "compiled.h"
#include "signature/load.h"
#include "signature_files.h"

namespace assay {
namespace {

std::string show(const Captures& captures) {
  std::string text;
  for (const auto& [name, value] : captures) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", name, value);
  }
  return "{" + text + "}";
}

// Why the status came out as it did, in the words of the finding.
std::string why(const Finding& finding) {
  std::vector<std::string> reasons;
  for (const Missing& missing : finding.missing) reasons.push_back(missing.message);
  for (const std::string& note : finding.notes) reasons.push_back(note);
  for (const Group& group : finding.groups) {
    reasons.push_back(fmt::format("group {} with {} hit{}", show(group.captures), group.count,
                                  group.count == 1 ? "" : "s"));
  }
  if (reasons.empty()) {
    reasons.push_back(finding.status == Status::not_applicable
                          ? "`applies` is false for the facts of this test, or its device is of another "
                            "family than `products`"
                          : "no observation had a hit that `conclude` asks for");
  }
  return fmt::format("{}", fmt::join(reasons, "; "));
}

bool contains(const Captures& captures, const Captures& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& entry) {
    return std::find(captures.begin(), captures.end(), entry) != captures.end();
  });
}

void check_groups(const std::vector<Captures>& expected, const Finding& finding,
                  std::vector<std::string>& failures) {
  std::vector<bool> taken(finding.groups.size(), false);
  for (const Captures& wanted : expected) {
    bool found = false;
    for (std::size_t i = 0; i < taken.size() && !found; ++i) {
      if (taken[i] || !contains(finding.groups[i].captures, wanted)) continue;
      taken[i] = found = true;
    }
    if (!found)
      failures.push_back(
          fmt::format("expected a group with {}; there is none. {}", show(wanted), why(finding)));
  }
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (!taken[i]) {
      failures.push_back(fmt::format("unexpected group {}", show(finding.groups[i].captures)));
    }
  }
}

void check_words(std::string_view what, const std::vector<std::string>& expected, const std::string& text,
                 std::vector<std::string>& failures) {
  for (const std::string& words : expected) {
    if (text.find(words) != std::string::npos) continue;
    failures.push_back(fmt::format("expected \"{}\" in {}, which says: {}", words, what, text));
  }
}

void check_missing(std::vector<std::string> expected, const Finding& finding,
                   std::vector<std::string>& failures) {
  std::vector<std::string> came;
  for (const Missing& missing : finding.missing) came.push_back(missing.what);
  std::sort(came.begin(), came.end());
  std::sort(expected.begin(), expected.end());
  if (came == expected) return;
  failures.push_back(
      fmt::format("expected missing [{}], came [{}]", fmt::join(expected, ", "), fmt::join(came, ", ")));
}

std::vector<std::string> check(const SignatureTest::Expect& expect, const Finding& finding) {
  std::vector<std::string> failures;
  if (expect.status && *expect.status != finding.status) {
    failures.push_back(fmt::format("expected status {}, came {}: {}", to_string(*expect.status),
                                   to_string(finding.status), why(finding)));
  }
  if (expect.groups) check_groups(*expect.groups, finding, failures);
  check_words("the actions", expect.actions, fmt::format("{}", fmt::join(finding.actions, "\n")), failures);
  check_words("the description", expect.description, finding.description, failures);
  if (expect.missing) check_missing(*expect.missing, finding, failures);
  return failures;
}

// The content of a file that a signature file names.
std::optional<std::string> content_of(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  std::ifstream stream(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  return stream.bad() || !stream.is_open() ? std::nullopt : std::optional(std::move(content));
}

SignatureTestResult run(const SignatureSet::Compiled& compiled, const Signature& signature,
                        const SignatureTest& test) {
  SignatureTestResult result{.signature = signature.id,
                             .test = test.name,
                             .file = signature.file,
                             .line = test.mark.line,
                             .passed = false,
                             .failures = {}};
  std::vector<std::pair<std::string, std::string>> files = test.files;
  for (const SignatureTest::Capture& capture : test.captures) {
    const std::filesystem::path path = beside(signature.file, capture.path);
    std::optional<std::string> content = content_of(path);
    if (!content) result.failures.push_back(fmt::format("cannot read {}", path.string()));
    if (content) files.emplace_back(path.filename().string(), std::move(*content));
  }
  std::vector<Input> inputs;
  for (const auto& [name, content] : files) {
    inputs.push_back(Input::from_bytes("test/" + name, std::span(content.data(), content.size())));
  }
  Options options;
  options.threads = 1;
  const Report report = analyze_given(compiled, inputs, options, test.facts);

  // Findings are sorted by how much they say, so the first is the verdict also where a test has several
  // nodes.
  if (report.findings.empty()) {
    result.failures.push_back("the analysis gave no finding at all");
  } else {
    std::vector<std::string> failures = check(test.expect, report.findings.front());
    result.failures.insert(result.failures.end(), failures.begin(), failures.end());
  }
  result.passed = result.failures.empty();
  return result;
}

}  // namespace

std::vector<SignatureTestResult> test_signatures(std::span<const std::filesystem::path> paths) {
  const SignatureSet set = SignatureSet::load(paths);
  std::vector<SignatureTestResult> results;
  for (const Signature& signature : set.compiled().signatures) {
    if (signature.tests.empty()) continue;
    const SignatureSet::Compiled alone({signature});
    for (const SignatureTest& test : signature.tests) results.push_back(run(alone, signature, test));
  }
  return results;
}

}  // namespace assay
