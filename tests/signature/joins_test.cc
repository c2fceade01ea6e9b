// join and each: what they give the observations, and what is refused of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "signature/load.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kJoined = R"(id: TEST-JOIN
title: A server is not trusted
kind: defect
severity: high
observe:
  untrusted:
    log: {message: 'failed for (?P<target>\S+) at (?P<address>\S+)'}
  handshake:
    tls: {outcome: refused_by_client}
    capture: {wire: server.address, port: server.port, names: leaf.names}
  setting:
    setting: {path: 'Zone Port', value: '(?P<port>.+)'}
join:
  - {take: handshake, into: untrusted, same: {address: {handshake: wire}}, within: 5s, how_sure: join}
correlate:
  again: {count: untrusted, at_least: 2, same: target}
conclude:
  - {status: issue, when: {any: [again, setting]}, group_by: [target, port]}
text:
  description: '{{all.names}}'
  actions:
    - when: {observed: untrusted, field: port, above: 6000}
      text: Look at {{all.join}}.
)";

std::string with_change(std::string_view from, std::string_view to) {
  std::string text(kJoined);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string remarks_on_text(const std::string& text) {
  std::string all;
  for (const Diagnostic& diagnostic : load_signature(text, "x.yaml").diagnostics) {
    all += std::to_string(diagnostic.line) + ": " + diagnostic.message + " [" + diagnostic.code + "]\n";
  }
  return all;
}

TEST(Joins, GiveTheTakingObservationTheCapturesOfTheTakenOne) {
  const LoadedSignature loaded = load_signature(kJoined, "x.yaml");
  ASSERT_TRUE(loaded.signature) << remarks_on_text(std::string(kJoined));
  const auto& observations = loaded.signature->observations;
  EXPECT_THAT(observations[0].captures, ElementsAre("target", "address", "wire", "port", "names", "join"));
  EXPECT_EQ(observations[0].joined_captures, 4U);
  EXPECT_THAT(observations[1].captures, ElementsAre("wire", "port", "names", "target"))
      << "of the taking one it has what groups are made by";
  EXPECT_EQ(observations[1].joined_captures, 1U);
}

TEST(Joins, LeaveATakenCaptureItsType) {
  EXPECT_THAT(remarks_on_text(with_change("field: port, above: 6000", "field: port, contains: x")),
              HasSubstr("[wrong-operator]"));
}

TEST(Joins, AreRefusedWhereTheyContradictThemselves) {
  EXPECT_THAT(remarks_on_text(with_change("into: untrusted", "into: [untrusted, handshake]")),
              HasSubstr("'handshake' cannot be taken into itself [joined-observation]"));
  EXPECT_THAT(remarks_on_text(
                  with_change("correlate:", "  - {take: setting, into: handshake, same: port}\ncorrelate:")),
              HasSubstr("'handshake' is taken into another observation, so nothing can be taken into it "
                        "[joined-observation]"));
  EXPECT_THAT(remarks_on_text(with_change("{count: untrusted, at_least: 2, same: target}",
                                          "{count: handshake, at_least: 2}")),
              HasSubstr("'handshake' is taken into other observations in line 14"));
  EXPECT_THAT(remarks_on_text(with_change("how_sure: join}", "how_sure: target}")),
              HasSubstr("the observation 'untrusted' captures 'target' already [duplicate-name]"));
  EXPECT_THAT(remarks_on_text(with_change("how_sure: join}", "how_sure: count}")),
              HasSubstr("[reserved-name]"));
  EXPECT_THAT(remarks_on_text(with_change("handshake: wire}", "handshake: wired}")),
              HasSubstr("the observation 'handshake' has no capture 'wired'; did you mean 'wire'? "
                        "[unknown-capture]"));
  EXPECT_THAT(
      remarks_on_text(with_change("take: handshake", "take: handshaek")),
      HasSubstr("there is no observation 'handshaek'; did you mean 'handshake'? [unknown-observation]"));
  EXPECT_THAT(
      remarks_on_text(with_change("take: handshake, into: untrusted, same: {address: {handshake: wire}}",
                                  "take: setting, into: handshake, same: port")),
      HasSubstr("the observation 'setting' is of settings, which have no time; leave 'within' out "
                "[impossible-window]"));
}

TEST(Each, IsForFieldsWithSeveralValues) {
  EXPECT_EQ(remarks_on_text(with_change("    capture: {wire", "    each: leaf.name\n    capture: {wire")),
            "");
  EXPECT_EQ(remarks_on_text(with_change("    capture: {wire", "    each: leaf.names\n    capture: {wire")),
            "10: tls.leaf.names has one value at most; 'each' is for fields with several [wrong-operator]\n");
  EXPECT_EQ(remarks_on_text(with_change("    capture: {wire", "    each: leaf.nam\n    capture: {wire")),
            "10: there is no field 'tls.leaf.nam'; did you mean 'tls.leaf.name'? [unknown-field]\n");
}

}  // namespace
}  // namespace assay
