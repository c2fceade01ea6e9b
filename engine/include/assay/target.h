// The MRA target that stands base64-encoded in the first path segment of a client's URL:
// "c3RldmVuLmxhYi9odHRwcy8xMC40OC4zNi4yMTUvODQ0Mw" is steven.lab/https/10.48.36.215/8443.
#pragma once

#include <optional>
#include <string_view>

#include "assay/report.h"

namespace assay {

// Decodes one segment: standard or URL-safe alphabet, with or without padding, percent-encoded or not.
// Always returns a Target. `decoded` tells whether the segment names one: it is false for a plain segment
// ("cucm-uds", "SEP001122334455.cnf.xml") as for a damaged one, and then only `raw` is there.
Target decode_target(std::string_view segment);

// The target in a URL, a path or a bare segment, or nothing if there is no segment at all ("/", "").
std::optional<Target> target_of_url(std::string_view url_or_path);

// "steven.lab/https/10.48.36.215/8443"; for one that did not decode, its raw segment.
std::string to_string(const Target& target);

}  // namespace assay
