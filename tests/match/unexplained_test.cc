// Errors and warnings counted by their shape.
#include "match/unexplained.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace assay {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// Holds a record's text while the keeper looks at it.
void add(UnexplainedKeeper& keeper, const std::string& text, std::vector<std::uint32_t> hit_by = {},
         std::uint32_t bundle = 0, std::uint32_t member = 0) {
  Record record;
  parse_record(text, std::nullopt, record);
  keeper.add({.place = {.member = member, .line = 1, .offset = 0},
              .time = record.time,
              .text = text,
              .what = LogEvent{&record},
              .literals = {}},
             bundle, hit_by);
}

std::string warning(int second, const std::string& words) {
  return "2022-07-11T18:55:0" + std::to_string(second) +
         ".000+00:00 vcsc traffic_server[1]: [ET_NET 0] WARNING: " + words;
}

// A number that is no number, so that it makes a shape of its own.
std::string letters(std::size_t number) {
  std::string word;
  for (; number > 0 || word.empty(); number /= 26) word += static_cast<char>('a' + number % 26);
  return word;
}

TEST(Unexplained, CountsWhatLooksAlikeTogether) {
  UnexplainedKeeper keeper;
  add(keeper, warning(2, "no answer from 10.0.0.1"));
  add(keeper, warning(1, "no answer from 10.0.0.2"));
  add(keeper, warning(3, "disk is full"));
  const KeptAlike kept = keeper.take();
  ASSERT_THAT(kept.alike, SizeIs(2));
  const Alike& two = in_all_members(kept.alike[0]).count == 2 ? kept.alike[0] : kept.alike[1];
  const Occurrences seen = in_all_members(two);
  EXPECT_EQ(seen.count, 2U);
  EXPECT_EQ(two.level, "WARNING");
  EXPECT_EQ(two.shape, "traffic_server: no answer from *");
  EXPECT_EQ(to_string(*seen.first), "2022-07-11T18:55:01.000Z");
  EXPECT_EQ(to_string(*seen.last), "2022-07-11T18:55:02.000Z");
  EXPECT_THAT(two.text, ::testing::HasSubstr("10.0.0.1")) << "the first that was seen is the example";
}

TEST(Unexplained, PassesOverWhatIsNoWarning) {
  UnexplainedKeeper keeper;
  add(keeper,
      R"(2022-07-11T18:55:01+00:00 vcsc tvcs: Module="network.dns" Level="DEBUG": Detail="Sending DNS query")");
  add(keeper, R"(2022-07-11T18:55:01+00:00 vcsc tvcs: Event="System Start" Level="1")");
  EXPECT_THAT(keeper.take().alike, SizeIs(0));
}

TEST(Unexplained, TakesTheEventAndTheDetailOfARecordWithPairs) {
  UnexplainedKeeper keeper;
  add(keeper, R"(2022-07-11T18:55:01+00:00 vcsc alarm: Level="WARN" Event="Alarm Raised" Id="20006" )"
              R"(Detail="Peer 10.0.0.7 is gone")");
  const KeptAlike kept = keeper.take();
  ASSERT_THAT(kept.alike, SizeIs(1));
  EXPECT_EQ(kept.alike[0].shape, "alarm: Alarm Raised: Peer * is gone");
}

TEST(Unexplained, LeavesOutWhatEveryRecordBeginsWith) {
  UnexplainedKeeper keeper;
  add(keeper,
      R"log(2022-07-11T18:55:01+00:00 vcsc tvcs: UTCTime="2022-07-11 18:55:01,000" Module="developer.ssl" )log"
      R"log(Level="ERROR" CodeLocation="ttssl_openssl.cpp(68)" Method="::TTSSLErrorOutput" Thread="0x7f29":  )log"
      R"log(Failed to establish SSL connection iResult="-1")log");
  add(keeper, R"(2022-07-11T18:55:01+00:00 vcsc tvcs: Module="developer.ssl" Level="ERROR")");
  const KeptAlike kept = keeper.take();
  std::vector<std::string> shapes;
  for (const Alike& alike : kept.alike) shapes.push_back(alike.shape);
  EXPECT_THAT(shapes, ::testing::UnorderedElementsAre(
                          ::testing::StartsWith("tvcs developer.ssl: Failed to establish SSL connection"),
                          ::testing::StartsWith("tvcs developer.ssl: Module=")));
}

