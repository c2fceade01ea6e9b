// Finds partners by their keys, then makes the hits anew that gain something.
#include "diagnose/join_hits.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <optional>

#include "characters.h"
#include "diagnose/event_order.h"

namespace assay {

namespace {

using Keys = std::vector<std::string>;

std::size_t column_of(const Observation& observation, const std::string& name) {
  const auto& names = observation.captures;
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::string value_of(const Hit& hit, std::size_t column) {
  return column < hit.captures.size() ? hit.captures[column] : std::string();
}

bool takes_part(const HitJoin& join, const Hit& hit, const Keys& keys) {
  return (!join.within || hit.time) &&
         std::none_of(keys.begin(), keys.end(), [](const std::string& key) { return key.empty(); });
}

// What a hit takes in.
struct Partner {
  const Hit* hit = nullptr;
  bool only = false;
};

// The hits that one join can hand out, by their keys.
class Offered {
 public:
  Offered(const Signature& signature, const HitJoin& join, const std::vector<const Hit*>& hits)
      : signature_(signature), join_(join) {
    for (const Hit* hit : hits) {
      if (hit->observation != join.take) continue;
      Keys keys = keys_of(*hit, 0);
      if (takes_part(join, *hit, keys)) by_keys_[std::move(keys)].push_back(hit);
    }
  }

  // `slot`: which of HitJoin::into the hit is of.
  std::optional<Partner> nearest(const Hit& hit, std::size_t slot) const {
    const Keys keys = keys_of(hit, slot + 1);
    if (!takes_part(join_, hit, keys)) return std::nullopt;
    const auto found = by_keys_.find(keys);
    if (found == by_keys_.end()) return std::nullopt;
    Partner partner;
    std::size_t candidates = 0;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (const Hit* offered : found->second) {
      const std::int64_t apart = distance(hit, *offered);
      if (join_.within && apart > join_.within->count()) continue;
      ++candidates;
      if (partner.hit != nullptr && apart >= least) continue;
      partner.hit = offered;
      least = apart;
    }
    if (partner.hit == nullptr) return std::nullopt;
    partner.only = candidates == 1;
    return partner;
  }

 private:
  Keys keys_of(const Hit& hit, std::size_t slot) const {
    Keys keys;
    for (const SameKey& key : join_.same) {
      keys.push_back(
          value_of(hit, column_of(signature_.observations[hit.observation], key.capture_of[slot])));
      for (char& c : keys.back()) c = lower(c);
    }
    return keys;
  }

  static std::int64_t distance(const Hit& left, const Hit& right) {
    if (!left.time || !right.time) return std::numeric_limits<std::int64_t>::max();
    return std::abs(left.time->microseconds - right.time->microseconds);
  }

  const Signature& signature_;
  const HitJoin& join_;
  std::map<Keys, std::vector<const Hit*>> by_keys_;  // each in EventOrder
};

// Gives `hit` what `other` has and it lacks.
void take_captures(const Signature& signature, Hit& hit, const Hit& other) {
  const Observation& own = signature.observations[hit.observation];
  const Observation& others = signature.observations[other.observation];
  hit.captures.resize(own.captures.size());
  for (std::size_t i = 0; i < own.captures.size(); ++i) {
    if (hit.captures[i].empty()) hit.captures[i] = value_of(other, column_of(others, own.captures[i]));
  }
}

class Joining {
 public:
  explicit Joining(const Subject& subject)
      : signature_(*subject.signature),
        hits_(subject.hits),
        bounded_(subject.bounded),
        made_(std::make_shared<std::deque<Hit>>()),
        joined_(signature_.joins.size()) {
    for (const HitJoin& join : signature_.joins) offered_.emplace_back(signature_, join, hits_);
  }

  std::vector<const Hit*> joined() {
    std::vector<const Hit*> joined;
    for (const Hit* hit : hits_) {
      if (!is_taken(hit->observation)) joined.push_back(with_partners(*hit));
    }
    for (auto& [of, hits] : taken_) {
      for (auto& [captures, hit] : hits) joined.push_back(hit);
    }
    return joined;
  }

  std::shared_ptr<const std::deque<Hit>> made() const { return made_; }
  const std::vector<std::uint64_t>& joined_by_join() const { return joined_; }

 private:
  bool is_taken(std::uint32_t observation) const {
    return std::any_of(signature_.joins.begin(), signature_.joins.end(),
                       [&](const HitJoin& join) { return join.take == observation; });
  }

  const Hit* with_partners(const Hit& hit) {
    Hit* result = nullptr;
    std::vector<const Hit*> partners;
    for (std::size_t i = 0; i < signature_.joins.size(); ++i) {
      const HitJoin& join = signature_.joins[i];
      const auto slot = std::find(join.into.begin(), join.into.end(), hit.observation);
      const bool has_one = std::any_of(partners.begin(), partners.end(),
                                       [&](const Hit* other) { return other->observation == join.take; });
      if (slot == join.into.end() || has_one) continue;
      const auto partner = offered_[i].nearest(hit, static_cast<std::size_t>(slot - join.into.begin()));
      if (!partner) continue;
      if (result == nullptr) result = &made_->emplace_back(hit);
      take_captures(signature_, *result, *partner->hit);
      set_how_sure(join, *partner, *result);
      ++joined_[i];
      partners.push_back(partner->hit);
    }
    for (const Hit* partner : partners) note_taken(*partner, *result);
    return result == nullptr ? &hit : result;
  }

  void set_how_sure(const HitJoin& join, const Partner& partner, Hit& hit) const {
    const std::size_t column = column_of(signature_.observations[hit.observation], join.how_sure);
    if (join.how_sure.empty() || column >= hit.captures.size()) return;
    // Among hits that were let go there may have been another candidate.
    const bool all_kept = !std::binary_search(bounded_.begin(), bounded_.end(), join.take);
    hit.captures[column] = partner.only && all_kept ? "only_candidate" : "nearest";
  }

  void note_taken(const Hit& hit, const Hit& by) {
    Hit taken = hit;
    take_captures(signature_, taken, by);
    auto& [captures, place] = *taken_[&hit].try_emplace(taken.captures, nullptr).first;
    if (place == nullptr) place = &made_->emplace_back(std::move(taken));
  }

  const Signature& signature_;
  const std::vector<const Hit*>& hits_;
  const std::vector<std::uint32_t>& bounded_;
  std::deque<Offered> offered_;  // parallel to Signature::joins
  std::shared_ptr<std::deque<Hit>> made_;
  std::vector<std::uint64_t> joined_;  // parallel to Signature::joins
  std::map<const Hit*, std::map<std::vector<std::string>, const Hit*>> taken_;
};

// Counts know nothing of what hits took in. Where groups are made by that, the kept hits are counted instead,
// unless there were more.
void drop_counts(Subject& subject) {
  const Signature& signature = *subject.signature;
  const auto is_by_joined = [&](const Observation& observation) {
    const auto begin = observation.captures.end() - static_cast<std::ptrdiff_t>(observation.joined_captures);
    return std::any_of(
        signature.conclusions.begin(), signature.conclusions.end(), [&](const Conclusion& conclusion) {
          return std::any_of(conclusion.group_by.begin(), conclusion.group_by.end(), [&](const auto& name) {
            return std::find(begin, observation.captures.end(), name) != observation.captures.end();
          });
        });
  };
  std::erase_if(subject.counts, [&](const HitCount* count) {
    const bool taken = std::any_of(signature.joins.begin(), signature.joins.end(),
                                   [&](const HitJoin& join) { return join.take == count->observation; });
    const bool bounded =
        std::binary_search(subject.bounded.begin(), subject.bounded.end(), count->observation);
    return taken || (!bounded && is_by_joined(signature.observations[count->observation]));
  });
}

}  // namespace

void join_hits(Subject& subject) {
  subject.joined.assign(subject.signature->joins.size(), 0);
  if (subject.signature->joins.empty() || subject.hits.empty()) return;
  Joining joining(subject);
  std::vector<const Hit*> joined = joining.joined();
  std::stable_sort(joined.begin(), joined.end(), EventOrder(subject.case_file->member_paths));
  subject.hits = std::move(joined);
  subject.made = joining.made();
  subject.joined = joining.joined_by_join();
  drop_counts(subject);
}

}  // namespace assay
