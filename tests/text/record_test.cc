// Records taken apart, form by form as real logs have them.
#include "text/record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "assay/time.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Record parsed(std::string_view text) {
  Record record;
  parse_record(text, std::nullopt, record);
  return record;
}

std::string time_of(const Record& record) {
  return record.time ? to_string(*record.time) : "none";
}

std::vector<std::string> pairs_of(const Record& record) {
  std::vector<std::string> texts;
  for (const Pair& pair : record.pairs)
    texts.push_back(std::string(pair.key) + " is " + std::string(pair.value));
  return texts;
}

// What is left of a message in which only the pairs matter.
std::vector<std::string> pairs_in(std::string_view message) {
  const std::string text = "2020-08-12T14:57:43.353-05:00 vcsc tvcs: " + std::string(message);
  return pairs_of(parsed(text));
}

TEST(Record, OfTheEventLog) {
  const Record record = parsed(
      "2018-01-01T12:56:48.969-05:00 vcse tvcs: Event=\"Call Attempted\" Service=\"SIP\" Src-ip=\"10.1.2.3\" "
      "Auth=\"YES\" Level=\"1\" UTCTime=\"2018-01-01 17:56:48,971\"\n");
  EXPECT_EQ(time_of(record), "2018-01-01T17:56:48.971Z");
  EXPECT_EQ(record.host, "vcse");
  EXPECT_EQ(record.process, "tvcs");
  EXPECT_FALSE(record.pid.has_value());
  EXPECT_EQ(record.event, "Call Attempted");
  EXPECT_EQ(record.level, "1");
  EXPECT_THAT(pairs_of(record),
              ElementsAre("Event is Call Attempted", "Service is SIP", "Src-ip is 10.1.2.3", "Auth is YES",
                          "Level is 1", "UTCTime is 2018-01-01 17:56:48,971"));
}

TEST(Record, OfAModuleWithAColonBehindLevelAndThread) {
  const Record record = parsed(
      "2017-09-20T10:49:18.724-04:00 vcsc tvcs: UTCTime=\"2017-09-20 14:49:18,724\" Module=\"developer.ssl\" "
      "Level=\"ERROR\":  Method=\"::TTSSLErrorOutput\" Thread=\"0x7f29ddefa700\": Failed to connect "
      "iResult=\"-1\" localAddress=\"['IPv4''TCP''172.16.2.2:5062']\"");
  EXPECT_EQ(record.module, "developer.ssl");
  EXPECT_EQ(record.level, "ERROR");
  EXPECT_EQ(record.thread, "0x7f29ddefa700");
  EXPECT_EQ(pair_value(record, "IRESULT"), "-1");
  EXPECT_EQ(pair_value(record, "localaddress"), "['IPv4''TCP''172.16.2.2:5062']");
  EXPECT_EQ(pair_value(record, "nothing"), "");
}

TEST(Record, WithoutATagHasNoProcess) {
  const Record record = parsed(
      "2020-08-12T14:57:43.353-05:00 expc01 UTCTime=\"2020-08-12 19:57:43,353\" "
      "Module=\"developer.clusterdb.cdb\" "
      "Node=\"clusterdb@expc01.example.com\" PID=\"<0.159.0>\" Detail=\"words\" "
      "Node=\"clusterdb@expc02.example.com\"");
  EXPECT_EQ(record.host, "expc01");
  EXPECT_EQ(record.process, "");
  EXPECT_EQ(record.module, "developer.clusterdb.cdb");
  EXPECT_EQ(record.detail, "words");
  EXPECT_EQ(pair_value(record, "Node"), "clusterdb@expc01.example.com") << "the first of the two";
  EXPECT_EQ(record.pairs.size(), 6U) << "both are there";
}

