// One finding on a page, and the few words about findings that the rest of the text shares.
#pragma once

#include <string>

#include "report/headings.h"
#include "report/page.h"

namespace assay {

void write_finding(const Finding& finding, const Headings& headings, const TextStyle& style, Page& page);

std::string_view label_of(Status status, const Headings& headings);
std::string_view label_of(Severity severity, const Headings& headings);
Paint paint_of(Status status);

}  // namespace assay
