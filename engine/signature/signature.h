// A signature as data: what a file says, checked, names resolved to indices, patterns compiled.
// Immutable after loading, shared by any number of threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "assay/error.h"
#include "assay/fields.h"
#include "assay/report.h"
#include "signature/mark.h"
#include "signature/pattern.h"
#include "signature/words.h"

namespace assay {

// ---- Tests of one value ------------------------------------------------------------------------------

// What a signature says of one value, whether of a field, a capture or a fact.
struct ValueTest {
  enum class Operator {
    matches,   // pattern is found in it
    is,        // equal to operands[0]; words, versions and flags without regard to case
    one_of,    // equal to one of the operands
    contains,  // operands[0] occurs in it, with regard to case
    at_least,
    at_most,
    above,
    below,   // compared with operands[0] by `type`
    exists,  // there is a value (operands[0] is "true") or there is none ("false")
  };
  Operator op = Operator::is;
  FieldType type = FieldType::word;  // how to compare
  std::vector<std::string> operands;
  std::shared_ptr<const Pattern> pattern;  // for `matches`
  bool negated = false;                    // a value passes if the test does not hold for it
  bool every = false;                      // there are values and all of them pass; else at least one does
  Mark mark;
};

// ---- observe -----------------------------------------------------------------------------------------

struct FieldTest {
  std::string field;  // full name: "log.message"
  ValueTest test;
  Mark mark;
};

// all / any / not of tests of the fields of one event.
struct EventCondition {
  enum class Operator { test, all, any, none };
  Operator op = Operator::all;
  FieldTest test;                          // for `test`
  std::vector<EventCondition> conditions;  // for the others; `none`: not one of them holds
  Mark mark;
};

struct Observation {
  std::string name;
  std::string kind;  // the part of the field names before the first dot: "log", "tls", …
  EventCondition condition;
  // A field with several values, of which each makes a hit of its own: tests and captures of that field see
  // one value. Empty: an event makes one hit at most.
  std::string each;
  // Names that hits of this observation have: the named groups of its patterns, then `capture:` entries, then
  // those that come from hits which are joined with them.
  std::vector<std::string> captures;
  std::size_t joined_captures = 0;  // how many of `captures`, at its end, come from other hits
  // capture name and the field whose first value it takes, for `capture:` entries
  std::vector<std::pair<std::string, std::string>> captured_fields;
  Mark mark;
};

// ---- join, correlate ---------------------------------------------------------------------------------

// One key that all hits of a match must agree in: the capture to take from each observation.
struct SameKey {
  std::string name;
  std::vector<std::string> capture_of;  // parallel to Correlation::observations
};

// Hits that other hits take in: each hit of the observations `into` gets the captures of the hit of `take`
// that agrees with it in all keys and is nearest in time. A hit of `take` counts only where it was taken in.
struct HitJoin {
  std::uint32_t take = 0;
  std::vector<std::uint32_t> into;
  std::vector<SameKey> same;  // `capture_of` has that of `take`, then those of `into`
  std::optional<std::chrono::microseconds> within;
  std::string how_sure;  // capture that says "only_candidate" or "nearest"; empty: none
  Mark mark;
};

struct Correlation {
  enum class Kind {
    count,     // at least `at_least` hits of observations[0]
    distinct,  // at least `at_least` different values of the capture `of` among hits of observations[0]
    sequence,  // one hit of each observation, in this order
    together,  // one hit of each observation, in any order
    absent,    // a hit of observations[0] (the anchor) without one of observations[1] after/before it
  };
  enum class Direction { after, before };  // for absent: where the missing one would have to be
  std::string name;
  Kind kind = Kind::count;
  std::vector<std::uint32_t> observations;  // indices in Signature::observations
  std::vector<SameKey> same;
  std::string of;                                   // for distinct
  std::uint64_t at_least = 1;                       // for count and distinct
  std::optional<std::chrono::microseconds> within;  // closed at both ends; none: no window
  Direction direction = Direction::after;
  Mark mark;
};

// ---- conditions: applies, conclude, actions ----------------------------------------------------------

// Three-valued: holds, does not, unknown (a fact that is not known).
struct Condition {
  enum class Operator {
    fact,        // `name` is a fact, `test` what is said of it
    observed,    // observation `index` has a hit (for which capture `field` passes `test`, if `field` is set)
    correlated,  // correlation `index` has a match
    all,
    any,
    none,
  };
  Operator op = Operator::all;
  std::string name;
  std::uint32_t index = 0;
  std::string field;
  ValueTest test;
  std::vector<Condition> conditions;
  Mark mark;
};

struct Conclusion {
  Status status = Status::issue;  // issue or potential_problem
  Condition when;
  std::vector<std::string> group_by;  // capture names; empty: one group of all
  Mark mark;
};

struct Action {
  std::optional<Condition> when;
  Words text;
  Mark mark;
};

struct Snippet {
  enum class Keep { latest, earliest, all };
  std::vector<std::uint32_t> observations;  // empty: all
  Keep keep = Keep::latest;
  std::uint32_t per_group = 1;  // of each observation, in each group
};

// What verdicts need: a kind of evidence ("log.traffic_server") or a fact ("product.version").
struct Need {
  std::string name;
  bool is_fact = false;
  Mark mark;
};

// ---- tests -------------------------------------------------------------------------------------------

struct SignatureTest {
  std::string name;
  std::vector<std::pair<std::string, std::string>> files;  // name and content; `log:` is one of them
  struct Capture {
    std::string path;  // from the folder of the signature's file
    Mark mark;
  };
  std::vector<Capture> captures;                           // files to be read as well
  std::vector<std::pair<std::string, std::string>> facts;  // taken as known, over what the files say
  struct Expect {
    std::optional<Status> status;
    std::optional<std::vector<Captures>> groups;  // each must be found in a group of its own; none left over
    std::vector<std::string> actions;             // each occurs in some action, in English
    std::optional<std::vector<std::string>> missing;  // the names of Finding::missing, in any order
    std::vector<std::string> description;             // each occurs in the description
  } expect;
  Mark mark;
};

// ---- the whole ---------------------------------------------------------------------------------------

struct Signature {
  std::string id;
  Kind kind = Kind::information;
  Severity severity = Severity::information;
  Maturity maturity = Maturity::experimental;
  Scope scope = Scope::node;
  std::vector<std::string> also_known_as;
  std::vector<std::string> references;
  std::vector<std::string> hidden_by;
  std::vector<Mark> hidden_by_marks;  // parallel

  std::vector<std::string> products;
  std::optional<Condition> of_family;  // as of_family_of says; unknown does not keep it from applying
  std::optional<Condition> applies;    // facts only
  std::vector<Need> needs;
  std::vector<Observation> observations;
  std::vector<HitJoin> joins;
  std::vector<Correlation> correlations;
  std::vector<Conclusion> conclusions;

  Words title;
  Words description;
  Words condition;
  Words further_information;
  std::vector<Action> actions;
  Snippet snippet;
  std::vector<SignatureTest> tests;

  std::string file;
  Mark mark;
};

}  // namespace assay