TEST(Record, WithATagThatHasNoColon) {
  const Record record = parsed(
      "2014-09-25T13:46:20-04:00 vcsc edgeconfigprovisioning UTCTime=\"2014-09-25 17:46:20,92\" "
      "Module=\"network.http.edgeconfigprovisioning\" Level=\"DEBUG\" Action=\"Received\"");
  EXPECT_EQ(record.process, "edgeconfigprovisioning");
  EXPECT_EQ(record.module, "network.http.edgeconfigprovisioning");
}

TEST(Record, WithTwoTagsBelongsToTheFirst) {
  const Record web = parsed(
      "2020-08-12T15:13:24.100-05:00 expc01 httpd[15060]: web: Event=\"System Configuration Changed\" "
      "Level=\"1\" "
      "UTCTime=\"2020-08-12 20:13:24\" ");
  EXPECT_EQ(web.process, "httpd");
  EXPECT_EQ(web.pid, 15060U);
  EXPECT_EQ(web.event, "System Configuration Changed");
  EXPECT_TRUE(web.message.starts_with("web: Event="))
      << "the second tag says something that the first does not";
  EXPECT_TRUE(web.message.ends_with("20:13:24\"")) << "without the blank at its end";

  const Record copy = parsed(
      "<166>2020-11-18T19:55:58Z vcsc tvcs: tvcs: UTCTime=\"2020-11-18 19:55:58,001\" "
      "Module=\"network.sip\"");
  EXPECT_EQ(copy.process, "tvcs");
  EXPECT_TRUE(copy.message.starts_with("UTCTime=")) << "a repeated tag says nothing";
}

TEST(Record, OfTheBsdForm) {
  Record record;
  parse_record("Jul 19 15:30:30 vcs tvcs: Level=\"DEBUG\":  Message=\"Request\"", 2011, record);
  EXPECT_EQ(time_of(record), "2011-07-19T15:30:30.000Z");
  EXPECT_EQ(record.host, "vcs");
  EXPECT_EQ(record.process, "tvcs");
  EXPECT_EQ(pair_value(record, "Message"), "Request");
}

TEST(Record, OfIetfSyslogHasFieldsForHostProcessAndPid) {
  const Record record = parsed(
      "<134>1 2022-07-11T16:55:26.016+02:00 vcsc traffic_server 12345 ID47 - UTCTime=\"2022-07-11 "
      "14:55:26,024\" "
      "Module=\"network.http.trafficserver\" Level=\"DEBUG\": Detail=\"Sending Request\" Txn-id=\"7\"\n"
      "HTTPMSG:\n|GET / HTTP/1.1\n|\n");
  EXPECT_EQ(time_of(record), "2022-07-11T14:55:26.024Z");
  EXPECT_EQ(record.host, "vcsc");
  EXPECT_EQ(record.process, "traffic_server");
  EXPECT_EQ(record.pid, 12345U);
  EXPECT_EQ(record.detail, "Sending Request");
  EXPECT_TRUE(record.message.starts_with("UTCTime=")) << record.message;
  EXPECT_EQ(record.block, "GET / HTTP/1.1");
}

TEST(Record, OfIetfSyslogHasNoPartInItsStructuredData) {
  const Record record = parsed(
      "512 <134>1 2022-07-11T16:55:26Z vcsc tvcs - - [meta Event=\"] \\\"no\" x=\"]\"][o ip=\"192.0.2.1\"] "
      "\xEF\xBB\xBF"
      "Event=\"System Start\"");
  EXPECT_EQ(record.process, "tvcs");
  EXPECT_FALSE(record.pid.has_value());
  EXPECT_EQ(record.message, "Event=\"System Start\"");
  EXPECT_EQ(record.event, "System Start");
}

TEST(Record, OfIetfSyslogMayLackEverything) {
  const Record record = parsed("<134>1 - - - - - -");
  EXPECT_EQ(time_of(record), "none");
  EXPECT_EQ(record.host, "");
  EXPECT_EQ(record.process, "");
  EXPECT_EQ(record.message, "");
}

