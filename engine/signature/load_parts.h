// The parts of loading. Each reads one section of a file into the signature, and remarks on what the shape of
// the file does not tell: names that nothing has, patterns, values, templates. What has the wrong shape has
// been remarked on before, and is passed over in silence.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "signature/pattern.h"
#include "signature/remarks.h"
#include "signature/signature.h"
#include "signature/yaml_node.h"

namespace assay {

struct Loading {
  Remarks& remarks;
  Signature& signature;
  // Observations whose captures are not known, since a pattern of theirs is wrong. What they may lack is not
  // remarked on.
  std::set<std::string, std::less<>> unsure = {};
  // Something was named that is not there, so what depends on it is not remarked on either.
  bool incomplete = false;
  // What the patterns may still cost, all together. Signatures have some thousands.
  std::size_t instructions_left = 4 * Pattern::kMostInstructions;

  bool knows_captures() const { return unsure.empty() && !incomplete; }
};

// ---- Values ----

// What a value test is about.
struct Tested {
  std::string name;  // for remarks: "log.message"
  FieldType type = FieldType::text;
  bool can_be_empty = false;                      // captures can, fields and facts cannot
  bool captures = false;                          // named groups of its patterns are captures
  std::span<const std::string_view> values = {};  // all that there can be, where that is known
};

// A value test may be a combination. `none`: not one of the children holds.
struct TestTree {
  enum class Operator { test, all, none };
  Operator op = Operator::all;
  ValueTest test;
  std::vector<TestTree> children;
  Mark mark;
};

TestTree load_value_test(const YamlNode& node, const Tested& tested, Loading& loading);
// The operators of a map that has other keys too; `own_keys` are those.
TestTree load_operators(const YamlNode& map, const Tested& tested,
                        const std::vector<std::string_view>& own_keys, Loading& loading);

// ---- Sections ----

void load_observations(const YamlNode& root, Loading& loading);
void load_joins(const YamlNode& root, Loading& loading);  // adds the captures that hits take in
void load_correlations(const YamlNode& root, Loading& loading);
void load_conditions(const YamlNode& root, Loading& loading);  // applies, needs, conclude
void load_texts(const YamlNode& root, Loading& loading);       // title and text
void load_tests(const YamlNode& root, Loading& loading);

// One entry of `join`; nothing if it names what is not there.
std::optional<HitJoin> load_join(const YamlNode& map, Loading& loading);

// When conclusions are known: gives observations that are taken in the captures that groups are made by.
void finish_joins(Signature& signature);

// A condition that may name observations and correlations.
Condition load_condition(const YamlNode& node, Loading& loading);

// ---- Small things that several sections need ----

// The node itself if it is a scalar, or the scalars of the list. For nullptr: none.
std::vector<const YamlNode*> each_scalar(const YamlNode* node);
std::vector<std::string> each_text(const YamlNode* node);

// The index of the observation, or a remark that there is none.
std::optional<std::uint32_t> find_observation(const YamlNode& name, Loading& loading);

// Remarks that there is no such observation, unless that is already known.
void unknown_observation(const YamlNode& name, std::vector<std::string_view> known, Loading& loading);

// Remarks on a capture whose name is none, or one that texts use for something else.
void check_capture_name(const std::string& name, Mark mark, Remarks& remarks);

bool has_capture(const Observation& observation, std::string_view name);

// The same, with a remark if it has not.
bool require_capture(const YamlNode& name, const Observation& observation, Loading& loading);

}  // namespace assay
