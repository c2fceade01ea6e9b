// Of a device that has several bundles, the dumps and certificates of the earlier ones say how it was.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "evidence/inventory.h"

namespace assay {

// The latest record of each bundle, which tells one from before an upgrade from one after it; 0 without any.
std::map<std::string, std::int64_t> last_record_of_bundles(const std::vector<MemberRead>& members);

// By member: true if it is a dump, a trust store or the certificate of the device, and a later bundle of the
// same node has one, too.
std::vector<bool> find_outdated(const std::vector<MemberRead>& members,
                                std::span<const std::uint32_t> node_of_member);

}  // namespace assay
