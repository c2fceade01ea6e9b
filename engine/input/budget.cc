// What a walk may still use: the limits of the whole walk are kept here, and the list of problems.
#include "input/budget.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace assay {
namespace {

// An archive of nothing but damage must not fill the memory with messages about it.
constexpr std::size_t kProblemsKept = 1'000;

// Short streams may expand as far as they like: a log of one repeated line is no bomb.
constexpr std::uint64_t kExpansionFloor = 64ULL << 20;

}  // namespace

Budget::Budget(const Options& options) : options_(options), progress_(options.progress) {}

bool Budget::go_on(const std::string& path) {
  if (stopped()) return false;
  if (options_.cancelled && options_.cancelled()) {
    stop_ = Stop::cancelled;
    return false;
  }
  const auto elapsed = std::chrono::steady_clock::now() - begin_;
  if (elapsed < std::chrono::seconds(limits().seconds)) return true;
  report_limit("time", limits().seconds, path, 0,
               "seconds have passed; the rest of this member and all that follows were left unread");
  stop_ = Stop::limit;
  return false;
}

bool Budget::may_open(const std::string& path) {
  if (!go_on(path)) return false;
  if (opened_ < limits().members) {
    ++opened_;
    return true;
  }
  report_limit("members", limits().members, path, 0,
               "members have been opened; this one and all that follows were left unread");
  stop_ = Stop::limit;
  return false;
}

std::size_t Budget::grant(std::size_t wanted) const {
  return static_cast<std::size_t>(std::min<std::uint64_t>(wanted, limits().total_bytes - walked_.bytes));
}

void Budget::stop_for_total_bytes(const std::string& path, std::uint64_t offset) {
  report_limit("total-bytes", limits().total_bytes, path, offset,
               "bytes have been read in all; the rest of this member and all that follows were left unread");
  stop_ = Stop::limit;
}

bool Budget::expands_too_far(std::uint64_t out, std::uint64_t in) const {
  return out >= kExpansionFloor && out / std::max<std::uint64_t>(in, 1) >= limits().expansion_ratio;
}

void Budget::report(std::string code, const std::string& path, std::uint64_t offset, std::string message) {
  if (stopped()) return;
  std::vector<Problem>& problems = walked_.problems;
  if (problems.size() < kProblemsKept) {
    problems.push_back({std::move(code), path, std::move(message), offset});
    return;
  }
  if (unlisted_ == 0) problems.push_back({.code = "many-problems", .path = path, .message = ""});
  ++unlisted_;
  problems.back().message = fmt::format(
      "{} more problems, from here on, are not listed: only the first {} are", unlisted_, kProblemsKept);
}

void Budget::report_limit(std::string_view name, std::uint64_t value, const std::string& path,
                          std::uint64_t offset, std::string_view consequence) {
  report(fmt::format("limit-{}", name), path, offset,
         fmt::format("--limit-{0} {1}: {1} {2}", name, value, consequence));
}

}  // namespace assay
