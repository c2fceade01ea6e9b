// The whole way, from bytes to verdicts.
#include "assay/analyze.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <thread>

#include "assay/formats.h"
#include "engine/bundle.h"

namespace assay {
namespace {

using testing::bundle_files;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using testing::File;
using ::testing::HasSubstr;
using testing::input_of;
using testing::noise;
using testing::refusal;
using testing::refusal_signature;
using testing::tar_of;

Report analyze_bytes(const std::string& bytes, Options options = {}) {
  const Input input = input_of("case.tar", bytes);
  return analyze(refusal_signature(), input, options);
}

std::map<std::string, Status> status_by_node(const Report& report) {
  std::map<std::string, Status> result;
  for (const Finding& finding : report.findings) result[finding.node] = finding.status;
  return result;
}

TEST(Analyze, FindsTheIssueAndShowsWhereItStands) {
  const std::string log = noise("vcsc", 1) + refusal("vcsc", "cucm.steven.lab", 2) + noise("vcsc", 3);
  const Report report = analyze_bytes(tar_of(bundle_files("vcsc", "X14.2", log)));

  ASSERT_EQ(report.findings.size(), 1U);
  const Finding& finding = report.findings[0];
  EXPECT_EQ(finding.status, Status::issue);
  EXPECT_EQ(finding.node, "vcsc");
  EXPECT_EQ(finding.description, "Refused: cucm.steven.lab.");
  ASSERT_EQ(finding.groups.size(), 1U);
  ASSERT_EQ(finding.groups[0].evidence.size(), 1U);
  const Evidence& evidence = finding.groups[0].evidence[0];
  EXPECT_EQ(evidence.place.path, "case.tar!/loggingsnapshot_vcsc_2022-07-11_16_55_44.txt");
  EXPECT_EQ(evidence.place.line, 2U);
  EXPECT_EQ(evidence.place.offset, noise("vcsc", 1).size());
  EXPECT_EQ(to_string(*evidence.time), "2022-07-11T16:55:02.016Z");
  EXPECT_THAT(evidence.text, HasSubstr("Error=self signed certificate"));
  EXPECT_TRUE(report.complete);
  EXPECT_EQ(report.members, 3U);
  EXPECT_EQ(report.records, 3U);
}

TEST(Analyze, SaysNoIssueOnlyWhereTheTrafficServerWasHeard) {
  const std::string quiet = noise("vcsc", 1);
  EXPECT_EQ(analyze_bytes(tar_of(bundle_files("vcsc", "X14.2", quiet))).findings[0].status,
            Status::missing_information);

  const std::string heard =
      quiet +
      "2022-07-11T18:55:09.000+02:00 vcsc traffic_server[18242]: [TS_MAIN] NOTE: traffic server running\n";
  EXPECT_EQ(analyze_bytes(tar_of(bundle_files("vcsc", "X14.2", heard))).findings[0].status, Status::no_issue);
}

TEST(Analyze, DoesNotApplyBelowTheVersion) {
  const std::string log = refusal("vcsc", "cucm.steven.lab", 2);
  EXPECT_EQ(analyze_bytes(tar_of(bundle_files("vcsc", "X14.0.7", log))).findings[0].status,
            Status::not_applicable);
}

TEST(Analyze, StaysAnIssueWhereTheDumpsAreMissingAndSaysWhatCouldNotBeChecked) {
  const std::string log = refusal("vcsc", "cucm.steven.lab", 2);
  const Report report = analyze_bytes(tar_of({{"loggingsnapshot_vcsc_2022-07-11_16_55_44.txt", log}}));
  EXPECT_EQ(report.findings[0].status, Status::issue);
  EXPECT_THAT(report.findings[0].missing, Contains(Field(&Missing::what, "product.version")));
}

TEST(Analyze, JudgesEachNodeOnItsOwnFactsAndEvidence) {
  const std::string old_node = tar_of(bundle_files("vcsc1", "X14.0.7", refusal("vcsc1", "a.example.com", 1)));
  const std::string new_node = tar_of(bundle_files("vcsc2", "X14.2", refusal("vcsc2", "b.example.com", 2)));
  const Report report = analyze_bytes(tar_of({{"one.tar", old_node}, {"two.tar", new_node}}));
  EXPECT_EQ(status_by_node(report),
            (std::map<std::string, Status>{{"vcsc1", Status::not_applicable}, {"vcsc2", Status::issue}}));
  EXPECT_EQ(report.findings[0].description, "Refused: b.example.com.");
}

TEST(Analyze, TakesSeveralBundlesOfOneHostAsOneNodeAndTheNewerFacts) {
  const auto file = [](const std::string& version, const std::string& log) {
    return tar_of(bundle_files("vcsc", version, log));
  };
  const std::string before = file("X14.0.7", noise("vcsc", 1));
  const std::string after = file("X14.2", refusal("vcsc", "cucm.steven.lab", 30));
  const Report report = analyze_bytes(tar_of({{"after.tar", after}, {"before.tar", before}}));
  ASSERT_EQ(report.nodes.size(), 1U);
  EXPECT_THAT(report.nodes[0].bundles, ElementsAre("case.tar!/after.tar", "case.tar!/before.tar"));
  EXPECT_EQ(report.findings[0].status, Status::issue);
  EXPECT_THAT(report.problems, Contains(Field(&Problem::code, "facts-disagree")));
  EXPECT_THAT(report.problems, Contains(Field(&Problem::message, HasSubstr("because it is newer"))));
  EXPECT_TRUE(report.complete);
}

TEST(Analyze, FindsInDumpsWhatTheLatestBundleOfADeviceHas) {
  const SignatureSource source{"off.yaml", R"(
id: OFF
title: TLS is off
kind: configuration
severity: high
needs: [configuration]
observe:
  off: {setting: {path: '^SIP TLS Mode$', value: '^Off$'}}
conclude:
  - {status: issue, when: off}
text:
  description: TLS is off.
  actions: [Switch it on.]
)"};
  const SignatureSet signatures = SignatureSet::from_text(std::span(&source, 1));
  const auto bundle = [](const std::string& log, const std::string& mode) {
    const std::string tail = "_vcsc_2022-07-11_16_55_44.txt";
    return tar_of({{"loggingsnapshot" + tail, log},
                   {"xconf_dump" + tail, "*c xConfiguration SIP TLS Mode: \"" + mode + "\"\n"}});
  };
  const auto status = [&](const std::string& first, const std::string& then) {
    const std::string earlier = bundle(noise("vcsc", 1), first);
    const std::string later = bundle(noise("vcsc", 2), then);
    const std::vector<Input> inputs{input_of("a.tar", later), input_of("b.tar", earlier)};
    return analyze(signatures, inputs).findings[0].status;
  };
  EXPECT_EQ(status("Off", "On"), Status::no_issue);
  EXPECT_EQ(status("On", "Off"), Status::issue);
}

// The archive and what was unpacked from it, and a log that overlaps with both.
TEST(Analyze, CountsARecordThatLiesInSeveralFilesOnce) {
  const std::string first = refusal("vcsc", "cucm.steven.lab", 2);
  const std::string second = refusal("vcsc", "cucm.steven.lab", 3);
  const std::string third = refusal("vcsc", "cucm.steven.lab", 4);
  const std::string whole = first + second + second;
  const std::string bundle = tar_of(bundle_files("vcsc", "X14.2", whole));
  const Report once = analyze_bytes(tar_of({{"one.tar", bundle}}));
  const Report twice = analyze_bytes(tar_of({{"one.tar", bundle},
                                             {"log.txt", whole},
                                             {"later.txt", second + third},
                                             {"log.txt.1", first.substr(0, first.size() - 1)}}));
  ASSERT_EQ(once.findings[0].groups.size(), 1U);
  ASSERT_EQ(twice.findings[0].groups.size(), 1U);
  EXPECT_EQ(once.findings[0].groups[0].count, 3U) << "within one file a line may well be there twice";
  EXPECT_EQ(twice.findings[0].groups[0].count, 4U);
}

std::string failed_request(int id) {
  const std::string front =
      "2022-07-11T18:55:30.000+02:00 vcsc traffic_server[18242]: "
      "Module=\"network.http.trafficserver\" Level=\"DEBUG\": Detail=\"";
  const std::string back = "\" Txn-id=\"" + std::to_string(id) + "\"\n HTTPMSG:\n |";
  return front + "Receive Request" + back + "GET /a HTTP/1.1\n |\n" + front + "Sending Response" + back +
         "HTTP/1.1 502 connect failed\n |\n";
}

TEST(Analyze, CountsAFloodInACopyOfAFileOnce) {
  Options options;
  options.limits.hits = 3;
  std::string flood;
  for (int second = 0; second < 30; ++second) flood += refusal("vcsc", "cucm.steven.lab", second);
  const std::string bundle = tar_of(bundle_files("vcsc", "X14.2", flood));
  const auto count = [&](const std::vector<File>& files) {
    return analyze_bytes(tar_of(files), options).findings[0].groups[0].count;
  };
  EXPECT_EQ(count({{"a.tar", bundle}}), 30U);
  EXPECT_EQ(count({{"a.tar", bundle}, {"b.tar", bundle}}), 30U);
}

TEST(Analyze, CountsWhatLiesInACopyOfAFileOnce) {
  const std::string one = refusal("vcsc", "cucm.steven.lab", 2) + failed_request(1) + failed_request(2);
  const std::string other = one + failed_request(3);
  const auto bundle = [](const std::string& log) { return tar_of(bundle_files("vcsc", "X14.0.7", log)); };
  Options options;
  options.transactions = true;
  const auto count = [&](const std::vector<File>& files) {
    const Report report = analyze_bytes(tar_of(files), options);
    EXPECT_EQ(report.transactions.size(), report.transaction_count);
    return std::pair(report.transaction_count, report.unexplained.count);
  };
  EXPECT_EQ(count({{"a.tar", bundle(one)}}), std::pair(2UL, 3UL));
  EXPECT_EQ(count({{"a.tar", bundle(one)}, {"b.tar", bundle(one)}, {"log.txt", one}}), std::pair(2UL, 3UL));
  EXPECT_EQ(count({{"a.tar", bundle(one)}, {"b.tar", bundle(other)}}), std::pair(3UL, 4UL))
      << "a log that goes on";
  EXPECT_EQ(count({{"a.tar", bundle(one)}, {"b.tar", tar_of(bundle_files("vcsc2", "X14.0.7", one))}}),
            std::pair(4UL, 6UL))
      << "the log of another device";
}

// One step of the request with that Txn-id.
std::string step(int second, int id, const std::string& detail, const std::string& message) {
  return "2022-07-11T16:55:" + std::to_string(second) + ".000+00:00 vcsc traffic_server[18242]: " +
         "Module=\"network.http.trafficserver\" Level=\"DEBUG\": Detail=\"" + detail + "\" Txn-id=\"" +
         std::to_string(id) + "\" TrackingID=\"t-" + std::to_string(id) + "\"\n HTTPMSG:\n |" + message +
         "\n |\n";
}

std::string asked(int second, int id) {
  return step(second, id, "Receive Request", "GET /a" + std::to_string(id) + " HTTP/1.1");
}

std::string sent(int second, int id) {
  return step(second, id, "Sending Request", "GET /b HTTP/1.1");
}

std::string answered(int second, int id) {
  return step(second, id, "Sending Response", "HTTP/1.1 200 OK");
}

std::vector<Transaction> requests_of(const std::vector<File>& files) {
  Options options;
  options.transactions = true;
  Report report = analyze_bytes(tar_of(files), options);
  EXPECT_EQ(report.transactions.size(), report.transaction_count);
  return report.transactions;
}

TEST(Analyze, TakesARequestOfLogsThatOverlapOnceAndTheMoreCompleteOne) {
  const std::string old = asked(10, 1) + sent(11, 1) + answered(12, 1) + asked(20, 2) + sent(21, 2);
  const std::string end = answered(22, 2) + asked(30, 3) + answered(31, 3);
  const std::vector<Transaction> requests =
      requests_of({{"messages.1", old},  // which was cut
                   {"messages", sent(11, 1) + answered(12, 1) + asked(20, 2) + sent(21, 2) + end}});
  ASSERT_EQ(requests.size(), 3U);
  for (const Transaction& request : requests) {
    EXPECT_TRUE(request.complete) << request.id;
    EXPECT_EQ(request.url_asked, "/a" + request.id);
    EXPECT_EQ(request.status, 200) << request.id;
  }
  EXPECT_EQ(requests[0].place.path, "case.tar!/messages.1");
}

TEST(Analyze, JoinsARequestThatWasUnderWayWhenTheLogWentOnInTheNextFile) {
  const std::vector<Transaction> requests =
      requests_of({{"messages", answered(12, 1) + asked(13, 2)}, {"messages.1", asked(10, 1) + sent(11, 1)}});
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].url_asked, "/a1");
  EXPECT_EQ(requests[0].url_sent, "/b");
  EXPECT_EQ(requests[0].status, 200);
  EXPECT_TRUE(requests[0].complete);
  EXPECT_EQ(requests[0].place.path, "case.tar!/messages.1");
  EXPECT_EQ(to_string(*requests[0].end), "2022-07-11T16:55:12.000Z");
  EXPECT_FALSE(requests[1].complete);
}

