// What one observation met on its way through the events: how many passed each test, and which came nearest.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "assay/explain.h"
#include "evidence/event.h"
#include "evidence/fields.h"
#include "match/event_condition.h"
#include "match/written_fields.h"
#include "signature/signature.h"

namespace assay {

// Counts for each member, since it is only known when all is read which node a member belongs to. Refers to
// the observation, which must outlive it.
class ObservationTrace {
 public:
  explicit ObservationTrace(const Observation& observation);

  void look_at(const Event& event);

  // What it met in these members. The paths of near misses are those of `member_paths`.
  ExplainedObservation explained(std::span<const std::uint32_t> members,
                                 const std::vector<std::string>& member_paths) const;

 private:
  struct Node {  // of the tree of tests, in the order of the file
    const EventCondition* condition = nullptr;
    FieldKey key;
    std::vector<std::string> words;  // of the pattern or operands, in lower case
    std::vector<std::size_t> parts;  // indices in nodes_
  };
  struct Count {
    std::uint64_t reached = 0;
    std::uint64_t held = 0;
  };
  struct Near {
    double nearness = 0;
    EventPlace place;
    std::optional<Time> time;
    std::string text;
    std::string value;
    std::size_t failed = 0;  // index in nodes_
  };
  struct OfMember {
    std::uint64_t events = 0;
    std::uint64_t with_literals = 0;
    std::vector<Count> counts;  // parallel to nodes_
    std::vector<Near> nearest;  // the nearest first
  };
  // How near an event comes, and what keeps it away.
  struct Nearness {
    double share = 0;        // of 1
    std::size_t failed = 0;  // the first test that does not hold; no meaning where share is 1
  };

  std::size_t add(const EventCondition& condition);
  std::size_t values_of_each(const Event& event);
  void read(std::size_t node, const Event& event);
  bool has_literal(const Event& event);
  bool holds(std::size_t node, const Event& event, OfMember& member);
  bool test_holds(std::size_t node, const Event& event);
  Nearness nearness(std::size_t node, const Event& event);
  Nearness nearness_of_test(std::size_t node, const Event& event);
  Nearness nearness_of_parts(std::size_t node, const Event& event);
  void keep_near(const Event& event, OfMember& member);
  std::string value_of(std::size_t node, const Event& event);
  ExplainedTest explained_test(std::size_t node, const std::vector<Count>& counts) const;

  const Observation& observation_;
  std::vector<Node> nodes_;  // the root last
  std::optional<FieldKey> each_;
  std::vector<std::string> literals_;
  std::vector<WrittenField> written_;  // for kinds whose literals are looked for in written fields
  std::map<std::uint32_t, OfMember> members_;
  OneOfEach one_;
  FieldValues values_;
  std::string text_;
};

}  // namespace assay
