// Start here: a bundle and a set of signatures in, a report out.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <span>
#include <string>
#include <variant>

#include "assay/options.h"
#include "assay/report.h"
#include "assay/signatures.h"

namespace assay {

// Something to analyse. What it is (folder, archive, compressed or plain text) is found from its
// content; names are only shown.
struct Input {
  std::string name;  // shown as the start of every path; for a path, usually the path itself
  // A file or folder; bytes that outlive the call; or a stream that is read to its end.
  std::variant<std::filesystem::path, std::span<const char>, std::istream*> source;

  static Input from_path(const std::filesystem::path& path) { return {path.string(), path}; }
  static Input from_bytes(std::string name, std::span<const char> bytes) { return {std::move(name), bytes}; }
  static Input from_stream(std::string name, std::istream& stream) { return {std::move(name), &stream}; }
};

// Reads the inputs as one case and judges every signature on every node in it.
//
// Throws Error: "no-such-path" if an input is not there, "unreadable" if it cannot be opened,
// "invalid-option" for an unusable option, "cancelled" if Options::cancelled said so. Everything that is
// wrong inside the inputs is in Report::problems instead. Any number of calls may run at once, also with one
// set.
Report analyze(const SignatureSet& signatures, std::span<const Input> inputs, const Options& options = {});
// The same for one input.
Report analyze(const SignatureSet& signatures, const Input& input, const Options& options = {});

}  // namespace assay
