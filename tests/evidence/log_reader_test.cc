// Logs become events: records that hold a wanted literal, with their places.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "reading.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kLog =
    "2022-07-11T18:55:25.910+02:00 vcsc tvcs: Event=\"System Start\" Level=\"1\"\n"
    "2022-07-11T18:55:26.016+02:00 vcsc traffic_server[18242]: [ET_NET 0] WARNING: SNI (cucm.example.com) "
    "not in "
    "certificate. Action=Terminate server=cucm.example.com(192.0.2.10)\n"
    "2022-07-11T18:55:26.020+02:00 vcsc tvcs: Module=\"network.sip\" Level=\"DEBUG\":  Action=\"Sent\"\n"
    " SIPMSG:\n"
    " |OPTIONS sip:example.com SIP/2.0\n"
    " X-Words: needle and haystack and needle\n"
    "\n"
    " |\n"
    "2022-07-11T18:55:27+02:00 vcsc tvcs: last words\n";

TEST(LogReader, HandsOutOnlyRecordsWithAWantedLiteral) {
  const Reading reading = read_log(kLog, want({"needle", "LAST words", "nothing"}));
  ASSERT_EQ(reading.logs.size(), 2U);
  EXPECT_EQ(reading.logs[0].place.line, 3U);
  EXPECT_EQ(reading.logs[0].place.offset, kLog.find("2022-07-11T18:55:26.020"));
  EXPECT_TRUE(reading.logs[0].text.ends_with(" |\n") || reading.logs[0].text.ends_with(" |"));
  EXPECT_THAT(reading.logs[0].literals, ElementsAre(0U));
  EXPECT_EQ(reading.logs[1].place.line, 9U);
  EXPECT_THAT(reading.logs[1].literals, ElementsAre(1U));
}

TEST(LogReader, NamesEveryLiteralOfARecordOnceAndInOrder) {
  const Reading reading = read_log(kLog, want({"SIPMSG", "needle", "haystack", "needle"}));
  ASSERT_EQ(reading.logs.size(), 1U);
  EXPECT_THAT(reading.logs[0].literals, ElementsAre(0U, 1U, 2U, 3U));
}

TEST(LogReader, HandsOutEveryRecordWhereThatIsAskedFor) {
  Wanted wanted = want({"needle"});
  wanted.every_record = true;
  const Reading reading = read_log(kLog, wanted);
  ASSERT_EQ(reading.logs.size(), 4U);
  EXPECT_THAT(reading.logs[0].literals, IsEmpty());
  EXPECT_THAT(reading.logs[2].literals, ElementsAre(0U));
  EXPECT_EQ(reading.logs[3].place.line, 9U);
}

TEST(LogReader, TellsWhatThereWas) {
  Wanted wanted;
  wanted.processes = {"tvcs", "portforwarding"};
  const Reading reading = read_log(kLog, wanted);
  ASSERT_EQ(reading.inventory.members.size(), 1U);
  const MemberRead& member = reading.inventory.members[0];
  EXPECT_EQ(member.reader, "log");
  EXPECT_EQ(member.records, 4U);
  EXPECT_EQ(member.host, "vcsc");
  EXPECT_FALSE(member.cut);
  ASSERT_TRUE(member.span.first && member.span.last);
  EXPECT_EQ(to_string(*member.span.first), "2022-07-11T16:55:25.910Z");
  EXPECT_EQ(to_string(*member.span.last), "2022-07-11T16:55:27.000Z");
  EXPECT_TRUE(member.kinds.contains("log"));
  EXPECT_TRUE(member.kinds.contains("log.tvcs"));
  EXPECT_TRUE(member.kinds.contains("log.traffic_server"));
  EXPECT_FALSE(member.kinds.contains("log.portforwarding"));
}

// A process that others only speak of has not logged anything.
TEST(LogReader, AProcessThatIsOnlyMentionedIsNotThere) {
  const Reading reading = read_log(
      "2022-07-11T18:55:25+02:00 vcsc tvcs: Detail=\"traffic_server[1]: is mentioned\"\n"
      "2022-07-11T18:55:26+02:00 traffic_server tvcs: Detail=\"a host of that name\"\n");
  EXPECT_FALSE(reading.inventory.members[0].kinds.contains("log.traffic_server"));
}