TEST(Unexplained, TakesTheMnemonicOfARecordWithoutProcess) {
  UnexplainedKeeper keeper;
  add(keeper,
      "0000000196: 192.0.2.40: Mar 01 2023 09:03:16.241 +0000: %CCBU_http-nio-8445-exec-9-3-GADGET_RENDER: "
      "%[url=https://gadget.example.com/a.xml]: request failed");
  const KeptAlike kept = keeper.take();
  ASSERT_THAT(kept.alike, SizeIs(1));
  EXPECT_EQ(kept.alike[0].shape, "%*-GADGET_RENDER: %[url=*]: request failed");
}

TEST(Unexplained, RemembersWhichSignaturesHit) {
  UnexplainedKeeper keeper;
  add(keeper, warning(1, "disk is full"), {7});
  add(keeper, warning(2, "disk is full"), {3, 7});
  EXPECT_THAT(keeper.take().alike.at(0).signatures, ElementsAre(3, 7));
}

TEST(Unexplained, KeepsBundlesApart) {
  UnexplainedKeeper keeper;
  add(keeper, warning(1, "disk is full"), {}, 0);
  add(keeper, warning(1, "disk is full"), {}, 1);
  EXPECT_THAT(keeper.take().alike, SizeIs(2));
}

TEST(Unexplained, CountsEachFileByItselfUpToABound) {
  UnexplainedKeeper keeper;
  for (std::uint32_t member = 0; member < 2 * kMembersEach; ++member) {
    add(keeper, warning(1, "disk is full"), {}, 0, member);
    add(keeper, warning(1, "disk is full"), {}, 0, member);
  }
  const KeptAlike kept = keeper.take();
  ASSERT_THAT(kept.alike, SizeIs(1));
  EXPECT_THAT(kept.alike[0].in_members, SizeIs(kMembersEach + 1));
  EXPECT_EQ(kept.alike[0].in_members.at(3).count, 2U);
  EXPECT_EQ(kept.alike[0].in_members.at(kFurtherMembers).count, 2 * kMembersEach);
}

std::string alarm(int second, const std::string& what) {
  return "2022-07-11T18:55:0" + std::to_string(second) + R"(+00:00 vcsc alarm: Level="WARN" Event="Alarm )" +
         what + R"(" Id="25020" UUID="1a" Severity="warning" Detail="NTP server not available")";
}

std::uint64_t alarms_left(const std::vector<std::string>& records) {
  UnexplainedKeeper keeper;
  for (const std::string& record : records) add(keeper, record);
  std::uint64_t count = 0;
  for (const Alike& alike : keeper.take().alike) count += in_all_members(alike).count;
  return count;
}

TEST(Unexplained, ForgetsAlarmsThatWereLoweredLaterInWhicheverOrderFilesAreRead) {
  const std::string first = alarm(1, "Raised");
  const std::string lowered = alarm(2, "Lowered");
  const std::string again = alarm(3, "Raised");
  EXPECT_EQ(alarms_left({first, lowered}), 0U);
  EXPECT_EQ(alarms_left({lowered, first}), 0U) << "the older of two rotated files may be read last";
  EXPECT_EQ(alarms_left({lowered, again}), 1U);
  EXPECT_EQ(alarms_left({again, lowered}), 1U)
      << "raised after it was lowered, in a file that was read first";
  EXPECT_EQ(alarms_left({first, lowered, again, first, lowered}), 1U);
  EXPECT_EQ(alarms_left({lowered, alarm(2, "Raised")}), 1U) << "raised again within the same second";
}

TEST(Unexplained, KeepsWhatIsFrequentInAFloodOfShapes) {
  UnexplainedKeeper keeper;
  add(keeper, warning(1, "disk is full"));
  add(keeper, warning(2, "disk is full"));
  for (std::size_t i = 0; i < 3 * kShapes; ++i) add(keeper, warning(3, "noise " + letters(i)));
  KeptAlike kept = keeper.take();
  EXPECT_LE(kept.alike.size(), kShapes);
  std::uint64_t count = kept.uncounted;
  std::uint64_t most = 0;
  for (const Alike& alike : kept.alike) {
    count += in_all_members(alike).count;
    most = std::max(most, in_all_members(alike).count);
  }
  EXPECT_EQ(count, 3 * kShapes + 2) << "every event is counted, shown or not";
  EXPECT_EQ(most, 2U);
}

TEST(Unexplained, StaysWithinItsBoundsWhereEverythingIsFrequent) {
  UnexplainedKeeper keeper;
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < 2 * kShapes; ++i) add(keeper, warning(1, "noise " + letters(i)));
  }
  const KeptAlike kept = keeper.take();
  EXPECT_LE(kept.alike.size(), kShapes);
  std::uint64_t count = kept.uncounted;
  for (const Alike& alike : kept.alike) count += in_all_members(alike).count;
  EXPECT_EQ(count, 4 * kShapes);
}

