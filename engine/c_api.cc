// The C interface: each call is one of the C++ interface, with every exception turned into a result.
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

assay_result fail(assay_result result, std::string_view words, char** error) {
  if (error != nullptr) *error = copy_of(words);
  return result;
}

assay_result result_of(const assay::Error& error) {
  if (error.code() == "no-such-path") return ASSAY_NO_SUCH_PATH;
  if (error.code() == "unreadable") return ASSAY_UNREADABLE;
  if (error.code() == "cancelled") return ASSAY_CANCELLED;
  const bool signatures = error.code() == "invalid-signatures" || error.code() == "unsuitable-pack";
  return signatures ? ASSAY_INVALID_SIGNATURES : ASSAY_FAILED;
}

std::string words_of(const assay::Error& error) {
  std::string words = error.what();
  for (const assay::Diagnostic& diagnostic : error.diagnostics()) words += '\n' + to_string(diagnostic);
  return words;
}

// Everything that is thrown within the library is an std::exception.
assay_result guarded(char** error, const std::function<assay_result()>& call) {
  try {
    return call();
  } catch (const assay::Error& thrown) {
    return fail(result_of(thrown), words_of(thrown), error);
  } catch (const std::exception& thrown) {
    return fail(ASSAY_FAILED, thrown.what(), error);
  }
}

assay::Options options_from(const assay_options& given) {
  assay::Options options;
  if (given.language != nullptr) options.language = given.language;
  if (given.threads > 0) options.threads = given.threads;
  if (given.seconds > 0) options.limits.seconds = given.seconds;
  if (given.total_bytes > 0) options.limits.total_bytes = given.total_bytes;
  options.transactions = given.transactions != 0;
  options.handshakes = given.handshakes != 0;
  options.certificates = given.certificates != 0;
  if (given.progress != nullptr) {
    options.progress = [&given](const assay::Progress& progress) {
      given.progress(given.context, progress.path.c_str(), progress.members, progress.bytes);
    };
  }
  if (given.cancelled != nullptr) {
    options.cancelled = [&given] { return given.cancelled(given.context) != 0; };
  }
  return options;
}

assay_result analyze(const assay_signatures& signatures, const assay::Input& input,
                     const assay_options* given, char** json, char** error) {
  const assay::Options options = given == nullptr ? assay::Options() : options_from(*given);
  *json = copy_of(to_json(assay::analyze(signatures.set, input, options)));
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

assay_result assay_signatures_load(const char* path, assay_signatures** signatures, char** error) {
  clear(error);
  if (signatures == nullptr) return fail(ASSAY_INVALID_ARGUMENT, "signatures is NULL", error);
  *signatures = nullptr;
  return guarded(error, [&] {
    *signatures = new assay_signatures{path == nullptr ? assay::SignatureSet::installed()
                                                       : assay::SignatureSet::load({path})};
    return ASSAY_OK;
  });
}

void assay_signatures_free(assay_signatures* signatures) {
  delete signatures;
}

assay_result assay_analyze_path(const assay_signatures* signatures, const char* path,
                                const assay_options* options, char** json, char** error) {
  clear(error);
  clear(json);
  if (signatures == nullptr || path == nullptr || json == nullptr) {
    return fail(ASSAY_INVALID_ARGUMENT, "signatures, path or json is NULL", error);
  }
  return guarded(error,
                 [&] { return analyze(*signatures, assay::Input::from_path(path), options, json, error); });
}

assay_result assay_analyze_bytes(const assay_signatures* signatures, const char* name, const void* bytes,
                                 size_t size, const assay_options* options, char** json, char** error) {
  clear(error);
  clear(json);
  if (signatures == nullptr || name == nullptr || json == nullptr || (bytes == nullptr && size > 0)) {
    return fail(ASSAY_INVALID_ARGUMENT, "signatures, name, bytes or json is NULL", error);
  }
  const std::span<const char> content(static_cast<const char*>(bytes), size);
  return guarded(error, [&] {
    return analyze(*signatures, assay::Input::from_bytes(name, content), options, json, error);
  });
}

void assay_text_free(char* text) {
  std::free(text);
}
