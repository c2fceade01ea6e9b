// Targets of MRA requests, out of the segments that clients put into their URLs.
#include "assay/target.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace assay {
namespace {

// What the segment decodes to, or "raw" and the segment.
std::string decoded(std::string_view segment) {
  const Target target = decode_target(segment);
  EXPECT_EQ(target.raw, segment);
  return target.decoded ? to_string(target) : "raw " + to_string(target);
}

TEST(Target, HasDomainProtocolHostAndPort) {
  const Target target = decode_target("c3RldmVuLmxhYi9odHRwcy8xMC40OC4zNi4yMTUvODQ0Mw");
  EXPECT_TRUE(target.decoded);
  EXPECT_EQ(target.domain, "steven.lab");
  EXPECT_EQ(target.protocol, "https");
  EXPECT_EQ(target.host, "10.48.36.215");
  EXPECT_EQ(target.port, 8443);
}

TEST(Target, MayLackPortOrAllButTheDomain) {
  EXPECT_EQ(decoded("c3RldmVuLmxhYi9odHRwcy9jdWNtLnN0ZXZlbi5sYWIvNjk3Mg"),
            "steven.lab/https/cucm.steven.lab/6972");
  EXPECT_EQ(decoded("c3RldmVuLmxhYi9odHRwL2N1Y20uc3RldmVuLmxhYi82OTcw"),
            "steven.lab/http/cucm.steven.lab/6970");
  EXPECT_EQ(decoded("c3RldmVuLmxhYi9odHRwcy9jdWNtLnN0ZXZlbi5sYWI"), "steven.lab/https/cucm.steven.lab");
  EXPECT_EQ(decoded("dGJ0cC5jb20"), "tbtp.com");
  EXPECT_EQ(decoded("ZXUuY2hlZ2cuY29t"), "eu.chegg.com");
  EXPECT_EQ(decoded("ZW50LXBhLmNvbQ"), "ent-pa.com");
}

TEST(Target, MayBePaddedAndPercentEncoded) {
  EXPECT_EQ(decoded("dGJ0cC5jb20="), "tbtp.com");
  EXPECT_EQ(decoded("dGJ0cC5jb20%3D"), "tbtp.com");
  EXPECT_EQ(decoded("%64GJ0cC5jb20%3d"), "tbtp.com");
  EXPECT_EQ(decoded("ZW50LXBhLmNvbQ=="), "ent-pa.com");
}

TEST(Target, ReadsBothAlphabets) {
  // The last byte of "https/\xC3\xBF..." and the like need the two digits in which the alphabets differ.
  EXPECT_EQ(decoded("w7_Dvy5sYWIvaHR0cHMvaG9zdA"), "\xC3\xBF\xC3\xBF.lab/https/host");
  EXPECT_EQ(decoded("w7%2FDvy5sYWIvaHR0cHMvaG9zdA"), "\xC3\xBF\xC3\xBF.lab/https/host");
  EXPECT_EQ(decoded("w7/Dvy5sYWIvaHR0cHMvaG9zdA"), "\xC3\xBF\xC3\xBF.lab/https/host");
}

TEST(Target, KnowsIpv6Hosts) {
  EXPECT_EQ(decoded("ZXhhbXBsZS5jb20vaHR0cHMvMjAwMTpkYjg6OjEvODQ0Mw"), "example.com/https/2001:db8::1/8443");
  EXPECT_EQ(decoded("ZXhhbXBsZS5jb20vaHR0cHMvWzIwMDE6ZGI4OjoxXS84NDQz"),
            "example.com/https/[2001:db8::1]/8443");
}

TEST(Target, ThatDoesNotDecodeStaysAsItWas) {
  for (const std::string_view segment : {
           "ZeW50LXBhLmNvbQ",  // published with a letter too many
           "cucm-uds",
           "CSFmarcoalh.cnf.xml",
           "SEP001122334455.cnf.xml",
           "jabber-config.xml",
           "EPASSoap",
           "vmrest",
           "get_edge_config",
           "",
           "=",
           "====",
           "A",
           "dGJ0cC5jb20==",  // padded wrongly
           "dGJ0cC5jb21",    // bits behind the end
           "dGJ0cC5jb20%",
           "dGJ0cC5jb20%3",
           "dGJ0cC5jb20%zz",
           "dGJ0cC5 b20",
           "d29yZA",                        // word
           "YS5iL2h0dHBz",                  // a.b/https
           "YS5iL2h0dHBzL2hvc3QvODQ0My8x",  // a.b/https/host/8443/1
           "YS5iL2h0dHBzL2hvc3Qv",          // a.b/https/host/
           "YS5iL2h0dHBzLy84NDQz",          // a.b/https//8443
           "YS5iLy9ob3N0Lzg0NDM",           // a.b//host/8443
           "YS5iL2h0dHBzL2hvc3QvMA",        // a.b/https/host/0
           "YS5iL2h0dHBzL2hvc3QvNjU1MzY",   // a.b/https/host/65536
           "YS5iL2h0dHBzL2hvc3QvODR4",      // a.b/https/host/84x
           "YS5iL2h0dHBzL2hvIHN0",          // a.b/https/ho st
           "YS5iL2h0dHBzL2hvG3N0",          // with an escape character
           "YS5i4oCuL2h0dHBzL2hvc3Q",       // with a character that turns text around
           "YS5iwMAvaHR0cHMvaG9zdA",        // not UTF-8
       }) {
    EXPECT_EQ(decoded(segment), "raw " + std::string(segment));
  }
}

TEST(TargetOfUrl, IsTheFirstSegmentOfThePath) {
  constexpr std::string_view kSegment = "c3RldmVuLmxhYi9odHRwcy8xMC40OC4zNi4yMTUvODQ0Mw";
  const std::string segment(kSegment);
  for (const std::string& url : {
           "http://vcs_control.steven.lab:8443/" + segment + "/cucm-uds/user/emusk/devices?max=100",
           "https://expressway:8443/" + segment,
           "https://expressway:8443//" + segment + "#top",
           "/" + segment + "/cucm-uds/version",
           "/" + segment + "?next=http://example.com/x",
           segment,
           segment + "/get_edge_config",
       }) {
    const std::optional<Target> target = target_of_url(url);
    ASSERT_TRUE(target.has_value()) << url;
    EXPECT_EQ(target->raw, kSegment) << url;
    EXPECT_EQ(to_string(*target), "steven.lab/https/10.48.36.215/8443") << url;
  }
}

TEST(TargetOfUrl, SaysThatAPlainPathNamesNone) {
  const std::optional<Target> target = target_of_url("http://cucm.example.com:8443/cucm-uds/user/emusk");
  ASSERT_TRUE(target.has_value());
  EXPECT_FALSE(target->decoded);
  EXPECT_EQ(target->raw, "cucm-uds");
}

TEST(TargetOfUrl, IsNothingWithoutASegment) {
  for (const std::string_view url : {"", "/", "//", "?a=b", "/?a=b", "#", "https://example.com",
                                     "https://example.com/", "https://", "cucm.example.com:8443", "*"}) {
    EXPECT_FALSE(target_of_url(url).has_value()) << url;
  }
}

}  // namespace
}  // namespace assay
