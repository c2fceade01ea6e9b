// What is kept of the events of one analysis: each is matched, and leaves its hits, what it counts for, and
// enough to know it again in another file.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analysis.h"
#include "compiled.h"
#include "copies.h"
#include "match/hits.h"
#include "match/unexplained.h"
#include "repeated_requests.h"

namespace assay {

// One for each analysis; not thread-safe.
class EventKeeper {
 public:
  // `compiled` and `options` must outlive it.
  EventKeeper(const SignatureSet::Compiled& compiled, const Options& options);
  EventKeeper(const EventKeeper&) = delete;
  EventKeeper& operator=(const EventKeeper&) = delete;

  // The events that follow are of a new member of this bundle.
  void begin_member(const std::string& bundle);
  void add(const Event& event);

  // Of a literal whose records wait (Wanted::waiting): whether what was added so far asks for them.
  bool is_asked_for(std::uint32_t literal) const;

  // Puts into `gathered` all that is of its making. The keeper is empty afterwards.
  void take(Gathered& gathered);

 private:
  void keep(const Hit& hit);

  const SignatureSet::Compiled& compiled_;
  const Options& options_;
  std::vector<SignatureCost> costs_;  // one for each signature; empty unless asked for
  decltype(compiled_.matcher.make_scratch()) scratch_;
  std::function<void(const Hit&)> keep_;  // made once, not for each event
  HitKeeper hits_;
  UnexplainedKeeper unexplained_;
  MemberDigests digests_;
  SeenRequests requests_;
  std::vector<std::pair<std::uint32_t, Transaction>> transactions_;
  std::map<std::string, std::uint32_t> bundles_;
  std::vector<std::uint32_t> bundle_of_member_;
  std::vector<std::uint32_t> hit_by_;  // signatures, of the event that is added
};

}  // namespace assay