Transaction failure(int status) {
  Transaction transaction;
  transaction.status = status;
  transaction.reason = "Bad Gateway";
  transaction.target = Target{.raw = "",
                              .decoded = true,
                              .domain = "example.com",
                              .protocol = "https",
                              .host = "cucm.example.com",
                              .port = std::uint16_t{8443}};
  return transaction;
}

void add(UnexplainedKeeper& keeper, const Transaction& transaction) {
  keeper.add({.place = {}, .time = {}, .text = "GET", .what = HttpEvent{&transaction}, .literals = {}}, 0,
             {});
}

TEST(Unexplained, CountsFailedTransactionsByStatusAndTarget) {
  UnexplainedKeeper keeper;
  add(keeper, failure(502));
  add(keeper, failure(502));
  add(keeper, failure(200));
  const KeptAlike kept = keeper.take();
  ASSERT_THAT(kept.alike, SizeIs(1));
  EXPECT_EQ(kept.alike[0].kind, "http");
  EXPECT_EQ(kept.alike[0].shape, "502 Bad Gateway from cucm.example.com:8443");
  EXPECT_EQ(in_all_members(kept.alike[0]).count, 2U);
}

Handshake refused(HandshakeOutcome outcome, std::string alert, std::uint16_t client_port = 40001) {
  Handshake handshake;
  handshake.client = {.address = "192.0.2.1", .port = client_port};
  handshake.server = {.address = "192.0.2.10", .port = 8443};
  handshake.outcome = outcome;
  if (!alert.empty()) {
    Alert sent;
    sent.level = "fatal";
    sent.description = std::move(alert);
    handshake.alerts = {sent};
  }
  return handshake;
}

void add(UnexplainedKeeper& keeper, const Handshake& handshake) {
  keeper.add({.place = {}, .time = {}, .text = "TLS", .what = TlsEvent{&handshake}, .literals = {}}, 0, {});
}

TEST(Unexplained, CountsRefusedHandshakesByServerSideAndAlert) {
  UnexplainedKeeper keeper;
  add(keeper, refused(HandshakeOutcome::refused_by_client, "unknown_ca"));
  add(keeper, refused(HandshakeOutcome::refused_by_client, "unknown_ca", 40002));
  add(keeper, refused(HandshakeOutcome::refused_by_server, ""));
  std::vector<std::string> seen;
  for (const Alike& alike : keeper.take().alike) {
    EXPECT_EQ(alike.kind, "tls");
    seen.push_back(std::to_string(in_all_members(alike).count) + " " + alike.shape);
  }
  EXPECT_THAT(seen,
              ::testing::UnorderedElementsAre("2 TLS with 192.0.2.10:8443 refused by client: unknown_ca",
                                              "1 TLS with 192.0.2.10:8443 refused by server"));
}

TEST(Unexplained, PassesOverHandshakesThatNobodyRefused) {
  UnexplainedKeeper keeper;
  add(keeper, refused(HandshakeOutcome::completed, "close_notify"));
  add(keeper, refused(HandshakeOutcome::cut, ""));
  add(keeper, refused(HandshakeOutcome::unfinished, ""));
  EXPECT_THAT(keeper.take().alike, ::testing::IsEmpty());
}

TEST(Unexplained, NamesTheServerOfATransactionWhoseTargetIsADomainOnly) {
  UnexplainedKeeper keeper;
  Transaction transaction = failure(403);
  transaction.url_asked = "/ZXhhbXBsZS5jb20/get_edge_config";
  transaction.target = Target{
      .raw = "", .decoded = true, .domain = "example.com", .protocol = "", .host = "", .port = std::nullopt};
  add(keeper, transaction);
  EXPECT_EQ(keeper.take().alike.at(0).shape, "403 Bad Gateway from no server");
}

TEST(Unexplained, PassesOverTheDemandForCredentialsThatBeginsEverySignIn) {
  UnexplainedKeeper keeper;
  add(keeper, failure(401));
  add(keeper, failure(407));
  EXPECT_THAT(keeper.take().alike, SizeIs(0));
}

std::string alarm(const std::string& what, const std::string& uuid, const std::string& host = "vcsc") {
  const std::string level = what == "Raised" ? "WARN" : "INFO";
  return "2022-07-11T18:55:01+00:00 " + host + " alarm: Level=\"" + level + "\" Event=\"Alarm " + what +
         "\" Id=\"25020\" UUID=\"" + uuid + "\" Severity=\"warning\" Detail=\"NTP server 10.0.0.1 is gone\"";
}

