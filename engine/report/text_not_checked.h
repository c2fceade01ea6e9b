// The part of the text report about what could not be checked.
#pragma once

#include "assay/report.h"
#include "report/headings.h"
#include "report/page.h"

namespace assay {

// What is missing on each node and which signatures lack it: the gravest few, or `all` of them. Nothing if
// there is no evidence at all.
void write_not_checked(const Report& report, const Headings& headings, bool all, Page& page);

}  // namespace assay
