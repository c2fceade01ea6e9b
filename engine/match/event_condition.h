// Whether an observation holds for an event, and what it captures there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/event.h"
#include "evidence/fields.h"
#include "signature/signature.h"

namespace assay {

// What an observation with `each` sees of that field: one value at a time.
struct OneOfEach {
  const FieldKey* field = nullptr;  // null: every field is seen whole
  std::size_t index = 0;            // of the value
};

// As read_field() of evidence/fields.h; of the field of `one` only its value.
void read_field(const FieldKey& key, const Event& event, const OneOfEach& one, FieldValues& values);

// Space that one thread evaluates in; keeps its capacity from event to event.
struct CheckScratch {
  FieldValues values;
  std::vector<std::string_view> groups;  // of the pattern that matched last
  // Of the observation that held last: the first ones are parallel to its captures, the rest are empty.
  std::vector<std::string> captures;
  std::vector<std::size_t> filled;  // which of `captures` have been set, in order
  std::string words;                // of a captured field that is no text
  OneOfEach one;
};

// An observation made ready: fields resolved, named groups tied to its captures. Refers to the observation's
// tests, which must outlive it.
//
// The tests of an `all` that cost little come before those with patterns. Of an `any` the first condition
// that holds decides, and its captures count. Where two patterns name the same capture, the first value
// that is not empty stays; `capture:` fields come last. Of a field with several values a pattern captures
// from the first value that matches.
//
// An observation may ask for each value of one field: it is then held against the event once for every value,
// and sees no other of that field.
class EventCheck {
 public:
  explicit EventCheck(const Observation& observation);

  // How often the event is to be looked at: once, or once for each value of a field.
  std::size_t parts(const Event& event, CheckScratch& scratch) const;

  // On true, the first capture_count() of `scratch.captures` are what was captured. `part`: below parts().
  bool holds(const Event& event, CheckScratch& scratch, std::size_t part = 0) const;
  std::size_t capture_count() const { return capture_count_; }

 private:
  struct Node {
    EventCondition::Operator op = EventCondition::Operator::all;
    FieldKey key;  // the rest up to `slots` for a test
    const ValueTest* test = nullptr;
    std::vector<std::size_t> slots;  // parallel to the pattern's names: which capture each fills
    std::vector<Node> conditions;
  };
  struct CapturedField {
    std::size_t slot = 0;
    FieldKey key;
  };

  static Node make_node(const EventCondition& condition, const Observation& observation);
  static bool node_holds(const Node& node, const Event& event, CheckScratch& scratch);
  static bool test_holds(const Node& node, const Event& event, CheckScratch& scratch);
  static bool any_holds(const Node& node, const Event& event, CheckScratch& scratch);

  std::size_t capture_count_;
  Node root_;
  std::optional<FieldKey> each_;
  std::vector<CapturedField> captured_fields_;
};

}  // namespace assay
