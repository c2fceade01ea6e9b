// Each kind of correlation on hits that can be followed by eye.
#include "diagnose/correlate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "diagnose/story.h"

namespace assay {
namespace {

using namespace story;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

using Wanted = Correlation::Kind;

std::vector<CorrelationMatch> correlated_hits(const Correlation& correlation, const std::vector<Hit>& hits,
                                              const Reach& reach) {
  Signature signature;
  for (const char* name : {"a", "b", "c"}) signature.observations.push_back(observation(name, {"key"}));
  std::vector<const Hit*> views;
  for (const Hit& one : hits) views.push_back(&one);
  return correlate(signature, correlation, views, {"bundle!/a.txt", "bundle!/b.txt"}, reach);
}

// The matches as indices of the hits.
std::vector<std::vector<std::uint32_t>> matches(const Correlation& correlation,
                                                const std::vector<Hit>& hits) {
  std::vector<std::vector<std::uint32_t>> result;
  for (const CorrelationMatch& match : correlated_hits(correlation, hits, {})) result.push_back(match.hits);
  return result;
}

std::vector<std::vector<std::uint32_t>> open_matches(const Correlation& correlation,
                                                     const std::vector<Hit>& hits, const Reach& reach) {
  std::vector<std::vector<std::uint32_t>> result;
  for (const CorrelationMatch& match : correlated_hits(correlation, hits, reach)) {
    if (match.open) result.push_back(match.hits);
  }
  return result;
}

Hit a(std::optional<std::int64_t> second, std::string key = "k") {
  return hit(0, second, {std::move(key)});
}
Hit b(std::optional<std::int64_t> second, std::string key = "k") {
  return hit(1, second, {std::move(key)}, 5'000 + static_cast<std::uint64_t>(second.value_or(0)));
}
Hit c(std::optional<std::int64_t> second, std::string key = "k") {
  return hit(2, second, {std::move(key)}, 9'000 + static_cast<std::uint64_t>(second.value_or(0)));
}

Correlation at_least(std::uint64_t count, Correlation correlation) {
  correlation.at_least = count;
  return correlation;
}

TEST(Count, TakesAllThatTheWindowOfTheFirstHitHoldsAndGoesOnAfterIt) {
  const Correlation thrice = at_least(3, correlation(Wanted::count, {0}, seconds(10)));
  EXPECT_THAT(matches(thrice, {a(0), a(5), a(10), a(11), a(12), a(13)}),
              ElementsAre(ElementsAre(0, 1, 2), ElementsAre(3, 4, 5)));
}

TEST(Count, LooksForItsWindowAnywhereAndNotOnlyAtTheNewestHit) {
  const Correlation thrice = at_least(3, correlation(Wanted::count, {0}, seconds(2)));
  EXPECT_THAT(matches(thrice, {a(0), a(100), a(101), a(102), a(500)}), ElementsAre(ElementsAre(1, 2, 3)));
}

TEST(Count, HasAWindowThatIsClosedAtBothEnds) {
  const Correlation twice = at_least(2, correlation(Wanted::count, {0}, seconds(10)));
  EXPECT_THAT(matches(twice, {a(0), a(10)}), ElementsAre(ElementsAre(0, 1)));
  EXPECT_THAT(matches(twice, {a(0), a(11)}), IsEmpty());
}

TEST(Count, TakesHitsWithoutATimeOnlyWhereThereIsNoWindow) {
  EXPECT_THAT(matches(at_least(2, correlation(Wanted::count, {0}, seconds(10))), {a(0), a(std::nullopt)}),
              IsEmpty());
  EXPECT_THAT(matches(at_least(2, correlation(Wanted::count, {0}, std::nullopt)), {a(0), a(std::nullopt)}),
              ElementsAre(ElementsAre(0, 1)));
}

TEST(Count, KeepsKeysApart) {
  const Correlation twice = at_least(2, correlation(Wanted::count, {0}, seconds(10), {"key"}));
  EXPECT_THAT(matches(twice, {a(0, "x"), a(1, "y"), a(2, ""), a(3, "")}), IsEmpty());
  EXPECT_THAT(matches(twice, {a(0, "x"), a(1, "y"), a(2, "x")}), ElementsAre(ElementsAre(0, 2)));
}

TEST(Count, TakesKeysForTheSameWithoutRegardToCase) {
  const Correlation twice = at_least(2, correlation(Wanted::count, {0}, seconds(10), {"key"}));
  EXPECT_THAT(matches(twice, {a(0, "cucm.example.com"), a(1, "CUCM.Example.com")}),
              ElementsAre(ElementsAre(0, 1)));
}

TEST(Distinct, CountsDifferentValuesAndNotHits) {
  Correlation two_keys = at_least(2, correlation(Wanted::distinct, {0}, seconds(10)));
  two_keys.of = "key";
  EXPECT_THAT(matches(two_keys, {a(0, "x"), a(1, "x"), a(2, "")}), IsEmpty());
  EXPECT_THAT(matches(two_keys, {a(0, "x"), a(20, "x"), a(25, "y")}), ElementsAre(ElementsAre(1, 2)));
}

TEST(Sequence, TakesTheLatestBeginningForTheEarliestEnd) {
  const Correlation then = correlation(Wanted::sequence, {0, 1}, seconds(5));
  EXPECT_THAT(matches(then, {a(0), a(3), b(4), b(20)}), ElementsAre(ElementsAre(1, 2)));
}

TEST(Sequence, UsesEachHitOnce) {
  const Correlation then = correlation(Wanted::sequence, {0, 1}, seconds(5));
  EXPECT_THAT(matches(then, {a(0), b(1), b(2)}), ElementsAre(ElementsAre(0, 1)));
  EXPECT_THAT(matches(then, {a(0), a(1), b(2), b(3)}), ElementsAre(ElementsAre(0, 3), ElementsAre(1, 2)));
}

TEST(Sequence, DoesNotHoldInTheOtherOrder) {
  EXPECT_THAT(matches(correlation(Wanted::sequence, {0, 1}, seconds(5)), {b(1), a(2)}), IsEmpty());
}

TEST(Sequence, OrdersEqualTimesByPathAndOffset) {
  const Correlation then = correlation(Wanted::sequence, {0, 1}, seconds(5));
  EXPECT_THAT(matches(then, {hit(0, 1, {"k"}, 10), hit(1, 1, {"k"}, 20)}), ElementsAre(ElementsAre(0, 1)));
  EXPECT_THAT(matches(then, {hit(0, 1, {"k"}, 20), hit(1, 1, {"k"}, 10)}), IsEmpty());
  Hit in_later_file = hit(1, 1, {"k"}, 10);
  in_later_file.place.member = 1;
  EXPECT_THAT(matches(then, {hit(0, 1, {"k"}, 20), in_later_file}), ElementsAre(ElementsAre(0, 1)));
}

TEST(Sequence, NeverTakesOneRecordForTwoSteps) {
  const Correlation then = correlation(Wanted::sequence, {0, 1}, seconds(5));
  EXPECT_THAT(matches(then, {hit(0, 1, {"k"}, 10), hit(1, 1, {"k"}, 10)}), IsEmpty());
}

TEST(Sequence, MayNameOneObservationTwice) {
  const Correlation again = correlation(Wanted::sequence, {0, 0}, seconds(5));
  EXPECT_THAT(matches(again, {a(0)}), IsEmpty());
  EXPECT_THAT(matches(again, {a(0), a(1), a(2), a(3)}), ElementsAre(ElementsAre(0, 1), ElementsAre(2, 3)));
}

TEST(Sequence, WithoutAWindowOrdersHitsWithoutTimesByTheirPlaces) {
  const Correlation then = correlation(Wanted::sequence, {0, 1}, std::nullopt);
  EXPECT_THAT(matches(then, {hit(0, std::nullopt, {"k"}, 10), hit(1, std::nullopt, {"k"}, 20)}),
              ElementsAre(ElementsAre(0, 1)));
  EXPECT_THAT(matches(then, {hit(0, std::nullopt, {"k"}, 20), hit(1, std::nullopt, {"k"}, 10)}), IsEmpty());
}

TEST(Together, HoldsInAnyOrder) {
  const Correlation both = correlation(Wanted::together, {0, 1, 2}, seconds(5));
  EXPECT_THAT(matches(both, {c(1), a(3), b(6)}), ElementsAre(ElementsAre(0, 1, 2)));
  EXPECT_THAT(matches(both, {c(0), a(3), b(6)}), IsEmpty());
}

TEST(Together, GivesARecordThatCouldStandTwiceThePlaceWhereTheOtherFits) {
  // The later record is an a and a b; the earlier only an a. So the later one has to be the b.
  const Correlation both = correlation(Wanted::together, {0, 1}, seconds(5));
  EXPECT_THAT(matches(both, {hit(0, 1, {"k"}, 10), hit(0, 2, {"k"}, 20), hit(1, 2, {"k"}, 20)}),
              ElementsAre(ElementsAre(0, 2)));
  EXPECT_THAT(matches(both, {hit(0, 2, {"k"}, 20), hit(1, 2, {"k"}, 20)}), IsEmpty());
}

TEST(Together, WantsAsManyHitsOfAnObservationAsItIsNamed) {
  const Correlation twice_and_b = correlation(Wanted::together, {0, 0, 1}, seconds(5));
  EXPECT_THAT(matches(twice_and_b, {a(1), b(2)}), IsEmpty());
  EXPECT_THAT(matches(twice_and_b, {a(1), b(2), a(3)}), ElementsAre(ElementsAre(0, 1, 2)));
}

TEST(Absent, IsOneMatchForEachAnchorThatNothingFollows) {
  const Correlation unanswered = correlation(Wanted::absent, {0, 1}, seconds(5));
  EXPECT_THAT(matches(unanswered, {a(0), b(5), a(10), b(16), a(30)}),
              ElementsAre(ElementsAre(2), ElementsAre(4)));
}

TEST(Absent, IsOpenWhereItsWindowReachesBeyondTheEvidence) {
  const Correlation unanswered = correlation(Wanted::absent, {0, 1}, seconds(5));
  const Reach log{.first = a(0).time, .last = a(20).time};
  EXPECT_THAT(open_matches(unanswered, {a(0), a(15), a(16)}, log), ElementsAre(ElementsAre(2)));
  EXPECT_THAT(open_matches(unanswered, {a(16), b(17)}, log), IsEmpty()) << "answered all the same";
  EXPECT_THAT(open_matches(unanswered, {a(16)}, {}), IsEmpty()) << "nobody knows where the evidence ends";

  Correlation unannounced = unanswered;
  unannounced.direction = Correlation::Direction::before;
  EXPECT_THAT(open_matches(unannounced, {a(4), a(5), a(20)}, log), ElementsAre(ElementsAre(0)));

  const Correlation never = correlation(Wanted::absent, {0, 1}, std::nullopt);
  EXPECT_THAT(open_matches(never, {a(20)}, log), IsEmpty()) << "without a window it asks for what there is";
}

TEST(Absent, LooksBackWhereItIsToldTo) {
  Correlation unannounced = correlation(Wanted::absent, {0, 1}, seconds(5));
  unannounced.direction = Correlation::Direction::before;
  EXPECT_THAT(matches(unannounced, {b(0), a(5), a(6)}), ElementsAre(ElementsAre(2)));
}

TEST(Absent, CountsWhatComesAtTheSameTimeWhicheverStandsFirst) {
  const Correlation unanswered = correlation(Wanted::absent, {0, 1}, seconds(5));
  EXPECT_THAT(matches(unanswered, {hit(0, 1, {"k"}, 20), hit(1, 1, {"k"}, 10)}), IsEmpty());
}

TEST(Absent, DoesNotTakeTheAnchorsOwnRecordForTheMissingOne) {
  const Correlation unanswered = correlation(Wanted::absent, {0, 1}, seconds(5));
  EXPECT_THAT(matches(unanswered, {hit(0, 1, {"k"}, 10), hit(1, 1, {"k"}, 10)}), ElementsAre(ElementsAre(0)));
  const Correlation not_again = correlation(Wanted::absent, {0, 0}, seconds(5));
  EXPECT_THAT(matches(not_again, {a(0), a(3), a(20)}), ElementsAre(ElementsAre(1), ElementsAre(2)));
}

TEST(Absent, WithoutAWindowIsAnsweredByAnythingLater) {
  const Correlation unanswered = correlation(Wanted::absent, {0, 1}, std::nullopt);
  EXPECT_THAT(matches(unanswered, {a(0), b(100'000), a(100'001)}), ElementsAre(ElementsAre(2)));
}

TEST(Absent, IsAnsweredOnlyByTheSameKey) {
  const Correlation unanswered = correlation(Wanted::absent, {0, 1}, seconds(5), {"key"});
  EXPECT_THAT(matches(unanswered, {a(0, "x"), b(1, "y"), a(2, "y"), b(3, "y"), a(4, "")}),
              ElementsAre(ElementsAre(0)));
}

TEST(Correlate, ParksTimesThatAreAsFarApartAsCanBe) {
  Hit first = a(0);
  first.time = Time{INT64_MIN};
  Hit last = b(0);
  last.time = Time{INT64_MAX};
  EXPECT_THAT(matches(correlation(Wanted::sequence, {0, 1}, seconds(5)), {first, last}), IsEmpty());
}

TEST(Correlate, FindsMatchesInAFloodInOneGo) {
  std::vector<Hit> hits;
  for (std::int64_t second = 0; second < 2'000; ++second) {
    hits.push_back(a(10 * second));
    hits.push_back(b(10 * second + 1));
  }
  EXPECT_EQ(matches(correlation(Wanted::sequence, {0, 1}, seconds(5)), hits).size(), 2'000U);
  EXPECT_EQ(matches(correlation(Wanted::together, {0, 1}, seconds(5)), hits).size(), 2'000U);
  EXPECT_EQ(matches(correlation(Wanted::absent, {0, 1}, seconds(0)), hits).size(), 2'000U);
}

}  // namespace
}  // namespace assay
