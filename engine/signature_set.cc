// From files to a compiled set: find the files, load them on all cores, refuse or lint them together.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>
#include <tuple>

#include "compiled.h"
#include "signature/load.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

// One file, and which of the given paths it comes from: only a later path may replace a signature.
struct Source {
  std::string name;
  std::string text;
  std::size_t origin = 0;
};

bool is_signature_file(const fs::path& path) {
  const std::string extension = path.extension().string();
  const bool schema = path.filename().string().ends_with(".schema.json");
  return !schema && (extension == ".yaml" || extension == ".yml" || extension == ".json");
}

std::vector<fs::path> files_of(const fs::path& path) {
  std::error_code error;
  if (fs::is_regular_file(path, error)) return {path};
  if (!fs::is_directory(path, error)) {
    throw Error("no-such-path", fmt::format("there is no file or folder {}", path.string()));
  }
  std::vector<fs::path> files;
  fs::recursive_directory_iterator at(path, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (at->is_regular_file() && is_signature_file(at->path())) files.push_back(at->path());
  }
  if (error) {
    throw Error("unreadable", fmt::format("cannot read folder {}: {}", path.string(), error.message()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error("unreadable", fmt::format("cannot open signature file {}", path.string()));
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Source> read_sources(std::span<const fs::path> paths) {
  std::vector<Source> sources;
  for (std::size_t origin = 0; origin < paths.size(); ++origin) {
    for (const fs::path& file : files_of(paths[origin])) {
      sources.push_back({.name = file.string(), .text = read_file(file), .origin = origin});
    }
  }
  return sources;
}

std::vector<Source> given_sources(std::span<const SignatureSource> texts) {
  std::vector<Source> sources;
  for (const SignatureSource& text : texts) sources.push_back({.name = text.name, .text = text.text});
  return sources;
}

// Files do not depend on each other, so each core takes every n-th; the result is in the order of the
// sources.
std::vector<LoadedSignature> load_all(const std::vector<Source>& sources) {
  constexpr std::size_t kWorthAThread = 64;
  const std::size_t threads = std::clamp<std::size_t>(sources.size() / kWorthAThread, 1,
                                                      std::max(1U, std::thread::hardware_concurrency()));
  std::vector<LoadedSignature> loaded(sources.size());
  const auto load_share = [&](std::size_t first) {
    for (std::size_t i = first; i < sources.size(); i += threads) {
      loaded[i] = load_signature(sources[i].text, sources[i].name);
    }
  };
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < threads; ++i) others.emplace_back(load_share, i);
  load_share(0);
  return loaded;
}

// What can be used of the sources, and every remark on the way.
struct Loaded {
  std::vector<Signature> signatures;  // by id
  std::vector<Diagnostic> diagnostics;
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

Loaded load_sources(const std::vector<Source>& sources) {
  Loaded result;
  std::map<std::string, std::pair<std::size_t, Signature>> by_id;
  std::vector<LoadedSignature> all = load_all(sources);
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::move(all[i].diagnostics.begin(), all[i].diagnostics.end(), std::back_inserter(result.diagnostics));
    if (!all[i].signature) continue;
    Signature& signature = *all[i].signature;
    const std::string id = signature.id;
    const auto found = by_id.find(id);
    if (found == by_id.end()) {
      by_id.emplace(id, std::pair(sources[i].origin, std::move(signature)));
    } else if (found->second.first == sources[i].origin) {
      result.diagnostics.push_back(duplicate(signature, found->second.second));
    } else {
      found->second = {sources[i].origin, std::move(signature)};
    }
  }
  for (auto& [id, entry] : by_id) result.signatures.push_back(std::move(entry.second));
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

SignatureSet compile(Loaded&& loaded) {
  const auto errors = std::count_if(loaded.diagnostics.begin(), loaded.diagnostics.end(), is_error);
  if (errors > 0) {
    std::erase_if(loaded.diagnostics, [](const Diagnostic& diagnostic) { return !is_error(diagnostic); });
    throw Error("invalid-signatures",
                fmt::format("the signatures have {} error{}", errors, errors == 1 ? "" : "s"),
                in_order(std::move(loaded.diagnostics)));
  }
  return SignatureSet(std::make_shared<const SignatureSet::Compiled>(std::move(loaded.signatures)));
}

std::vector<Diagnostic> lint(const std::vector<Source>& sources) {
  Loaded loaded = load_sources(sources);
  std::vector<Diagnostic>& remarks = loaded.diagnostics;
  const auto add = [&](std::vector<Diagnostic> more) {
    std::move(more.begin(), more.end(), std::back_inserter(remarks));
  };
  for (const Signature& signature : loaded.signatures) add(lint_signature(signature));
  add(lint_together(loaded.signatures));
  return in_order(std::move(remarks));
}

SignatureCard card_of(const Signature& signature) {
  const Template* title = signature.title.in("en");
  return {.id = signature.id,
          .title = title == nullptr ? "" : title->text(),
          .kind = signature.kind,
          .severity = signature.severity,
          .maturity = signature.maturity,
          .scope = signature.scope,
          .also_known_as = signature.also_known_as,
          .references = signature.references,
          .file = signature.file};
}

std::vector<SignatureCard> cards_of(const std::vector<Signature>& signatures) {
  std::vector<SignatureCard> cards;
  for (const Signature& signature : signatures) cards.push_back(card_of(signature));
  return cards;
}

}  // namespace

SignatureSet::Compiled::Compiled(std::vector<Signature> all)
    : signatures(std::move(all)),
      cards(cards_of(signatures)),
      matcher(signatures),
      log_literals(matcher.wanted()) {}

SignatureSet SignatureSet::load(std::span<const fs::path> paths) {
  return compile(load_sources(read_sources(paths)));
}

SignatureSet SignatureSet::from_text(std::span<const SignatureSource> sources) {
  return compile(load_sources(given_sources(sources)));
}

// An installed tree may be moved as a whole, so the pack beside the running program comes before the folder
// that the library was configured for.
fs::path SignatureSet::installed_path() {
  if (const char* folder = std::getenv("ASSAY_SIGNATURES"); folder != nullptr && *folder != '\0')
    return folder;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path beside = program.parent_path().parent_path() / "share" / "assay" / "signatures";
  return !error && fs::is_directory(beside, error) ? beside : fs::path(ASSAY_SIGNATURE_FOLDER);
}

SignatureSet SignatureSet::installed() {
  const fs::path path = installed_path();
  return load(std::span(&path, 1));
}

std::span<const SignatureCard> SignatureSet::cards() const {
  return compiled_->cards;
}

std::vector<Diagnostic> lint_signatures(std::span<const fs::path> paths) {
  return lint(read_sources(paths));
}

std::vector<Diagnostic> lint_signatures(std::span<const SignatureSource> sources) {
  return lint(given_sources(sources));
}

}  // namespace assay
