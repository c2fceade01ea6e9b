// The hits that a correlation looks at, parted by its keys: what happens within one strand has nothing to do
// with any other.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diagnose/correlate.h"
#include "diagnose/event_order.h"

namespace assay {

// One hit as a correlation sees it.
struct Moment {
  const Hit* hit = nullptr;
  std::uint32_t index = 0;  // in the hits that were given
  std::uint32_t event = 0;  // place in the order of events; hits of one event share it
  std::uint32_t order = 0;  // place in the order of hits, each its own
};

// Hits of one observation, in order.
using Line = std::vector<Moment>;

struct Strand {
  std::vector<std::string> keys;  // parallel to Correlation::same
  std::vector<Line> lines;        // parallel to Strands::observations
};

struct Strands {
  std::vector<std::uint32_t> observations;  // those of the correlation, each once
  std::vector<std::size_t> line_of;         // parallel to Correlation::observations
  std::vector<Strand> strands;              // in order of their keys
};

// Leaves out the hits without a time if there is a window, and those in which a key is empty.
Strands make_strands(const Signature& signature, const Correlation& correlation,
                     std::span<const Hit* const> hits, const EventOrder& order);

// True if nothing lies further apart than the window allows; always true without a window. `last` is not
// before `first`.
bool within_window(const Correlation& correlation, const Moment& first, const Moment& last);

// The hits of a line that no match has used up.
class Unused {
 public:
  explicit Unused(std::size_t size);

  // The last one before `end`, or nothing.
  std::optional<std::size_t> last_before(std::size_t end);
  void use(std::size_t index);

 private:
  // One more than the last unused index below, along a path that every question makes shorter; 0: none.
  std::vector<std::size_t> below_;
};

// The matches within one strand, each as its moments, in any order.
using Moments = std::vector<Moment>;
std::vector<Moments> find_counts(const Correlation& correlation, const Line& line);
std::vector<Moments> find_distinct(const Correlation& correlation, const Line& line, std::size_t capture);
std::vector<Moments> find_sequences(const Correlation& correlation, const Strands& strands,
                                    const Strand& strand);
std::vector<Moments> find_together(const Correlation& correlation, const Strands& strands,
                                   const Strand& strand);
std::vector<Moments> find_absences(const Correlation& correlation, const Line& anchors, const Line& others);

// True if the window of this anchor of an absence reaches beyond the evidence.
bool is_open(const Correlation& correlation, const Moment& anchor, const Reach& reach);

}  // namespace assay
