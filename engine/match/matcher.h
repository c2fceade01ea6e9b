// Events against signatures: literals first, then the patterns whose literals are there.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "assay/report.h"
#include "evidence/event.h"
#include "evidence/log_literals.h"
#include "match/hit.h"
#include "signature/signature.h"

namespace assay {

// All observations of a set, arranged by what has to be there for them to hold. Immutable, thread-safe,
// and refers to the signatures, which must outlive it.
class Matcher {
 public:
  explicit Matcher(const std::vector<Signature>& signatures);
  ~Matcher();
  Matcher(Matcher&&) noexcept;

  // What a reader has to look for so that no hit is missed.
  const Wanted& wanted() const;

  // Of a literal of Wanted::waiting: whether its records may change a finding. `has_hit` says whether an
  // observation has any.
  bool is_asked_for(
      std::uint32_t literal,
      const std::function<bool(std::uint32_t signature, std::uint32_t observation)>& has_hit) const;

  // Space that one thread matches in. With `costs`, one for each signature, matching in it is measured.
  class Scratch;
  std::unique_ptr<Scratch, void (*)(Scratch*)> make_scratch(
      std::vector<SignatureCost>* costs = nullptr) const;

  // Calls `found` for every observation that holds for the event, in order of signature and observation.
  // The Hit lives until `found` returns.
  void match(const Event& event, Scratch& scratch, const std::function<void(const Hit&)>& found) const;

  // The same by trying every observation on the event, for tests.
  void match_slowly(const Event& event, Scratch& scratch, const std::function<void(const Hit&)>& found) const;

 private:
  struct Index;
  std::unique_ptr<Index> index_;
};

}  // namespace assay
