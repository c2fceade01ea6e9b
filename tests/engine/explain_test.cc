// Why a signature did, or did not, fire.
#include "assay/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <utility>

#include "assay/error.h"
#include "assay/formats.h"
#include "engine/bundle.h"

namespace assay {
namespace {

namespace fs = std::filesystem;
using testing::bundle_files;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::input_of;
using ::testing::IsEmpty;
using testing::noise;
using testing::refusal;
using testing::refusal_signature;
using ::testing::SizeIs;
using testing::tar_of;

// Doors that open, alarms that answer: one line for each second and door.
std::string door(int second, std::string_view words) {
  char line[200];
  const auto size = std::snprintf(line, sizeof line, "2022-07-11T16:55:%02d.000+00:00 house doord: %.*s\n",
                                  second, static_cast<int>(words.size()), words.data());
  return {line, static_cast<std::size_t>(size)};
}

Explanation explain_doors(const std::string& correlate, const std::string& log) {
  const std::string text = R"(
id: DOORS
title: Doors
kind: defect
severity: high
needs: [log]
observe:
  opened: {log: {process: doord, message: 'door (?P<door>\w+) was opened'}}
  rang: {log: {process: doord, message: 'alarm of door (?P<door>\w+) rang'}}
correlate:
  together_seen: )" + correlate +
                           R"(
conclude:
  - {status: issue, when: together_seen}
text:
  description: Doors.
)";
  const SignatureSource source{"doors.yaml", text};
  const SignatureSet signatures = SignatureSet::from_text(std::span(&source, 1));
  const Input input = input_of("doors.log", log);
  return explain(signatures, "DOORS", input);
}

std::string lacks(const std::string& correlate, const std::string& log) {
  const Explanation explanation = explain_doors(correlate, log);
  return explanation.verdicts.at(0).correlations.at(0).lacks;
}

constexpr const char* kSequence = "{sequence: [opened, rang], within: 5s, same: [door]}";

TEST(Explain, CountsTheEventsThatPassEachTest) {
  const std::string log = noise("vcsc", 1) + refusal("vcsc", "cucm.steven.lab", 2) + noise("vcsc", 3);
  const std::string bundle = tar_of(bundle_files("vcsc", "X14.2", log));
  const Input input = input_of("case.tar", bundle);
  const Explanation explanation = explain(refusal_signature(), "REFUSED", input);

  ASSERT_THAT(explanation.verdicts, SizeIs(1));
  const ExplainedVerdict& verdict = explanation.verdicts[0];
  EXPECT_EQ(verdict.node, "vcsc");
  EXPECT_EQ(verdict.status, Status::issue);
  EXPECT_EQ(verdict.finding.status, Status::issue);
  const ExplainedObservation& observation = verdict.observations.at(0);
  EXPECT_EQ(observation.events, 3U);
  EXPECT_EQ(observation.with_literals, 1U);
  EXPECT_EQ(observation.hits, 1U);
  EXPECT_EQ(observation.test.reached, 3U);
  ASSERT_THAT(observation.test.parts, SizeIs(2));
  EXPECT_EQ(observation.test.parts[0].words, "log.process is traffic_server");
  EXPECT_EQ(observation.test.parts[0].reached, 3U);
  EXPECT_EQ(observation.test.parts[0].held, 1U);
  EXPECT_EQ(observation.test.parts[1].reached, 1U) << "what failed the first test never came to the second";
}

TEST(Explain, NamesTheMembersAndTheirReaders) {
  const std::string bundle = tar_of(bundle_files("vcsc", "X14.2", noise("vcsc", 1)));
  const Input input = input_of("case.tar", bundle);
  const Explanation explanation = explain(refusal_signature(), "REFUSED", input);
  std::vector<std::string> readers;
  for (const ExplainedMember& member : explanation.members) readers.push_back(member.reader);
  EXPECT_THAT(readers, ::testing::UnorderedElementsAre("log", "configuration", "status"));
}

TEST(Explain, ShowsTheFactThatDecidedAndWhereItStands) {
  const std::string bundle = tar_of(bundle_files("vcsc", "X14.0.7", refusal("vcsc", "cucm.steven.lab", 2)));
  const Input input = input_of("case.tar", bundle);
  const Explanation explanation = explain(refusal_signature(), "REFUSED", input);
  const ExplainedVerdict& verdict = explanation.verdicts.at(0);
  EXPECT_EQ(verdict.status, Status::not_applicable);
  ASSERT_TRUE(verdict.applies);
  EXPECT_EQ(verdict.applies->value, Truth::no);
  const std::string text = to_text(explanation);
  EXPECT_THAT(text, HasSubstr("[no] product.version is at least X14.2"));
  EXPECT_THAT(text, HasSubstr("X14.0.7"));
}

