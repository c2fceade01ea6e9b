// The C interface: each call is one of the C++ interface, with every exception turned into an outcome.
#include "assay/c_api.h"

#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <string>
#include <string_view>

#include "assay/analyze.h"
#include "assay/error.h"
#include "assay/formats.h"
#include "assay/signatures.h"
#include "assay/version.h"

struct assay_signatures {
  assay::SignatureSet set;
};

namespace {

// Null if there is no memory for it.
char* copy_of(std::string_view text) {
  auto* const copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (copy == nullptr) return nullptr;
  std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = '\0';
  return copy;
}

assay_outcome fail(assay_outcome outcome, std::string_view words, char** error) {
  if (error != nullptr) *error = copy_of(words);
  return outcome;
}

assay_outcome outcome_of(const assay::Error& error) {
  if (error.code() == "no-such-path") return ASSAY_NO_SUCH_PATH;
  if (error.code() == "unreadable") return ASSAY_UNREADABLE;
  const bool signatures = error.code() == "invalid-signatures" || error.code() == "unsuitable-pack";
  return signatures ? ASSAY_INVALID_SIGNATURES : ASSAY_FAILED;
}

std::string words_of(const assay::Error& error) {
  std::string words = error.what();
  for (const assay::Diagnostic& diagnostic : error.diagnostics()) words += '\n' + to_string(diagnostic);
  return words;
}

// Everything that is thrown within the library is an std::exception.
assay_outcome guarded(char** error, const std::function<assay_outcome()>& call) {
  try {
    return call();
  } catch (const assay::Error& thrown) {
    return fail(outcome_of(thrown), words_of(thrown), error);
  } catch (const std::exception& thrown) {
    return fail(ASSAY_FAILED, thrown.what(), error);
  }
}

assay_outcome analyze(const assay_signatures& signatures, const assay::Input& input, const char* language,
                      char** json, char** error) {
  assay::Options options;
  if (language != nullptr) options.language = language;
  *json = copy_of(to_json(assay::analyze(signatures.set, std::span(&input, 1), options)));
  return *json == nullptr ? fail(ASSAY_FAILED, "no memory for the report", error) : ASSAY_OK;
}

void clear(char** text) {
  if (text != nullptr) *text = nullptr;
}

}  // namespace

const char* assay_version(void) {
  static const std::string version(assay::version());
  return version.c_str();
}

assay_outcome assay_signatures_load(const char* path, assay_signatures** signatures, char** error) {
  clear(error);
  if (signatures == nullptr) return fail(ASSAY_INVALID_ARGUMENT, "signatures is NULL", error);
  *signatures = nullptr;
  return guarded(error, [&] {
    if (path == nullptr) {
      *signatures = new assay_signatures{assay::SignatureSet::installed()};
    } else {
      const std::filesystem::path given(path);
      *signatures = new assay_signatures{assay::SignatureSet::load(std::span(&given, 1))};
    }
    return ASSAY_OK;
  });
}

void assay_signatures_free(assay_signatures* signatures) {
  delete signatures;
}

assay_outcome assay_analyze_path(const assay_signatures* signatures, const char* path, const char* language,
                                 char** json, char** error) {
  clear(error);
  clear(json);
  if (signatures == nullptr || path == nullptr || json == nullptr) {
    return fail(ASSAY_INVALID_ARGUMENT, "signatures, path or json is NULL", error);
  }
  return guarded(error,
                 [&] { return analyze(*signatures, assay::Input::from_path(path), language, json, error); });
}

assay_outcome assay_analyze_bytes(const assay_signatures* signatures, const char* name, const void* bytes,
                                  size_t size, const char* language, char** json, char** error) {
  clear(error);
  clear(json);
  if (signatures == nullptr || name == nullptr || json == nullptr || (bytes == nullptr && size > 0)) {
    return fail(ASSAY_INVALID_ARGUMENT, "signatures, name, bytes or json is NULL", error);
  }
  const std::span<const char> content(static_cast<const char*>(bytes), size);
  return guarded(error, [&] {
    return analyze(*signatures, assay::Input::from_bytes(name, content), language, json, error);
  });
}

void assay_text_free(char* text) {
  std::free(text);
}
