// Parts the hits by keys, looks for matches in each part, and puts the matches in order.
#include "diagnose/correlate.h"

#include <algorithm>

#include "diagnose/strands.h"

namespace assay {

namespace {

std::vector<Moments> find_matches(const Signature& signature, const Correlation& correlation,
                                  const Strands& strands, const Strand& strand) {
  switch (correlation.kind) {
    case Correlation::Kind::count:
      return find_counts(correlation, strand.lines.front());
    case Correlation::Kind::distinct: {
      const std::vector<std::string>& captures =
          signature.observations[correlation.observations.front()].captures;
      const auto of = std::find(captures.begin(), captures.end(), correlation.of);
      return find_distinct(correlation, strand.lines.front(),
                           static_cast<std::size_t>(of - captures.begin()));
    }
    case Correlation::Kind::sequence:
      return find_sequences(correlation, strands, strand);
    case Correlation::Kind::together:
      return find_together(correlation, strands, strand);
    case Correlation::Kind::absent:
      if (strands.line_of.size() < 2) return {};
      return find_absences(correlation, strand.lines[strands.line_of[0]], strand.lines[strands.line_of[1]]);
  }
  return {};
}

// Most floods are of what a signature would rather see absent: without a hit of what a match stands on there
// is nothing to put in order.
bool has_what_it_stands_on(const Correlation& correlation, std::span<const Hit* const> hits) {
  std::span<const std::uint32_t> needed = correlation.observations;
  if (correlation.kind == Correlation::Kind::absent && !needed.empty()) needed = needed.first(1);
  const auto is_seen = [&](std::uint32_t observation) {
    return std::any_of(hits.begin(), hits.end(),
                       [&](const Hit* hit) { return hit->observation == observation; });
  };
  return std::all_of(needed.begin(), needed.end(), is_seen);
}

}  // namespace

std::vector<CorrelationMatch> correlate(const Signature& signature, const Correlation& correlation,
                                        std::span<const Hit* const> hits,
                                        const std::vector<std::string>& member_paths, const Reach& reach) {
  if (!has_what_it_stands_on(correlation, hits)) return {};
  struct Found {
    std::vector<std::uint32_t> order;  // of its moments, in the order of hits
    CorrelationMatch match;
  };
  std::vector<Found> found;
  const Strands strands = make_strands(signature, correlation, hits, EventOrder(member_paths));
  for (const Strand& strand : strands.strands) {
    for (Moments& moments : find_matches(signature, correlation, strands, strand)) {
      std::sort(moments.begin(), moments.end(),
                [](const Moment& left, const Moment& right) { return left.order < right.order; });
      Found one;
      one.match.keys = strand.keys;
      one.match.open =
          correlation.kind == Correlation::Kind::absent && is_open(correlation, moments.front(), reach);
      for (const Moment& moment : moments) {
        one.order.push_back(moment.order);
        one.match.hits.push_back(moment.index);
      }
      found.push_back(std::move(one));
    }
  }
  std::sort(found.begin(), found.end(),
            [](const Found& left, const Found& right) { return left.order < right.order; });

  std::vector<CorrelationMatch> matches;
  matches.reserve(found.size());
  for (Found& one : found) matches.push_back(std::move(one.match));
  return matches;
}

}  // namespace assay