TEST(Analyze, KeepsRequestsOfOneIdApartThatAreNotTheSame) {
  EXPECT_EQ(requests_of({{"messages", asked(10, 1) + asked(12, 1) + answered(13, 1)}}).size(), 2U);
  EXPECT_EQ(requests_of({{"messages.1", asked(10, 1)}, {"messages", asked(12, 1) + answered(13, 1)}}).size(),
            2U)
      << "ids begin anew";
  EXPECT_EQ(
      requests_of({{"messages.1", asked(10, 1) + answered(11, 1)}, {"messages", answered(13, 1)}}).size(), 2U)
      << "the first has its answer";
}

TEST(Analyze, TakesTheFirstOfTwoDumpsOfOneBundleAndSaysSo) {
  std::vector<File> files = bundle_files("vcsc", "X14.2", noise("vcsc", 1));
  files.push_back({"xstat_dump_vcsc_2022-07-11_17_33_18.txt", testing::status_dump("X14.0.7")});
  const Report report = analyze_bytes(tar_of(files));
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_EQ(report.problems[0].code, "facts-disagree");
  EXPECT_THAT(report.problems[0].message, HasSubstr("product.version is X14.0.7 here, but X14.2 in"));
  EXPECT_THAT(report.problems[0].message, HasSubstr("because it was read first"));
}

