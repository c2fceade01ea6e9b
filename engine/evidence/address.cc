#include "evidence/address.h"

#include <arpa/inet.h>

#include <array>
#include <string>

namespace assay {

bool is_address(std::string_view word) {
  std::array<unsigned char, 16> bytes{};
  const std::string text(word);
  return inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

}  // namespace assay
