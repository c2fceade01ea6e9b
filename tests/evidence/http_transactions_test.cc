// The traffic server's records become transactions.
#include "evidence/http_transactions.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "evidence/http_part.h"
#include "evidence/known_targets.h"
#include "evidence/url.h"
#include "reading.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// One record of the traffic server: `milliseconds` after 16:55:00 UTC.
std::string header(int milliseconds, int pid = 18242) {
  return fmt::format("2022-07-11T18:55:{:02}.{:03}+02:00 vcsc traffic_server[{}]: ", milliseconds / 1000,
                     milliseconds % 1000, pid);
}

std::string utc(int milliseconds) {
  return fmt::format(
      "UTCTime=\"2022-07-11 16:55:{:02},{:03}\" Module=\"network.http.trafficserver\" Level=\"DEBUG\": ",
      milliseconds / 1000, milliseconds % 1000);
}

std::string step(int ms, std::string_view detail, int id, std::string_view more, std::string_view block) {
  return header(ms) + utc(ms) +
         fmt::format("Detail=\"{}\" Txn-id=\"{}\" {}\nHTTPMSG:\n|{}\n |\n\n", detail, id, more, block);
}

// c3Rl... is steven.lab/https/10.48.36.215/8443, c3RldmVuLmxhYi9odHRwcy9jdWNt... cucm.steven.lab and 6972.
constexpr std::string_view kByAddress = "c3RldmVuLmxhYi9odHRwcy8xMC40OC4zNi4yMTUvODQ0Mw";
constexpr std::string_view kByName = "c3RldmVuLmxhYi9odHRwcy9jdWNtLnN0ZXZlbi5sYWIvNjk3Mg";

std::string asked(int ms, int id, std::string_view target = kByAddress) {
  return step(ms, "Receive Request", id, "TrackingID=\"f-1\" Src-ip=\"192.0.2.7\" Src-port=\"50314\"",
              fmt::format("GET http://vcs_control.steven.lab:8443/{}/cucm-uds/user/emusk/devices?max=100 "
                          "HTTP/1.1\n Host: vcs_control.steven.lab:8443",
                          target));
}

std::string sent(int ms, int id, std::string_view server = "10.48.36.215", int port = 8443) {
  return step(ms, "Sending Request", id, fmt::format("Dst-ip=\"{}\" Dst-port=\"{}\"", server, port),
              fmt::format("GET /cucm-uds/user/emusk/devices?max=100 HTTP/1.1\n Host: {}:{}", server, port));
}

std::string answered(int ms, int id, std::string_view status) {
  return step(ms, "Sending Response", id, "Dst-ip=\"192.0.2.7\" Dst-port=\"50314\"",
              fmt::format("HTTP/1.1 {}\n Content-Length: 0", status));
}

std::string warning(int ms, std::string_view name, std::string_view address) {
  return header(ms) +
         fmt::format(
             "[ET_NET 0] WARNING: Core server certificate verification failed for ({}). Action=Terminate "
             "Error=self signed certificate server={}({}) depth=0\n",
             name, name, address);
}

std::string error(int ms, std::string_view name) {
  return header(ms) + fmt::format(
                          "[ET_NET 0] ERROR: SSL connection failed for '{}': error:1416F086:SSL "
                          "routines:tls_process_server_certificate:certificate verify failed\n",
                          name);
}

