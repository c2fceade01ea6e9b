// Each event goes to all who keep something of it.
#include "event_keeper.h"

#include <utility>
#include <variant>

namespace assay {

EventKeeper::EventKeeper(const SignatureSet::Compiled& compiled, const Options& options)
    : compiled_(compiled),
      options_(options),
      costs_(options.profile ? compiled.signatures.size() : 0),
      scratch_(compiled.matcher.make_scratch(options.profile ? &costs_ : nullptr)),
      keep_([this](const Hit& hit) { keep(hit); }),
      hits_(options.limits.hits) {}

void EventKeeper::begin_member(const std::string& bundle) {
  const auto known = bundles_.try_emplace(bundle, static_cast<std::uint32_t>(bundles_.size())).first;
  bundle_of_member_.push_back(known->second);
}

void EventKeeper::keep(const Hit& hit) {
  hit_by_.push_back(hit.signature);
  hits_.add(hit, bundle_of_member_[hit.place.member]);
}

void EventKeeper::add(const Event& event) {
  hit_by_.clear();
  compiled_.matcher.match(event, *scratch_, keep_);
  unexplained_.add(event, bundle_of_member_[event.place.member], hit_by_);
  // They wait only while there is room, and so may be events of one copy and not of the other.
  if (!compiled_.log_literals.all_wait(event.literals)) digests_.note(event);
  requests_.note(event);
  const auto* http = std::get_if<HttpEvent>(&event.what);
  if (http == nullptr || !options_.transactions) return;
  transactions_.emplace_back(event.place.member, *http->transaction);
}

bool EventKeeper::is_asked_for(std::uint32_t literal) const {
  return compiled_.matcher.is_asked_for(literal, [this](std::uint32_t signature, std::uint32_t observation) {
    return hits_.has_hit(signature, observation);
  });
}

void EventKeeper::take(Gathered& gathered) {
  gathered.kept = hits_.take();
  gathered.unexplained = unexplained_.take();
  gathered.digests = digests_.take(bundle_of_member_.size());
  gathered.requests = requests_.take();
  gathered.transactions = std::exchange(transactions_, {});
  gathered.costs = std::exchange(costs_, {});
}

}  // namespace assay