TEST(LogReader, TellsOfAProcessWithALongNameWhetherItIsThere) {
  const std::string name = "edgeconfigprovisioning";
  Wanted wanted;
  wanted.processes = {name};
  const auto is_there = [&](const std::string& log) {
    return read_log(log, wanted).inventory.members[0].kinds.contains("log." + name);
  };
  EXPECT_TRUE(
      is_there(kLog + "2022-07-11T18:55:28+02:00 vcsc EdgeConfigProvisioning: Level=\"INFO\" Event=\"x\"\n"));
  EXPECT_FALSE(is_there(kLog + "2022-07-11T18:55:28+02:00 vcsc tvcs: started edgeconfigprovisioning: yes\n"));
  EXPECT_FALSE(is_there(kLog));
}

TEST(LogReader, TheNameOfTheFileTellsTheHostBetterThanRecords) {
  const std::string log = "2022-07-11T18:55:25+02:00 relay tvcs: x\n";
  EXPECT_EQ(read_files({{"loggingsnapshot_my-vcs_1_2022-07-11_17:33:18.txt", log}}).inventory.members[0].host,
            "my-vcs_1");
  EXPECT_EQ(
      read_files({{"loggingsnapshot_localhost_2022-07-11_17_33_18.txt", log}}).inventory.members[0].host,
      "relay");
  EXPECT_EQ(read_files({{"loggingsnapshot_localhost_2022-07-11_17_33_18.txt", log}}).fact("host.name"),
            "relay");
}

TEST(LogReader, LocalhostIsNoHost) {
  const Reading reading = read_log(
      "2025-09-22T08:38:08.654-04:00 localhost UTCTime=\"2025-09-22 12:38:08,654\" needle\n"
      "2025-09-22T08:38:08.655-04:00 localhost UTCTime=\"2025-09-22 12:38:08,655\" needle\n"
      "2025-09-22T08:38:08.656-04:00 hybrid1 tvcs: needle\n",
      want({"needle"}));
  EXPECT_EQ(reading.inventory.members[0].host, "hybrid1");
}

TEST(LogReader, TakesTheYearOfABareTimestampFromTheNameOfTheFile) {
  const std::string log = "Jul 19 15:30:30 vcs tvcs: Module=\"network.http\" needle\n";
  const Reading dated = read_files({{"loggingsnapshot_vcs_2011-07-19_16_00_00.txt", log}}, want({"needle"}));
  ASSERT_EQ(dated.logs.size(), 1U);
  ASSERT_TRUE(dated.logs[0].time.has_value());
  EXPECT_EQ(to_string(*dated.logs[0].time), "2011-07-19T15:30:30.000Z");
  const Reading undated = read_log(log, want({"needle"}));
  ASSERT_EQ(undated.logs.size(), 1U);
  EXPECT_FALSE(undated.logs[0].time.has_value());
  EXPECT_EQ(undated.inventory.members[0].records, 1U);
}

TEST(LogReader, ToleratesWhatRealFilesHold) {
  const std::string log = std::string("\xef\xbb\xbf") +
                          "2022-07-11T18:55:25.910+02:00 vcsc tvcs: one needle\r\n" +
                          std::string("\0\0\xff\xfe", 4) +
                          "\r\n\r\n<166>2022-07-11T16:55:26Z vcsc tvcs: tvcs: two needles\r\n"
                          "Line 190: 2022-07-11T18:55:27+02:00 vcsc tvcs: three needles";
  const Reading reading = read_log(log, want({"needle"}));
  ASSERT_EQ(reading.logs.size(), 3U);
  EXPECT_EQ(reading.logs[0].process, "tvcs");
  EXPECT_EQ(reading.logs[1].place.line, 4U);
  EXPECT_EQ(reading.logs[2].place.line, 5U);
  EXPECT_EQ(reading.logs[2].message, "three needles");
  EXPECT_EQ(reading.inventory.members[0].records, 3U);
}

// A rotated file may begin in the middle of a record; its words are evidence all the same.
TEST(LogReader, LinesInFrontOfTheFirstRecordAreEvidenceWithoutATime) {
  const Reading reading = read_log(" the end of a needle\n" + kLog, want({"needle"}));
  ASSERT_EQ(reading.logs.size(), 2U);
  EXPECT_FALSE(reading.logs[0].time.has_value());
  EXPECT_EQ(reading.logs[0].place.line, 1U);
  EXPECT_EQ(reading.logs[1].place.line, 4U);
}

