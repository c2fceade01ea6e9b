#include "evidence/address.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(Address, IsOfIPv4OrIPv6) {
  EXPECT_TRUE(is_address("192.0.2.40"));
  EXPECT_TRUE(is_address("2001:db8::40"));
  EXPECT_TRUE(is_address("::ffff:192.0.2.40"));
}

TEST(Address, IsNoNameNorANumberNorAnAddressWithMore) {
  for (const char* word : {"", "vcsc", "2022", "10.1", "10.48.36.215.lab", "192.0.2.40:8443",
                           "[2001:db8::40]", "192.0.2.0/24", "a:b"})
    EXPECT_FALSE(is_address(word)) << word;
}

}  // namespace
}  // namespace assay
