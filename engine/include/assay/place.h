// Where something in the evidence stands.
#pragma once

#include <cstdint>
#include <string>

namespace assay {

// Where something stands. `path` is the chain through the archives
// ("case.zip!/diag.tar.gz!/loggingsnapshot_vcsc.txt"), already escaped for display.
struct Place {
  std::string path;
  std::uint64_t line = 0;    // 1-based; 0 where lines have no meaning
  std::uint64_t offset = 0;  // bytes from the start of the member, uncompressed, and as UTF-8 if it is UTF-16

  friend bool operator==(const Place&, const Place&) = default;
};

}  // namespace assay
