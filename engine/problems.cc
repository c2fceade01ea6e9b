// Most problems are noticed where something is read. Of an input, and of a signature, only the end tells that
// nothing came of it.
#include "problems.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>

#include "input/display_name.h"

namespace assay {

bool means_incomplete(const Problem& problem) {
  // What is not sound on the wire came from a peer: it is evidence, not a hole in it.
  static constexpr std::array<std::string_view, 14> kHarmless = {
      "no-evidence",     "trailing-garbage",     "no-end-mark",
      "facts-disagree",  "invalid-signature",    "device-not-told",
      "several-devices", "tls-malformed",        "tls-certificate-unreadable",
      "tls-unread",      "capture-dtls",         "capture-quic",
      "capture-esp",     "certificate-malformed"};
  return std::find(kHarmless.begin(), kHarmless.end(), problem.code) == kHarmless.end();
}

bool is_complete(std::span<const Problem> problems) {
  return std::none_of(problems.begin(), problems.end(), means_incomplete);
}

std::vector<Problem> inputs_without_evidence(std::span<const Input> inputs, const Inventory& inventory,
                                             std::span<const Problem> problems) {
  std::vector<Problem> found;
  for (const Input& input : inputs) {
    const std::string name = name_of_input(input.name).path;
    const auto is_of_it = [&](std::string_view path) { return path == name || lies_in(path, name); };
    const auto has_reader = [&](const MemberRead& member) {
      return !member.reader.empty() && is_of_it(member.path);
    };
    const auto is_about_it = [&](const Problem& problem) { return is_of_it(problem.path); };
    if (std::any_of(inventory.members.begin(), inventory.members.end(), has_reader)) continue;
    if (std::any_of(problems.begin(), problems.end(), is_about_it)) continue;
    found.push_back(
        {.code = "no-evidence",
         .path = name,
         .message = "Nothing in it is of a form that is read: no log, no dump of the configuration "
                    "or status, no packet capture, no certificate. Give a diagnostic log, or an archive or "
                    "folder that holds one",
         .offset = 0});
  }
  return found;
}

std::vector<Problem> signatures_left_out(std::span<const Diagnostic> mistakes) {
  std::vector<Problem> problems;
  for (std::size_t i = 0, end = 0; i < mistakes.size(); i = end) {
    for (end = i; end < mistakes.size() && mistakes[end].file == mistakes[i].file;) ++end;
    const Diagnostic& first = mistakes[i];
    std::string words =
        fmt::format("This signature was left out: line {}: {} [{}]", first.line, first.message, first.code);
    if (end - i > 1) words += fmt::format(" and {} more", end - i - 1);
    problems.push_back(
        {.code = "invalid-signature", .path = first.file, .message = words + '.', .offset = 0});
  }
  return problems;
}

void append(std::vector<Problem>& to, std::vector<Problem>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void sort_problems(std::vector<Problem>& problems) {
  std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.path, a.offset, a.code) < std::tie(b.path, b.offset, b.code);
  });
}

}  // namespace assay