// The dumps are from the start of the log, and the event is in it.
// Of a configuration its own host name tells it; of a status nothing does.
TEST(Analyze, TellsWhichDeviceARenamedDumpIsOf) {
  const std::string quiet = noise("expe", 1) + noise("expe", 2) + noise("expe", 3);
  const std::vector<File> files = {
      {"loggingsnapshot_vcsc_2022-07-11_16_55_44.txt", refusal("vcsc", "cucm.steven.lab", 2)},
      {"loggingsnapshot_expe_2022-07-11_16_55_44.txt", quiet},
      {"c.txt",
       "*c xConfiguration IP DNS Hostname: \"VCSC\"\n*c xConfiguration CollaborationEdge Enabled: \"On\"\n"}};
  const auto fact_of = [](const Report& report, std::size_t node, std::string_view name) {
    for (const Fact& fact : report.nodes.at(node).facts) {
      if (fact.name == name) return fact.value;
    }
    return std::string("unknown");
  };
  const Report report = analyze_bytes(tar_of(files));
  ASSERT_EQ(report.nodes.size(), 2U);
  EXPECT_EQ(fact_of(report, 0, "mra.enabled"), "unknown") << report.nodes[0].name;
  EXPECT_EQ(fact_of(report, 1, "mra.enabled"), "On") << report.nodes[1].name;
  EXPECT_TRUE(report.problems.empty());

  std::vector<File> with_status = files;
  with_status.push_back({"s.txt", testing::status_dump("X14.2")});
  const Report other = analyze_bytes(tar_of(with_status));
  ASSERT_EQ(other.problems.size(), 1U);
  EXPECT_EQ(other.problems[0].code, "device-not-told");
  EXPECT_THAT(other.problems[0].message, HasSubstr("taken for one of expe"));
}