std::string remark_on_hosts(const std::vector<std::string>& hosts) {
  std::string log;
  for (const std::string& host : hosts) log += "2022-07-11T18:55:25+02:00 " + host + " tvcs: needle\n";
  const Reading reading = read_files({{"messages.log", log}}, want({"needle"}));
  if (reading.inventory.problems.empty()) return "";
  EXPECT_EQ(reading.inventory.problems[0].code, "several-devices");
  const std::string& message = reading.inventory.problems[0].message;
  return message.substr(0, message.find('.'));
}

TEST(LogReader, SaysWhereSeveralDevicesWriteToOneLog) {
  EXPECT_EQ(remark_on_hosts({"expc", "localhost", "EXPC.example.com", "expc"}), "");
  EXPECT_EQ(remark_on_hosts({"192.0.2.1", "192.0.2.1"}), "");
  EXPECT_EQ(remark_on_hosts({"expc", "expe", "expc"}),
            "Records of several devices lie in this log (expc, expe), and all were taken for those of expc");
  EXPECT_THAT(remark_on_hosts({"a", "b", "c", "d", "e", "f", "g", "h", "i", "a"}),
              testing::HasSubstr("(a, b, c, d, e, f, g, h and more)"));
}

TEST(LogReader, ARecordThatIsTooLongIsCutAndReported) {
  Limits limits;
  limits.record_bytes = 2000;
  const std::string log =
      "2022-07-11T18:55:25+02:00 vcsc tvcs: first needle\n2022-07-11T18:55:26+02:00 vcsc tvcs: second "
      "needle " +
      std::string(100'000, 'x') + "\n2022-07-11T18:55:27+02:00 vcsc tvcs: third needle\n";
  const Reading reading = read_log(log, want({"needle"}), limits);
  EXPECT_EQ(reading.logs.size(), 3U);
  ASSERT_EQ(reading.inventory.problems.size(), 1U);
  EXPECT_EQ(reading.inventory.problems[0].code, "limit-record");
  EXPECT_EQ(reading.inventory.problems[0].path, "bundle.tar.gz!/loggingsnapshot_test.txt");
  EXPECT_EQ(reading.inventory.problems[0].offset, log.find("2022-07-11T18:55:26"));
  EXPECT_TRUE(reading.inventory.members[0].cut);
}

TEST(LogReader, ManyCutRecordsMakeFewProblems) {
  Limits limits;
  limits.record_bytes = 1000;
  std::string log;
  for (int i = 0; i < 50; ++i)
    log += "2022-07-11T18:55:25+02:00 vcsc tvcs: " + std::string(10'000, 'x') + "\n";
  EXPECT_LE(read_log(log, {}, limits).inventory.problems.size(), 10U);
}

// What the scan finds is what looking at every record finds, wherever blocks end.
TEST(LogReader, FindsTheSameAsReadingEveryRecord) {
  std::mt19937 random(7);
  const std::vector<std::string> words = {"needle", "hay",          "pin", "NEEDLE",
                                          "stack",  "\n continued", "\n",  "nee"};
  std::string log;
  for (int record = 0; record < 20'000; ++record) {
    log += "2022-07-11T18:55:25.910+02:00 vcsc tvcs:";
    for (std::size_t word = random() % 12; word > 0; --word) log += " " + words[random() % words.size()];
    if (random() % 500 == 0) log += std::string(random() % 60'000, 'y');
    log += "\n";
  }
  Wanted wanted = want({"needle", "pin"});
  const Reading quick = read_log(log, wanted);
  wanted.every_record = true;
  Reading slow = read_log(log, wanted);
  EXPECT_EQ(slow.logs.size(), 20'000U);
  EXPECT_EQ(quick.inventory.members[0].records, 20'000U);
  std::erase_if(slow.logs, [](const SeenLog& seen) { return seen.literals.empty(); });
  ASSERT_EQ(quick.logs.size(), slow.logs.size());
  ASSERT_GT(quick.logs.size(), 5'000U);
  for (std::size_t i = 0; i < quick.logs.size(); ++i) {
    ASSERT_EQ(quick.logs[i].place.offset, slow.logs[i].place.offset);
    ASSERT_EQ(quick.logs[i].place.line, slow.logs[i].place.line);
    ASSERT_EQ(quick.logs[i].text, slow.logs[i].text);
    ASSERT_EQ(quick.logs[i].literals, slow.logs[i].literals);
  }
}

}  // namespace
}  // namespace assay
