// Events against signatures: what is found, what is captured, and what the readers are asked for.
#include "match/matcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "match/by_hand.h"

namespace assay {
namespace {

using by_hand::all;
using by_hand::any;
using by_hand::hits_of;
using by_hand::is;
using by_hand::kNegotiation;
using by_hand::kWarning;
using by_hand::LogRecord;
using by_hand::matches;
using by_hand::none;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> captures_of(EventCondition condition, std::string_view record) {
  const std::vector<Signature> set = by_hand::signatures({std::move(condition)});
  const Matcher matcher(set);
  const LogRecord log(matcher, std::string(record));
  const std::vector<Hit> hits = hits_of(matcher, log.event());
  return hits.empty() ? std::vector<std::string>{"no hit"} : hits[0].captures;
}

TEST(Matcher, FindsARecordAndCapturesFromIt) {
  const std::vector<Signature> set = by_hand::signatures(
      {all({matches("log.message", R"(verification failed for \((?P<target>.+?)\)\..* depth=(?P<depth>\d+))"),
            is("log.process", "traffic_server")})});
  const Matcher matcher(set);
  const LogRecord log(matcher, std::string(kWarning));
  const std::vector<Hit> hits = hits_of(matcher, log.event());
  ASSERT_THAT(hits, SizeIs(1));
  EXPECT_THAT(hits[0].captures, ElementsAre("cucm.example.com", "0"));
  EXPECT_EQ(hits[0].text, kWarning);
  EXPECT_EQ(to_string(hits[0].time.value()), "2022-07-11T16:55:26.016Z");
}

TEST(Matcher, DoesNotFindWhatAnotherProcessSaid) {
  const EventCondition condition =
      all({is("log.process", "tvcs"), matches("log.message", "certificate verification failed")});
  EXPECT_THAT(captures_of(condition, kWarning), ElementsAre("no hit"));
}

TEST(Matcher, HandsOutHitsInOrderOfSignatureAndObservation) {
  std::vector<Signature> set = by_hand::signatures(
      {is("log.level", "WARNING"), is("log.event", "Alarm"), is("log.process", "traffic_server")});
  set[2].observations.push_back(by_hand::observation("log", matches("log.message", "self signed")));
  const Matcher matcher(set);
  const LogRecord log(matcher, std::string(kWarning));
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  for (const Hit& hit : hits_of(matcher, log.event())) found.emplace_back(hit.signature, hit.observation);
  EXPECT_THAT(found, ElementsAre(testing::Pair(0, 0), testing::Pair(2, 0), testing::Pair(2, 1)));
}

TEST(Matcher, TakesTheCapturesOfTheFirstPartOfAnAnyThatHolds) {
  const EventCondition condition =
      any({all({matches("log.message", "failed for \\((?P<target>.+?)\\)"), is("log.process", "tvcs")}),
           matches("log.message", "server=(?P<server>[^(]+)"), matches("log.message", "depth=(?P<depth>.)")});
  EXPECT_THAT(captures_of(condition, kWarning), ElementsAre("", "cucm.example.com", ""));
}

TEST(Matcher, CapturesNothingFromWhatMustBeAbsent) {
  const EventCondition condition =
      all({none({all({matches("log.message", "Error=(?P<error>\\w+)"), is("log.process", "tvcs")})}),
           is("log.level", "warning")});
  EXPECT_THAT(captures_of(condition, kWarning), ElementsAre(""));
}

TEST(Matcher, KeepsTheFirstValueOfACaptureThatTwoPatternsHave) {
  const EventCondition condition =
      all({matches("log.message", "Action=(?P<word>\\w+)"), matches("log.message", "depth=(?P<word>\\d+)")});
  EXPECT_THAT(captures_of(condition, kWarning), ElementsAre("Terminate"));
}

TEST(Matcher, TakesCapturesFromFieldsToo) {
  std::vector<Signature> set = by_hand::signatures({is("log.event", "Inbound TLS Negotiation Error")});
  Observation& seen = set[0].observations[0];
  seen.captures = {"peer", "pid", "time"};
  seen.captured_fields = {{"peer", "log.pair.src-IP"}, {"pid", "log.pid"}, {"time", "log.time"}};
  const Matcher matcher(set);
  const LogRecord log(matcher, std::string(kNegotiation));
  const std::vector<Hit> hits = hits_of(matcher, log.event());
  ASSERT_THAT(hits, SizeIs(1));
  EXPECT_THAT(hits[0].captures, ElementsAre("10.1.2.3", "", "2022-07-11T16:55:26.018Z"));
}

TEST(Matcher, CutsWordsThatAreLongerThanAnybodyReads) {
  const std::string record = "2022-07-11T18:55:26.016+02:00 vcsc tvcs: Detail=\"start " +
                             std::string(3 * kHitTextBytes, 'x') + "\"\n";
  const std::vector<Signature> set = by_hand::signatures({matches("log.detail", "start (?P<rest>.*)")});
  const Matcher matcher(set);
  const LogRecord log(matcher, record);
  const std::vector<Hit> hits = hits_of(matcher, log.event());
  ASSERT_THAT(hits, SizeIs(1));
  EXPECT_EQ(hits[0].text, record.substr(0, kHitTextBytes));
  EXPECT_EQ(hits[0].captures[0], std::string(kHitCaptureBytes, 'x'));
}

TEST(Matcher, AsksForEveryRecordOnlyIfAnObservationHasNoLiteral) {
  EXPECT_FALSE(Matcher(by_hand::signatures({is("log.event", "Alarm Raised")})).wanted().every_record);
  EXPECT_TRUE(Matcher(by_hand::signatures({none({is("log.event", "Alarm Raised")})})).wanted().every_record);
  EXPECT_FALSE(Matcher(std::vector<Signature>()).wanted().every_record);
}

TEST(Matcher, TriesARecordWithoutAnyLiteralOnThoseThatHaveNone) {
  const std::vector<Signature> set =
      by_hand::signatures({none({is("log.event", "Alarm Raised")}), is("log.event", "Alarm Raised")});
  const Matcher matcher(set);
  const LogRecord log(matcher, std::string(kWarning));
  EXPECT_THAT(hits_of(matcher, log.event()), SizeIs(1));
}

TEST(Matcher, AsksForALiteralOnceAndForTheProcessesThatAreNeeded) {
  std::vector<Signature> set =
      by_hand::signatures({is("log.event", "Alarm Raised"), is("log.event", "ALARM RAISED")});
  set[0].needs = {{.name = "log.traffic_server", .is_fact = false, .mark = {}},
                  {.name = "configuration", .is_fact = false, .mark = {}},
                  {.name = "log.fact", .is_fact = true, .mark = {}}};
  set[1].needs = {{.name = "log.traffic_server", .is_fact = false, .mark = {}}};
  const Matcher matcher(set);
  EXPECT_THAT(matcher.wanted().literals, ElementsAre("alarm raised"));
  EXPECT_THAT(matcher.wanted().processes, ElementsAre("traffic_server"));
}

TEST(Matcher, FindsTransactionsByNumbersWordsAndPatterns) {
  std::vector<Signature> set;
  set.push_back(by_hand::signature("http", all({is("http.status", "502"), is("http.method", "get")})));
  set.push_back(by_hand::signature("http", matches("http.diagnostic", "failed for '(?P<host>[^']+)'")));
  set.push_back(by_hand::signature("http", is("http.status", "404")));
  set.push_back(
      by_hand::signature("http", by_hand::test("http.status", ValueTest::Operator::at_least, {"500"})));
  set.push_back(by_hand::signature("setting", is("setting.value", "502")));
  const Matcher matcher(set);

  Transaction transaction;
  transaction.status = 502;
  transaction.method = "GET";
  transaction.diagnostics.resize(2);
  transaction.diagnostics[0].text = "something else";
  transaction.diagnostics[1].text = "SSL connection failed for 'cucm.example.com': certificate verify failed";
  Event event;
  event.what = HttpEvent{&transaction};
  const std::vector<Hit> hits = hits_of(matcher, event);
  ASSERT_THAT(hits, SizeIs(3));
  EXPECT_EQ(hits[0].signature, 0U);
  EXPECT_EQ(hits[1].signature, 1U);
  EXPECT_THAT(hits[1].captures, ElementsAre("cucm.example.com"));
  EXPECT_EQ(hits[2].signature, 3U);
}

TEST(Matcher, FindsSettings) {
  std::vector<Signature> set;
  set.push_back(by_hand::signature(
      "setting", all({matches("setting.path", R"(^Zones Zone (?P<zone>\d+) .*Verify Mode$)"),
                      is("setting.value", "Off")})));
  const Matcher matcher(set);
  Event event;
  event.what = SettingEvent{.path = "Zones Zone 7 TraversalServer SIP TLS Verify Mode", .value = "Off"};
  const std::vector<Hit> hits = hits_of(matcher, event);
  ASSERT_THAT(hits, SizeIs(1));
  EXPECT_THAT(hits[0].captures, ElementsAre("7"));
  event.what = SettingEvent{.path = "Zones Zone 7 TraversalServer SIP TLS Verify Mode", .value = "On"};
  EXPECT_THAT(hits_of(matcher, event), IsEmpty());
}

TEST(Matcher, KeepsNothingOfOneEventForTheNext) {
  const std::vector<Signature> set = by_hand::signatures({any(
      {matches("log.message", "depth=(?P<depth>\\d)"), is("log.event", "Inbound TLS Negotiation Error")})});
  const Matcher matcher(set);
  const LogRecord warning(matcher, std::string(kWarning));
  const LogRecord negotiation(matcher, std::string(kNegotiation));
  const auto scratch = matcher.make_scratch();
  std::vector<std::string> depths;
  for (const LogRecord* log : {&warning, &negotiation, &warning}) {
    matcher.match(log->event(), *scratch, [&](const Hit& hit) { depths.push_back(hit.captures[0]); });
  }
  EXPECT_THAT(depths, ElementsAre("0", "", "0"));
}

}  // namespace
}  // namespace assay
