// The errors and warnings that no signature explains, on a page.
#pragma once

#include "report/headings.h"
#include "report/page.h"

namespace assay {

// Nothing if there are none. `all`: each group, else those that come first.
void write_unexplained(const UnexplainedEvents& unexplained, const Headings& headings, bool all, Page& page);

}  // namespace assay
