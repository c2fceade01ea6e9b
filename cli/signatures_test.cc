// assay signatures test: the tests that signature files hold, and the recorded verdicts on a folder of
// bundles.
#include "signatures.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include "assay/verdicts.h"
#include "files.h"
#include "inputs.h"
#include "terminal.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

struct TestRequest {
  std::vector<std::string> paths;
  std::string corpus;
  bool record = false;
};

constexpr const char* kVerdictsFile = "verdicts.json";

int test(const TestRequest& request) {
  const std::vector<SignatureTestResult> results = test_signatures(signature_files(request.paths));
  std::string text;
  std::size_t failed = 0;
  for (const SignatureTestResult& result : results) {
    if (result.passed) continue;
    ++failed;
    text += fmt::format("{}:{}: {}: test '{}' failed\n", printable(result.file), result.line,
                        printable(result.signature), printable(result.test));
    for (const std::string& failure : result.failures) text += fmt::format("  {}\n", printable(failure));
  }
  text += results.empty()
              ? "there are no tests\n"
              : fmt::format("{} test{}, {} failed\n", results.size(), results.size() == 1 ? "" : "s", failed);
  write_stdout(text);
  return failed == 0 ? kNothingFound : kFound;
}

// Files and folders right in the folder, but for hidden ones and what was recorded.
std::vector<fs::path> bundles_in(const std::string& folder) {
  std::error_code error;
  std::vector<fs::path> bundles;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with('.') && name != kVerdictsFile) bundles.push_back(entry.path());
  }
  if (error) {
    const bool missing = error == std::errc::no_such_file_or_directory;
    throw Error(missing ? "no-such-path" : "unreadable",
                fmt::format("cannot read folder {}: {}", folder, error.message()));
  }
  if (bundles.empty()) throw Error("no-such-path", fmt::format("there is no bundle in {}", folder));
  std::sort(bundles.begin(), bundles.end());
  return bundles;
}

RecordedVerdicts judge(const TestRequest& request) {
  const SignatureSet signatures = SignatureSet::load(signature_files(request.paths));
  RecordedVerdicts verdicts;
  for (const fs::path& bundle : bundles_in(request.corpus)) {
    BundleRequest one;
    one.paths.push_back(bundle.string());
    verdicts.emplace(bundle.filename().string(), verdicts_of(analyze(signatures, one)));
  }
  return verdicts;
}

std::string words_on(std::size_t count) {
  return fmt::format("{} bundle{}", count, count == 1 ? "" : "s");
}

int test_corpus(const TestRequest& request) {
  const std::string file = (fs::path(request.corpus) / kVerdictsFile).string();
  if (!request.record && !fs::exists(file)) {
    throw Error("no-such-path", fmt::format("there is no {}; --record makes it", file));
  }
  // Read first: it takes no time, and may be refused.
  const RecordedVerdicts recorded =
      request.record ? RecordedVerdicts() : verdicts_from_json(read_text(file), file);
  const RecordedVerdicts came = judge(request);
  if (request.record) {
    replace_file(file, verdicts_to_json(came));
    write_stdout(fmt::format("{} recorded in {}\n", words_on(came.size()), printable(file)));
    return kNothingFound;
  }
  std::string text;
  std::set<std::string> different;
  for (const VerdictDifference& difference : compare_verdicts(recorded, came)) {
    text += fmt::format("{}: {}\n", printable(difference.bundle), printable(difference.message));
    different.insert(difference.bundle);
  }
  text += fmt::format("{}, {} with other verdicts\n", words_on(came.size()), different.size());
  write_stdout(text);
  return different.empty() ? kNothingFound : kFound;
}

constexpr const char* kTestFooter =
    R"(With --corpus every file and folder in DIR is analysed as a bundle of its own, and the verdicts are compared
with those in DIR/verdicts.json; the tests in the signature files are not run then.

Exit status: 0 if all tests pass or all verdicts are as recorded, otherwise 1; 2 if the request was wrong.

Examples:
  assay signatures test mine.yaml
  assay signatures test --corpus bundles/ --record
  assay signatures test --corpus bundles/ my-signatures/
)";

}  // namespace

void add_signatures_test(CLI::App& app, int& status) {
  const auto request = std::make_shared<TestRequest>();
  CLI::App& command = *app.add_subcommand("test", "Run the tests in signature files, or compare verdicts");
  add_signature_paths(command, request->paths);
  CLI::Option* corpus = command
                            .add_option("--corpus", request->corpus,
                                        "compare the verdicts on the bundles in DIR with the recorded ones")
                            ->type_name("DIR");
  command.add_flag("--record", request->record, "write down the verdicts instead, in DIR/verdicts.json")
      ->needs(corpus);
  command.footer(kTestFooter);
  command.callback(
      [request, &status] { status = request->corpus.empty() ? test(*request) : test_corpus(*request); });
}

}  // namespace assay
