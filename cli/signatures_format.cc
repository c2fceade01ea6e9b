// assay signatures format: lays signature files out as the docs say.
#include <fmt/format.h>

#include <iostream>
#include <iterator>
#include <memory>

#include "assay/formats.h"
#include "assay/lint.h"
#include "files.h"
#include "signatures.h"
#include "terminal.h"

namespace assay {
namespace {

struct FormatRequest {
  std::vector<std::string> paths;
  bool check = false;
};

struct Laid {
  SignatureSource before;
  std::string after;
};

SignatureSource standard_input() {
  return {.name = "standard input", .text = std::string(std::istreambuf_iterator<char>(std::cin), {})};
}

// Of one path, or of all: nothing is written before everything could be laid out.
std::vector<Laid> laid_out(const std::vector<SignatureSource>& sources) {
  std::vector<Laid> all;
  for (const SignatureSource& source : sources) {
    all.push_back({.before = source, .after = format_signature(source)});
  }
  return all;
}

int format(const FormatRequest& request) {
  const bool from_input = request.paths == std::vector<std::string>{"-"};
  const std::vector<Laid> all = laid_out(from_input ? std::vector<SignatureSource>{standard_input()}
                                                    : signature_sources(signature_files(request.paths)));
  if (from_input && !request.check) {
    write_stdout(all.front().after);
    return kNothingFound;
  }
  std::string names;
  for (const Laid& one : all) {
    if (one.after == one.before.text) continue;
    names += printable(one.before.name) + '\n';
    if (!request.check) replace_file(one.before.name, one.after);
  }
  write_stdout(names);
  return request.check && !names.empty() ? kFound : kNothingFound;
}

constexpr const char* kFormatFooter =
    R"(Writes the names of the files that it changed, or, with --check, of those that it would change. docs/signatures.md
says what the layout is; no file means anything else afterwards. With - it reads standard input and writes to
standard output.

Exit status: 0, with --check 1 if a file differs; 2 if one cannot be read, and then none is changed.

Examples:
  assay signatures format my-signatures/
  assay signatures format --check my-signatures/
)";

}  // namespace

void add_signatures_format(CLI::App& app, int& status) {
  const auto request = std::make_shared<FormatRequest>();
  CLI::App& command = *app.add_subcommand("format", "Lay signature files out alike");
  command.add_option("PATH", request->paths, "files or folders; - is standard input")
      ->required()
      ->type_name("");
  command.add_flag("--check", request->check, "change nothing, and say which files differ");
  command.footer(kFormatFooter);
  command.callback([request, &status] { status = format(*request); });
}

}  // namespace assay
