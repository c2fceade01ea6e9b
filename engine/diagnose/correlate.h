// Hits of several observations into matches: how often, in which order, how near in time, or not at all.
//
// Hits are ordered by (time, path, offset); a window is closed at both ends and looked for anywhere; hits
// without a time take part only where there is no window (in order of path and offset for a sequence). No
// hit counts twice in one match. Shuffling the hits changes nothing.
//
// Hits without a time stand after those with one. Hits of different observations at one place are one event:
// it takes one step of a sequence, or one part of a match in any order, and never answers itself in `absent`.
// What `absent` looks for is there if it comes at the anchor's own time, whichever stands first. Where its
// window reaches beyond the evidence, nobody knows whether it came: the match is open.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "match/hit.h"
#include "signature/signature.h"

namespace assay {

// One time that a correlation held: the hits that make it up, and the values of its `same` keys.
struct CorrelationMatch {
  std::vector<std::uint32_t> hits;  // indices in the given hits, in order of time
  std::vector<std::string> keys;    // parallel to Correlation::same
  bool open = false;                // of `absent`: it holds as far as can be seen, and may not
};

// From when to when the evidence reaches in which `absent` looks for the answer; nothing: no end is known.
struct Reach {
  std::optional<Time> first;
  std::optional<Time> last;
};

// `hits`: those of one node and one signature, in any order. `member_paths` orders hits of equal time.
// The result is in order of its first hit. Matches of one correlation share no hit, except for `absent`,
// whose matches are one anchor each.
std::vector<CorrelationMatch> correlate(const Signature& signature, const Correlation& correlation,
                                        std::span<const Hit* const> hits,
                                        const std::vector<std::string>& member_paths,
                                        const Reach& reach = {});

}  // namespace assay
