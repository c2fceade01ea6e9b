// Facts found by the names of signatures, and conditions over them in three values.
#include "diagnose/conditions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "diagnose/story.h"

namespace assay {
namespace {

using namespace story;
using testing::ElementsAre;
using testing::IsEmpty;

const Condition kYes = fact("product.role", is("expressway-c"));
const Condition kNo = fact("product.role", is("expressway-e"));
const Condition kUnknown = fact("product.version", is("X14.2"));

class Conditions : public testing::Test {
 protected:
  Conditions() { add_node("vcsc", {known("product.role", "expressway-c")}); }

  void add_node(std::string name, std::vector<Fact> facts) {
    NodeEvidence evidence = node(std::move(name));
    evidence.facts = std::move(facts);
    case_.nodes.push_back(std::move(evidence));
  }

  Evaluation evaluated(const Condition& condition) {
    std::vector<Facts> facts;
    for (const NodeEvidence& evidence : case_.nodes) facts.push_back(Facts(evidence));
    Subject subject;
    subject.signature = &signature_;
    subject.case_file = &case_;
    for (const Facts& one : facts) subject.facts.push_back(&one);
    std::vector<const Hit*> hits;
    for (const Hit& one : hits_) hits.push_back(&one);
    Scene scene(subject, hits);
    return evaluate(condition, scene);
  }
  Truth truth(const Condition& condition) { return evaluated(condition).truth; }

