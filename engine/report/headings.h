// The words of the text output that are not of a signature, in each language.
#pragma once

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

namespace assay {

// "{}" stands for what is filled in.
struct Headings {
  // The verdict.
  std::string_view one_issue, issues, one_potential_problem, potential_problems;
  std::string_view both;   // of the two
  std::string_view found;  // of one or both
  std::string_view found_nothing;
  std::string_view found_nothing_incomplete;
  std::string_view nothing_applies;
  std::string_view nothing_read;
  std::string_view nothing_checkable;
  std::string_view no_signatures;
  std::string_view incomplete;
  // One finding.
  std::string_view node, whole_case, also_known_as, description, condition, further_information, actions,
      evidence, references, notes, could_not_check, how_to_get;
  std::string_view once, times, from_to, more_groups, more_bytes;
  // The rest.
  std::string_view not_checked, no_evidence, ways, not_evaluated, problems, at_packet, at_byte, more_problems;
  std::string_view unexplained, more_unexplained, rare_unexplained;
  std::string_view rest, hidden, hidden_by;
  std::string_view read;                   // members, size, records, requests
  std::array<std::string_view, 6> status;  // in the order of the enum, as are the next two
  std::array<std::string_view, 6> kind;
  std::array<std::string_view, 5> severity;
  std::string_view separator;  // between things of a list
  std::string_view experimental, deprecated;
};

// One of these words with `values` for its "{}".
template <typename... Values>
std::string fill(std::string_view words, const Values&... values) {
  return fmt::format(fmt::runtime(words), values...);
}

// English for a language that is not there. "it-IT" is "it".
const Headings& headings_in(std::string_view language);

}  // namespace assay
