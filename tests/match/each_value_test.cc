// Observations that have a hit for each value of a field.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "match/by_hand.h"
#include "match/matcher.h"

namespace assay {
namespace {

using by_hand::all;
using by_hand::is;
using by_hand::matches;
using testing::ElementsAre;
using testing::IsEmpty;

// The captures of the hits on a certificate with these names.
std::vector<std::string> found(EventCondition condition, const std::vector<std::string>& names,
                               std::string each = "certificate.name") {
  Certificate certificate;
  for (const std::string& name : names) certificate.sans.push_back({"dns", name});
  certificate.common_names = {"cn.example.com"};
  Sighting sighting;
  sighting.use = "server";
  const Event event{.place = {},
                    .time = std::nullopt,
                    .text = "certificate",
                    .what = CertificateEvent{&certificate, &sighting, std::nullopt},
                    .literals = {}};
  std::vector<Signature> set = by_hand::signatures({std::move(condition)});
  Observation& observation = set[0].observations[0];
  observation.kind = "certificate";
  observation.each = std::move(each);
  observation.captures = {"domain", "name"};
  observation.captured_fields = {{"name", "certificate.name"}};
  const Matcher matcher(set);
  std::vector<std::string> captures;
  for (const Hit& hit : by_hand::hits_of(matcher, event)) {
    captures.push_back(hit.captures[0] + "<" + hit.captures[1]);
  }
  return captures;
}

TEST(EachValue, MakesAHitOfItsOwn) {
  EXPECT_THAT(found(matches("certificate.name", "^(?:collab-edge\\.)?(?P<domain>.+)$"),
                    {"collab-edge.example.com", "expe.example.com"}),
              ElementsAre("example.com<collab-edge.example.com", "expe.example.com<expe.example.com",
                          "cn.example.com<cn.example.com"));
}

TEST(EachValue, IsTestedByItself) {
  EXPECT_THAT(found(all({matches("certificate.name", "collab"), is("certificate.use", "server")}),
                    {"a.example.com", "collab-edge.example.com"}),
              ElementsAre("<collab-edge.example.com"));
}

TEST(EachValue, LeavesOtherFieldsWhole) {
  EXPECT_THAT(found(is("certificate.san", "b.example.com"), {"a.example.com", "b.example.com"}),
              ElementsAre("<a.example.com", "<b.example.com", "<cn.example.com"));
}

TEST(EachValue, OfAFieldWithoutAnyMakesNoHit) {
  EXPECT_THAT(found(is("certificate.use", "server"), {}, "certificate.san"), IsEmpty());
}

TEST(EachValue, ThatIsNotAskedForMakesOneHit) {
  EXPECT_THAT(found(is("certificate.use", "server"), {"a.example.com", "b.example.com"}, ""),
              ElementsAre("<a.example.com"));
}

}  // namespace
}  // namespace assay
