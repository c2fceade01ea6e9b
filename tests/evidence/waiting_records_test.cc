// Records that are asked for when all is read, or not at all.
#include "evidence/waiting_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kWorks = "2022-07-11T18:55:26.020+02:00 vcsc tvcs: Level=\"DEBUG\" Detail=\"It works\"\n";
const std::string kFails = "2022-07-11T18:55:27.020+02:00 vcsc tvcs: Level=\"DEBUG\" Detail=\"It fails\"\n";

Wanted where_works_waits() {
  Wanted wanted = want({"It fails", "It works"});
  wanted.waiting = {1};
  return wanted;
}

std::vector<std::string> texts_of(const Reading& reading) {
  std::vector<std::string> texts;
  for (const SeenLog& log : reading.logs) texts.push_back(log.text);
  return texts;
}

Reading handed_out(WaitingRecords& waiting, std::vector<std::uint32_t> asked_for) {
  Reading reading;
  const auto is_asked_for = [&](std::uint32_t literal) {
    return std::find(asked_for.begin(), asked_for.end(), literal) != asked_for.end();
  };
  waiting.hand_out(is_asked_for, [&](const Event& event) { see(event, reading); });
  return reading;
}

TEST(WaitingRecords, AreHandedOutAsTheyStoodWithTheirPlaceAndTime) {
  WaitingRecords waiting;
  const std::vector<std::uint32_t> literals{3, 5};
  ASSERT_TRUE(waiting.add(kWorks, {.member = 2, .line = 7, .offset = 70}, 2022, literals));
  const Reading reading = handed_out(waiting, {5});
  ASSERT_EQ(reading.logs.size(), 1U);
  EXPECT_EQ(reading.logs[0].text, kWorks);
  EXPECT_EQ(reading.logs[0].process, "tvcs");
  EXPECT_EQ(reading.logs[0].place.member, 2U);
  EXPECT_EQ(reading.logs[0].place.line, 7U);
  EXPECT_EQ(reading.logs[0].place.offset, 70U);
  EXPECT_EQ(to_string(reading.logs[0].time.value()), "2022-07-11T16:55:26.020Z");
  EXPECT_THAT(reading.logs[0].literals, ElementsAre(3U, 5U));
}

TEST(WaitingRecords, TakeTheYearOfTheirFileForTimesWithoutOne) {
  WaitingRecords waiting;
  ASSERT_TRUE(waiting.add("Jul 11 18:55:26 vcsc tvcs: It works\n", {}, 2021, std::vector<std::uint32_t>{0}));
  EXPECT_EQ(to_string(handed_out(waiting, {0}).logs.at(0).time.value()), "2021-07-11T18:55:26.000Z");
}

TEST(WaitingRecords, AreHandedOutOnceAndOnlyThoseThatAreAskedFor) {
  WaitingRecords waiting;
  ASSERT_TRUE(waiting.add(kWorks, {}, {}, std::vector<std::uint32_t>{0}));
  ASSERT_TRUE(waiting.add(kFails, {}, {}, std::vector<std::uint32_t>{1}));
  EXPECT_THAT(texts_of(handed_out(waiting, {1})), ElementsAre(kFails));
  EXPECT_THAT(texts_of(handed_out(waiting, {0, 1})), IsEmpty());
}

TEST(WaitingRecords, KeepTheirTextsHoweverManyCome) {
  WaitingRecords waiting;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < 3000; ++i) {
    texts.push_back(kWorks + std::string(i % 700, 'x') + std::to_string(i));
    ASSERT_TRUE(waiting.add(texts.back(), {}, {}, std::vector<std::uint32_t>{0}));
  }
  EXPECT_EQ(texts_of(handed_out(waiting, {0})), texts);
}

TEST(WaitingRecords, TakeNoMoreThanTheyHaveRoomFor) {
  WaitingRecords waiting(1000);
  std::size_t taken = 0;
  while (waiting.add(kWorks, {}, {}, std::vector<std::uint32_t>{0})) ++taken;
  EXPECT_GE(taken, 5U);
  EXPECT_LT(taken, 1000 / kWorks.size());
  EXPECT_EQ(handed_out(waiting, {0}).logs.size(), taken);
  EXPECT_TRUE(waiting.add(kWorks, {}, {}, std::vector<std::uint32_t>{0}));  // the room is free again
}

TEST(WaitingRecords, AreThoseOfALogThatNothingElseWants) {
  const Reading reading = read_log(kFails + kWorks + kWorks + kFails, where_works_waits());
  EXPECT_THAT(texts_of(reading), ElementsAre(kFails, kFails));
  EXPECT_EQ(reading.inventory.members.at(0).records, 4U);
}

TEST(WaitingRecords, AreNotThoseThatAreWantedForSomethingElse) {
  const std::string both = "2022-07-11T18:55:26+02:00 vcsc tvcs: Detail=\"It fails\" Was=\"It works\"\n";
  const std::string severe = "2022-07-11T18:55:26+02:00 vcsc tvcs: Level=\"WARN\" Detail=\"It works\"\n";
  Wanted wanted = where_works_waits();
  wanted.severe_records = true;
  const Reading reading = read_log(both + kWorks + severe, wanted);
  EXPECT_THAT(texts_of(reading), ElementsAre(both, severe));
  EXPECT_THAT(reading.logs.at(0).literals, ElementsAre(0U, 1U));
}

TEST(WaitingRecords, AreNoneWhereEveryRecordIsWanted) {
  Wanted wanted = where_works_waits();
  wanted.every_record = true;
  EXPECT_THAT(texts_of(read_log(kWorks + kFails, wanted)), ElementsAre(kWorks, kFails));
}

TEST(WaitingRecords, AreHandedOutAtTheEndOfAllMembers) {
  const LogLiterals literals(where_works_waits());
  EvidenceReader reader(literals, Limits{});
  Reading reading;
  const auto visit = [&](const Event& event) { see(event, reading); };
  for (const std::string& text : {kWorks, kFails}) {
    TextStream stream(text);
    Member member{.path = "a.txt", .container = "a.txt", .name = "a.txt", .content = stream};
    reader.read(member, visit);
  }
  reader.finish(visit);
  EXPECT_THAT(texts_of(reading), ElementsAre(kFails));
  reader.hand_out_waiting([](std::uint32_t literal) { return literal == 1; }, visit);
  EXPECT_THAT(texts_of(reading), ElementsAre(kFails, kWorks));
  EXPECT_EQ(reading.logs.at(1).place.member, 0U);
}

}  // namespace
}  // namespace assay