TEST(Explain, FindsTheEventThatNearlyWasAHit) {
  std::string line = refusal("vcsc", "cucm.steven.lab", 2);
  line.replace(line.find("verification failed"), 19, "verification gave up");
  const std::string bundle = tar_of(bundle_files("vcsc", "X14.2", noise("vcsc", 1) + line));
  const Input input = input_of("case.tar", bundle);
  const Explanation explanation = explain(refusal_signature(), "REFUSED", input);
  const ExplainedObservation& observation = explanation.verdicts.at(0).observations.at(0);
  ASSERT_THAT(observation.nearest, SizeIs(1));
  EXPECT_EQ(observation.nearest[0].place.line, 2U);
  EXPECT_THAT(observation.nearest[0].failed, HasSubstr("log.message matches"));
  EXPECT_THAT(observation.nearest[0].value, HasSubstr("verification gave up"));
}

TEST(Explain, SaysHowLateTheNextOneCame) {
  EXPECT_EQ(lacks(kSequence, door(1, "door a was opened") + door(8, "alarm of door a rang")),
            "rang seen 7 s after opened, window 5 s");
}

TEST(Explain, SaysThatTheOrderWasAnother) {
  EXPECT_EQ(lacks(kSequence, door(1, "alarm of door a rang") + door(2, "door a was opened")),
            "they came, but not in this order");
}

TEST(Explain, SaysWhichKeysDoNotAgree) {
  EXPECT_EQ(lacks(kSequence, door(1, "door a was opened") + door(2, "alarm of door b rang")),
            "no hits agree with the same door; opened has a; rang has b");
}

TEST(Explain, SaysWhatWasNeverSeen) {
  EXPECT_EQ(lacks(kSequence, door(1, "door a was opened")), "there is no hit of rang");
}

TEST(Explain, SaysHowManyThereWereAtMost) {
  EXPECT_EQ(
      lacks("{count: opened, at_least: 3, within: 10s}",
            door(1, "door a was opened") + door(2, "door b was opened") + door(40, "door c was opened")),
      "at most 2 of 3 hits within 10 s");
}

TEST(Explain, SaysThatTheAnswerCame) {
  EXPECT_EQ(
      lacks("{absent: rang, after: opened, within: 5s, same: [door]}",
            door(1, "door a was opened") + door(2, "alarm of door a rang") + door(20, "door a was closed")),
      "every opened has rang after it within 5 s");
}

TEST(Explain, SaysThatTheEvidenceEndsBeforeTheAnswer) {
  const Explanation explanation =
      explain_doors("{absent: rang, after: opened, within: 5s, same: [door]}",
                    door(1, "alarm of door b rang") + door(2, "door a was opened"));
  const ExplainedVerdict& verdict = explanation.verdicts.at(0);
  EXPECT_EQ(verdict.status, Status::missing_information);
  EXPECT_EQ(verdict.correlations.at(0).lacks, "whether rang came lies beyond the evidence");
  EXPECT_EQ(verdict.conclusions.at(0).candidates.at(0).condition.because,
            "0 matches, 1 whose window reaches beyond the evidence");
}

TEST(Explain, ShowsThePartsOfAConditionThatWereNotNeeded) {
  const Explanation explanation = explain_doors(kSequence, door(1, "door a was opened"));
  const ExplainedCandidate& candidate = explanation.verdicts.at(0).conclusions.at(0).candidates.at(0);
  EXPECT_EQ(candidate.condition.words, "together_seen");
  EXPECT_EQ(candidate.condition.because, "0 matches");
  EXPECT_FALSE(candidate.gives_group);
}

TEST(Explain, RefusesASignatureThatIsNotThere) {
  const Input input = input_of("x.log", noise("vcsc", 1));
  try {
    explain(refusal_signature(), "NOBODY", input);
    FAIL() << "it has to say that there is no such signature";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), "unknown-signature");
    EXPECT_THAT(error.what(), HasSubstr("NOBODY"));
  }
}

// ---- explain and analyze agree -----------------------------------------------------------------------

const SignatureSet& shipped() {
  static const SignatureSet signatures = SignatureSet::load({ASSAY_SOURCE_DIR "/signatures"});
  return signatures;
}

