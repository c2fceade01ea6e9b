// What records of one kind have in common.
#include "text/shape.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

std::string shape(std::string_view message) {
  std::string result;
  append_shape(message, result);
  return result;
}

TEST(Shape, MasksAddressesNumbersNamesAndTimes) {
  EXPECT_EQ(shape("connect to 10.48.36.215:8443 timed out after 30 s"), "connect to * timed out after * s");
  EXPECT_EQ(shape("cannot resolve cucm.example.com"), "cannot resolve *");
  EXPECT_EQ(shape("cannot open /var/log/messages"), "cannot open *");
  EXPECT_EQ(shape("user alice@example.com refused"), "user * refused");
}

TEST(Shape, KeepsTheWords) {
  EXPECT_EQ(shape("SSL connection failed: certificate verify failed"),
            "SSL connection failed: certificate verify failed");
}

TEST(Shape, KeepsTheMnemonicOfAMessage) {
  EXPECT_EQ(shape("%CCBU_http-nio-8445-exec-9-3-GADGET_RENDER: failed"), "%*-GADGET_RENDER: failed");
  EXPECT_EQ(shape("%CCBU_pool-7-thread-1: failed"), "%*: failed");
  EXPECT_EQ(shape("%MIVR-SS_TEL-4-ModuleRunTimeFailure:Real-time failure 7"),
            "%*-ModuleRunTimeFailure:Real-time failure *");
  EXPECT_EQ(shape("SEP001122-AB is gone"), "* is gone") << "a name, not that of a message";
}

TEST(Shape, MasksWhatStandsInQuotes) {
  EXPECT_EQ(shape(R"(Name="alice" was refused)"), "Name=* was refused");
  EXPECT_EQ(shape(R"(never "closed)"), "never *");
}

TEST(Shape, OfTwoRecordsThatDifferInNumbersIsOne) {
  EXPECT_EQ(shape("peer 10.0.0.1 lost, 3 left"), shape("peer 2001:db8::1 lost, 12 left"));
}

TEST(Shape, TakesSeveralMaskedWordsAsOne) {
  EXPECT_EQ(shape("ids 17 18 19 are gone"), "ids * are gone");
}

TEST(Shape, SpellsBlanksAndControlCharactersAsOneBlank) {
  EXPECT_EQ(shape("a \t\n b"), "a b");
}

TEST(Shape, IsBounded) {
  EXPECT_LE(shape(std::string(100'000, 'x')).size(), kShapeBytes);
}

}  // namespace
}  // namespace assay
