// For each kind of event: which observations to try for which literal, and which to try always.
#include "match/matcher.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "match/anchors.h"
#include "match/event_condition.h"
#include "match/triggers.h"
#include "match/written_fields.h"
#include "text/cut.h"
#include "text/literals.h"

namespace assay {
namespace {

constexpr std::string_view kNeedsProcess = "log.";

// An observation, and the check that it stands for. Their order is that of signature and observation.
struct Tried {
  std::uint32_t signature = 0;
  std::uint32_t observation = 0;
  EventCheck check;
  std::vector<std::uint32_t> anchors;  // as anchors_of says
};

// The observations of one kind of event, by trigger. Numbers are indices in the list of Tried.
struct ByTrigger {
  std::vector<std::string> literals;
  std::vector<std::vector<std::uint32_t>> tried;  // parallel to `literals`
  std::vector<std::uint32_t> always;
  std::vector<std::uint32_t> all;
};

// Collects the triggers of one kind.
class Arranging {
 public:
  void add(std::uint32_t tried, const Triggers& triggers) {
    arranged_.all.push_back(tried);
    if (triggers.literals.empty()) arranged_.always.push_back(tried);
    for (const std::string& literal : triggers.literals) {
      const auto [entry, is_new] = ids_.try_emplace(literal, arranged_.literals.size());
      if (is_new) {
        arranged_.literals.push_back(literal);
        arranged_.tried.emplace_back();
      }
      arranged_.tried[entry->second].push_back(tried);
    }
    fields_.insert(triggers.fields.begin(), triggers.fields.end());
  }

  ByTrigger arranged() { return std::move(arranged_); }
  const std::set<std::string>& fields() const { return fields_; }

 private:
  ByTrigger arranged_;
  std::map<std::string, std::size_t> ids_;
  std::set<std::string> fields_;
};

constexpr std::string_view kLog = "log";

// Events of any other kind than log: their wanted fields are written out and looked through here.
struct WrittenKind {
  std::string name;  // as kind_of has it
  ByTrigger by_trigger;
  std::vector<WrittenField> fields;
  std::optional<LiteralSet> literals;  // none if there is nothing to look for
};

WrittenKind make_written(const std::string& name, Arranging&& arranging) {
  WrittenKind kind;
  kind.name = name;
  for (const std::string& field : arranging.fields()) {
    kind.fields.push_back(written_field(field));
  }
  kind.by_trigger = arranging.arranged();
  if (!kind.by_trigger.literals.empty()) kind.literals.emplace(kind.by_trigger.literals);
  return kind;
}

std::vector<std::string> needed_processes(const std::vector<Signature>& signatures) {
  std::set<std::string> processes;
  for (const Signature& signature : signatures) {
    for (const Need& need : signature.needs) {
      if (!need.is_fact && need.name.starts_with(kNeedsProcess)) {
        processes.insert(need.name.substr(kNeedsProcess.size()));
      }
    }
  }
  return {processes.begin(), processes.end()};
}

}  // namespace

struct Matcher::Index {
  std::vector<Tried> tried;
  ByTrigger log;
  std::vector<WrittenKind> written;
  Wanted wanted;

  // Those that only observations with anchors ask for.
  std::vector<std::uint32_t> waiting_literals() const;
  // Which of `written` the event belongs to, or its size.
  std::size_t written_kind(const Event& event) const;
  void choose_by(const ByTrigger& by_trigger, std::span<const std::uint32_t> literals,
                 std::vector<std::uint32_t>& chosen) const;
  void choose_written(const Event& event, Scratch& scratch) const;
  static void write_hit(const Tried& candidate, const Event& event, Scratch& scratch);
  void try_chosen(const Event& event, Scratch& scratch, const std::function<void(const Hit&)>& found) const;
  static bool holds(const Tried& candidate, const Event& event, std::size_t part, Scratch& scratch);
};

class Matcher::Scratch {
 public:
  std::vector<std::uint32_t> chosen;  // indices in Index::tried
  std::vector<SignatureCost>* costs = nullptr;
  CheckScratch check;
  Hit hit;  // the latest; its words keep their memory