std::vector<fs::path> bundles() {
  std::vector<fs::path> paths{fs::path(ASSAY_SOURCE_DIR) / "testdata" / "captures"};
  for (const auto& entry : fs::directory_iterator(fs::path(ASSAY_SOURCE_DIR) / "testdata")) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".tar.gz") || name.ends_with(".zip")) paths.push_back(entry.path());
  }
  return paths;
}

const Finding* finding_of(const Report& report, const std::string& id, const std::string& node) {
  for (const Finding& finding : report.findings) {
    if (finding.id == id && finding.node == node) return &finding;
  }
  return nullptr;
}

std::size_t groups_of(const ExplainedVerdict& verdict) {
  std::size_t groups = 0;
  for (const ExplainedConclusion& conclusion : verdict.conclusions) {
    for (const ExplainedCandidate& candidate : conclusion.candidates) {
      if (candidate.gives_group) ++groups;
    }
  }
  return groups;
}

// Counts the evidence of one observation that the verdict's finding shows: never more than its hits.
std::size_t evidence_of(const Finding& finding, const std::string& observation) {
  std::set<std::pair<std::string, std::uint64_t>> places;
  for (const Group& group : finding.groups) {
    for (const Evidence& evidence : group.evidence) {
      if (evidence.observation == observation) places.emplace(evidence.place.path, evidence.place.offset);
    }
  }
  return places.size();
}

// Every signature on every bundle: the status that the explanation comes to by its own way is that of an
// analysis with all signatures, and so are the groups.
TEST(Explain, ComesToTheStatusThatTheAnalysisGives) {
  std::vector<std::string> ids;
  for (const SignatureCard& card : shipped().cards()) ids.push_back(card.id);
  std::size_t compared = 0;
  std::set<Status> statuses;
  for (const fs::path& path : bundles()) {
    const Input input = Input::from_path(path);
    const Report report = analyze(shipped(), input);
    for (const Explanation& explanation : explain_all(shipped(), ids, std::span(&input, 1))) {
      for (const ExplainedVerdict& verdict : explanation.verdicts) {
        const std::string where =
            explanation.signature.id + " on " + verdict.node + " of " + path.filename().string();
        const Finding* finding = finding_of(report, explanation.signature.id, verdict.node);
        ASSERT_NE(finding, nullptr) << where;
        ++compared;
        statuses.insert(finding->status);
        EXPECT_EQ(to_string(verdict.status), to_string(finding->status)) << where;
        EXPECT_EQ(verdict.finding.hidden_by, finding->hidden_by) << where;
        EXPECT_EQ(groups_of(verdict), finding->groups.size()) << where;
        for (const ExplainedObservation& observation : verdict.observations) {
          EXPECT_GE(observation.hits, evidence_of(*finding, observation.name))
              << where << ": " << observation.name;
          EXPECT_GE(observation.with_literals, observation.hits > 0 ? 1U : 0U)
              << where << ": " << observation.name << " has hits without its literals";
        }
      }
    }
  }
  EXPECT_GE(compared, bundles().size() * ids.size());
  EXPECT_GE(statuses.size(), 5U) << "bundles of one kind would prove little";
}

TEST(Explain, OfSeveralSignaturesSaysWhatItSaysOfOne) {
  const Input input = Input::from_path(bundles().back());
  const std::vector<std::string> ids{"CSCwc69661", shipped().cards().front().id};
  const std::vector<Explanation> together = explain_all(shipped(), ids, std::span(&input, 1));
  ASSERT_THAT(together, SizeIs(2));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    EXPECT_EQ(to_json(together[i]), to_json(explain(shipped(), ids[i], input)));
  }
}

// ---- captures ----------------------------------------------------------------------------------------

Explanation explain_wire(const std::string& rest, const std::string& log,
                         const std::string& capture = "tls12_completed.pcap") {
  const std::string text = R"(
id: WIRE
title: Connections
kind: network
severity: low
scope: case
needs: [tls]
)" + rest + R"(
text:
  description: Connections.
)";
  const SignatureSource source{"wire.yaml", text};
  const SignatureSet signatures = SignatureSet::from_text(std::span(&source, 1));
  const std::vector<Input> inputs{
      input_of("doors.log", log),
      Input::from_path(fs::path(ASSAY_SOURCE_DIR) / "testdata" / "captures" / capture)};
  return explain(signatures, "WIRE", inputs);
}