TEST(Record, OfIetfSyslogMayRepeatItsTag) {
  const Record again = parsed("<134>1 2022-07-11T16:55:26Z vcsc tvcs - - - tvcs: words");
  EXPECT_EQ(again.process, "tvcs");
  EXPECT_EQ(again.message, "words");
  const Record diagnostic =
      parsed("<134>1 2022-07-11T16:55:26Z vcsc - - - -  traffic_server[7]: [ET_NET 0] WARNING: words");
  EXPECT_EQ(diagnostic.process, "traffic_server");
  EXPECT_EQ(diagnostic.pid, 7U);
  EXPECT_EQ(diagnostic.thread, "ET_NET 0");
  EXPECT_EQ(diagnostic.level, "WARNING");
  const Record second = parsed("<134>1 2022-07-11T16:55:26Z vcsc httpd 15060 - - web: Event=\"Upgrade\"");
  EXPECT_EQ(second.process, "httpd");
  EXPECT_EQ(second.message, "web: Event=\"Upgrade\"");
}

TEST(Record, OfTheCcbuLogger) {
  const Record record = parsed(
      "0000000053: 10.48.47.142: Aug 22 2017 16:20:22.241 +0200: %CCBU_pool-2-thread-1-4-EXCEPTION: "
      "%[FEED_ID=100021][exception= java.net.SocketException: closed]: words\n\tat "
      "example.Main(Main.java:1)\n");
  EXPECT_EQ(time_of(record), "2017-08-22T14:20:22.241Z");
  EXPECT_EQ(record.host, "10.48.47.142");
  EXPECT_EQ(record.process, "");
  EXPECT_EQ(record.level, "4");
  EXPECT_TRUE(record.message.starts_with("%CCBU_pool-2-thread-1-4-EXCEPTION: "));
  EXPECT_TRUE(record.message.ends_with("Main.java:1)"));
  EXPECT_THAT(pairs_of(record),
              ElementsAre("FEED_ID is 100021", "exception is java.net.SocketException: closed"));
}

TEST(Record, OfTheIdentityServiceAndOfUnifiedCcx) {
  const Record ids = parsed(
      "2016-08-24 18:46:56.780 IST(+0530) [IdSEndPoints-SAML-22] ERROR com.cisco.ccbu.ids A.java:298 - "
      "failed");
  EXPECT_EQ(ids.thread, "IdSEndPoints-SAML-22");
  EXPECT_EQ(ids.level, "ERROR");
  EXPECT_EQ(ids.message, "com.cisco.ccbu.ids A.java:298 - failed");
  EXPECT_EQ(parsed("2016-08-24 18:46:56.780 IST(+0530) [IdS] ERRORS are gone").level, "");
  const Record ccx =
      parsed("101: Mar 24 11:37:42.153 PST%MIVR-SS_TEL-4-ModuleRunTimeFailure:Real-time failure");
  EXPECT_EQ(ccx.level, "4");
  EXPECT_EQ(ccx.message, "%MIVR-SS_TEL-4-ModuleRunTimeFailure:Real-time failure");
}

TEST(Record, IsOfAContactCenterByItsFormNotByItsWords) {
  EXPECT_TRUE(parsed("0000000053: 192.0.2.40: Aug 22 2017 16:20:22.241 +0200: %CCBU_CUIC-4-WARN: words")
                  .contact_center);
  EXPECT_TRUE(parsed("101: Mar 24 11:37:42.153 PST%MIVR-SS_TEL-4-X:words").contact_center);
  EXPECT_TRUE(parsed("2016-08-24 18:46:56.780 IST(+0530) [IdS] ERROR words").contact_center);
  EXPECT_FALSE(parsed("2022-07-11T16:55:26Z vcsc tvcs: Detail=\"%CCBU_CUIC-4-WARN: words\"").contact_center);
}

