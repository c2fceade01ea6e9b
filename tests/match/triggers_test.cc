// Which words an observation makes the readers look for.
#include "match/triggers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "match/by_hand.h"

namespace assay {
namespace {

using by_hand::all;
using by_hand::any;
using by_hand::is;
using by_hand::matches;
using by_hand::negated;
using by_hand::none;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> in_record(const EventCondition& condition) {
  return record_triggers(condition).literals;
}
std::vector<std::string> written(const EventCondition& condition) {
  return written_triggers(condition).literals;
}

TEST(RecordTriggers, AreTheLiteralsOfThePattern) {
  EXPECT_THAT(in_record(matches("log.message", "Certificate of (?P<peer>\\S+) refused")),
              testing::Contains(testing::HasSubstr("certificate of")));
}

TEST(RecordTriggers, PreferAMessageToTheProcessThatWroteIt) {
  const EventCondition condition =
      all({is("log.process", "traffic_server"), matches("log.message", "alert unknown ca")});
  EXPECT_THAT(in_record(condition), ElementsAre("alert unknown ca"));
}

TEST(RecordTriggers, PreferARareWordToALongOneThatIsInMostRecords) {
  const EventCondition condition =
      all({matches("log.text", "Module=\"network.sip\" Level=\"DEBUG\":"), is("log.pair.Id", "35013")});
  EXPECT_THAT(in_record(condition), ElementsAre("35013"));
}

TEST(RecordTriggers, FallBackToTheProcess) {
  EXPECT_THAT(in_record(all({is("log.process", "Traffic_Server"), matches("log.message", "^.{1,3}$")})),
              ElementsAre("traffic_server"));
}

TEST(RecordTriggers, OfAnyAreThoseOfAllItsParts) {
  EXPECT_THAT(in_record(any({is("log.event", "Alarm Raised"), is("log.event", "System Start")})),
              ElementsAre("alarm raised", "system start"));
}

TEST(RecordTriggers, AreNotKnownIfOnePartOfAnAnyHasNone) {
  EXPECT_THAT(in_record(any({is("log.event", "Alarm Raised"), is("log.pid", "12")})), IsEmpty());
}

TEST(RecordTriggers, AreNotMadeOfWhatMustBeAbsent) {
  EXPECT_THAT(in_record(none({is("log.event", "Alarm Raised")})), IsEmpty());
  EXPECT_THAT(in_record(negated(is("log.event", "Alarm Raised"))), IsEmpty());
  EXPECT_THAT(in_record(by_hand::test("log.pair.Id", ValueTest::Operator::exists, {"false"})), IsEmpty());
}

TEST(RecordTriggers, OfAPairWithoutUsableValueAreItsKey) {
  EXPECT_THAT(in_record(by_hand::test("log.pair.Status", ValueTest::Operator::at_least, {"500"})),
              ElementsAre("status"));
  EXPECT_THAT(in_record(is("log.pair.Status", "7")), ElementsAre("status"));
  EXPECT_THAT(in_record(negated(is("log.pair.Status", "200"))), ElementsAre("status"));
}

TEST(RecordTriggers, AreNotMadeOfValuesThatTheRecordDoesNotSpell) {
  EXPECT_THAT(in_record(is("log.time", "2022-07-11T16:55:26Z")), IsEmpty());
  EXPECT_THAT(in_record(is("log.pid", "18242")), IsEmpty());
}

TEST(RecordTriggers, AreCutWhereMoreWouldNotMakeThemRarer) {
  EXPECT_THAT(in_record(is("log.detail", std::string(500, 'x'))), ElementsAre(std::string(64, 'x')));
}

TEST(WrittenTriggers, HoldAWholeValueWithItsField) {
  EXPECT_THAT(written(is("http.status", "0502")), ElementsAre("\nhttp.status=502\n"));
  EXPECT_THAT(written(is("http.complete", "Yes")), ElementsAre("\nhttp.complete=true\n"));
  EXPECT_THAT(written_triggers(is("http.method", "GET")).fields, ElementsAre("http.method"));
}

TEST(WrittenTriggers, AskForTheFieldWhereNoValueIsKnown) {
  EXPECT_THAT(written(by_hand::test("http.status", ValueTest::Operator::at_least, {"500"})),
              ElementsAre("\nhttp.status="));
}

TEST(WrittenTriggers, PreferTheRarerField) {
  const Triggers triggers =
      written_triggers(all({is("http.status", "502"), matches("http.diagnostic", "alert unknown ca")}));
  EXPECT_THAT(triggers.literals, ElementsAre("alert unknown ca"));
  EXPECT_THAT(triggers.fields, ElementsAre("http.diagnostic"));
}

}  // namespace
}  // namespace assay
