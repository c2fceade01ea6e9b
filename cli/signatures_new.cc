// assay signatures new: a draft, made of one record of a log, or of what an analysis could not explain.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>

#include "assay/draft.h"
#include "assay/formats.h"
#include "files.h"
#include "inputs.h"
#include "signatures.h"
#include "terminal.h"

namespace assay {
namespace {

struct NewRequest {
  std::string log;
  std::uint64_t line = 1;
  std::string output;
  // Or:
  BundleRequest bundles;
  std::uint64_t unexplained = 0;  // from 1
  SignatureChoice signatures;
};

// A bundle would be taken for one long line of nonsense. A log may have a control character here and there.
void refuse_binary(const std::string& text, const std::string& name) {
  const std::string_view front = std::string_view(text).substr(0, 4096);
  const auto is_control = [](char c) { return c >= 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r'; };
  const auto controls = static_cast<std::size_t>(std::count_if(front.begin(), front.end(), is_control));
  if (controls * 20 < front.size() || front.empty()) return;
  throw Error("invalid-option",
              fmt::format("{} is no plain text; unpack the log, or give the record on standard input", name));
}

SignatureDraft draft_of_record(const NewRequest& request) {
  const bool from_file = !request.log.empty() && request.log != "-";
  const std::string text =
      from_file ? read_text(request.log) : std::string(std::istreambuf_iterator<char>(std::cin), {});
  const std::string name = from_file ? request.log : "standard input";
  if (text.empty()) {
    throw Error("invalid-option", fmt::format("{} is empty; give a record, or a log with --from-log", name));
  }
  refuse_binary(text, name);
  return draft_signature(text, request.line);
}

SignatureDraft draft_of_group(NewRequest& request) {
  const Report report = analyze(load_signatures(request.signatures), request.bundles);
  say_problems(report.problems);
  const std::vector<UnexplainedGroup>& groups = report.unexplained.groups;
  if (request.unexplained > groups.size()) {
    const std::string all = groups.empty() ? "none" : fmt::to_string(groups.size());
    const std::string known = groups.size() == 1 ? "is one" : "are " + all;
    throw Error("invalid-option", fmt::format("there is no group {} of unexplained events; there {}",
                                              request.unexplained, known));
  }
  const UnexplainedGroup& group = groups[request.unexplained - 1];
  const std::string often = group.count == 1 ? "once" : fmt::format("{} times, first", group.count);
  say(fmt::format("assay: {}, {} in {}:{}", printable(group.shape), often, printable(group.place.path),
                  group.place.line));
  return draft_signature(group);
}

int draft(NewRequest& request) {
  const SignatureDraft draft = request.unexplained == 0 ? draft_of_record(request) : draft_of_group(request);
  if (request.output.empty()) {
    write_stdout(draft.text);
  } else {
    if (std::filesystem::exists(request.output)) {
      throw Error("unwritable",
                  fmt::format("{} is there already; give the draft another name", request.output));
    }
    replace_file(request.output, draft.text);
  }
  say(fmt::format("assay: only a person can write {}; the draft says TODO there",
                  CLI::detail::join(draft.unwritten, ", ")));
  return kNothingFound;
}

constexpr const char* kNewFooter =
    R"(The draft goes to standard output. It passes lint but for the words that only a person can write.

Examples:
  assay signatures new --from-log loggingsnapshot_vcsc.txt --line 1042 > mine.yaml
  assay signatures new --from bundle.tar.gz --unexplained 3 --output mine.yaml
  grep -m 1 'connect failed' loggingsnapshot_vcsc.txt | assay signatures new --output mine.yaml
)";

}  // namespace

void add_signatures_new(CLI::App& app, int& status) {
  const auto request = std::make_shared<NewRequest>();
  CLI::App& command =
      *app.add_subcommand("new", "Draft a signature from a record of a log or unexplained events");
  CLI::Option* log =
      command
          .add_option("--from-log", request->log, "a log, unpacked; default: the record on standard input")
          ->type_name("FILE");
  command.add_option("--line", request->line, "a line of the record in it; default: 1")
      ->type_name("N")
      ->check(CLI::Range(1U, 4'000'000'000U).description(""));
  CLI::Option* from = add_repeated(command, "--from", request->bundles.paths,
                                   "bundles, as assay analyze reads them; repeatable")
                          ->type_name("PATH")
                          ->excludes(log);
  CLI::Option* unexplained =
      command
          .add_option("--unexplained", request->unexplained,
                      "the events of this number among those that assay analyze cannot explain")
          ->type_name("N")
          ->check(CLI::Range(1U, 1000U).description(""));
  from->needs(unexplained);
  unexplained->needs(from);
  add_signature_choice(command, request->signatures);
  command.add_option("--output", request->output, "write the draft to FILE, which must not be there yet")
      ->type_name("FILE");
  command.footer(kNewFooter);
  command.callback([request, &status] { status = draft(*request); });
}

}  // namespace assay
