// From files to a compiled set: load them on all cores, replace, then refuse, leave out or lint.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <thread>
#include <tuple>

#include "compiled.h"
#include "in_parallel.h"
#include "match/named_settings.h"
#include "signature/load.h"
#include "signature_files.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

std::vector<SignatureFile> given_sources(std::span<const SignatureSource> texts) {
  std::vector<SignatureFile> sources;
  for (const SignatureSource& text : texts)
    sources.push_back({.name = text.name, .text = text.text, .origin = 0, .pack = {}});
  return sources;
}

using LoadOne = LoadedSignature (*)(std::string_view text, std::string_view file);

// In the order of the sources.
std::vector<LoadedSignature> load_all(const std::vector<SignatureFile>& sources, LoadOne load_one) {
  constexpr std::size_t kWorthAThread = 16;
  const std::size_t threads = std::clamp<std::size_t>(sources.size() / kWorthAThread, 1,
                                                      std::max(1U, std::thread::hardware_concurrency()));
  std::vector<LoadedSignature> loaded(sources.size());
  in_parallel(sources.size(), threads,
              [&](std::size_t i) { loaded[i] = load_one(sources[i].text, sources[i].name); });
  return loaded;
}

// What can be used of the files, and every remark on the way.
struct Loaded {
  std::vector<Signature> signatures;  // by id
  std::vector<SignatureCard> cards;   // parallel
  std::vector<Diagnostic> diagnostics;
};

// One signature that may still be replaced.
struct Candidate {
  std::size_t origin = 0;
  Signature signature;
  SignatureCard card;
};

Diagnostic duplicate(const Signature& again, const Signature& first) {
  return {.severity = Diagnostic::Severity::error,
          .code = "duplicate-id",
          .file = again.file,
          .line = again.mark.line,
          .column = again.mark.column,
          .message =
              fmt::format("signature {} is already defined in {}:{}", again.id, first.file, first.mark.line),
          .signature = again.id};
}

SignatureCard card_of(const Signature& signature, const std::string& pack) {
  const Template* title = signature.title.in("en");
  return {.id = signature.id,
          .title = title == nullptr ? "" : title->text(),
          .kind = signature.kind,
          .severity = signature.severity,
          .maturity = signature.maturity,
          .scope = signature.scope,
          .also_known_as = signature.also_known_as,
          .references = signature.references,
          .file = signature.file,
          .pack = pack,
          .replaces = {}};
}

void replace(Candidate& earlier, Candidate&& later) {
  later.card.replaces = std::move(earlier.card.replaces);
  later.card.replaces.push_back(earlier.card.file);
  earlier = std::move(later);
}

Loaded load_sources(const std::vector<SignatureFile>& sources, LoadOne load_one) {
  Loaded result;
  std::map<std::string, Candidate> by_id;
  std::vector<LoadedSignature> all = load_all(sources, load_one);
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::move(all[i].diagnostics.begin(), all[i].diagnostics.end(), std::back_inserter(result.diagnostics));
    if (!all[i].signature) continue;
    Candidate candidate{.origin = sources[i].origin, .signature = std::move(*all[i].signature), .card = {}};
    candidate.card = card_of(candidate.signature, sources[i].pack);
    const auto [found, is_new] = by_id.try_emplace(candidate.signature.id);
    if (is_new) {
      found->second = std::move(candidate);
    } else if (found->second.origin == sources[i].origin) {
      result.diagnostics.push_back(duplicate(candidate.signature, found->second.signature));
    } else {
      replace(found->second, std::move(candidate));
    }
  }
  for (auto& [id, candidate] : by_id) {
    result.signatures.push_back(std::move(candidate.signature));
    result.cards.push_back(std::move(candidate.card));
  }
  return result;
}

bool is_error(const Diagnostic& diagnostic) {
  return diagnostic.severity == Diagnostic::Severity::error;
}

std::vector<Diagnostic> in_order(std::vector<Diagnostic> diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
  });
  return diagnostics;
}

// With the earlier signature of the same id, if there is one, that works in the place of one that was left
// out.
void name_stand_ins(const std::vector<SignatureCard>& cards, std::vector<Diagnostic>& errors) {
  for (Diagnostic& error : errors) {
    const auto same = [&](const SignatureCard& card) { return card.id == error.signature; };
    const auto found = std::find_if(cards.begin(), cards.end(), same);
    if (found == cards.end() || error.signature.empty()) continue;
    error.message += fmt::format("; {} of {} is used", found->id, found->file);
  }
}