TEST(Analyze, TakesASettingThatWasChangedInTheLogFromThere) {
  const auto value_after = [](const std::string& log) {
    std::vector<File> files = bundle_files("vcsc", "X14.2", log);
    files[1].content += "*c xConfiguration EdgeConfigServer VerifyOriginServer: \"On\"\n";
    const Report report = analyze_bytes(tar_of(files));
    for (const Fact& fact : report.nodes.at(0).facts) {
      if (fact.name == "mra.verify_origin_server") return fact.value;
    }
    return std::string("unknown");
  };
  EXPECT_EQ(value_after(noise("vcsc", 10)), "On");
  EXPECT_EQ(
      value_after(noise("vcsc", 10) +
                  "2022-07-11T18:56:00.100+02:00 vcsc httpd[15060]: web: Event=\"System Configuration "
                  "Changed\" Detail=\"configuration/edgeconfigserver/VerifyOriginServer - changed from: "
                  "'On' to: 'Off'\" User=\"admin\" Level=\"1\" UTCTime=\"2022-07-11 16:56:00\"\n"),
      "Off");
}

TEST(Analyze, SaysOfAnInputThatItHoldsNoEvidence) {
  const std::string bundle = tar_of(bundle_files("vcsc", "X14.2", noise("vcsc", 1)));
  const std::string picture = "\x89PNG\r\n, or whatever else it may be";
  const std::string pictures = tar_of({{"one.png", picture}, {"two.png", picture}});
  const std::string zeros(10'240, '\0');  // the tar of nothing
  const std::vector<Input> inputs{input_of("case.tar", bundle), input_of("case.tar.png", picture),
                                  input_of("pictures.tar", pictures), input_of("zeros.tar", zeros)};
  const Report report = analyze(refusal_signature(), inputs);
  std::vector<std::string> paths;
  for (const Problem& problem : report.problems) {
    if (problem.code == "no-evidence") paths.push_back(problem.path);
  }
  EXPECT_THAT(paths, ElementsAre("case.tar.png", "pictures.tar", "zeros.tar"));
  EXPECT_TRUE(report.complete) << "what is no evidence makes no hole in the evidence";
}

TEST(Analyze, SaysNothingMoreOfAnInputWhoseTroubleIsTold) {
  const std::string nothing;
  const Input input = input_of("empty.tar", nothing);
  const Report report = analyze(refusal_signature(), input);
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_EQ(report.problems[0].code, "empty");
}

TEST(Analyze, KeepsWhatItFoundBeforeTheCut) {
  const std::string log = refusal("vcsc", "cucm.steven.lab", 2) + std::string(4096, 'x');
  const std::string whole = tar_of(bundle_files("vcsc", "X14.2", log));
  const Report report = analyze_bytes(whole.substr(0, 2048));
  EXPECT_FALSE(report.complete);
  EXPECT_THAT(report.problems, Contains(Field(&Problem::code, "truncated")));
  EXPECT_EQ(report.findings[0].status, Status::issue);
}

TEST(Analyze, DoesNotCallACutLogHealthy) {
  const std::string heard =
      "2022-07-11T18:55:09.000+02:00 vcsc traffic_server[18242]: [TS_MAIN] NOTE: traffic server running\n" +
      noise("vcsc", 10);
  std::vector<File> files = bundle_files("vcsc", "X14.2", heard);
  std::rotate(files.begin(), files.begin() + 1, files.end());  // the log last
  files.back().content.append(4096, '\n');
  const std::string whole = tar_of(files);
  EXPECT_EQ(analyze_bytes(whole).findings[0].status, Status::no_issue);
  EXPECT_EQ(analyze_bytes(whole.substr(0, whole.size() - 4096)).findings[0].status,
            Status::missing_information);
}

TEST(Analyze, GivesTheSameBytesForAnyNumberOfThreads) {
  std::string log;
  for (int i = 0; i < 20000; ++i) {
    log += i % 50 == 7 ? refusal("vcsc", "server" + std::to_string(i % 13) + ".example.com", i % 60)
                       : noise("vcsc", i % 60);
  }
  const std::string bundle = tar_of(bundle_files("vcsc", "X14.2", log));
  Options one;
  one.threads = 1;
  one.transactions = true;
  Options many = one;
  many.threads = 4;
  EXPECT_EQ(to_json(analyze_bytes(bundle, one)), to_json(analyze_bytes(bundle, many)));
}

TEST(Analyze, SharesOneSetAmongAnalysesAtOnce) {
  const SignatureSet signatures = refusal_signature();
  const auto analyze_one = [&](const std::string& host) {
    std::string log;
    for (int i = 0; i < 2000; ++i)
      log += i % 9 == 0 ? refusal(host, host + ".example.com", i % 60) : noise(host, i % 60);
    const std::string bundle = tar_of(bundle_files(host, "X14.2", log));
    const Input input = input_of("case.tar", bundle);
    return to_json(analyze(signatures, input));
  };
  const std::string alone_a = analyze_one("vcsa");
  const std::string alone_b = analyze_one("vcsb");
  std::string at_once_a;
  std::string at_once_b;
  {
    const std::jthread a([&] {
      for (int i = 0; i < 4; ++i) at_once_a = analyze_one("vcsa");
    });
    const std::jthread b([&] {
      for (int i = 0; i < 4; ++i) at_once_b = analyze_one("vcsb");
    });
  }
  EXPECT_EQ(at_once_a, alone_a);
  EXPECT_EQ(at_once_b, alone_b);
}

TEST(Analyze, EndsWithAnErrorWhenItIsCancelled) {
  Options options;
  options.cancelled = [] { return true; };
  try {
    analyze_bytes(tar_of(bundle_files("vcsc", "X14.2", noise("vcsc", 1))), options);
    FAIL() << "was not cancelled";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), "cancelled");
  }
}

TEST(Analyze, RefusesWhatItCannotOpen) {
  const Input input = Input::from_path("/no/such/bundle.tar.gz");
  try {
    analyze(refusal_signature(), input);
    FAIL() << "did not notice";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), "no-such-path");
    EXPECT_THAT(error.what(), HasSubstr("/no/such/bundle.tar.gz"));
  }
}

TEST(Analyze, SaysOfAnEmptyInputThatNothingCouldBeJudged) {
  const Report report = analyze_bytes("");
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].status, Status::missing_information);
}

TEST(Analyze, TellsHowFarItIs) {
  std::vector<Progress> seen;
  Options options;
  options.progress = [&](const Progress& progress) { seen.push_back(progress); };
  std::string log;
  for (int i = 0; i < 50000; ++i) log += noise("vcsc", i % 60);
  analyze_bytes(tar_of(bundle_files("vcsc", "X14.2", log)), options);
  ASSERT_FALSE(seen.empty());
  EXPECT_THAT(seen.back().path, HasSubstr("case.tar!/"));
}

}  // namespace
}  // namespace assay