TEST(Unexplained, ForgetsAnAlarmThatWasLoweredAgain) {
  UnexplainedKeeper keeper;
  add(keeper, alarm("Raised", "one"));
  add(keeper, alarm("Raised", "one"));
  add(keeper, alarm("Lowered", "one"));
  EXPECT_THAT(keeper.take().alike, SizeIs(0));
}

TEST(Unexplained, KeepsAnAlarmThatStillStands) {
  UnexplainedKeeper keeper;
  add(keeper, alarm("Lowered", "one"));
  add(keeper, alarm("Raised", "one"));
  add(keeper, alarm("Lowered", "another"));
  add(keeper, alarm("Lowered", "one", "of-another-host"));
  add(keeper, alarm("Lowered", "one"), {}, 1);  // of another bundle
  const KeptAlike kept = keeper.take();
  ASSERT_THAT(kept.alike, SizeIs(1));
  EXPECT_EQ(in_all_members(kept.alike[0]).count, 1U);
}

TEST(Unexplained, RemembersEachEventOfEachFileUpToABound) {
  UnexplainedKeeper keeper;
  add(keeper, warning(1, "disk is full") + "\n", {}, 0, 0);
  add(keeper, warning(1, "disk is full"), {}, 0, 1);
  add(keeper, warning(2, "disk is full"), {}, 0, 1);
  for (std::size_t i = 0; i < kSightings; ++i) add(keeper, warning(3, "noise"), {}, 0, 2);
  const KeptAlike kept = keeper.take();
  ASSERT_THAT(kept.alike, SizeIs(2));
  const Alike& three = in_all_members(kept.alike[0]).count == 3 ? kept.alike[0] : kept.alike[1];
  const Alike& flood = in_all_members(kept.alike[0]).count == 3 ? kept.alike[1] : kept.alike[0];
  ASSERT_THAT(three.sightings, SizeIs(3));
  EXPECT_EQ(three.sightings[0].what, three.sightings[1].what) << "with and without the end of the line";
  EXPECT_NE(three.sightings[1].what, three.sightings[2].what);
  EXPECT_THAT(flood.sightings, SizeIs(kSightings - 3));
  EXPECT_EQ(in_all_members(flood).count, kSightings) << "the count goes on";
}

TEST(Unexplained, ForgetsTheSightingOfAnAlarmThatWasLowered) {
  UnexplainedKeeper keeper;
  add(keeper, alarm("Raised", "one"));
  add(keeper, alarm("Raised", "another"));
  add(keeper, alarm("Lowered", "one"));
  EXPECT_THAT(keeper.take().alike.at(0).sightings, SizeIs(1));
}

// All that is known of a request where the log has no debug records.
TEST(Unexplained, TakesWhatHitTheRecordOfAnErrorResponseForTheTransactionMadeOfIt) {
  UnexplainedKeeper keeper;
  add(keeper,
      "2022-05-21T16:31:18+00:00 vcse traffic_server[1]: Event=\"Sending HTTP error response\" "
      "Status=\"403\" "
      "Reason=\"Forbidden\" Dst-ip=\"198.51.100.80\" Dst-port=\"50314\"",
      {7});
  Transaction response;
  response.status = 403;
  response.reason = "Forbidden";
  add(keeper, response);
  Transaction other = response;
  other.status = 404;
  other.reason = "Not Found";
  add(keeper, other);
  Transaction asked = response;
  asked.url_asked = "/a";
  add(keeper, asked);
  std::vector<std::string> explained;
  for (const Alike& alike : keeper.take().alike) {
    if (!alike.signatures.empty()) explained.push_back(alike.shape);
  }
  EXPECT_THAT(explained, ElementsAre("403 Forbidden to a request that was not seen"));
}

TEST(Unexplained, TakesWhatHitTheDiagnosticOfATransactionForTheTransaction) {
  UnexplainedKeeper keeper;
  add(keeper, warning(1, "certificate of cucm.example.com refused"), {7});
  Transaction transaction = failure(502);
  transaction.process = "traffic_server";
  transaction.diagnostics.push_back({.place = {},
                                     .time = {},
                                     .text = "certificate of cucm.example.com refused",
                                     .join = Join::only_candidate});
  add(keeper, transaction);
  for (const Alike& alike : keeper.take().alike) EXPECT_THAT(alike.signatures, ElementsAre(7)) << alike.shape;
}

}  // namespace
}  // namespace assay
