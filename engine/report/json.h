// Parts of a report as JSON, for the outputs that have one object on each line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assay/formats.h"

namespace assay {

// From its first record to its last, in milliseconds.
std::optional<std::int64_t> duration_of(const Transaction& transaction);

// The words in quotes, safe to look at.
std::string json_string(std::string_view words);

// One line without its end: {"id": ...}, as it stands in Report JSON.
std::string json_line(const Transaction& transaction);
std::string json_line(const Handshake& handshake);
std::string json_line(const SeenCertificate& seen);
std::string json_line(const MissingCertificate& missing, const SeenCertificate* seen);
std::string json_line(const std::vector<std::string>& names, const std::vector<Table::Cell>& row);

}  // namespace assay
