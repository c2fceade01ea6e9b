// Puts hits in order once, numbers their events, and parts them by keys.
#include "diagnose/strands.h"

#include <algorithm>
#include <map>

#include "characters.h"

namespace assay {

namespace {

// For each key the index among the captures of the observation; nothing if it does not have one of them.
using Columns = std::optional<std::vector<std::size_t>>;

Columns key_columns(const Signature& signature, const Correlation& correlation, std::size_t slot) {
  const std::uint32_t observation = correlation.observations[slot];
  if (observation >= signature.observations.size()) return std::nullopt;
  const std::vector<std::string>& captures = signature.observations[observation].captures;
  std::vector<std::size_t> columns;
  for (const SameKey& key : correlation.same) {
    if (slot >= key.capture_of.size()) return std::nullopt;
    const auto found = std::find(captures.begin(), captures.end(), key.capture_of[slot]);
    if (found == captures.end()) return std::nullopt;
    columns.push_back(static_cast<std::size_t>(found - captures.begin()));
  }
  return columns;
}

// The values of the keys, without their case; nothing if one of them is empty.
std::optional<std::vector<std::string>> keys_of(const Hit& hit, const std::vector<std::size_t>& columns) {
  std::vector<std::string> keys;
  keys.reserve(columns.size());
  for (const std::size_t column : columns) {
    if (column >= hit.captures.size() || hit.captures[column].empty()) return std::nullopt;
    keys.push_back(hit.captures[column]);
    for (char& c : keys.back()) c = lower(c);
  }
  return keys;
}

// The hits of some observations, in order and numbered.
std::vector<Moment> ordered(const std::vector<std::uint32_t>& observations, const Correlation& correlation,
                            std::span<const Hit* const> hits, const EventOrder& order) {
  std::vector<Moment> moments;
  for (std::size_t index = 0; index < hits.size(); ++index) {
    const Hit* const hit = hits[index];
    if (correlation.within && !hit->time) continue;
    if (std::find(observations.begin(), observations.end(), hit->observation) == observations.end()) continue;
    moments.push_back({.hit = hit, .index = static_cast<std::uint32_t>(index)});
  }
  const auto earlier = [&](const Moment& left, const Moment& right) { return order(left.hit, right.hit); };
  if (!std::is_sorted(moments.begin(), moments.end(), earlier)) {
    std::sort(moments.begin(), moments.end(), earlier);
  }
  std::uint32_t event = 0;
  for (std::size_t i = 0; i < moments.size(); ++i) {
    if (i > 0 && order.compare(*moments[i - 1].hit, *moments[i].hit) != std::weak_ordering::equivalent) {
      ++event;
    }
    moments[i].event = event;
    moments[i].order = static_cast<std::uint32_t>(i);
  }
  return moments;
}

}  // namespace

Strands make_strands(const Signature& signature, const Correlation& correlation,
                     std::span<const Hit* const> hits, const EventOrder& order) {
  Strands result;
  std::vector<Columns> columns;  // parallel to result.observations
  for (std::size_t slot = 0; slot < correlation.observations.size(); ++slot) {
    const std::uint32_t observation = correlation.observations[slot];
    const auto known = std::find(result.observations.begin(), result.observations.end(), observation);
    result.line_of.push_back(static_cast<std::size_t>(known - result.observations.begin()));
    if (known != result.observations.end()) continue;
    result.observations.push_back(observation);
    columns.push_back(key_columns(signature, correlation, slot));
  }

  std::map<std::vector<std::string>, Strand> by_keys;
  for (const Moment& moment : ordered(result.observations, correlation, hits, order)) {
    const auto line =
        std::find(result.observations.begin(), result.observations.end(), moment.hit->observation);
    const auto number = static_cast<std::size_t>(line - result.observations.begin());
    if (!columns[number]) continue;
    std::optional<std::vector<std::string>> keys = keys_of(*moment.hit, *columns[number]);
    if (!keys) continue;
    Strand& strand = by_keys[*keys];
    if (strand.lines.empty()) {
      strand.keys = std::move(*keys);
      strand.lines.resize(result.observations.size());
    }
    strand.lines[number].push_back(moment);
  }
  for (auto& [keys, strand] : by_keys) result.strands.push_back(std::move(strand));
  return result;
}

bool within_window(const Correlation& correlation, const Moment& first, const Moment& last) {
  if (!correlation.within) return true;
  if (!first.hit->time || !last.hit->time || correlation.within->count() < 0) return false;
  // Unsigned, so that no two moments are too far apart to be subtracted.
  const auto span = static_cast<std::uint64_t>(last.hit->time->microseconds) -
                    static_cast<std::uint64_t>(first.hit->time->microseconds);
  return span <= static_cast<std::uint64_t>(correlation.within->count());
}

Unused::Unused(std::size_t size) : below_(size + 1) {
  for (std::size_t i = 0; i <= size; ++i) below_[i] = i;
}

std::optional<std::size_t> Unused::last_before(std::size_t end) {
  std::size_t at = end;
  while (below_[at] != at) {
    below_[at] = below_[below_[at]];
    at = below_[at];
  }
  if (at == 0) return std::nullopt;
  return at - 1;
}

void Unused::use(std::size_t index) {
  below_[index + 1] = index;
}

}  // namespace assay