TEST(Explain, ShowsTheConnectionThatNearlyWasAHit) {
  const Explanation explanation = explain_wire(R"(
observe:
  refused: {tls: {version: TLS 1.2, server.port: {exists: true}, certificates: visible, outcome: refused_by_client}}
conclude:
  - {status: issue, when: refused}
)",
                                               "");
  const ExplainedObservation& refused = explanation.verdicts.at(0).observations.at(0);
  EXPECT_EQ(refused.kind, "tls");
  EXPECT_EQ(refused.events, 1U);
  EXPECT_EQ(refused.hits, 0U);
  ASSERT_THAT(refused.nearest, SizeIs(1));
  EXPECT_EQ(refused.nearest[0].failed, "tls.outcome is refused_by_client");
  EXPECT_EQ(refused.nearest[0].value, "completed");
  EXPECT_THAT(refused.nearest[0].place.path, HasSubstr("tls12_completed.pcap"));
  EXPECT_THAT(refused.nearest[0].text, HasSubstr("cucm.example.com"));
}

TEST(Explain, CountsTheValuesOfAFieldThatAreLookedAtOneByOne) {
  const Explanation explanation = explain_wire(R"(
observe:
  name: {tls: {certificates: visible, leaf.name: phones}, each: leaf.name, capture: {name: leaf.name}}
conclude:
  - {status: issue, when: name, group_by: name}
)",
                                               "");
  const ExplainedVerdict& verdict = explanation.verdicts.at(0);
  const ExplainedObservation& name = verdict.observations.at(0);
  EXPECT_EQ(name.each, "tls.leaf.name");
  EXPECT_EQ(name.events, 1U) << "one connection";
  EXPECT_EQ(name.test.reached, 2U) << "the certificate has two names";
  EXPECT_EQ(name.hits, 1U) << "of which one speaks of phones";
  EXPECT_EQ(verdict.conclusions.at(0).candidates.at(0).values.at(0).second, "*.phones.example.com");
  EXPECT_THAT(to_text(explanation), HasSubstr("each tls.leaf.name of theirs is tried"));
}

ExplainedJoin explain_join(const std::string& within, const std::string& log) {
  return explain_wire(R"(
observe:
  opened: {log: {process: doord, message: 'door (?P<door>\S+) was opened'}}
  connection: {tls: {certificates: visible}, capture: {asked: asked_name, subject: leaf.subject}}
join:
  - {take: connection, into: opened, same: {door: {connection: asked}})" +
                          within + R"(}
conclude:
  - {status: issue, when: opened, group_by: subject}
)",
                      log)
      .verdicts.at(0)
      .joins.at(0);
}

TEST(Explain, SaysWhichDumpsALaterBundleMadeOutdated) {
  const std::string earlier = tar_of(bundle_files("vcsc", "X14.2", noise("vcsc", 1)));
  const std::string later = tar_of(bundle_files("vcsc", "X14.2", noise("vcsc", 2)));
  const std::vector<Input> inputs{input_of("earlier.tar", earlier), input_of("later.tar", later)};
  std::vector<std::string> outdated;
  for (const ExplainedMember& member : explain(refusal_signature(), "REFUSED", inputs).members) {
    if (!member.problems.empty()) outdated.push_back(member.path + ": " + member.problems.front());
  }
  EXPECT_THAT(outdated, ElementsAre(HasSubstr("earlier.tar!/xconf_dump_vcsc"),
                                    HasSubstr("earlier.tar!/xstat_dump_vcsc")));
  EXPECT_THAT(outdated, ::testing::Each(HasSubstr("does not count")));
}

TEST(Explain, SaysWhichHitsTookInOthers) {
  const std::string log = door(1, "door cucm.example.com was opened") + door(2, "door of.nobody was opened");
  const ExplainedJoin join = explain_join("", log);
  EXPECT_EQ(join.words, "opened takes in the nearest connection with the same door");
  EXPECT_EQ(join.hits, 2U);
  EXPECT_EQ(join.offered, 1U);
  EXPECT_EQ(join.joined, 1U);
  EXPECT_EQ(join.lacks, "");
}

TEST(Explain, SaysWhyNoHitTookInAnother) {
  const std::string opened = door(1, "door cucm.example.com was opened");
  EXPECT_EQ(explain_join("", door(1, "nothing")).lacks, "there is no hit of opened");
  EXPECT_EQ(explain_join("", door(1, "door b was opened")).lacks,
            "no hits agree with the same door; connection has cucm.example.com; opened has b");
  EXPECT_EQ(explain_join(", within: 5s", opened).lacks,
            "hits agree with the same door, but are not within 5 s");
}

}  // namespace
}  // namespace assay