  // For events whose fields are written out.
  using LiteralScratch = decltype(std::declval<const LiteralSet&>().make_scratch());
  std::vector<std::optional<LiteralScratch>> spaces;  // parallel to Index::written
  std::string text;
  std::vector<LiteralSet::Hit> literal_hits;
  std::vector<std::uint32_t> literal_ids;
};

Matcher::Matcher(const std::vector<Signature>& signatures) : index_(std::make_unique<Index>()) {
  Arranging log;
  std::map<std::string, Arranging> others;
  for (std::uint32_t s = 0; s < signatures.size(); ++s) {
    const std::vector<Observation>& observations = signatures[s].observations;
    std::vector<std::vector<std::uint32_t>> anchors = anchors_of(signatures[s]);
    for (std::uint32_t o = 0; o < observations.size(); ++o) {
      const Observation& observation = observations[o];
      const auto number = static_cast<std::uint32_t>(index_->tried.size());
      index_->tried.push_back(Tried{.signature = s,
                                    .observation = o,
                                    .check = EventCheck(observation),
                                    .anchors = std::move(anchors[o])});
      if (observation.kind == kLog) {
        log.add(number, record_triggers(observation.condition));
      } else {
        others[observation.kind].add(number, written_triggers(observation.condition));
      }
    }
  }
  index_->log = log.arranged();
  for (auto& [name, arranging] : others) index_->written.push_back(make_written(name, std::move(arranging)));
  index_->wanted.literals = index_->log.literals;
  index_->wanted.waiting = index_->waiting_literals();
  index_->wanted.every_record = !index_->log.always.empty();
  index_->wanted.processes = needed_processes(signatures);
}

Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;

const Wanted& Matcher::wanted() const {
  return index_->wanted;
}

std::vector<std::uint32_t> Matcher::Index::waiting_literals() const {
  const auto has_anchors = [this](std::uint32_t number) { return !tried[number].anchors.empty(); };
  std::vector<std::uint32_t> waiting;
  for (std::uint32_t literal = 0; literal < log.tried.size(); ++literal) {
    const std::vector<std::uint32_t>& numbers = log.tried[literal];
    if (std::all_of(numbers.begin(), numbers.end(), has_anchors)) waiting.push_back(literal);
  }
  return waiting;
}

bool Matcher::is_asked_for(
    std::uint32_t literal,
    const std::function<bool(std::uint32_t signature, std::uint32_t observation)>& has_hit) const {
  const std::vector<std::uint32_t>& numbers = index_->log.tried[literal];
  return std::any_of(numbers.begin(), numbers.end(), [&](std::uint32_t number) {
    const Tried& candidate = index_->tried[number];
    return std::any_of(candidate.anchors.begin(), candidate.anchors.end(),
                       [&](std::uint32_t anchor) { return has_hit(candidate.signature, anchor); });
  });
}

std::unique_ptr<Matcher::Scratch, void (*)(Matcher::Scratch*)> Matcher::make_scratch(
    std::vector<SignatureCost>* costs) const {
  std::unique_ptr<Scratch, void (*)(Scratch*)> scratch(new Scratch, [](Scratch* made) { delete made; });
  scratch->costs = costs;
  for (const WrittenKind& kind : index_->written) {
    scratch->spaces.emplace_back();
    if (kind.literals) scratch->spaces.back() = kind.literals->make_scratch();
  }
  return scratch;
}

void Matcher::Index::choose_by(const ByTrigger& by_trigger, std::span<const std::uint32_t> literals,
                               std::vector<std::uint32_t>& chosen) const {
  chosen.assign(by_trigger.always.begin(), by_trigger.always.end());
  for (const std::uint32_t literal : literals) {
    if (literal >= by_trigger.tried.size()) continue;  // one that the reader looked for on its own account
    const std::vector<std::uint32_t>& tried_for = by_trigger.tried[literal];
    chosen.insert(chosen.end(), tried_for.begin(), tried_for.end());
  }
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
}

std::size_t Matcher::Index::written_kind(const Event& event) const {
  const std::string_view name = kind_of(event);
  std::size_t kind = 0;
  while (kind < written.size() && written[kind].name != name) ++kind;
  return kind;
}

void Matcher::Index::choose_written(const Event& event, Scratch& scratch) const {
  scratch.chosen.clear();
  const std::size_t number = written_kind(event);
  if (number == written.size()) return;
  const WrittenKind& kind = written[number];
  scratch.literal_ids.clear();
  if (kind.literals) {
    write_fields(kind.fields, event, scratch.check.values, scratch.text);
    kind.literals->scan(scratch.text, **scratch.spaces[number], scratch.literal_hits);
    for (const LiteralSet::Hit& hit : scratch.literal_hits) scratch.literal_ids.push_back(hit.literal);
    std::sort(scratch.literal_ids.begin(), scratch.literal_ids.end());
    scratch.literal_ids.erase(std::unique(scratch.literal_ids.begin(), scratch.literal_ids.end()),
                              scratch.literal_ids.end());
  }
  choose_by(kind.by_trigger, scratch.literal_ids, scratch.chosen);
}

void Matcher::Index::write_hit(const Tried& candidate, const Event& event, Scratch& scratch) {
  Hit& hit = scratch.hit;
  hit.signature = candidate.signature;
  hit.observation = candidate.observation;
  hit.place = event.place;
  hit.time = event.time;
  hit.text.assign(cut_at(event.text, kHitTextBytes));
  hit.captures.resize(candidate.check.capture_count());
  for (std::size_t i = 0; i < hit.captures.size(); ++i) {
    hit.captures[i].assign(cut_at(scratch.check.captures[i], kHitCaptureBytes));
  }
}

bool Matcher::Index::holds(const Tried& candidate, const Event& event, std::size_t part, Scratch& scratch) {
  if (scratch.costs == nullptr) return candidate.check.holds(event, scratch.check, part);
  const auto begin = std::chrono::steady_clock::now();
  const bool held = candidate.check.holds(event, scratch.check, part);
  SignatureCost& cost = (*scratch.costs)[candidate.signature];
  cost.matching += std::chrono::steady_clock::now() - begin;
  ++cost.candidates;
  cost.hits += held ? 1U : 0U;
  return held;
}

void Matcher::Index::try_chosen(const Event& event, Scratch& scratch,
                                const std::function<void(const Hit&)>& found) const {
  for (const std::uint32_t number : scratch.chosen) {
    const Tried& candidate = tried[number];
    const std::size_t parts = candidate.check.parts(event, scratch.check);
    for (std::size_t part = 0; part < parts; ++part) {
      if (!holds(candidate, event, part, scratch)) continue;
      write_hit(candidate, event, scratch);
      found(scratch.hit);
    }
  }
}

void Matcher::match(const Event& event, Scratch& scratch,
                    const std::function<void(const Hit&)>& found) const {
  if (std::holds_alternative<LogEvent>(event.what)) {
    index_->choose_by(index_->log, event.literals, scratch.chosen);
  } else {
    index_->choose_written(event, scratch);
  }
  index_->try_chosen(event, scratch, found);
}

void Matcher::match_slowly(const Event& event, Scratch& scratch,
                           const std::function<void(const Hit&)>& found) const {
  scratch.chosen.clear();
  if (std::holds_alternative<LogEvent>(event.what)) {
    scratch.chosen = index_->log.all;
  } else if (const std::size_t kind = index_->written_kind(event); kind < index_->written.size()) {
    scratch.chosen = index_->written[kind].by_trigger.all;
  }
  index_->try_chosen(event, scratch, found);
}

}  // namespace assay
