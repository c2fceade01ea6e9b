// Hits that take in others: the line of the log gets the handshake that it speaks of, and the handshake
// counts there and nowhere else.
#include "diagnose/join_hits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <random>

#include "diagnose/story.h"

namespace assay {
namespace {

using namespace story;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Pair;
using testing::UnorderedElementsAre;

constexpr std::uint32_t kHandshake = 2;

// Lines about a target take in the handshake with it, which tells the port and the issuer.
Signature joined_signature(std::optional<std::chrono::seconds> within = std::chrono::seconds(5)) {
  Signature signature = certificate_signature();
  signature.observations.push_back(observation("handshake", {"name", "port", "issuer"}));
  HitJoin join;
  join.take = kHandshake;
  join.into = {kUntrusted, kRefused};
  join.same = {{"target", {"name", "target", "target"}}};
  if (within) join.within = *within;
  join.how_sure = "how_sure";
  signature.joins.push_back(std::move(join));
  for (const std::uint32_t into : {kUntrusted, kRefused}) {
    Observation& observation = signature.observations[into];
    for (const char* name : {"name", "port", "issuer", "how_sure"}) observation.captures.push_back(name);
    observation.joined_captures = 4;
  }
  signature.observations[kHandshake].captures.push_back("target");
  signature.observations[kHandshake].joined_captures = 1;
  return signature;
}

Hit handshake(std::int64_t second, std::string name, std::string port, std::string issuer = "") {
  Hit result = hit(kHandshake, second, {std::move(name), std::move(port), std::move(issuer)});
  result.place.member = 1;
  return result;
}

Finding find(Signature signature, std::vector<Hit> hits) {
  return finding_of(std::move(signature), case_of(std::move(hits)));
}

TEST(JoinHits, GivesTheCapturesOfTheNearestHandshakeToTheLine) {
  const Finding finding = find(
      joined_signature(), {handshake(1, "a.example.com", "8443", "CN=far"),
                           handshake(4, "a.example.com", "6972", "CN=near"), untrusted(5, "a.example.com")});
  ASSERT_EQ(finding.groups.size(), 1U);
  EXPECT_THAT(finding.groups[0].captures,
              IsSupersetOf({Pair("target", "a.example.com"), Pair("port", "6972"), Pair("issuer", "CN=near"),
                            Pair("how_sure", "nearest")}));
}

TEST(JoinHits, TakesNamesForTheSameWithoutRegardToCase) {
  const Finding finding =
      find(joined_signature(), {handshake(4, "A.Example.com", "6972"), untrusted(5, "a.example.com")});
  EXPECT_THAT(grouped(finding, "target"), ElementsAre("a.example.com"));
  EXPECT_THAT(grouped(finding, "port"), ElementsAre("6972"));
}

TEST(JoinHits, SaysWhereThereWasNoOther) {
  const Finding finding =
      find(joined_signature(), {handshake(4, "a.example.com", "6972"), handshake(90, "a.example.com", "8443"),
                                handshake(5, "b.example.com", "8443"), untrusted(5, "a.example.com")});
  EXPECT_THAT(grouped(finding, "port"), ElementsAre("6972"));
  EXPECT_THAT(grouped(finding, "how_sure"), ElementsAre("only_candidate"));
}

TEST(JoinHits, DoesNotSayThatThereWasNoOtherWhereSomeWereLetGo) {
  CaseFile bounded = case_of({handshake(4, "a.example.com", "6972"), untrusted(5, "a.example.com")});
  bounded.bounded = {{0, kUntrusted}};
  EXPECT_THAT(grouped(finding_of(joined_signature(), bounded), "how_sure"), ElementsAre("only_candidate"));
  bounded.bounded = {{0, kHandshake}};
  EXPECT_THAT(grouped(finding_of(joined_signature(), bounded), "how_sure"), ElementsAre("nearest"));
}

TEST(JoinHits, LeavesALineAloneThatNoHandshakeGoesWith) {
  const Finding finding =
      find(joined_signature(), {handshake(50, "a.example.com", "6972"), untrusted(5, "a.example.com")});
  EXPECT_THAT(grouped(finding, "port"), ElementsAre(""));
  EXPECT_EQ(finding.groups[0].evidence.size(), 1U) << "the handshake belongs to nothing";
}

TEST(JoinHits, MakesGroupsByWhatWasTakenIn) {
  Signature signature = joined_signature();
  signature.conclusions[0].group_by = {"target", "port"};
  const Finding finding =
      find(std::move(signature), {handshake(1, "a.example.com", "8443"), untrusted(2, "a.example.com"),
                                  handshake(21, "a.example.com", "6972"), untrusted(22, "a.example.com"),
                                  untrusted(23, "a.example.com")});
  EXPECT_THAT(grouped(finding, "port"), ElementsAre("6972", "8443"));
  EXPECT_EQ(finding.groups[0].count, 2U);
  EXPECT_EQ(finding.groups[1].count, 1U);
}

TEST(JoinHits, CountsLinesOfAGroupOnceAlsoWhereAllAreCounted) {
  Signature signature = joined_signature();
  signature.conclusions[0].group_by = {"target", "port"};
  NodeEvidence evidence =
      node("vcsc", {handshake(1, "a.example.com", "8443"), untrusted(2, "a.example.com"),
                    handshake(21, "a.example.com", "6972"), untrusted(22, "a.example.com")});
  count_hits(evidence);
  const Finding finding =
      finding_of(std::move(signature), case_of(std::vector<NodeEvidence>{std::move(evidence)}));
  ASSERT_EQ(finding.groups.size(), 2U);
  EXPECT_EQ(finding.groups[0].count, 1U);
  EXPECT_EQ(finding.groups[1].count, 1U);
}

TEST(JoinHits, ShowsTheHandshakeAmongTheEvidenceWithItsOwnCaptures) {
  const Finding finding =
      find(joined_signature(), {handshake(4, "a.example.com", "6972", "CN=ca"), untrusted(5, "a.example.com"),
                                refused(5, "a.example.com")});
  std::vector<std::string> observations;
  for (const Evidence& evidence : finding.groups[0].evidence) observations.push_back(evidence.observation);
  EXPECT_THAT(observations, UnorderedElementsAre("handshake", "untrusted", "refused"));
  for (const Evidence& evidence : finding.groups[0].evidence) {
    if (evidence.observation == "handshake") {
      EXPECT_THAT(evidence.captures,
                  ElementsAre(Pair("name", "a.example.com"), Pair("port", "6972"), Pair("issuer", "CN=ca")));
    } else if (evidence.observation == "refused") {
      EXPECT_THAT(evidence.captures, ElementsAre(Pair("target", "a.example.com")));
    }
  }
}

TEST(JoinHits, LetsSeveralLinesTakeInTheSameHandshake) {
  const Finding finding =
      find(joined_signature(), {handshake(4, "a.example.com", "6972"),
                                untrusted(5, "a.example.com", "unable to get local issuer certificate"),
                                untrusted(5, "a.example.com", "unable to verify the first certificate")});
  EXPECT_THAT(grouped(finding, "port"), ElementsAre("6972"));
}

TEST(JoinHits, KeepsAHandshakeOutOfTheGroupsOfOthers) {
  Signature signature = joined_signature();
  signature.description = english("{{#groups}}{{target}}: {{all.port}}{{/groups}}");
  const Finding finding =
      find(std::move(signature), {handshake(5, "b.example.com", "8443"), untrusted(5, "a.example.com")});
  EXPECT_EQ(finding.description, "a.example.com: ");
}

TEST(JoinHits, TakesNothingThatLacksAKeyOrATime) {
  Hit timeless = handshake(5, "a.example.com", "8443");
  timeless.time = std::nullopt;
  const Finding finding =
      find(joined_signature(), {timeless, handshake(5, "", "6972"), untrusted(5, "a.example.com")});
  EXPECT_THAT(grouped(finding, "port"), ElementsAre(""));
}

TEST(JoinHits, NeedsNoTimeWithoutAWindow) {
  Hit timeless = handshake(5, "a.example.com", "8443");
  timeless.time = std::nullopt;
  const Finding finding = find(joined_signature(std::nullopt), {timeless, untrusted(5, "a.example.com")});
  EXPECT_THAT(grouped(finding, "port"), ElementsAre("8443"));
}

// ---- random stories against the plain way --------------------------------------------------------------

// The hit that a line takes in, by looking at every one.
const Hit* plainly_nearest(const Signature& signature, const Hit& line, const std::vector<const Hit*>& hits) {
  const HitJoin& join = signature.joins[0];
  std::vector<const Hit*> candidates;
  for (const Hit* other : hits) {
    if (other->observation != kHandshake || other->captures[0].empty()) continue;
    if (other->captures[0] != line.captures[0]) continue;
    if (join.within) {
      if (!line.time || !other->time) continue;
      const std::int64_t apart = line.time->microseconds - other->time->microseconds;
      if (apart > join.within->count() || -apart > join.within->count()) continue;
    }
    candidates.push_back(other);
  }
  const auto apart = [&](const Hit* other) {
    if (!line.time || !other->time) return std::numeric_limits<std::int64_t>::max();
    return std::abs(line.time->microseconds - other->time->microseconds);
  };
  const auto nearest = std::min_element(candidates.begin(), candidates.end(),
                                        [&](const Hit* a, const Hit* b) { return apart(a) < apart(b); });
  return nearest == candidates.end() ? nullptr : *nearest;
}

std::vector<Hit> random_hits(std::mt19937& random) {
  const auto below = [&](std::uint32_t bound) { return static_cast<std::uint32_t>(random() % bound); };
  std::vector<Hit> hits;
  const std::uint32_t count = 1 + below(12);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string name = below(8) == 0 ? "" : std::string(1, static_cast<char>('a' + below(2)));
    Hit made = below(2) == 0 ? hit(kUntrusted, below(9), {name, "error", "0"}, 100 + i)
                             : hit(kHandshake, below(9), {name, std::to_string(i), ""}, 100 + i);
    if (below(6) == 0) made.time = std::nullopt;
    hits.push_back(std::move(made));
  }
  std::shuffle(hits.begin(), hits.end(), random);
  return hits;
}

TEST(JoinHits, AgreesWithThePlainWayOnRandomHits) {
  std::mt19937 random(20'260'101);
  for (int round = 0; round < 3'000; ++round) {
    std::optional<std::chrono::seconds> within;
    if (random() % 4 != 0) within = std::chrono::seconds(random() % 4);
    const Signature signature = joined_signature(within);
    const CaseFile case_file = case_of(random_hits(random));
    const Subjects subjects(case_file, 1);
    const Subject before = subjects.of(signature, 0).front();
    Subject after = before;
    join_hits(after);

    std::size_t lines = 0;
    for (const Hit* joined : after.hits) {
      if (joined->observation != kUntrusted) continue;
      const auto line = std::find_if(before.hits.begin(), before.hits.end(), [&](const Hit* one) {
        return one->observation == kUntrusted && one->place.offset == joined->place.offset;
      });
      ASSERT_NE(line, before.hits.end());
      ++lines;
      const Hit* partner = plainly_nearest(signature, **line, before.hits);
      const std::string port = joined->captures.size() > 4 ? joined->captures[4] : "";
      EXPECT_EQ(port, partner == nullptr ? "" : partner->captures[1]) << "round " << round;
      const bool shown = std::any_of(after.hits.begin(), after.hits.end(), [&](const Hit* one) {
        return partner != nullptr && one->place.offset == partner->place.offset &&
               one->captures.back() == joined->captures[0];
      });
      EXPECT_EQ(shown, partner != nullptr) << "round " << round;
    }
    EXPECT_EQ(lines, static_cast<std::size_t>(
                         std::count_if(before.hits.begin(), before.hits.end(),
                                       [](const Hit* one) { return one->observation == kUntrusted; })));
  }
}

}  // namespace
}  // namespace assay
