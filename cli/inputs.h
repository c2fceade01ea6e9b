// The options of every command that reads bundles.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "assay/analyze.h"
#include "assay/explain.h"
#include "command.h"

namespace assay {

struct BundleRequest {
  std::vector<std::string> paths;  // "-" is standard input
  Options options;
};

// Adds PATH..., --threads and an option for each of the Limits on what is read.
void add_bundle_options(CLI::App& command, BundleRequest& request);
// For commands that hold bundles against signatures: --limit-hits.
void add_limit_of_hits(CLI::App& command, BundleRequest& request);

// "64G", "10M", "500", "unlimited": bytes, with K, M, G, T of 1024.
std::uint64_t parse_size(const std::string& text);
// "90", "90s", "10m", "2h": seconds.
std::uint64_t parse_seconds(const std::string& text);

std::uint64_t parse_count(const std::string& text);

// A command that lists something in bundles, as table, JSON lines or CSV.
struct ListingRequest {
  BundleRequest bundles;
  std::string format;
};

// Analyses with progress and Ctrl-C.
Report analyze(const SignatureSet& signatures, BundleRequest& request);
// The same without signatures; the problems go to standard error.
Report read_bundles(BundleRequest& request);
Explanation explain(const SignatureSet& signatures, std::string_view id, BundleRequest& request);

// Which signatures to use. None: the installed ones; among others the word "installed" stands for these.
struct SignatureChoice {
  std::vector<std::string> paths;
  bool strict = false;
};

// Adds --signatures and --strict.
void add_signature_choice(CLI::App& command, SignatureChoice& choice);

std::vector<std::filesystem::path> paths_of(const SignatureChoice& choice);
SignatureSet load_signatures(const SignatureChoice& choice);

// The signature of this id, or that is also known as it, in any case. Throws Error "unknown-signature".
const SignatureCard& card_called(const SignatureSet& set, const std::string& id);

// A line for each problem, to standard error: for commands whose output has no place for them.
void say_problems(const std::vector<Problem>& problems);

// The exit status that a report comes to.
ExitStatus status_of(const Report& report);

}  // namespace assay
