// Which words have to be in an event for an observation to hold, so that most observations need never be
// tried.
//
// For log records the words are looked for in the raw text of the record. Other events have no raw text
// that holds all their fields: there the wanted fields are written out (written_fields.h), and the words are
// looked for in that. Either way a trigger may be there without the observation holding; never
// the other way round.
#pragma once

#include <string>
#include <vector>

#include "signature/signature.h"

namespace assay {

struct Triggers {
  // At least one of these occurs, without regard to ASCII case, in the text of every event for which the
  // condition holds. Lower case. Empty: no such set is known, the observation has to be tried always.
  std::vector<std::string> literals;
  // Names of the fields, as signatures write them, that must be written out for the literals to be found.
  std::vector<std::string> fields;
};

// For events whose text holds the values of their fields: log records.
Triggers record_triggers(const EventCondition& condition);

// For events of which write_fields makes the text.
Triggers written_triggers(const EventCondition& condition);

}  // namespace assay
