// Correlations of several observations: one hit of each, in order or in any order.
//
// Ends are tried from the earliest on. For an end the latest hits that can stand before it are taken: if any
// choice keeps within the window, that one does.
#include <algorithm>
#include <array>

#include "diagnose/strands.h"

namespace assay {

namespace {

std::vector<Unused> all_unused(const Strand& strand) {
  std::vector<Unused> unused;
  for (const Line& line : strand.lines) unused.push_back(Unused(line.size()));
  return unused;
}

// How many hits of the line belong to events before `event`.
std::size_t count_before(const Line& line, std::uint32_t event) {
  return static_cast<std::size_t>(
      std::partition_point(line.begin(), line.end(),
                           [&](const Moment& moment) { return moment.event < event; }) -
      line.begin());
}

}  // namespace

std::vector<Moments> find_sequences(const Correlation& correlation, const Strands& strands,
                                    const Strand& strand) {
  std::vector<Moments> matches;
  std::vector<Unused> unused = all_unused(strand);
  const std::vector<std::size_t>& line_of = strands.line_of;
  const Line& ends = strand.lines[line_of.back()];
  for (std::size_t end = 0; end < ends.size(); ++end) {
    std::vector<std::size_t> chain(line_of.size(), end);
    const Moment* next = &ends[end];
    bool complete = true;
    for (std::size_t slot = line_of.size() - 1; slot-- > 0 && complete;) {
      const Line& line = strand.lines[line_of[slot]];
      const std::optional<std::size_t> found =
          unused[line_of[slot]].last_before(count_before(line, next->event));
      complete = found && within_window(correlation, line[*found], ends[end]);
      if (!complete) break;
      chain[slot] = *found;
      next = &line[*found];
    }
    if (!complete) continue;
    Moments match;
    for (std::size_t slot = 0; slot < chain.size(); ++slot) {
      match.push_back(strand.lines[line_of[slot]][chain[slot]]);
      unused[line_of[slot]].use(chain[slot]);
    }
    matches.push_back(std::move(match));
  }
  return matches;
}

// ---- together ----------------------------------------------------------------------------------------

namespace {

// An event that may stand in a match, with the hits it has for each line.
struct Choice {
  std::uint32_t event = 0;
  std::vector<std::optional<std::size_t>> hit_of;  // parallel to Strand::lines
};

// Looks for matches in any order within one strand.
class Together {
 public:
  Together(const Correlation& correlation, const Strands& strands, const Strand& strand)
      : correlation_(correlation),
        line_of_(strands.line_of),
        strand_(strand),
        unused_(all_unused(strand)),
        read_(strand.lines.size(), 0) {}

  std::vector<Moments> find() {
    std::vector<Moments> matches;
    std::vector<std::uint32_t> events;
    for (const Line& line : strand_.lines) {
      for (const Moment& moment : line) events.push_back(moment.event);
    }
    std::sort(events.begin(), events.end());
    events.erase(std::unique(events.begin(), events.end()), events.end());
    for (const std::uint32_t event : events) {
      for (std::size_t line = 0; line < read_.size(); ++line) {
        while (read_[line] < strand_.lines[line].size() && at(line, read_[line]).event <= event)
          ++read_[line];
      }
      while (ends_at(event)) matches.push_back(take());
    }
    return matches;
  }

 private:
  const Moment& at(std::size_t line, std::size_t index) const { return strand_.lines[line][index]; }

  // Fills `chosen_` with the latest events that make a match which ends at `event`.
  bool ends_at(std::uint32_t event) {
    const Moment* end = nullptr;
    const Moment* earliest = nullptr;
    for (std::size_t line = 0; line < read_.size(); ++line) {
      const std::optional<std::size_t> last = unused_[line].last_before(read_[line]);
      if (!last) return false;
      const Moment& moment = at(line, *last);
      if (moment.event == event) end = &moment;
      if (earliest == nullptr || moment.event < earliest->event) earliest = &moment;
    }
    if (end == nullptr || !within_window(correlation_, *earliest, *end)) return false;

    chosen_.assign(line_of_.size(), std::nullopt);
    choices_ = latest_choices();
    std::size_t filled = 0;
    for (std::size_t choice = 0; choice < choices_.size() && filled < line_of_.size(); ++choice) {
      if (!within_window(correlation_, moment_of(choices_[choice]), *end)) return false;
      std::vector<bool> tried(line_of_.size(), false);
      if (find_slot(choice, tried)) ++filled;
    }
    return filled == line_of_.size();
  }

  const Moment& moment_of(const Choice& choice) const {
    std::size_t line = 0;
    while (!choice.hit_of[line]) ++line;
    return at(line, *choice.hit_of[line]);
  }

  // The latest unused events of each line, latest first. As many of each line as there are slots are
  // enough: the other slots cannot take them all.
  std::vector<Choice> latest_choices() {
    std::vector<Choice> choices;
    for (std::size_t line = 0; line < read_.size(); ++line) {
      std::size_t events = 0;
      std::uint32_t previous = 0;
      std::optional<std::size_t> found = unused_[line].last_before(read_[line]);
      for (; found; found = unused_[line].last_before(*found)) {
        const std::uint32_t event = at(line, *found).event;
        if (events > 0 && event == previous) continue;
        if (events == line_of_.size()) break;
        ++events;
        previous = event;
        add_choice(choices, event, line, *found);
      }
    }
    std::sort(choices.begin(), choices.end(),
              [](const Choice& left, const Choice& right) { return left.event > right.event; });
    return choices;
  }

  void add_choice(std::vector<Choice>& choices, std::uint32_t event, std::size_t line,
                  std::size_t hit) const {
    auto choice = std::find_if(choices.begin(), choices.end(),
                               [&](const Choice& other) { return other.event == event; });
    if (choice == choices.end()) {
      choices.push_back({.event = event, .hit_of = {}});
      choice = choices.end() - 1;
      choice->hit_of.resize(read_.size());
    }
    choice->hit_of[line] = hit;
  }

  // Gives the event a slot, moving events that have one already to others where need be; those never lose
  // theirs, so the latest events stay.
  bool find_slot(std::size_t choice, std::vector<bool>& tried) {
    for (std::size_t slot = 0; slot < line_of_.size(); ++slot) {
      if (tried[slot] || !choices_[choice].hit_of[line_of_[slot]]) continue;
      tried[slot] = true;
      if (chosen_[slot] && !find_slot(*chosen_[slot], tried)) continue;
      chosen_[slot] = choice;
      return true;
    }
    return false;
  }

  Moments take() {
    Moments match;
    for (std::size_t slot = 0; slot < line_of_.size(); ++slot) {
      const std::size_t line = line_of_[slot];
      const std::size_t hit = *choices_[*chosen_[slot]].hit_of[line];
      match.push_back(at(line, hit));
      unused_[line].use(hit);
    }
    return match;
  }

  const Correlation& correlation_;
  const std::vector<std::size_t>& line_of_;
  const Strand& strand_;
  std::vector<Unused> unused_;                      // parallel to Strand::lines
  std::vector<std::size_t> read_;                   // of each line: hits up to the event that is looked at
  std::vector<Choice> choices_;                     // for the event that is looked at
  std::vector<std::optional<std::size_t>> chosen_;  // of each slot: index in choices_
};

}  // namespace

std::vector<Moments> find_together(const Correlation& correlation, const Strands& strands,
                                   const Strand& strand) {
  return Together(correlation, strands, strand).find();
}

}  // namespace assay
