// Which records are warnings or worse, and that a scan for a few literals finds all of them.
#include "text/severity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace assay {
namespace {

bool is_severe(const std::string& text) {
  Record record;
  parse_record(text, std::nullopt, record);
  return is_severe(record);
}

std::string lower_case(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

const std::string kHeader = "2022-07-11T18:55:01+00:00 vcsc ";

const std::vector<std::string> kBad{
    kHeader + "traffic_server[1]: [ET_NET 0] WARNING: no answer",
    kHeader + "traffic_server[1]: [ET_NET 0] ERROR: no answer",
    kHeader + "traffic_server[1]: [TS_MAIN] FATAL: no memory",
    kHeader + "traffic_server[1]: [TS_MAIN] EMERGENCY: no memory",
    kHeader + R"(tvcs: UTCTime="2017-09-20 14:49:18,724" Module="developer.ssl" Level="ERROR" Method="x": y)",
    kHeader + R"(alarm: Level="WARN" Event="Alarm Raised" Id="20006")",
    kHeader + R"(XCP_JABBERD[2]: ThreadID="1" Module="Jabber" Level="ERROR " Detail="Unable to connect")",
    kHeader + R"(java: Module="a" Level="SEVERE" Detail="x")",
    kHeader + R"(java: Module="a" Level="Critical" Detail="x")",
    "0000000053: 10.48.47.142: Aug 22 2017 16:20:22.241 +0200: %CCBU_CUIC-4-WARN: Dashboard Migration",
    "0000000054: 10.48.47.142: Aug 22 2017 16:20:22.241 +0200: %CCBU_pool-1-thread-2-3-REST_API: failed",
    "101: Mar 24 11:37:42.153 PST%MIVR-SS_TEL-4-ModuleRunTimeFailure:Real-time failure in JTAPI subsystem",
    "1683: Mar 24 11:27:51.716 PST %MIVR-SS_TEL-3-UNABLE_REGISTER_CTIPORT: Unable to register CTI Port",
    "2016-08-24 18:46:56.780 IST(+0530) [IdSEndPoints-SAML-22] ERROR com.cisco.ccbu.ids A.java:298 - failed",
    "2016-08-24 18:46:56.780 IST(+0530) [IdSEndPoints-51] WARN  com.cisco.ccbu.ids A.java:298 - slow"};

const std::vector<std::string> kGood{
    kHeader + "traffic_server[1]: [ET_NET 0] NOTE: started",
    kHeader + R"(tvcs: Module="network.dns" Level="DEBUG": Detail="Level of ERROR is WARN")",
    kHeader + R"(tvcs: Event="Call Attempted" Service="SIP" Level="1" UTCTime="2018-01-01 17:56:48,979")",
    kHeader + R"(tvcs: Module="network.sip" Level="INFO": Detail="x-3-y")",
    "0000000055: 10.48.47.142: Aug 22 2017 16:20:22.241 +0200: %CCBU_CUIC-6-INFO: Dashboard Migration",
    "2016-08-24 18:46:56.780 IST(+0530) [IdSEndPoints-51] INFO com.cisco.ccbu.ids A.java:298 - [x] ERROR "
    "told",
    "10231: Dec 05 19:01:36.215 EST %MIVR-SS_RM-7-UNK:words"};

TEST(Severity, KnowsWarningsAndWorse) {
  for (const std::string& text : kBad) EXPECT_TRUE(is_severe(text)) << text;
  for (const std::string& text : kGood) EXPECT_FALSE(is_severe(text)) << text;
}

const std::string kLowered =
    kHeader + R"(alarm: Level="INFO" Event="Alarm Lowered" Id="20006" UUID="0f96695e")";

TEST(Severity, KnowsTheEndOfAnAlarm) {
  Record record;
  parse_record(kLowered, std::nullopt, record);
  EXPECT_TRUE(lowers_alarm(record));
  EXPECT_FALSE(is_severe(kLowered));
  parse_record(kBad[5], std::nullopt, record);
  EXPECT_FALSE(lowers_alarm(record)) << kBad[5];
}

// True if a literal of `text` lets it be severe.
bool may_be_severe_by_a_literal(const std::string& text) {
  const std::string folded = lower_case(text);
  return std::any_of(severe_literals().begin(), severe_literals().end(), [&](std::string_view literal) {
    const std::size_t at = folded.find(literal);
    return at != std::string::npos && may_be_severe(text, at + literal.size());
  });
}

TEST(Severity, ShowsInALiteralOfEverySuchRecord) {
  for (const std::string& text : kBad) EXPECT_TRUE(may_be_severe_by_a_literal(text)) << text;
  EXPECT_TRUE(may_be_severe_by_a_literal(kLowered));
}

TEST(Severity, OfATagShowsThatItIsNone) {
  for (const std::string& text : kGood) {
    if (text.find("%CCBU_") == std::string::npos && text.find("%MIVR-") == std::string::npos) continue;
    EXPECT_FALSE(may_be_severe_by_a_literal(text)) << text;
  }
}

}  // namespace
}  // namespace assay