SignatureSet compile(Loaded&& loaded, const LoadOptions& options) {
  std::vector<Diagnostic> errors = in_order(std::move(loaded.diagnostics));
  std::erase_if(errors, [](const Diagnostic& diagnostic) { return !is_error(diagnostic); });
  if (!errors.empty() && (options.strict || loaded.signatures.empty())) {
    const std::string words =
        fmt::format("the signatures have {} error{}", errors.size(), errors.size() == 1 ? "" : "s");
    throw Error("invalid-signatures", words, std::move(errors));
  }
  name_stand_ins(loaded.cards, errors);
  const auto compiled = std::make_shared<SignatureSet::Compiled>(std::move(loaded.signatures));
  compiled->cards = std::move(loaded.cards);
  compiled->left_out = std::move(errors);
  return SignatureSet(compiled);
}

// A pack that asks for a later assay may hold signatures that look right and mean something else.
void refuse(std::vector<Diagnostic>&& pack_remarks) {
  if (pack_remarks.empty()) return;
  throw Error("unsuitable-pack", "a pack of signatures cannot be used", in_order(std::move(pack_remarks)));
}

// Captures that tests name and that are not there. Texts from memory have no folder to look in.
std::vector<Diagnostic> remarks_on_captures(const Signature& signature) {
  std::vector<Diagnostic> remarks;
  for (const SignatureTest& test : signature.tests) {
    for (const SignatureTest::Capture& capture : test.captures) {
      std::error_code error;
      const fs::path path = beside(signature.file, capture.path);
      if (fs::is_regular_file(path, error)) continue;
      remarks.push_back({.severity = Diagnostic::Severity::error,
                         .code = "missing-file",
                         .file = signature.file,
                         .line = capture.mark.line,
                         .column = capture.mark.column,
                         .message = fmt::format("the test '{}' reads {}, and there is no such file",
                                                test.name, path.string()),
                         .signature = signature.id});
    }
  }
  return remarks;
}

using LintOne = std::vector<Diagnostic> (*)(const Signature&);

std::vector<Diagnostic> lint(const std::vector<SignatureFile>& sources, std::vector<Diagnostic> remarks,
                             LintOne lint_files) {
  Loaded loaded = load_sources(sources, load_signature);
  const auto add = [&](std::vector<Diagnostic> more) {
    std::move(more.begin(), more.end(), std::back_inserter(remarks));
  };
  add(std::move(loaded.diagnostics));
  for (const Signature& signature : loaded.signatures) {
    add(lint_signature(signature));
    add(lint_files(signature));
  }
  add(lint_together(loaded.signatures));
  return in_order(std::move(remarks));
}

// Signatures are held against the errors and warnings that none of them knows, too.
Wanted wanted_of_logs(const Matcher& matcher, const std::vector<Signature>& signatures) {
  Wanted wanted = matcher.wanted();
  wanted.severe_records = !signatures.empty();
  return wanted;
}

}  // namespace

SignatureSet::Compiled::Compiled(std::vector<Signature> all)
    : signatures(std::move(all)),
      matcher(signatures),
      log_literals(wanted_of_logs(matcher, signatures)),
      settings(named_settings(signatures)) {}

SignatureSet SignatureSet::load(std::span<const fs::path> paths, const LoadOptions& options) {
  SignatureFiles found = read_signature_files(paths);
  refuse(std::move(found.pack_remarks));
  const LoadOne load_one = options.strict ? load_signature : load_signature_without_tests;
  return compile(load_sources(found.files, load_one), options);
}

SignatureSet SignatureSet::load(std::initializer_list<fs::path> paths, const LoadOptions& options) {
  return load(std::span(paths.begin(), paths.size()), options);
}

SignatureSet SignatureSet::from_text(std::span<const SignatureSource> sources) {
  return compile(load_sources(given_sources(sources), load_signature), {});
}

std::span<const SignatureCard> SignatureSet::cards() const {
  return compiled_->cards;
}

std::span<const Diagnostic> SignatureSet::left_out() const {
  return compiled_->left_out;
}

std::vector<Diagnostic> lint_signatures(std::span<const fs::path> paths) {
  SignatureFiles found = read_signature_files(paths);
  return lint(found.files, std::move(found.pack_remarks), remarks_on_captures);
}

std::vector<Diagnostic> lint_signatures(std::span<const SignatureSource> sources) {
  return lint(given_sources(sources), {}, [](const Signature&) { return std::vector<Diagnostic>(); });
}

}  // namespace assay
