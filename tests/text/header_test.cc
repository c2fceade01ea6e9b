// Where records begin, and what their headers say.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "assay/time.h"
#include "text/record.h"

namespace assay {
namespace {

std::string header_time_of(std::string_view text, std::optional<LogYear> year = std::nullopt) {
  const std::optional<Time> time = header_time(text, year);
  return time ? to_string(*time) : "none";
}

TEST(Header, BeginsARecordInEveryFormThatLogsHave) {
  for (const std::string_view line : {
           "2022-07-11T18:55:25.910+02:00 vcsc tvcs: words",
           "2016-04-19T17:09:13+10:00 vcsc tvcs: words",
           "2012-12-11T03:06:53+0000 vcsc tvcs: words",
           "2020-11-18T19:55:58Z vcsc tvcs: words",
           "2020-11-18T19:55:58Z",
           "2020-11-18T19:55:58Z\r\n",
           "<166>2020-11-18T19:55:58Z vcsc tvcs: tvcs: words",
           "\xEF\xBB\xBF"
           "2020-11-18T19:55:58Z vcsc tvcs: words",
           "Line 190: 2020-11-18T19:55:58Z vcsc tvcs: words",
           "\tLine 190: 2020-11-18T19:55:58Z vcsc tvcs: words",
           "Line 190: <166>2020-11-18T19:55:58Z vcsc tvcs: words",
           "Jul 19 15:30:30 vcs tvcs: words",
           "<13>Jul  9 15:30:30 vcs tvcs: words",
           "<134>1 2022-07-11T16:55:26.016+02:00 vcsc traffic_server 12345 ID47 - words",
           "<134>1 2022-07-11T16:55:26.016Z vcsc tvcs - - [meta sequenceId=\"1\"] words",
           "<134>1 - vcsc tvcs - - - words",
           "<134>1 2022-07-11T16:55:26Z - tvcs - - - words",
           "123 <134>1 2022-07-11T16:55:26.016+02:00 vcsc traffic_server 12345 - - words",
           "123 <134>2022-07-11T16:55:26.016+02:00 vcsc tvcs: words",
           "99 <13>Jul  9 15:30:30 vcs tvcs: words",
           "0000000053: 10.48.47.142: Aug 22 2017 16:20:22.241 +0200: %CCBU___________CUIC-4-WARN: words",
           "0000837786:: Jun 20 2017 21:18:36.552 +0000: %CCBU__________FEEDS-3-TAG: words",
           "Sep 22 2014 14:34:59.878 -0700: %CCBU_pool-21-thread-1-6-TAG: words",
           "2016-09-02 00:16:58.604 IST(+0530) [IdSEndPoints-51] WARN com.cisco.ccbu.ids words",
           "2016-04-15 16:19:01.220 GMT-04:00(-0400) default ERROR [IdSEndPoints-1] words",
           "10231: Dec 05 19:01:36.215 EST %MIVR-SS_RM-7-UNK:words",
           "101: Mar 24 11:37:42.153 PST%MIVR-SS_TEL-4-ModuleRunTimeFailure:words",
       }) {
    EXPECT_TRUE(begins_record(line)) << line;
  }
}

// The local date may be a day ahead of the name of the file, which is in UTC.
TEST(Header, WithoutAYearIsOfTheTimeBeforeTheLogWasCollected) {
  const LogYear march(2024, 3);
  EXPECT_EQ(header_time_of("Mar  1 00:10:00 vcs tvcs: words", march), "2024-03-01T00:10:00.000Z");
  EXPECT_EQ(header_time_of("Jan 31 23:59:58 vcs tvcs: words", march), "2024-01-31T23:59:58.000Z");
  EXPECT_EQ(header_time_of("Dec 31 23:59:58 vcs tvcs: words", march), "2023-12-31T23:59:58.000Z");
  EXPECT_EQ(header_time_of("Apr  1 00:10:00 vcs tvcs: words", march), "2024-04-01T00:10:00.000Z");
  EXPECT_EQ(header_time_of("Jan  1 00:10:00 vcs tvcs: words", LogYear(2023, 12)), "2024-01-01T00:10:00.000Z");
  EXPECT_EQ(header_time_of("1: Dec 31 23:59:58.000 EST %MIVR-X-7-UNK:words", LogYear(2024, 1)),
            "2023-12-31T23:59:58.000Z");
}

TEST(Header, IsNotSeenWhereARecordGoesOn) {
  for (const std::string_view line : {
           "",
           "\n",
           " ",
           " SIPMSG:",
           " 2020-11-18T19:55:58Z vcsc tvcs: words",
           " |INVITE sip:1004@example.com SIP/2.0",
           "-----BEGIN CERTIFICATE-----",
           "MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ",
           "2020-11-18 19:55:58 a date that is no header",
           "2020-11-18T19:55:58 without an offset",
           "2020-11-18T19:55:58+02:0",
           "2020-11-18T19:55:58Zulu",
           "Jul 19 15:30:30",
           "Jul 19 15:30:30 \n",
           "Julian said 15:30:30 or so",
           "Line 190: of a poem",
           "<166>",
           "<1666>2020-11-18T19:55:58Z vcsc tvcs: words",
           "1 2022-07-11T16:55:26.016+02:00 vcsc traffic_server 12345 - - of no priority",
           "<134>2 2022-07-11T16:55:26.016+02:00 vcsc traffic_server 12345 - - of another version",
           "<134>1 2022-07-11 16:55:26 vcsc traffic_server 12345 - - words",
           "<134>1 2022-07-11T16:55:26Z",
           "<134>1 - ",
           "123 <b>words</b>",
           "123 2022-07-11T16:55:26.016+02:00 vcsc tvcs: words",
           "0000000053: 10.48.47.142: nothing more",
           "Sep 22 2014 14:34:59.878 -0700: not the CCBU logger",
           "2016-09-02 00:16:58.604 IST words",
           "2016-09-02 00:16:58.604 ist(+0530) words",
           "2016-09-02 00:16:58.604 IST(+0530)words",
           "10231: Dec 05 19:01:36.215 EST of another engine",
           "10231: Dec 05 19:01:36.215 %MIVR-SS_RM-7-UNK:words",
       }) {
    EXPECT_FALSE(begins_record(line)) << line;
  }
}

TEST(Header, LooksAtItsFirstBytesOnlySoThatABlockKnowsWhenItHasEnough) {
  const std::string host(300, 'h');
  const std::string whole = "Jul 19 15:30:30 " + host + " tvcs: words";
  EXPECT_EQ(begins_record(whole), begins_record(whole.substr(0, kHeaderReach)));
  EXPECT_FALSE(begins_record("0000000053: " + host + ": Aug 22 2017 16:20:22.241 +0200: %CCBU_X-4-T: "));
}

TEST(Header, GivesTheTimeInUtcFromItsOwnOffset) {
  EXPECT_EQ(header_time_of("2022-07-11T18:55:25.910+02:00 vcsc"), "2022-07-11T16:55:25.910Z");
  EXPECT_EQ(header_time_of("2018-01-01T12:56:48.964-05:00 vcse"), "2018-01-01T17:56:48.964Z");
  EXPECT_EQ(header_time_of("2016-04-19T17:09:13+1030 vcsc"), "2016-04-19T06:39:13.000Z");
  EXPECT_EQ(header_time_of("2020-11-18T19:55:58Z vcsc"), "2020-11-18T19:55:58.000Z");
  EXPECT_EQ(header_time_of("2020-11-18T19:55:58.5Z vcsc"), "2020-11-18T19:55:58.500Z");
  EXPECT_EQ(header_time_of("2020-11-18T19:55:58.123456789Z vcsc"), "2020-11-18T19:55:58.123456Z");
  EXPECT_EQ(header_time_of("Aug 22 2017 16:20:22.241 +0200: %CCBU_X-4-T: words"), "2017-08-22T14:20:22.241Z");
  EXPECT_EQ(header_time_of("2016-09-02 00:16:58.604 IST(+0530) [x] words"), "2016-09-01T18:46:58.604Z");
  EXPECT_EQ(header_time_of("<134>1 2022-07-11T16:55:26.016003+02:00 vcsc x - - - words"),
            "2022-07-11T14:55:26.016003Z");
  EXPECT_EQ(header_time_of("<134>1 - vcsc x - - - words"), "none");
  EXPECT_EQ(header_time_of("words without a header"), "none");
}

TEST(Header, OfUnifiedCcxTakesTheYearThatItIsGiven) {
  EXPECT_EQ(header_time_of("10231: Dec 05 19:01:36.215 EST %MIVR-SS_RM-7-UNK:x", 2015),
            "2015-12-05T19:01:36.215Z");
  EXPECT_EQ(header_time_of("10231: Dec 05 19:01:36.215 EST %MIVR-SS_RM-7-UNK:x"), "none");
}

TEST(Header, OfTheBsdFormTakesTheYearThatItIsGiven) {
  EXPECT_EQ(header_time_of("Jul 19 15:30:30 vcs tvcs: words", 2011), "2011-07-19T15:30:30.000Z");
  EXPECT_EQ(header_time_of("Jul  9 15:30:30 vcs tvcs: words", 2011), "2011-07-09T15:30:30.000Z");
  EXPECT_EQ(header_time_of("Jul 19 15:30:30 vcs tvcs: words"), "none");
  EXPECT_EQ(header_time_of("Feb 29 15:30:30 vcs tvcs: words", 2012), "2012-02-29T15:30:30.000Z");
  EXPECT_EQ(header_time_of("Feb 29 15:30:30 vcs tvcs: words", 2011), "none");
}

TEST(Header, WithAnImpossibleDateBeginsARecordWithoutATime) {
  for (const std::string_view line :
       {"2022-13-11T18:55:25Z vcsc tvcs: words", "2022-02-30T18:55:25Z vcsc tvcs: words",
        "2022-00-10T18:55:25Z vcsc tvcs: words", "2022-07-11T24:55:25Z vcsc tvcs: words",
        "2022-07-11T18:60:25Z vcsc tvcs: words"}) {
    EXPECT_TRUE(begins_record(line)) << line;
    EXPECT_EQ(header_time_of(line), "none") << line;
  }
}

TEST(Header, ToleratesALeapSecond) {
  EXPECT_EQ(header_time_of("2016-12-31T23:59:60.250Z vcsc"), "2017-01-01T00:00:00.250Z");
  EXPECT_EQ(header_time_of("2016-12-31T23:59:61Z vcsc"), "none");
}

TEST(TimeInWords, HasMillisecondsAndMicrosecondsWhereThereAreAny) {
  EXPECT_EQ(to_string(Time{0}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_string(Time{1'657'558'526'016'000}), "2022-07-11T16:55:26.016Z");
  EXPECT_EQ(to_string(Time{1'657'558'526'016'007}), "2022-07-11T16:55:26.016007Z");
  EXPECT_EQ(to_string(Time{-1}), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(to_string(Time{951'782'400'000'000}), "2000-02-29T00:00:00.000Z");
}

}  // namespace
}  // namespace assay