TEST(Record, HasNoHostWhereALevelStandsInItsPlace) {
  const Record record = parsed("2022-07-11T16:55:26Z WARN main is slow");
  EXPECT_EQ(time_of(record), "2022-07-11T16:55:26.000Z");
  EXPECT_EQ(record.host, "");
  EXPECT_EQ(record.message, "WARN main is slow");
  EXPECT_EQ(parsed("2022-07-11T16:55:26Z warn tvcs: words").host, "warn")
      << "a device may be called anything";
}

TEST(Record, WithoutAHeaderIsAllMessage) {
  const Record record = parsed(" the end of a record whose begin is lost Level=\"INFO\"\n");
  EXPECT_FALSE(record.time.has_value());
  EXPECT_EQ(record.host, "");
  EXPECT_EQ(record.process, "");
  EXPECT_EQ(record.level, "INFO");
  EXPECT_TRUE(record.message.starts_with("the end"));
  EXPECT_EQ(parsed("").message, "");
}

TEST(RecordTime, IsTheUtcTimeWhereThereIsOne) {
  const auto time_with = [](std::string_view pair) {
    return time_of(parsed("2014-09-25T13:46:19.500-04:00 vcsc tvcs: " + std::string(pair)));
  };
  EXPECT_EQ(time_with("UTCTime=\"2014-09-25 17:46:20,123\""), "2014-09-25T17:46:20.123Z");
  EXPECT_EQ(time_with("UTCTime=\"2014-09-25 17:46:20.123456\""), "2014-09-25T17:46:20.123456Z");
  EXPECT_EQ(time_with("UTCTime=\"2014-09-25 17:46:20\""), "2014-09-25T17:46:20.000Z");
  EXPECT_EQ(time_with("UTCTime=\" 2014-09-25 17:46:20,123 \""), "2014-09-25T17:46:20.123Z");
  EXPECT_EQ(time_with("UTCTime=\"2014-09-25 17:46:20,92\""), "2014-09-25T17:46:20.092Z")
      << "a number of milliseconds, written without its leading zero";
  EXPECT_EQ(time_with("UTCTime=\"2014-09-25 17:46:20,5\""), "2014-09-25T17:46:20.005Z");
  EXPECT_EQ(time_with("UTCTime=\"2014-19-25 17:46:20,123\""), "2014-09-25T17:46:19.500Z") << "no such month";
  EXPECT_EQ(time_with("words"), "2014-09-25T17:46:19.500Z");
}

TEST(Diagnostic, OfTrafficServerHasThreadLevelAndMessage) {
  struct Case {
    std::string_view words, thread, level, message;
  };
  for (const Case& expected : {
           Case{" [ET_NET 0] WARNING: SNI (10.1.2.3) not in certificate", "ET_NET 0", "WARNING",
                "SNI (10.1.2.3) not in certificate"},
           Case{"[ET_NET 1]ERROR:SSL connection failed", "ET_NET 1", "ERROR", "SSL connection failed"},
           Case{" {0x7f51a8c0} ERROR: words", "0x7f51a8c0", "ERROR", "words"},
           Case{" [TS_MAIN] NOTE: traffic server running", "TS_MAIN", "NOTE", "traffic server running"},
           Case{" traffic_server NOTE: updated diags config", "traffic_server", "NOTE",
                "updated diags config"},
           Case{" NOTE: --- traffic_server Starting ---", "", "NOTE", "--- traffic_server Starting ---"},
           Case{" [LOG_FLUSH] words in brackets", "", "", "[LOG_FLUSH] words in brackets"},
           Case{" NOTEworthy: words", "", "", "NOTEworthy: words"},
       }) {
    const std::string text =
        "2026-11-21T09:26:11.951+01:00 vcsc traffic_server[4890]:" + std::string(expected.words);
    const Record record = parsed(text);
    EXPECT_EQ(record.process, "traffic_server") << text;
    EXPECT_EQ(record.pid, 4890U) << text;
    EXPECT_EQ(record.thread, expected.thread) << text;
    EXPECT_EQ(record.level, expected.level) << text;
    EXPECT_EQ(record.message, expected.message) << text;
  }
}

