// The words of a finding, in one language, filled in with what its groups hold.
//
// A template may name: {{#groups}} with the captures of each group (of one with several values the latest),
// {{count}}, {{first}}, {{last}}, {{status}}, {{more}}; outside of groups {{count}}, {{first}}, {{last}},
// {{status}} of the whole, {{groups_count}}, {{node}} (for the case all nodes), {{all.<capture>}} and
// {{fact.<name>}} (of several nodes the distinct values). These names win over captures of the same name.
// What is not known renders as nothing.
#pragma once

#include <string_view>

#include "diagnose/groups.h"
#include "diagnose/subject.h"

namespace assay {

// Fills title, description, condition, further_information and actions of `finding`, whose status and groups
// are there. The title always; the other texts for an issue, a potential problem and missing information;
// actions only for the first two.
void fill_words(Finding& finding, const Subject& subject, const Decision& decision,
                std::string_view language);

}  // namespace assay
