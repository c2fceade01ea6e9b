// Where in a signature file something was written.
#pragma once

#include <cstdint>

namespace assay {

// 1-based, columns in bytes; 0 if unknown.
struct Mark {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

}  // namespace assay