TEST(Pairs, MayBeUnquotedMalformedOrApartByCommas) {
  EXPECT_THAT(pairs_in("lic_type=\"collabedge\" tokens=2"),
              ElementsAre("lic_type is collabedge", "tokens is 2"));
  EXPECT_THAT(pairs_in("lic_type=\"collabedge tokens=2\""), ElementsAre("lic_type is collabedge tokens=2"));
  EXPECT_THAT(pairs_in("Detail=\"Path change detected\", Path=\"/status/call\""),
              ElementsAre("Detail is Path change detected", "Path is /status/call"));
  EXPECT_THAT(pairs_in("To-Tag=\"\" Event=\" Inbound TLS Negotiation Error \""),
              ElementsAre("To-Tag is ", "Event is Inbound TLS Negotiation Error"));
  EXPECT_THAT(pairs_in("a=\"1\"b=\"2\""), ElementsAre("a is 1", "b is 2"));
  EXPECT_THAT(pairs_in("Action=Terminate Error=self-signed server=cucm.example.com(10.1.2.3) depth=0"),
              ElementsAre("Action is Terminate", "Error is self-signed",
                          "server is cucm.example.com(10.1.2.3)", "depth is 0"));
  EXPECT_THAT(pairs_in("see https://example.com/?max=100&x=1 == =\"\" end="), ElementsAre("end is "));
}

TEST(Pairs, MayHoldQuotedAttributes) {
  EXPECT_THAT(
      pairs_in("Detail=\"CPL: <location clear=\"yes\" url=\"sip:1004@example.com\">\" Level=\"INFO\""),
      ElementsAre("Detail is CPL: <location clear=\"yes\" url=\"sip:1004@example.com\">", "Level is INFO"));
  EXPECT_THAT(pairs_in("Reason=\"1 < 2\" Level=\"1\""), ElementsAre("Reason is 1 < 2", "Level is 1"));
  EXPECT_THAT(pairs_in("PID=\"<0.159.0>\" Level=\"1\""), ElementsAre("PID is <0.159.0>", "Level is 1"));
  EXPECT_THAT(pairs_in("Detail=\"x=\" Level=\"1\""), ElementsAre("Detail is x=", "Level is 1"));
}

TEST(Pairs, HaveNoBlankBeforeTheEqualsSign) {
  const Record record = parsed(
      "2022-07-11T18:55:25.910+02:00 vcsc tvcs: Level=\"DEBUG\" Function=\"query\" SELECT pkid FROM enduser "
      "WHERE userid = \"alice\" AND Level = \"1\"");
  EXPECT_THAT(pairs_of(record), ElementsAre("Level is DEBUG", "Function is query"));
}

TEST(Pairs, WhoseQuoteIsMissingEndWithTheLine) {
  EXPECT_THAT(pairs_in("Level=\"INFO\" Module=\"net"), ElementsAre("Level is INFO", "Module is net"));
  EXPECT_THAT(pairs_in("Level=\"INFO\" Module=\"net\n more words"),
              ElementsAre("Level is INFO", "Module is net"));
  EXPECT_THAT(pairs_in("Module=\""), ElementsAre("Module is "));
}

TEST(Pairs, OfLaterLinesAreQuoted) {
  EXPECT_THAT(pairs_in("Detail=\"two\nlines\" Level=\"INFO\"\n v=0\n a=sendrecv\n key=\"value\"\n"),
              ElementsAre("Detail is two\nlines", "Level is INFO", "key is value"));
}

TEST(Pairs, AreBoundedInNumber) {
  std::string many;
  for (std::size_t i = 0; i < 2 * kMostPairs; ++i) many += "a=\"b\" ";
  EXPECT_EQ(pairs_in(many).size(), kMostPairs);
}

