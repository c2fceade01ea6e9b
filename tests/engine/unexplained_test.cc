// Errors and warnings that no finding accounts for, in a whole analysis.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "assay/formats.h"
#include "engine/bundle.h"

namespace assay {
namespace {

using testing::bundle_files;
using testing::File;
using ::testing::HasSubstr;
using testing::input_of;
using testing::noise;
using ::testing::Not;
using testing::refusal;
using testing::refusal_signature;
using ::testing::SizeIs;
using testing::tar_of;

std::string warning(std::string_view words, std::string_view host = "vcsc") {
  return "2022-07-11T18:56:00+02:00 " + std::string(host) +
         " traffic_server[18242]: [ET_NET 0] WARNING: " + std::string(words) + "\n";
}

Report analyzed(const std::string& log, const std::string& version = "X14.2") {
  const std::string bundle = tar_of(bundle_files("vcsc", version, log));
  const Input input = input_of("case.tar", bundle);
  return analyze(refusal_signature(), input);
}

TEST(UnexplainedEvents, AreTheWarningsThatNoSignatureAsksFor) {
  const Report report = analyzed(noise("vcsc", 1) + warning("cache 1 is full") + warning("cache 2 is full") +
                                 warning("no answer from 10.0.0.1"));
  EXPECT_EQ(report.unexplained.count, 3U);
  ASSERT_THAT(report.unexplained.groups, SizeIs(2));
  const UnexplainedGroup& first = report.unexplained.groups[0];
  EXPECT_EQ(first.node, "vcsc");
  EXPECT_EQ(first.kind, "log");
  EXPECT_EQ(first.level, "WARNING");
  EXPECT_EQ(first.shape, "traffic_server: cache * is full");
  EXPECT_EQ(first.count, 2U);
  EXPECT_EQ(first.place.line, 2U);
  EXPECT_THAT(first.text, HasSubstr("cache 1 is full"));
}

TEST(UnexplainedEvents, AreNotThoseThatAFindingStandsOn) {
  const Report report = analyzed(refusal("vcsc", "cucm.example.com", 2) + warning("cache 1 is full"));
  ASSERT_THAT(report.unexplained.groups, SizeIs(1));
  EXPECT_THAT(report.unexplained.groups[0].shape, HasSubstr("cache"));
}

TEST(UnexplainedEvents, AreThoseOfASignatureThatDoesNotApply) {
  const Report report = analyzed(refusal("vcsc", "cucm.example.com", 2), "X14.0.7");
  ASSERT_THAT(report.unexplained.groups, SizeIs(1));
  EXPECT_THAT(report.unexplained.groups[0].shape, HasSubstr("verification failed"));
}

TEST(UnexplainedEvents, OfTwoBundlesOfOneNodeAreTakenTogether) {
  const std::string first = tar_of(bundle_files("vcsc", "X14.2", warning("cache 1 is full")));
  const std::string second = tar_of(bundle_files("vcsc", "X14.2", warning("cache 7 is full")));
  const std::vector<Input> inputs{input_of("first.tar", first), input_of("second.tar", second)};
  const Report report = analyze(refusal_signature(), inputs);
  ASSERT_THAT(report.unexplained.groups, SizeIs(1));
  EXPECT_EQ(report.unexplained.groups[0].count, 2U);
  EXPECT_THAT(report.unexplained.groups[0].place.path, HasSubstr("first.tar"));
}

// A snapshot begins in the middle of a rotated log.
TEST(UnexplainedEvents, CountOnceThoughTheyStandInTwoLogsThatOverlap) {
  const std::string first = warning("cache 1 is full");
  const std::string shared = warning("cache 2 is full") + warning("cache 2 is full");
  const std::string last = warning("cache 3 is full");
  std::vector<File> files = bundle_files("vcsc", "X14.2", shared + last);
  files.push_back({"messages.1", first + shared.substr(0, shared.size() - 1)});
  const std::string bundle = tar_of(files);
  const std::vector<Input> inputs{input_of("case.tar", bundle), input_of("messages", last)};
  const Report report = analyze(refusal_signature(), inputs);
  ASSERT_THAT(report.unexplained.groups, SizeIs(1));
  EXPECT_EQ(report.unexplained.groups[0].count, 4U);
  EXPECT_EQ(report.unexplained.count, 4U);
}

TEST(UnexplainedEvents, SayOfAResponseAloneThatItsRequestWasNotSeen) {
  const Report report = analyzed(
      "2022-07-11T18:56:00+02:00 vcsc traffic_server[18242]: Event=\"Sending HTTP error response\" "
      "Status=\"404\" Reason=\"Not Found\" Dst-ip=\"192.0.2.7\" Dst-port=\"50314\"\n");
  ASSERT_THAT(report.unexplained.groups, SizeIs(1));
  EXPECT_EQ(report.unexplained.groups[0].shape, "404 Not Found to a request that was not seen");
  EXPECT_EQ(report.unexplained.groups[0].text, "request not seen -> 404 Not Found");
}

TEST(UnexplainedEvents, AreListedUpToAHundredAndCountedBeyond) {
  std::string log;
  for (char a = 'a'; a <= 'o'; ++a) {
    for (char b = 'a'; b <= 'o'; ++b) log += warning(std::string("noise ") + a + b);
  }
  const Report report = analyzed(log);
  EXPECT_EQ(report.unexplained.count, 225U);
  EXPECT_THAT(report.unexplained.groups, SizeIs(100));
}

TEST(UnexplainedEvents, AreTheSameOnAnyNumberOfThreads) {
  std::string log;
  for (int i = 0; i < 3000; ++i) log += warning("noise " + std::string(1, static_cast<char>('a' + i % 26)));
  const std::string bundle = tar_of(bundle_files("vcsc", "X14.2", log));
  const Input input = input_of("case.tar", bundle);
  Options one;
  one.threads = 1;
  Options four;
  four.threads = 4;
  EXPECT_EQ(to_json(analyze(refusal_signature(), input, one)),
            to_json(analyze(refusal_signature(), input, four)));
}

TEST(UnexplainedEvents, AreNoAlarmsThatWereLoweredAgain) {
  const std::string raised =
      "2022-07-11T18:56:00+02:00 vcsc alarm: Level=\"WARN\" Event=\"Alarm Raised\" Id=\"25020\" UUID=\"1a\" "
      "Severity=\"warning\" Detail=\"NTP server not available\"\n";
  const std::string lowered =
      "2022-07-11T18:57:00+02:00 vcsc alarm: Level=\"INFO\" Event=\"Alarm Lowered\" Id=\"25020\" UUID=\"1a\" "
      "Severity=\"warning\" Detail=\"NTP server not available\"\n";
  EXPECT_EQ(analyzed(raised + noise("vcsc", 1)).unexplained.count, 1U);
  EXPECT_EQ(analyzed(raised + noise("vcsc", 1) + lowered).unexplained.count, 0U);
}

TEST(UnexplainedEvents, AreHandshakesThatWereRefusedWhereNoSignatureSaysWhy) {
  const Input input = Input::from_path(ASSAY_SOURCE_DIR "/testdata/captures/tls12_client_refused.pcap");
  const Report report = analyze(refusal_signature(), input);
  ASSERT_THAT(report.unexplained.groups, SizeIs(1));
  const UnexplainedGroup& group = report.unexplained.groups[0];
  EXPECT_EQ(group.kind, "tls");
  EXPECT_THAT(group.shape, ::testing::MatchesRegex("TLS with .*:[0-9]+ refused by (client|server).*"));
  EXPECT_EQ(group.level, "");
  EXPECT_GT(group.place.line, 0U) << "the packet";
}

TEST(UnexplainedEvents, StandInTheTextAndInTheJson) {
  const Report report = analyzed(warning("cache 1 is full \x1b[31m"));
  const std::string text = to_text(report);
  EXPECT_THAT(text, HasSubstr("Errors and warnings that no signature explains (1)"));
  EXPECT_THAT(text, HasSubstr("traffic_server: cache * is full"));
  EXPECT_THAT(text, HasSubstr("WARNING  once  2022-07-11T16:56:00"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(to_json(report), HasSubstr("\"shape\": \"traffic_server: cache * is full"));
  EXPECT_THAT(to_text(analyzed(noise("vcsc", 1))), Not(HasSubstr("no signature explains")));
}

}  // namespace
}  // namespace assay
