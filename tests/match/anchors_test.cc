// Observations that only take back what others found.
#include "match/anchors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "match/by_hand.h"

namespace assay {
namespace {

using by_hand::hits_of;
using by_hand::is;
using by_hand::LogRecord;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint32_t kFailed = 0;
constexpr std::uint32_t kWorks = 1;

// "it failed, and it did not work again"
Signature never_again() {
  Signature signature = by_hand::signature("log", is("log.detail", "Connection failed"));
  signature.observations.push_back(by_hand::observation("log", is("log.detail", "Connection works")));
  Correlation correlation;
  correlation.kind = Correlation::Kind::absent;
  correlation.observations = {kFailed, kWorks};
  signature.correlations.push_back(correlation);
  return signature;
}

Condition observed(std::uint32_t index) {
  Condition condition;
  condition.op = Condition::Operator::observed;
  condition.index = index;
  return condition;
}

TEST(Anchors, AreThoseOfWhatMustBeAbsent) {
  EXPECT_THAT(anchors_of(never_again()), ElementsAre(IsEmpty(), ElementsAre(kFailed)));
}

TEST(Anchors, HasNoneWhatAConclusionOrAnActionAsksFor) {
  Signature concluded = never_again();
  concluded.conclusions.emplace_back().when.conditions = {observed(kFailed), observed(kWorks)};
  EXPECT_THAT(anchors_of(concluded), ElementsAre(IsEmpty(), IsEmpty()));

  Signature advised = never_again();
  advised.actions.emplace_back().when = observed(kWorks);
  EXPECT_THAT(anchors_of(advised), ElementsAre(IsEmpty(), IsEmpty()));
}

TEST(Anchors, HasNoneWhatAJoinOrAnotherCorrelationNames) {
  Signature joined = never_again();
  HitJoin& join = joined.joins.emplace_back();
  join.take = kWorks;
  join.into = {kFailed};
  EXPECT_THAT(anchors_of(joined), ElementsAre(IsEmpty(), IsEmpty()));

  Signature counted = never_again();
  Correlation count;
  count.observations = {kWorks};
  counted.correlations.push_back(count);
  EXPECT_THAT(anchors_of(counted), ElementsAre(IsEmpty(), IsEmpty()));
}

// What makes a group may be anything, and the group shows hits of all observations.
TEST(Anchors, AreAllThatCanMakeAGroup) {
  Signature signature = never_again();
  signature.observations.push_back(by_hand::observation("log", is("log.detail", "Out of memory")));
  signature.conclusions.emplace_back().when = observed(2);
  EXPECT_THAT(anchors_of(signature), ElementsAre(IsEmpty(), ElementsAre(kFailed, 2), IsEmpty()));
}

TEST(Anchors, AreNoneWhereAConclusionMayHoldWithoutAHit) {
  Signature signature = never_again();
  Condition fact;
  fact.op = Condition::Operator::fact;
  Condition either;
  either.op = Condition::Operator::any;
  either.conditions = {observed(kFailed), fact};
  signature.conclusions.emplace_back().when = either;
  EXPECT_THAT(anchors_of(signature), ElementsAre(IsEmpty(), IsEmpty()));
  signature.conclusions.back().when.op = Condition::Operator::all;
  EXPECT_THAT(anchors_of(signature), ElementsAre(IsEmpty(), ElementsAre(kFailed)));
}

TEST(Anchors, AreAllForWhichItMustBeAbsent) {
  Signature signature = never_again();
  signature.observations.push_back(by_hand::observation("log", is("log.detail", "Connection was cut")));
  Correlation cut = signature.correlations.front();
  cut.observations = {2, kWorks};
  signature.correlations.push_back(cut);
  EXPECT_THAT(anchors_of(signature), ElementsAre(IsEmpty(), ElementsAre(kFailed, 2), IsEmpty()));
}

TEST(Anchors, LetTheLiteralsOfWhatMustBeAbsentWait) {
  const std::vector<Signature> set{never_again()};
  const Matcher matcher(set);
  const LogRecord works(matcher, "2022-07-11T18:55:26+02:00 vcsc tvcs: Detail=\"Connection works\"");
  const std::uint32_t literal = works.event().literals.front();
  EXPECT_THAT(matcher.wanted().waiting, ElementsAre(literal));
  EXPECT_FALSE(matcher.is_asked_for(literal, [](std::uint32_t, std::uint32_t) { return false; }));
  EXPECT_TRUE(matcher.is_asked_for(literal, [](std::uint32_t signature, std::uint32_t observation) {
    return signature == 0 && observation == kFailed;
  }));
}

TEST(Anchors, LetNoLiteralWaitThatAnotherSignatureAsksFor) {
  const std::vector<Signature> set{never_again(),
                                   by_hand::signature("log", is("log.detail", "Connection works"))};
  EXPECT_THAT(Matcher(set).wanted().waiting, IsEmpty());
}

}  // namespace
}  // namespace assay