TEST(MessageBlock, IsWhatStandsBetweenTheBars) {
  constexpr std::string_view kHead =
      "2018-01-01T12:56:48.965-05:00 vcse tvcs: Level=\"DEBUG\":  Action=\"Received\"";
  struct Case {
    std::string_view words, block;
  };
  for (const Case& expected : {
           Case{"\n SIPMSG:\n |INVITE sip:1004@example.com SIP/2.0\n Via: x\n \n v=0\n a=sendrecv\n |\n\n",
                "INVITE sip:1004@example.com SIP/2.0\n Via: x\n \n v=0\n a=sendrecv"},
           Case{" \nHTTPMSG:\n|GET /CSF.cnf.xml HTTP/1.1\n Host: example.com\n \n |\n\n",
                "GET /CSF.cnf.xml HTTP/1.1\n Host: example.com"},
           Case{"\r\n SIPMSG:\r\n |SIP/2.0 100 Trying\r\n Via: x\r\n |\r\n", "SIP/2.0 100 Trying\r\n Via: x"},
           Case{"\n SIPMSG:\n |NOTIFY sip:x SIP/2.0\n \n </resourceusageinfo>|\n",
                "NOTIFY sip:x SIP/2.0\n \n </resourceusageinfo>"},
           Case{"\n SIPMSG:\n |INVITE sip:x SIP/2.0\n Via: cut off he",
                "INVITE sip:x SIP/2.0\n Via: cut off he"},
           Case{" HTTPMSG: |HTTP/1.1 403 Forbidden Server: CE_E", "HTTP/1.1 403 Forbidden Server: CE_E"},
           Case{"\nHTTPMSG:\nGET / HTTP/1.1\n", "GET / HTTP/1.1"},
           Case{"\n SIPMSG:\n |OPTIONS sip:x SIP/2.0\n \n-----BEGIN CERTIFICATE-----\nMIID\n-----END "
                "CERTIFICATE-----\n |\n",
                "OPTIONS sip:x SIP/2.0\n \n-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----"},
           Case{"\n SIPMSG:", ""},
           Case{"\n SIPMSG:\n ||", ""},
           Case{" no SIPMSG: here", ""},
       }) {
    const std::string text = std::string(kHead) + std::string(expected.words);
    const Record record = parsed(text);
    EXPECT_EQ(record.block, expected.block) << text;
    EXPECT_EQ(pair_value(record, "Action"), "Received") << text;
  }
}

TEST(MessageBlock, HasNoPartInTheMessageOrItsPairs) {
  const Record record = parsed(
      "2018-01-01T12:56:48.965-05:00 vcse tvcs: Level=\"DEBUG\": \n SIPMSG:\n |REGISTER sip:x SIP/2.0\n"
      " Authorization: Digest nonce=\"abc\"\n |\n");
  EXPECT_EQ(record.message, "Level=\"DEBUG\":");
  EXPECT_THAT(pairs_of(record), ElementsAre("Level is DEBUG"));
}

TEST(Record, KeepsBytesThatAreNoText) {
  using namespace std::string_view_literals;
  const Record record =
      parsed("2018-01-01T12:56:48.965-05:00 vc\xFFse tvcs: Detail=\"a\0b\xC3\" \x01 end\0"sv);
  EXPECT_EQ(record.host, "vc\xFFse");
  EXPECT_EQ(record.detail, "a\0b\xC3"sv);
  EXPECT_TRUE(record.message.ends_with("end\0"sv));
}

TEST(Record, IsReplacedAsAWhole) {
  Record record;
  parse_record("2026-11-21T09:26:11Z vcsc traffic_server[1]: [ET_NET 0] ERROR: a=\"b\"\nHTTPMSG:\n|GET", 2026,
               record);
  parse_record("words", 2026, record);
  EXPECT_FALSE(record.time.has_value());
  EXPECT_FALSE(record.pid.has_value());
  EXPECT_EQ(record.host, "");
  EXPECT_EQ(record.thread, "");
  EXPECT_EQ(record.block, "");
  EXPECT_THAT(record.pairs, IsEmpty());
}

}  // namespace
}  // namespace assay