  Signature signature_ = certificate_signature();
  CaseFile case_;
  std::vector<Hit> hits_;
};

TEST_F(Conditions, OfFactsAreYesNoOrUnknown) {
  EXPECT_EQ(truth(kYes), Truth::yes);
  EXPECT_EQ(truth(kNo), Truth::no);
  EXPECT_EQ(truth(kUnknown), Truth::unknown);
  EXPECT_THAT(evaluated(kUnknown).unknown_facts, ElementsAre("product.version"));
}

TEST_F(Conditions, OfExistenceAreNeverUnknown) {
  const auto exists = [](const char* name, const char* whether) {
    return fact(name, test(ValueTest::Operator::exists, whether));
  };
  EXPECT_EQ(truth(exists("product.version", "true")), Truth::no);
  EXPECT_EQ(truth(exists("product.version", "false")), Truth::yes);
  EXPECT_EQ(truth(exists("product.role", "true")), Truth::yes);
  EXPECT_EQ(truth(exists("product.role", "false")), Truth::no);
}

TEST_F(Conditions, OfAllAreAsGoodAsTheirWorstPart) {
  EXPECT_EQ(truth(all({kYes, kYes})), Truth::yes);
  EXPECT_EQ(truth(all({kYes, kUnknown})), Truth::unknown);
  EXPECT_EQ(truth(all({kUnknown, kNo})), Truth::no);
  EXPECT_THAT(evaluated(all({kUnknown, kNo})).unknown_facts, IsEmpty());
}

TEST_F(Conditions, OfAnyAreAsGoodAsTheirBestPart) {
  EXPECT_EQ(truth(any({kNo, kNo})), Truth::no);
  EXPECT_EQ(truth(any({kNo, kUnknown})), Truth::unknown);
  EXPECT_EQ(truth(any({kUnknown, kYes})), Truth::yes);
}

TEST_F(Conditions, OfNotLeaveUnknownWhatIsUnknown) {
  EXPECT_EQ(truth(none(kYes)), Truth::no);
  EXPECT_EQ(truth(none(kNo)), Truth::yes);
  EXPECT_EQ(truth(none(kUnknown)), Truth::unknown);
  EXPECT_THAT(evaluated(none(kUnknown)).unknown_facts, ElementsAre("product.version"));
}

TEST_F(Conditions, NameOnlyTheFactsThatLeaveThemOpen) {
  const Condition other = fact("mra.enabled", is("On"));
  EXPECT_THAT(evaluated(all({any({kUnknown, kYes}), other})).unknown_facts, ElementsAre("mra.enabled"));
  EXPECT_THAT(evaluated(all({kUnknown, other, kUnknown})).unknown_facts,
              ElementsAre("product.version", "mra.enabled"));
}

TEST_F(Conditions, OverACaseHoldIfTheyHoldOnAnyNode) {
  add_node("vcse", {known("product.role", "expressway-e")});
  EXPECT_EQ(truth(kYes), Truth::yes);
  EXPECT_EQ(truth(kNo), Truth::yes) << "of the other node it is true";
  EXPECT_EQ(truth(fact("product.role", is("none"))), Truth::no);
  add_node("nameless", {});
  EXPECT_EQ(truth(fact("product.role", is("none"))), Truth::unknown);
}

TEST_F(Conditions, OfObservationsMayAskForACapture) {
  hits_ = {untrusted(1, "cucm.example.com", "certificate has expired", "1")};
  EXPECT_EQ(truth(observed(kUntrusted)), Truth::yes);
  EXPECT_EQ(truth(observed(kRefused)), Truth::no);
  EXPECT_EQ(truth(observed(kUntrusted, "depth", is("1"))), Truth::yes);
  EXPECT_EQ(truth(observed(kUntrusted, "depth", is("0"))), Truth::no);
}

TEST_F(Conditions, TakeACaptureThatTookNoPartForNoValue) {
  hits_ = {untrusted(1, "cucm.example.com", "", "1")};
  ValueTest other_error = is("certificate has expired");
  other_error.negated = true;
  EXPECT_EQ(truth(observed(kUntrusted, "error", other_error)), Truth::no);
  EXPECT_EQ(truth(observed(kUntrusted, "error", test(ValueTest::Operator::exists, "false"))), Truth::yes);
}

// ---- names of facts ----------------------------------------------------------------------------------

TEST(Facts, AreFoundWithoutRegardToCaseAndHoweverTheirWordsAreJoined) {
  NodeEvidence evidence = node("vcsc");
  evidence.facts = {known("product.version", "X14.2")};
  evidence.settings["configuration.edgeconfigserver verifyoriginserver"] = known("a", "Off");
  const Facts facts(evidence);
  EXPECT_EQ(facts.find("Product.Version").size(), 1U);
  EXPECT_EQ(facts.find("configuration.EdgeConfigServer.VerifyOriginServer").size(), 1U);
  EXPECT_EQ(facts.find("configuration.EdgeConfigServer VerifyOriginServer").size(), 1U);
  EXPECT_THAT(facts.find("configuration.EdgeConfigServer"), IsEmpty());
  EXPECT_THAT(facts.find("status.EdgeConfigServer.VerifyOriginServer"), IsEmpty());
}

TEST(Facts, StandForOneWordByAStar) {
  NodeEvidence evidence = node("vcsc");
  for (const char* path : {"zones zone 1 name", "zones zone 2 name", "zones zone 2 sip port", "zones name"}) {
    evidence.settings["configuration." + std::string(path)] = known(path, path);
  }
  const Facts facts(evidence);
  std::vector<std::string> found;
  for (const Fact* fact : facts.find("configuration.Zones.Zone.*.Name")) found.push_back(fact->value);
  EXPECT_THAT(found, ElementsAre("zones zone 1 name", "zones zone 2 name"));
  EXPECT_EQ(facts.find("configuration.Zones.*.2.*.Port").size(), 1U);
  EXPECT_THAT(facts.find("configuration.Zones.Zone.*"), IsEmpty()) << "a star is one word, not several";
}

TEST(Facts, GivenByAPersonWinOverWhatTheDumpSays) {
  NodeEvidence evidence = node("vcsc");
  evidence.settings["configuration.edgeconfigserver verifyoriginserver"] = known("read", "On");
  evidence.settings["configuration.edgeconfigserver.verifyoriginserver"] = known("given", "Off");
  const std::vector<const Fact*> found =
      Facts(evidence).find("configuration.EdgeConfigServer.VerifyOriginServer");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]->value, "Off");
}

}  // namespace
}  // namespace assay
