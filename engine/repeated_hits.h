// Files of one node that hold the same records: a log that was uploaded twice, an archive beside what was
// unpacked from it, logs that overlap.
#pragma once

#include "diagnose/case_file.h"

namespace assay {

// What several files hold is taken from the one that holds it most often; the others' hits, and their counts,
// go. The same are hits of one observation with the same time, captures and text. Hits without a time stay: a
// setting of two dumps was set in both. Of a flood the hits that were not kept are counted in every file.
// REQUIRES: the hits are in their order.
void drop_repeated_hits(NodeEvidence& node);

}  // namespace assay
