// Undoes the compression of one stream.
#pragma once

#include <memory>
#include <string>

#include "input/budget.h"
#include "input/sniff.h"
#include "input/source.h"

namespace assay {

// What is inside `packed`, which must outlive it. Damage becomes a problem of `path`, at the offset in what
// came out. REQUIRES: is_compression(form)
std::unique_ptr<Source> decompress(Form form, Source& packed, std::string path, Budget& budget);

}  // namespace assay
