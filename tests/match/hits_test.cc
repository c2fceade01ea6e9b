// What is kept of a flood of hits.
#include "match/hits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace assay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

Hit hit_at(std::int64_t time, std::string target, std::uint32_t member = 0) {
  return Hit{.signature = 3,
             .observation = 1,
             .place = {.member = member, .line = 0, .offset = 0},
             .time = Time{time},
             .captures = {std::move(target)},
             .text = "at " + std::to_string(time)};
}

std::vector<std::int64_t> times_of(const KeptHits& kept) {
  std::vector<std::int64_t> times;
  for (const Hit& hit : kept.hits) times.push_back(hit.time ? hit.time->microseconds : -1);
  return times;
}

TEST(HitKeeper, KeepsAllWithinTheBound) {
  HitKeeper keeper(3);
  for (const std::int64_t time : {5, 4, 6}) keeper.add(hit_at(time, "a"), 0);
  const KeptHits kept = keeper.take();
  EXPECT_THAT(times_of(kept), ElementsAre(5, 4, 6));
  EXPECT_THAT(kept.bounded, IsEmpty());
  ASSERT_THAT(kept.counts, SizeIs(1));
  EXPECT_EQ(kept.counts[0].count, 3U);
  EXPECT_EQ(kept.counts[0].first, Time{4});
  EXPECT_EQ(kept.counts[0].last, Time{6});
}

TEST(HitKeeper, KeepsTheLatestOfEveryTupleBeyondTheBound) {
  HitKeeper keeper(2);
  keeper.add(hit_at(1, "a"), 0);
  keeper.add(hit_at(2, "a"), 0);
  keeper.add(hit_at(9, "a"), 0);  // later than the second: in its place
  keeper.add(hit_at(5, "a"), 0);  // earlier than what is kept
  keeper.add(hit_at(3, "b"), 0);  // a server that was not seen yet
  keeper.add(hit_at(4, "b"), 0);
  const KeptHits kept = keeper.take();
  EXPECT_THAT(times_of(kept), ElementsAre(1, 9, 4));
  EXPECT_EQ(kept.hits[1].text, "at 9");
  EXPECT_THAT(kept.bounded, ElementsAre(Pair(3, 1)));
  ASSERT_THAT(kept.counts, SizeIs(2));
  EXPECT_EQ(kept.counts[0].count, 4U);
  EXPECT_EQ(kept.counts[1].count, 2U);
}

TEST(HitKeeper, TakesAHitWithoutATimeForTheEarliest) {
  HitKeeper keeper(1);
  keeper.add(hit_at(7, "a"), 0);
  Hit timeless = hit_at(0, "a");
  timeless.time.reset();
  keeper.add(timeless, 0);
  const KeptHits kept = keeper.take();
  EXPECT_THAT(times_of(kept), ElementsAre(7));
  EXPECT_EQ(kept.counts[0].count, 2U);
  EXPECT_EQ(kept.counts[0].first, Time{7});
}

TEST(HitKeeper, BoundsEachBundleAndEachObservationByItself) {
  HitKeeper keeper(1);
  keeper.add(hit_at(1, "a", 0), 0);
  keeper.add(hit_at(2, "a", 1), 1);
  Hit other = hit_at(3, "a");
  other.observation = 0;
  keeper.add(other, 0);
  const KeptHits kept = keeper.take();
  EXPECT_THAT(times_of(kept), ElementsAre(3, 1, 2));
  EXPECT_THAT(kept.bounded, IsEmpty());
}

TEST(HitKeeper, CountsEachMemberByItself) {
  HitKeeper keeper(10);
  for (const std::uint32_t member : {4U, 2U, 4U}) keeper.add(hit_at(1, "a", member), 0);
  const KeptHits kept = keeper.take();
  ASSERT_THAT(kept.counts, SizeIs(2));
  EXPECT_EQ(kept.counts[0].member, 2U);
  EXPECT_EQ(kept.counts[1].member, 4U);
  EXPECT_EQ(kept.counts[1].count, 2U);
}

TEST(HitKeeper, CountsTuplesWithoutRoomTogether) {
  HitKeeper keeper(5);
  for (int i = 0; i < 1000; ++i) keeper.add(hit_at(i, "target " + std::to_string(i)), 0);
  const KeptHits kept = keeper.take();
  EXPECT_THAT(kept.hits, SizeIs(10));
  EXPECT_THAT(kept.bounded, ElementsAre(Pair(3, 1)));
  ASSERT_THAT(kept.counts, SizeIs(11));
  EXPECT_THAT(kept.counts.back().captures, ElementsAre(""));
  EXPECT_EQ(kept.counts.back().count, 990U);
  EXPECT_EQ(kept.counts.back().last, Time{999});
}

TEST(HitKeeper, HoldsAllBytesTogetherWithinTheirBound) {
  constexpr std::size_t kBytes = 200'000;
  HitKeeper keeper(1'000'000, kBytes);
  for (int i = 0; i < 5000; ++i) {
    Hit hit = hit_at(i, "target " + std::to_string(i % 50));
    hit.text.assign(static_cast<std::size_t>(i % 2000), 'x');
    keeper.add(hit, static_cast<std::uint32_t>(i % 3));
  }
  const KeptHits kept = keeper.take();
  std::size_t bytes = 0;
  std::set<std::string> targets;
  for (const Hit& hit : kept.hits) {
    bytes += sizeof(Hit) + hit.text.size() + hit.captures[0].size();
    targets.insert(hit.captures[0]);
  }
  EXPECT_LE(bytes, kBytes);
  EXPECT_THAT(targets, SizeIs(50)) << "every affected server has a hit";
  EXPECT_THAT(kept.bounded, ElementsAre(Pair(3, 1)));
  std::uint64_t counted = 0;
  for (const HitCount& count : kept.counts) counted += count.count;
  EXPECT_EQ(counted, 5000U);
}

TEST(HitKeeper, StaysWithinBoundsWhenEveryHitIsOfABundleOfItsOwn) {
  HitKeeper keeper(10, 100'000);
  for (std::uint32_t bundle = 0; bundle < 5000; ++bundle) keeper.add(hit_at(1, "a", bundle), bundle);
  const KeptHits kept = keeper.take();
  EXPECT_LT(kept.hits.size(), 500U);
  EXPECT_GT(kept.hits.size(), 50U);
  EXPECT_THAT(kept.bounded, ElementsAre(Pair(3, 1)));
}

TEST(HitKeeper, IsEmptyOnceTaken) {
  HitKeeper keeper(1);
  keeper.add(hit_at(1, "a"), 0);
  keeper.add(hit_at(2, "b"), 0);
  keeper.take();
  const KeptHits kept = keeper.take();
  EXPECT_THAT(kept.hits, IsEmpty());
  EXPECT_THAT(kept.counts, IsEmpty());
  EXPECT_THAT(kept.bounded, IsEmpty());
}

}  // namespace
}  // namespace assay