TEST(HttpTransactions, JoinTheRecordsOfOneId) {
  const Reading reading = read_log(
      asked(25910, 12) + header(25917) +
      "Event=\"Request Allowed\" Detail=\"Access allowed\" Txn-id=\"12\"\n" + sent(25916, 12) +
      step(25955, "Receive Response", 12, "Src-ip=\"10.48.36.215\" Src-port=\"8443\"", "HTTP/1.1 200 OK") +
      answered(25956, 12, "200 OK"));
  ASSERT_THAT(reading.transactions, SizeIs(1));
  const Transaction& transaction = reading.transactions[0];
  EXPECT_EQ(transaction.id, "12");
  EXPECT_EQ(transaction.process, "traffic_server");
  EXPECT_EQ(transaction.pid, 18242U);
  EXPECT_EQ(transaction.client, "192.0.2.7:50314");
  EXPECT_EQ(transaction.method, "GET");
  EXPECT_EQ(
      transaction.url_asked,
      "http://vcs_control.steven.lab:8443/c3RldmVuLmxhYi9odHRwcy8xMC40OC4zNi4yMTUvODQ0Mw/cucm-uds/user/emusk/"
      "devices?max=100");
  EXPECT_EQ(transaction.url_sent, "/cucm-uds/user/emusk/devices?max=100");
  ASSERT_TRUE(transaction.target.has_value());
  EXPECT_EQ(transaction.target->host, "10.48.36.215");
  EXPECT_EQ(transaction.target->port, 8443);
  EXPECT_EQ(transaction.server, "10.48.36.215:8443");
  EXPECT_EQ(transaction.status, 200);
  EXPECT_EQ(transaction.reason, "OK");
  EXPECT_EQ(transaction.user, "emusk");
  EXPECT_EQ(transaction.tracking_id, "f-1");
  EXPECT_TRUE(transaction.complete);
  EXPECT_THAT(transaction.diagnostics, IsEmpty());
  ASSERT_TRUE(transaction.begin && transaction.end);
  EXPECT_EQ(transaction.end->microseconds - transaction.begin->microseconds, 46'000);
  EXPECT_EQ(transaction.place.line, 1U);
  EXPECT_EQ(reading.inventory.members[0].kinds.at("http"), 1U);
}

// The failure of the field: warning and error carry no id, and stand in front of the response.
TEST(HttpTransactions, TheWarningAndTheErrorOfAFailedOneBelongToIt) {
  const Reading reading =
      read_log(asked(26000, 12) + sent(26006, 12) + warning(26016, "10.48.36.215", "10.48.36.215") +
               error(26016, "10.48.36.215") + answered(26024, 12, "502 connect failed"));
  ASSERT_THAT(reading.transactions, SizeIs(1));
  const Transaction& transaction = reading.transactions[0];
  EXPECT_EQ(transaction.status, 502);
  EXPECT_EQ(transaction.reason, "connect failed");
  ASSERT_THAT(transaction.diagnostics, SizeIs(2));
  EXPECT_EQ(transaction.diagnostics[0].join, Join::only_candidate);
  EXPECT_EQ(transaction.diagnostics[0].text.substr(0, 30), "Core server certificate verifi");
  EXPECT_EQ(transaction.diagnostics[1].text.substr(0, 30), "SSL connection failed for '10.");
}

std::string allowed(int ms, std::string_view user, std::string_view request, int pid = 18242) {
  return header(ms, pid) + fmt::format(
                               "Event=\"Request Allowed\" Detail=\"Access allowed\" Username=\"{}\" "
                               "Method=\"GET\" Request=\"{}\"\n",
                               user, request);
}

// A request whose URL names no user.
std::string asked_for(int ms, int id, std::string_view path) {
  return step(
      ms, "Receive Request", id, "Src-ip=\"192.0.2.7\" Src-port=\"50314\"",
      fmt::format("GET http://vcs_control.steven.lab:8443/{}{} HTTP/1.1\n Host: x", kByAddress, path));
}

TEST(HttpTransactions, TheUserIsTheOneToWhomThisUrlWasAllowedAtThisTime) {
  const Reading reading = read_log(
      allowed(25000, "early", "https://10.48.36.215:8443/jabber-config.xml") +
      asked_for(26000, 12, "/jabber-config.xml?x=1") +
      allowed(26003, "other-server", "https://192.0.2.9:8443/jabber-config.xml") +
      allowed(26004, "other-path", "https://10.48.36.215:8443/version") +
      allowed(26005, "other-process", "https://10.48.36.215:8443/jabber-config.xml", 7) +
      allowed(26006, "alice", "https://10.48.36.215:8443/jabber-config.xml") + answered(26024, 12, "200 OK") +
      allowed(27000, "late", "https://10.48.36.215:8443/jabber-config.xml"));
  ASSERT_THAT(reading.transactions, SizeIs(1));
  EXPECT_EQ(reading.transactions[0].user, "alice");
}

TEST(HttpTransactions, TheUserInTheUrlStays) {
  const Reading reading =
      read_log(asked(26000, 12) +
               allowed(26006, "alice", "https://10.48.36.215:8443/cucm-uds/user/emusk/devices?max=100") +
               answered(26024, 12, "200 OK"));
  ASSERT_THAT(reading.transactions, SizeIs(1));
  EXPECT_EQ(reading.transactions[0].user, "emusk");
}

TEST(HttpTransactions, WhoseRequestItWasStaysOpenIfTwoAskForTheSameAtOnce) {
  const std::string_view url = "https://10.48.36.215:8443/jabber-config.xml";
  const Reading reading =
      read_log(asked_for(26000, 12, "/jabber-config.xml") + asked_for(26001, 13, "/jabber-config.xml") +
               allowed(26006, "alice", url) + allowed(26007, "bob", url) + answered(26024, 12, "200 OK") +
               answered(26025, 13, "200 OK"));
  ASSERT_THAT(reading.transactions, SizeIs(2));
  EXPECT_EQ(reading.transactions[0].user, "");
  EXPECT_EQ(reading.transactions[1].user, "");
}

TEST(HttpTransactions, ARecordOfTheTransactionMayNameItsUser) {
  const Reading reading =
      read_log(asked_for(26000, 12, "/jabber-config.xml") + header(26006) +
               "Event=\"Request Allowed\" Username=\"alice\" Request=\"/x\" Txn-id=\"12\"\n" +
               answered(26024, 12, "200 OK"));
  ASSERT_THAT(reading.transactions, SizeIs(1));
  EXPECT_EQ(reading.transactions[0].user, "alice");
}

TEST(HttpTransactions, ADiagnosticGoesToTheOneWithItsServer) {
  const Reading reading =
      read_log(asked(26000, 12) + asked(26001, 13, kByName) + sent(26006, 12) +
               sent(26007, 13, "cucm.steven.lab", 6972) + warning(26016, "10.48.36.215", "10.48.36.215") +
               answered(26024, 12, "502 connect failed") + answered(26025, 13, "200 OK"));
  ASSERT_THAT(reading.transactions, SizeIs(2));
  EXPECT_THAT(reading.transactions[0].diagnostics, SizeIs(1));
  EXPECT_EQ(reading.transactions[0].diagnostics[0].join, Join::only_candidate);
  EXPECT_THAT(reading.transactions[1].diagnostics, IsEmpty());
}

TEST(HttpTransactions, OfSeveralWithThatServerTheLatestIsTheNearest) {
  const Reading reading =
      read_log(asked(26000, 12) + asked(26003, 13) + warning(26016, "10.48.36.215", "10.48.36.215") +
               answered(26024, 12, "502 connect failed") + answered(26025, 13, "502 connect failed"));
  ASSERT_THAT(reading.transactions, SizeIs(2));
  EXPECT_THAT(reading.transactions[0].diagnostics, IsEmpty());
  ASSERT_THAT(reading.transactions[1].diagnostics, SizeIs(1));
  EXPECT_EQ(reading.transactions[1].diagnostics[0].join, Join::nearest);
}

TEST(HttpTransactions, ADiagnosticOfAnotherServerIsJoinedByTimeOnly) {
  const Reading reading = read_log(asked(26000, 12) + warning(26016, "other.example.com", "192.0.2.99") +
                                   answered(26024, 12, "502 connect failed"));
  ASSERT_THAT(reading.transactions, SizeIs(1));
  ASSERT_THAT(reading.transactions[0].diagnostics, SizeIs(1));
  EXPECT_EQ(reading.transactions[0].diagnostics[0].join, Join::time_only);
}

TEST(HttpTransactions, ADiagnosticOfAnotherProcessOrMomentBelongsToNone) {
  std::string other = warning(26016, "10.48.36.215", "10.48.36.215");
  other.replace(other.find("18242"), 5, "3916");
  const Reading reading = read_log(asked(26000, 12) + other + answered(26024, 12, "502 connect failed") +
                                   warning(26500, "10.48.36.215", "10.48.36.215"));
  ASSERT_THAT(reading.transactions, SizeIs(1));
  EXPECT_THAT(reading.transactions[0].diagnostics, IsEmpty());
}

TEST(HttpTransactions, EveryKindOfDiagnosticIsKnown) {
  const auto server_of = [](std::string_view message) {
    const std::string text = header(26000) + std::string(message);
    Record record;
    parse_record(text, std::nullopt, record);
    const std::optional<HttpPart> part = http_part_of(record, {}, 2048);
    return part ? std::string(part->server_host) + "|" + std::string(part->address) : "none";
  };
  EXPECT_EQ(server_of("[ET_NET 0] WARNING: SNI (a.example.com) not in certificate. Action=Terminate "
                      "server=a.example.com(2001:db8::1)"),
            "a.example.com|2001:db8::1");
  EXPECT_EQ(
      server_of("[ET_NET 0] WARNING: Origin hostname (b.example.com) not in certificate. Action=Continue "
                "server=(null)(192.0.2.1)"),
      "b.example.com|192.0.2.1");
  EXPECT_EQ(server_of("[ET_NET 1]ERROR:SSL connection failed for 'c.example.com':error:14094418: SSL "
                      "routines:ssl3_read_bytes:tlsv1 alert unknown ca"),
            "c.example.com|");
  EXPECT_EQ(server_of("[ET_NET 1] ERROR: SSL connection failed for \"192.0.2.3\": error"), "192.0.2.3|");
  EXPECT_EQ(server_of("[TS_MAIN] WARNING: connection throttle too high"), "none");
}

// The event of an error response, which has no Txn-id.
std::string refused(int ms, int status = 403, int port = 50314) {
  return header(ms) + fmt::format(
                          "Event=\"Sending HTTP error response\" Status=\"{}\" Reason=\"Forbidden\" "
                          "Dst-ip=\"192.0.2.7\" Dst-port=\"{}\"\n",
                          status, port);
}

TEST(HttpTransactions, TheEventOfAnErrorResponseSaysOnceMoreWhatTheResponseSaid) {
  for (const std::string& log : {asked(1000, 1) + answered(1003, 1, "403 Forbidden") + refused(1003),
                                 asked(1000, 1) + refused(1003) + answered(1003, 1, "403 Forbidden")}) {
    const Reading reading = read_log(log);
    ASSERT_THAT(reading.transactions, SizeIs(1));
    EXPECT_EQ(reading.transactions[0].id, "1");
    EXPECT_EQ(reading.transactions[0].status, 403);
  }
}

TEST(HttpTransactions, TheEventOfAnErrorResponseEndsOneWithoutAResponse) {
  const Reading reading = read_log(asked(1000, 1) + refused(1003));
  ASSERT_THAT(reading.transactions, SizeIs(1));
  const Transaction& transaction = reading.transactions[0];
  EXPECT_EQ(transaction.id, "1");
  EXPECT_EQ(transaction.status, 403);
  EXPECT_EQ(transaction.reason, "Forbidden");
  EXPECT_TRUE(transaction.complete);
  EXPECT_EQ(to_string(*transaction.end), "2022-07-11T16:55:01.003Z");
}

// Without debug records the event is all there is.
TEST(HttpTransactions, TheEventOfAnErrorResponseAloneIsATransactionWithoutAnId) {
  const Reading reading = read_log(refused(1003) + refused(1500, 502, 50315) + asked(9000, 7) +
                                   answered(9002, 7, "200 OK") + refused(9900));
  ASSERT_THAT(reading.transactions, SizeIs(4));
  const Transaction& first = reading.transactions[0];
  EXPECT_EQ(first.id, "");
  EXPECT_EQ(first.client, "192.0.2.7:50314");
  EXPECT_EQ(first.status, 403);
  EXPECT_EQ(first.pid, 18242U);
  EXPECT_TRUE(first.complete);
  EXPECT_EQ(first.place.line, 1U);
  EXPECT_EQ(to_string(*first.begin), "2022-07-11T16:55:01.003Z");
  EXPECT_EQ(reading.transactions[1].status, 502);
  EXPECT_EQ(reading.inventory.members[0].kinds.at("http"), 4U);
}

TEST(HttpTransactions, OneWithoutAResponseIsIncomplete) {
  const Reading reading = read_log(asked(26000, 12) + sent(26006, 12));
  ASSERT_THAT(reading.transactions, SizeIs(1));
  EXPECT_FALSE(reading.transactions[0].complete);
  EXPECT_FALSE(reading.transactions[0].status.has_value());
}

TEST(HttpTransactions, AnIdThatBeginsAnewIsAnotherOne) {
  const Reading reading =
      read_log(asked(1000, 2) + answered(1010, 2, "200 OK") + asked(1500, 2) +
               answered(1510, 2, "404 Not Found") + asked(50'000, 2) + answered(50'010, 2, "403 Forbidden"));
  ASSERT_THAT(reading.transactions, SizeIs(3));
  EXPECT_EQ(reading.transactions[0].status, 200);
  EXPECT_EQ(reading.transactions[1].status, 404);
  EXPECT_EQ(reading.transactions[2].status, 403);
}

TEST(HttpTransactions, TheSameIdInAnotherProcessIsAnotherOne) {
  std::string other = asked(1000, 2);
  other.replace(other.find("18242"), 5, "3916");
  EXPECT_THAT(read_log(asked(1000, 2) + other).transactions, SizeIs(2));
}

TEST(HttpTransactions, BlocksThatLostTheirLineBreaksAreRead) {
  const Reading reading = read_log(
      "2014-05-21T14:31:18+00:00 ExpresswayE traffic_server[15550]: Module=\"network.http.trafficserver\" "
      "Level=\"DEBUG\": Detail=\"Receive Request\" Txn-id=\"2\" Src-ip=\"192.0.2.80\" Src-port=\"50314\" "
      "HTTPMSG: |GET "
      "https://vcse.example.com:8443/dGJ0cC5jb20/get_edge_config/ HTTP/1.1 Host: vcse.example.com\n"
      "2014-05-21T14:31:18+00:00 ExpresswayE traffic_server[15550]: Module=\"network.http.trafficserver\" "
      "Level=\"DEBUG\": Detail=\"Sending Response\" Txn-id=\"2\" Dst-ip=\"192.0.2.80\" Dst-port=\"50314\" "
      "HTTPMSG: "
      "|HTTP/1.1 403 Forbidden Date: Wed, 21 May 2014 14:31:18 GMT Connection: close Server: CE_E "
      "Content-Length: 0\n");
  ASSERT_THAT(reading.transactions, SizeIs(1));
  EXPECT_EQ(reading.transactions[0].url_asked, "https://vcse.example.com:8443/dGJ0cC5jb20/get_edge_config/");
  EXPECT_EQ(reading.transactions[0].status, 403);
  EXPECT_EQ(reading.transactions[0].reason, "Forbidden");
  EXPECT_EQ(reading.fact("product.role"), "expressway-e");
}

TEST(HttpTransactions, WithoutABlockThePairsAreRead) {
  const Reading reading =
      read_log(header(1000) +
               "Event=\"Sending HTTP error response\" Txn-id=\"7\" Status=\"403\" Reason=\"Forbidden\" "
               "Dst-ip=\"192.0.2.80\" Dst-port=\"50314\"\n" +
               header(1001) + "Event=\"Sending HTTP error response\" Status=\"403\" Reason=\"Forbidden\"\n");
  ASSERT_THAT(reading.transactions, SizeIs(1));
  EXPECT_EQ(reading.transactions[0].status, 403);
  EXPECT_EQ(reading.transactions[0].client, "192.0.2.80:50314");
}

TEST(HttpTransactions, AUserIsTakenOnlyWhereTheUrlNamesOne) {
  EXPECT_EQ(user_of_url("/cucm-uds/user/emusk/devices?max=100"), "emusk");
  EXPECT_EQ(user_of_url("https://x/seg/CUCM-uds/clusterUser?username=alice%40example.com&x=1"),
            "alice@example.com");
  EXPECT_EQ(user_of_url("/cucm-uds/servers"), "");
  EXPECT_EQ(user_of_url("/user/emusk"), "");
  EXPECT_EQ(user_of_url("/cucm-uds/user/50%"), "50%");
}

TEST(HttpTransactions, LongTextsAreCutAndManyAreHandedOutEarly) {
  std::string log;
  for (int id = 0; id < 6'000; ++id) log += asked(1000 + id / 2, id, std::string(50, 'A'));
  log += step(10'000, "Receive Request", 9999, "", "GET /" + std::string(100'000, 'x') + " HTTP/1.1");
  const Reading reading = read_log(log);
  ASSERT_THAT(reading.transactions, SizeIs(6'001));
  EXPECT_EQ(reading.transactions[0].id, "0");
  EXPECT_EQ(reading.transactions.back().url_asked.size(), HttpTransactions::kMaxText);
  ASSERT_THAT(reading.inventory.problems, SizeIs(1));
  EXPECT_EQ(reading.inventory.problems[0].code, "limit-transactions");
  EXPECT_THAT(reading.inventory.problems[0].message, HasSubstr("1905 of them")) << "6,001 less those held";
}

TEST(HttpTransactions, ThatAreCompleteMayGoEarly) {
  std::string log;
  for (int id = 0; id < 6'000; ++id)
    log += asked(1000 + id / 100, id) + answered(1000 + id / 100, id, "200 OK");
  const Reading reading = read_log(log);
  EXPECT_THAT(reading.transactions, SizeIs(6'000));
  EXPECT_THAT(reading.inventory.problems, IsEmpty());
}

// Counts what comes out while records go in.
class Flood {
 public:
  void add(std::string_view text) {
    Record record;
    parse_record(text, std::nullopt, record);
    transactions_.add(record, {.member = 0, .line = added_ + 1, .offset = 0});
    ++added_;
    most_held_ = std::max(most_held_, added_ - handed_out_.size());
  }
  void finish() { transactions_.finish(); }

  std::uint64_t most_held() const { return most_held_; }
  const std::vector<Transaction>& handed_out() const { return handed_out_; }

 private:
  std::uint64_t added_ = 0;
  std::uint64_t most_held_ = 0;
  std::vector<Transaction> handed_out_;
  HttpTransactions transactions_{"log.txt", [this](const Transaction& transaction, const EventPlace&) {
                                   handed_out_.push_back(transaction);
                                 }};
};

constexpr std::size_t kMostHeld = HttpPartOrder::kMaxWaiting + HttpTransactions::kMaxOpen;

// Time does not pass, so nothing but the bounds lets go of any.
TEST(HttpTransactions, ManyOfOneMomentAreHandedOutEarlyAndNoneIsLost) {
  constexpr int kCount = static_cast<int>(kMostHeld) + 3'000;
  Flood flood;
  for (int id = 0; id < kCount; ++id) flood.add(asked(1000, id));
  EXPECT_THAT(flood.handed_out(), Not(IsEmpty())) << "before the log ends";
  EXPECT_LE(flood.most_held(), kMostHeld);
  flood.finish();
  ASSERT_THAT(flood.handed_out(), SizeIs(kCount));
  for (int id = 0; id < kCount; ++id) {
    ASSERT_EQ(flood.handed_out()[static_cast<std::size_t>(id)].id, std::to_string(id)) << "in their order";
  }
}

TEST(HttpTransactions, ManyEventsOfOneMomentAreHandedOutEarlyAndNoneIsLost) {
  constexpr int kCount = static_cast<int>(kMostHeld) + 3'000;
  Flood flood;
  for (int i = 0; i < kCount; ++i) {
    flood.add(header(1000) +
              fmt::format("Event=\"Sending HTTP error response\" Status=\"403\" Reason=\"Forbidden\" "
                          "Dst-ip=\"192.0.2.7\" Dst-port=\"{}\"\n",
                          i));
  }
  EXPECT_LE(flood.most_held(), kMostHeld + 1);
  flood.finish();
  std::set<std::string> clients;
  for (const Transaction& transaction : flood.handed_out()) clients.insert(transaction.client);
  EXPECT_THAT(clients, SizeIs(kCount));
}

// So many warnings of one moment say nothing that the first ones did not; as records of the log all are seen.
TEST(HttpTransactions, ATransactionHoldsABoundedNumberOfDiagnostics) {
  std::string log = asked(1000, 1) + sent(1001, 1);
  for (int i = 0; i < 1'000; ++i) log += warning(1002, "10.48.36.215", "10.48.36.215");
  const Reading reading = read_log(log);
  ASSERT_THAT(reading.transactions, SizeIs(1));
  EXPECT_THAT(reading.transactions[0].diagnostics, SizeIs(HttpTransactions::kMaxDiagnostics));
}

TEST(HttpTransactions, TextsAreCutBetweenCharacters) {
  std::string reason = "x";
  while (reason.size() < 3'000) reason += "\xc3\xa9";  // two bytes each, the first one at an odd place
  const Reading reading = read_log(asked(1000, 1) + answered(1003, 1, "502 " + reason));
  ASSERT_THAT(reading.transactions, SizeIs(1));
  EXPECT_EQ(reading.transactions[0].reason, reason.substr(0, 2'047)) << "not the half of a character";
}

TEST(HttpTransactions, TargetsThatAreRememberedAreTheSame) {
  KnownTargets known;
  const std::vector<std::string> urls = {
      "http://h:8443/c3RldmVuLmxhYi9odHRwcy8xMC40OC4zNi4yMTUvODQ0Mw/cucm-uds/user/emusk",
      "http://h:8443/c3RldmVuLmxhYi9odHRwcy8xMC40OC4zNi4yMTUvODQ0Mw/other",
      "http://h:8443//c3RldmVuLmxhYg/x",
      "http://h:8443/c3RldmVuLmxhYg?a=/b/c",
      "http://h?x://y/z/",
      "/c3RldmVuLmxhYg/x",
      "http://h:8443/",
      "http://h",
      "",
  };
  for (int round = 0; round < 3; ++round) {
    for (const std::string& url : urls) EXPECT_EQ(known.target_of(url), target_of_url(url)) << url;
  }
  for (int i = 0; i < 100; ++i) {
    const std::string url = fmt::format("http://h/{}/x", i);
    EXPECT_EQ(known.target_of(url), target_of_url(url));
  }
}

// The words of a transaction, without places: those are different in a shuffled log.
std::string words_of(const Transaction& transaction) {
  std::string words = fmt::format(
      "{} {} {} {} {} {} {} {} {} {}", transaction.id, to_string(*transaction.begin),
      to_string(*transaction.end), transaction.url_asked, transaction.url_sent, transaction.server,
      transaction.status.value_or(0), transaction.reason, transaction.client, transaction.complete);
  for (const JoinedDiagnostic& diagnostic : transaction.diagnostics) {
    words +=
        fmt::format("\n  {} {} {}", to_string(*diagnostic.time), to_string(diagnostic.join), diagnostic.text);
  }
  return words;
}

std::vector<std::string> words_of(const std::vector<Transaction>& transactions) {
  std::vector<std::string> words;
  for (const Transaction& transaction : transactions) words.push_back(words_of(transaction));
  std::sort(words.begin(), words.end());
  return words;
}

// Records of transactions that overlap, with failures among them, each with its time in milliseconds.
std::vector<std::pair<int, std::string>> overlapping_records(std::mt19937& random) {
  const auto below = [&](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
  std::vector<std::pair<int, std::string>> records;
  for (int i = 0; i < 60; ++i) {
    const int id = i % 25;  // ids repeat
    const int begin = 400 * i + below(300);
    const std::string host = fmt::format("cucm{}.example.com", below(3));
    records.emplace_back(begin, asked(begin, id));
    records.emplace_back(begin + 5, sent(begin + 5, id, host));
    const int end = begin + 10 + below(3000);
    if (below(3) == 0) records.emplace_back(end - 4, warning(end - 4, host, "192.0.2.9"));
    if (below(3) == 0) records.emplace_back(end - 4, error(end - 4, host));
    if (below(8) != 0) records.emplace_back(end, answered(end, id, "502 connect failed"));
  }
  return records;
}

TEST(HttpTransactions, SmallDisorderChangesNothing) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::mt19937 random(seed);
    std::vector<std::pair<int, std::string>> records = overlapping_records(random);
    std::sort(records.begin(), records.end());
    std::string in_order;
    for (const auto& [time, text] : records) in_order += text;
    for (auto& [time, text] : records) time += static_cast<int>(random() % 1900);
    std::sort(records.begin(), records.end());
    std::string shuffled;
    for (const auto& [time, text] : records) shuffled += text;
    ASSERT_NE(in_order, shuffled);
    const std::vector<std::string> expected = words_of(read_log(in_order).transactions);
    EXPECT_GE(expected.size(), 60U);
    EXPECT_EQ(words_of(read_log(shuffled).transactions), expected) << "seed " << seed;
  }
}

}  // namespace
}  // namespace assay
