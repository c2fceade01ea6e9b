// The vocabulary of signatures: which fields events have, which facts nodes have, which kinds of
// evidence there are. One table; the loader, the matcher, the schema, `assay fields` and the docs read it.
#pragma once

#include <span>
#include <string_view>

namespace assay {

enum class FieldType {
  text,     // free text: a plain value in a signature is a pattern that is searched for
  word,     // an identifier: a plain value is compared as a whole, without regard to case
  number,   // compared as a number
  version,  // compared as an Expressway version: X8.11.4 < X12.5 < X14.0.7
  time,     // compared as a moment
  flag,     // true or false
};
std::string_view to_string(FieldType type);

// A field of one kind of event. A name that ends in ".*" stands for any name below it
// ("log.pair.*": log.pair.Src-ip). A field marked `many` may have several values.
struct Field {
  std::string_view name;  // "log.process"; the part before the first dot is the kind of event
  FieldType type;
  bool many = false;
  std::string_view unit;  // "" where it has none
  std::string_view help;  // one sentence
  std::string_view example;
  std::span<const std::string_view> values = {};  // all that it can have, where that is known
};

// A fact that `applies` and conditions may ask for; also with ".*" at its end.
struct FactName {
  std::string_view name;
  FieldType type;
  std::string_view help;
  std::string_view example;
  std::span<const std::string_view> values = {};  // as of a field
};

// A kind of evidence that `needs` may name; also with ".*" at its end.
struct EvidenceName {
  std::string_view name;
  std::string_view help;
  std::string_view how_to_get;  // shown where it is missing
  // The same on a product of the contact center; "" where those have no such evidence.
  std::string_view from_contact_center = {};
};

// All in the order in which they are shown. The tables live as long as the program; thread-safe.
std::span<const Field> fields();
std::span<const FactName> fact_names();
std::span<const EvidenceName> evidence_names();

// The entry for a name that a signature uses, or nullptr. "log.pair.Src-ip" finds "log.pair.*".
const Field* find_field(std::string_view name);
const FactName* find_fact_name(std::string_view name);
const EvidenceName* find_evidence_name(std::string_view name);

}  // namespace assay
