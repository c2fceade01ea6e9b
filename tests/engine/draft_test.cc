// Drafts: of every kind of record the draft loads, has nothing to lint but what a person must write, and
// finds the record that it was made from.
#include "assay/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "assay/error.h"
#include "assay/lint.h"
#include "assay/signatures.h"
#include "folder.h"

namespace assay {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

// What the remarks on a draft are about, but for what only a person can write; and whether it has so many
// tests and they pass.
std::string trouble_with(const SignatureDraft& draft, std::size_t tests = 1) {
  const test::Folder folder;
  const fs::path file = folder.write("draft.yaml", draft.text);
  std::string trouble;
  std::size_t unwritten = 0;
  for (const Diagnostic& diagnostic : lint_signatures(std::span(&file, 1))) {
    unwritten += diagnostic.code == "unwritten" ? 1U : 0U;
    if (diagnostic.code != "unwritten") trouble += to_string(diagnostic) + '\n';
  }
  if (trouble.empty()) {
    // The title is not the only text: id, title, description and one action.
    if (unwritten != 4) trouble += "unwritten: " + std::to_string(unwritten) + '\n';
    const std::vector<SignatureTestResult> results = test_signatures(std::span(&file, 1));
    if (results.size() != tests) trouble += "tests: " + std::to_string(results.size()) + '\n';
    for (const SignatureTestResult& result : results) {
      for (const std::string& failure : result.failures) trouble += failure + '\n';
    }
  }
  if (format_signature({.name = "draft.yaml", .text = draft.text}) != draft.text) trouble += "layout\n";
  return trouble;
}

const std::vector<std::string> kRecords =
    {
        // An event of the event log.
        R"log(2017-09-20T10:49:18.724-04:00 expe tvcs: Event="Inbound TLS Negotiation Error" Service="SIP" Src-ip="192.0.2.73" Src-port="58531" Dst-ip="10.0.0.2" Dst-port="5062" Detail="self signed certificate in certificate chain" Protocol="TLS" Level="1" UTCTime="2017-09-20 14:49:18,724")log",
        // A record of a module, with free text behind the pairs.
        R"log(2017-09-20T10:49:18.724-04:00 expe tvcs: UTCTime="2017-09-20 14:49:18,724" Module="developer.ssl" Level="ERROR" CodeLocation="ppcmains/ssl/ttssl/ttssl_openssl.cpp(68)" Method="::TTSSLErrorOutput" Thread="0x7f29ddefa700": TTSSL_continueHandshake: Failed to establish SSL connection iResult="-1" error="1" bServer="true" localAddress="['IPv4''TCP''10.0.0.2:5062']" remoteAddress="['IPv4''TCP''192.0.2.73:58531']" ssl_error_reason="error:14089086:SSL routines:ssl3_get_client_certificate:certificate verify failed")log",
        R"log(2014-05-21T16:31:18.120+02:00 vcse tvcs: UTCTime="2014-05-21 14:31:18,120" Module="developer.sip.authentication" Level="DEBUG" CodeLocation="ppcmains/sip/sipproxy/SipProxyAuthentication.cpp(686)" Method="SipProxyAuthentication::checkDigestSAResponse" Thread="0x7f2485cb0700":  calculated response does not match supplied response, calculatedResponse=769c8f488f71eebdf28b61ab1dc9f5e9, response=319a0bb365decf98c1bb7b3ce350f6ec)log",
        // Raw diagnostics of the traffic server.
        R"log(2022-07-11T18:55:26.024+02:00 vcsc traffic_server[18242]: [ET_NET 0] WARNING: Core server certificate verification failed for (cucm-pub). Action=Terminate Error=self signed certificate server=cucm-pub.example.com(192.0.2.10) depth=0)log",
        R"log(2026-01-29T14:01:16.974-05:00 exp-c traffic_server[2030]:[ET_NET 1]ERROR:SSL connection failed for 'expc.example.com':error:14094418: SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca)log",
        // Messages of several lines.
        "2018-01-01T12:56:48.965-05:00 vcse1 tvcs: UTCTime=\"2018-01-01 17:56:48,965\" "
        "Module=\"network.sip\" "
        "Level=\"DEBUG\":  Action=\"Received\" Local-ip=\"10.81.54.5\" Local-port=\"5061\" "
        "Src-ip=\"192.0.2.183\" "
        "Src-port=\"47177\" Msg-Hash=\"14340233468942773735\"\n SIPMSG:\n |INVITE sip:1004@cucm1.example.com "
        "SIP/2.0\n Via: SIP/2.0/TLS 192.0.2.183:47177;branch=z9hG4bK45174a9c;rport\n\n a=sendrecv\n |\n",
        "2026-01-29T14:01:16.974-05:00 exp-c traffic_server[2030]: UTCTime=\"2026-01-29 19:01:16,974\" "
        "Module=\"network.http.trafficserver\" Level=\"DEBUG\": Detail=\"Sending Request\" Txn-id=\"3028\" "
        "TrackingID=\"f1234567-86f6-4030-8259-0b768c07723e\" Dst-ip=\"192.0.2.6\" Dst-port=\"6972\" "
        "\nHTTPMSG:\n"
        "|GET /CSFalice.cnf.xml HTTP/1.1\n Host: expc.example.com:6972\n \n |\n",
        // Alarms.
        R"log(2020-08-12T14:57:43.524-05:00 expc01 alarm: Level="WARN" Event="Alarm Raised" Id="20006" UUID="0f96695e-d954-4f6f-85c1-2ef1eae6f764" Severity="warning" Detail="Cluster database communication failure: The database is unable to replicate with one or more of the cluster peers" UTCTime="2020-08-12 19:57:43,524")log",
        // Provisioning, with brackets and quotes in values.
        R"log(2014-09-25T13:46:20-04:00 EXPRWY-C edgeconfigprovisioning: Level="INFO" Detail="Failed to authenticate user against server" Username="alice" Server="('https', '192.0.2.131', 8443)" Reason="<twisted.python.failure.Failure <type 'exceptions.Exception'>>" UTCTime="2014-09-25 17:46:20,92")log",
        R"log(2014-03-25T18:19:45.848+01:00 vcsc XCP_JABBERD[23843]: UTCTime="2014-03-25 17:19:45,847" ThreadID="139747212576512" Module="Jabber" Level="INFO " CodeLocation="mio.c:1121" Detail="Unable to connect to host '192.0.2.171', port 7400:(111) Connection refused")log",
        // Without a tag, with a key that is there twice.
        R"log(2020-08-12T14:57:43.353-05:00 expc01 UTCTime="2020-08-12 19:57:43,353" Module="developer.clusterdb.cdb" Level="INFO" Node="clusterdb@expc01.example.com" PID="<0.159.0>" Detail="Inconsistent Database" Node="clusterdb@expc02.example.com")log",
        // A second tag, and pairs without quotes.
        R"log(2020-08-12T15:13:24.100-05:00 expc01 httpd[15060]: web: Event="System Configuration Changed" Detail="configuration/cluster/tls_verify - changed from: 'Permissive' to: 'Enforcing'" Src-ip="10.15.13.30" User="admin" Level="1" UTCTime="2020-08-12 20:13:24" )log",
        R"log(2018-01-01T12:56:48.979-05:00 vcse1 licensemanager: UTCTime="2018-01-01 17:56:48,979" Module="developer.licensemanager.service.manager" Level="INFO" CodeLocation="licensemanager(192)" Detail="License granted" call_id="998d8187-bf80-4a68-ba4f-d800012335c0" lic_type="collabedge" tokens=2)log",
        // DNS, AXL, hybrid services, connector.
        R"log(2016-03-09T05:18:35.399+01:00 vcse tvcs: UTCTime="2016-03-09 04:18:35,399" Module="network.dns" Level="DEBUG":  Detail="Sending DNS query" Name="_sip._tcp.example.com" Type="SRV (IPv4 and IPv6)")log",
        R"log(2025-09-22T08:38:08.654-04:00 localhost UTCTime="2025-09-22 12:38:08,654" Module="hybridservices.c_cal" Level="ERROR" Thread="pool-4474-thread-1" TrackingId="" Detail="EWSServices.bindToCalendar(...) The account does not have permission to impersonate the requested user.")log",
        R"log(2025-06-30T21:53:48.354-04:00 hybrid1 _c_mgmt: PermissionError: [Errno 13] Permission denied: '/mnt/harddisk/current/fusion/template')log",
        // Other headers: remote syslog, BSD, a line of an editor, Finesse.
        R"log(<166>2020-11-18T19:55:58Z vcse tvcs: tvcs: UTCTime="2020-11-18 19:55:58,000" Module="network.tcp" Level="ERROR":  Src-ip="10.0.0.2" Dst-ip="192.0.2.7" Dst-port="5061" Detail="TCP Connection Failed")log",
        R"log(Jul 19 15:30:30 vcs tvcs: UTCTime="2011-07-19 15:30:30,616" Module="network.http" Level="DEBUG":  Message="Request" Method="POST" URL="https://192.0.2.3/api/call_policy" Ref="0x4945360")log",
        R"log(0000837786:: Jun 20 2017 21:18:36.552 +0000: %CCBU__________FEEDS-3-SECURE_IMAP_CLIENT_CONNECTION_EXCEPTION: %[FEED_ID=100021][FEED_NAME=Support][exception=javax.mail.MessagingException: Connection refused]: cannot connect)log",
        // Words without any header, with bytes that are no text.
        "Failed: address \xff\x1b[31m is not a IM and Presence server",
        // An event with such bytes.
        "2022-07-11T18:55:26.016+02:00 vcsc tvcs: Event=\"Call of Andr\xe9 Rejected\" Level=\"1\"",
};

TEST(Draft, OfEveryKindOfRecordFindsItAndLeavesOnlyWordsToWrite) {
  for (const std::string& record : kRecords) {
    const SignatureDraft draft = draft_signature(record);
    EXPECT_EQ(trouble_with(draft), "") << draft.text;
  }
}

TEST(Draft, NamesWhatVariesAndKeepsWhatDoesNot) {
  const std::string text = draft_signature(kRecords[3]).text;
  EXPECT_THAT(text, HasSubstr("process: traffic_server\n"));
  EXPECT_THAT(text, HasSubstr("level: WARNING\n"));
  EXPECT_THAT(text, HasSubstr("message: 'Core server certificate verification failed for "
                              "\\((?P<name>[^)]+)\\)\\. Action=Terminate Error=self signed certificate "
                              "server=(?P<server>[\\w.-]+)\\((?P<address>\\d+\\.\\d+\\.\\d+\\.\\d+)\\) "
                              "depth=(?P<depth>\\d+)'\n"));
  EXPECT_THAT(text, HasSubstr("needs: [log.traffic_server]\n"));
  EXPECT_THAT(text, HasSubstr("group_by: server}\n"));
  EXPECT_THAT(text, HasSubstr("expect: {status: issue, groups: [{server: 'cucm-pub.example.com'}]}\n"));
  EXPECT_THAT(text, Not(HasSubstr("18242]: (")));
}

TEST(Draft, TakesPairsAsFieldsAndCaptures) {
  const std::string text = draft_signature(kRecords[0]).text;
  EXPECT_THAT(text, HasSubstr("event: Inbound TLS Negotiation Error\n"));
  EXPECT_THAT(text, HasSubstr("detail: 'self signed certificate in certificate chain'\n"));
  EXPECT_THAT(text, HasSubstr("pair.Protocol: {is: 'TLS'}\n"));
  EXPECT_THAT(text, HasSubstr("    capture:\n      src_ip: pair.Src-ip\n      src_port: pair.Src-port\n"));
  EXPECT_THAT(text, Not(HasSubstr("UTCTime:")));
}

TEST(Draft, KeepsNumbersThatSayWhatIsWrongAndTakesNamesAsCaptures) {
  EXPECT_THAT(draft_signature(kRecords[7]).text, HasSubstr("pair.Id: {is: '20006'}\n"));
  const std::string login = draft_signature(kRecords[8]).text;
  EXPECT_THAT(login, HasSubstr("      username: pair.Username\n"));
  EXPECT_THAT(login, Not(HasSubstr("alice'}\n    capture")));
}

TEST(Draft, EndsAUrlAtTheBracketAroundIt) {
  const std::string record =
      "2022-07-11T18:55:27.024+02:00 finesse tvcs: [url=https://gadget.example.com/a.xml][cause=refused] "
      "failed, "
      "[url=https://[2001:db8::1]:8443/b.xml][cause=late] too";
  const SignatureDraft draft = draft_signature(record);
  EXPECT_THAT(draft.text, HasSubstr("\\[url=(?P<url>[^\\s\"''<>|,;)\\]]+)\\]\\[cause="));
  EXPECT_THAT(draft.text, HasSubstr("groups: [{url: 'https://gadget.example.com/a.xml'}]"));
  EXPECT_EQ(trouble_with(draft), "") << draft.text;
}

TEST(Draft, TakesNoNumberInBracketsForAName) {
  const std::string record =
      "2022-07-11T18:55:27.024+02:00 vcsc tvcs: Level=\"ERROR\": Detail=\"Can't contact LDAP server (-1)\"";
  const std::string text = draft_signature(record).text;
  EXPECT_THAT(text, HasSubstr("server \\(-(?P<number>\\d+)\\)'"));
  EXPECT_EQ(trouble_with(draft_signature(record)), "");
}

TEST(Draft, GroupsByTheFarEnd) {
  EXPECT_THAT(draft_signature(kRecords[0]).text, HasSubstr("group_by: src_ip}"));
  EXPECT_THAT(draft_signature(kRecords[16]).text, HasSubstr("group_by: dst_ip}"));
}

TEST(Draft, IsMadeOfTheRecordThatHoldsTheLine) {
  const std::string log = kRecords[0] + '\n' + kRecords[5] + kRecords[3] + '\n';
  EXPECT_EQ(draft_signature(log, 1).text, draft_signature(kRecords[0]).text);
  EXPECT_EQ(draft_signature(log, 4).text, draft_signature(kRecords[5]).text) << "a line within a record";
  EXPECT_EQ(draft_signature(log, 9).text, draft_signature(kRecords[3]).text);
}

TEST(Draft, OfUnexplainedRecordsIsOfTheirExample) {
  UnexplainedGroup group;
  group.kind = "log";
  group.text = kRecords[3];
  EXPECT_EQ(draft_signature(group).text, draft_signature(kRecords[3]).text);
}

TEST(Draft, OfUnexplainedTransactionsIsOfTheirOutcome) {
  UnexplainedGroup group;
  group.kind = "http";
  for (const char* text :
       {"GET https://expe.example.com:8443/cucm-uds/x -> 502 It's not there", "-> 502 It's not there"}) {
    group.text = text;
    const SignatureDraft draft = draft_signature(group);
    EXPECT_THAT(draft.text,
                HasSubstr("    http:\n      status: 502\n      reason: {is: 'It''s not there'}\n"));
    EXPECT_THAT(draft.text, HasSubstr("group_by: [target, server]}"));
    EXPECT_EQ(trouble_with(draft), "") << draft.text;
  }
  group.text = "GET / -> 404";
  EXPECT_EQ(trouble_with(draft_signature(group)), "");
  group.text = "GET / -> 404 a \"quoted\" reason";
  EXPECT_EQ(trouble_with(draft_signature(group)), "");
  group.text = "GET / -> no response";
  EXPECT_THROW(draft_signature(group), Error);
}

TEST(Draft, OfUnexplainedHandshakesIsOfWhoRefusedThemAndHow) {
  UnexplainedGroup group;
  group.kind = "tls";
  group.shape = "TLS with 192.0.2.10:8443 refused by client: unknown_ca";
  const SignatureDraft draft = draft_signature(group);
  EXPECT_THAT(draft.text, HasSubstr("    tls:\n      outcome: refused_by_client\n"
                                    "      alert.description: unknown_ca\n"));
  EXPECT_EQ(trouble_with(draft, 0), "") << draft.text;
  group.shape = "TLS with [2001:db8::1]:443 refused by server";
  EXPECT_THAT(draft_signature(group).text, Not(HasSubstr("alert")));
  EXPECT_EQ(trouble_with(draft_signature(group), 0), "");
  group.shape = "TLS with 192.0.2.10:8443 completed";
  EXPECT_THROW(draft_signature(group), Error);
}

TEST(Draft, IsRefusedWhereThereIsNoRecord) {
  EXPECT_THROW(draft_signature("one\ntwo\n", 3), Error);
  EXPECT_THROW(draft_signature(""), Error);
  EXPECT_THROW(draft_signature("\n\n"), Error);
}

TEST(Draft, StaysSmallForAHugeRecord) {
  std::string record = "2022-07-11T18:55:26.024+02:00 vcsc tvcs: too many: ";
  for (int i = 0; i < 20'000; ++i) record += "server 192.0.2.1 ";
  const SignatureDraft draft = draft_signature(record);
  EXPECT_LT(draft.text.find("tests:"), 4'000U);
  EXPECT_EQ(trouble_with(draft), "");
}

TEST(Draft, CountsLinesFromOne) {
  EXPECT_THROW(draft_signature("a record\n", 0), Error);
  EXPECT_THROW(draft_signature("a record\n", 2), Error);
  EXPECT_FALSE(draft_signature("a record\n", 1).text.empty());
}

}  // namespace
}  // namespace assay
