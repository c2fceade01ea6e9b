// Tests of values in words, as an explanation shows them.
#pragma once

#include <string>
#include <string_view>

#include "signature/signature.h"

namespace assay {

// "is traffic_server", "at least X14.2", "does not match 'refused'".
std::string words_of(const ValueTest& test);

// "log.process is traffic_server".
std::string words_of(std::string_view subject, const ValueTest& test);

}  // namespace assay
