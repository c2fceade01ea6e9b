// Content decides who reads a member; facts that dumps do not tell come from the log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evidence/member_name.h"
#include "reading.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string reader_of(const std::string& name, const std::string& text) {
  return read_files({{name, text}}).inventory.members.at(0).reader;
}

TEST(Read, ContentDecidesAndNamesDoNot) {
  EXPECT_EQ(reader_of("server_x.pem", "2022-07-11T18:55:25+02:00 vcsc tvcs: x\n"), "log");
  EXPECT_EQ(reader_of("loggingsnapshot_x.txt", "*c xConfiguration A: \"b\"\n"), "configuration");
  EXPECT_EQ(reader_of("picture.png", "Last login\n\n*s SystemUnit:\n  Product: \"x\"\n*s/end\n"), "status");
  EXPECT_EQ(reader_of("notes", std::string(200'000, '\n') + "2022-07-11T18:55:25+02:00 vcsc tvcs: x\n"),
            "log");
}

TEST(Read, WhatNoReaderTakesIsLeftAlone) {
  EXPECT_EQ(reader_of("readme.txt", "some words\n"), "");
  EXPECT_EQ(reader_of("page.xml", "<html><body>Status</body></html>"), "");
  EXPECT_EQ(reader_of("empty", ""), "");
  EXPECT_EQ(reader_of("binary", std::string(3'000'000, '\0')), "");
}

std::vector<std::string> problems_of(const std::string& name, const std::string& text) {
  std::vector<std::string> codes;
  for (const Problem& problem : read_files({{name, text}}).inventory.problems) codes.push_back(problem.code);
  return codes;
}

TEST(Read, ACertificateThatIsBrokenIsAProblem) {
  const std::string broken = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  EXPECT_EQ(reader_of("ca_x.pem", broken), "certificate");
  EXPECT_THAT(problems_of("ca_x.pem", broken), ElementsAre("certificate-unreadable"));
}

TEST(Read, ACaptureThatIsBrokenIsAProblem) {
  const std::string broken = "\xd4\xc3\xb2\xa1\n2022-07-11T18:55:25+02:00 vcsc tvcs: x\n";
  EXPECT_EQ(reader_of("eth0.pcap", broken), "capture");
  EXPECT_THAT(problems_of("eth0.pcap", broken), ElementsAre("capture-cut"));
}

TEST(Read, EveryMemberIsInTheInventoryInItsOrder) {
  const Reading reading = read_files(
      {{"a.bin", "??"}, {"b.txt", "2022-07-11T18:55:25+02:00 vcsc tvcs: needle\n"}}, want({"needle"}));
  ASSERT_EQ(reading.inventory.members.size(), 2U);
  EXPECT_EQ(reading.inventory.members[0].path, "bundle.tar.gz!/a.bin");
  EXPECT_EQ(reading.inventory.members[1].container, "bundle.tar.gz");
  ASSERT_EQ(reading.logs.size(), 1U);
  EXPECT_EQ(reading.logs[0].place.member, 1U);
}

std::vector<std::string> facts_of(const std::string& dump, WantedSettings wanted) {
  const LogLiterals literals{Wanted()};
  EvidenceReader reader(literals, {}, 1, std::move(wanted));
  TextStream stream(dump);
  Member member{.path = "x", .container = "", .name = "x", .content = stream};
  reader.read(member, [](const Event&) {});
  std::vector<std::string> names;
  for (const FoundFact& fact : reader.take_inventory().facts) names.push_back(fact.name);
  return names;
}

TEST(Read, OfAllSettingsThoseThatAreAskedForBecomeFacts) {
  const std::string dump =
      "*c xConfiguration Zones Zone 1 Name: \"A\"\n*c xConfiguration Zones Zone 1 Type: \"DNS\"\n"
      "*c xConfiguration SIP TLS Mode: \"On\"\n*c xConfiguration CollaborationEdge Enabled: \"On\"\n";
  const auto asked_for = [&dump](const std::vector<std::string>& names) {
    return facts_of(dump, WantedSettings(names));
  };
  EXPECT_EQ(facts_of(dump, WantedSettings()).size(), 6U);
  EXPECT_THAT(asked_for({}), ElementsAre("product.family", "mra.enabled"))
      << "what is derived needs no one to ask";
  EXPECT_THAT(asked_for({"configuration.sip TLS.mode"}),
              ElementsAre("product.family", "configuration.SIP TLS Mode", "mra.enabled"));
  EXPECT_THAT(asked_for({"configuration.Zones.Zone.*.Type", "status.Zones.Zone.*.Name"}),
              ElementsAre("product.family", "configuration.Zones Zone 1 Type", "mra.enabled"));
}

TEST(Read, TheInventoryIsHandedOverOnce) {
  const LogLiterals literals{Wanted()};
  EvidenceReader reader(literals, {});
  TextStream stream("x");
  Member member{.path = "x", .container = "", .name = "x", .content = stream};
  reader.read(member, [](const Event&) {});
  EXPECT_EQ(reader.take_inventory().members.size(), 1U);
  EXPECT_THAT(reader.take_inventory().members, IsEmpty());
}

TEST(Read, NamesOfMembersTellHostAndYear) {
  EXPECT_EQ(parse_member_name("loggingsnapshot_vcsc_2022-07-11_17_33_18.txt").host, "vcsc");
  EXPECT_EQ(parse_member_name("loggingsnapshot_my-host_2_2022-07-11_17:33:18-renamed.txt").host, "my-host_2");
  EXPECT_EQ(parse_member_name("xstat_dump_h_2020-01-01_00-00-00_2021-02-03_173318.xml").host,
            "h_2020-01-01_00-00-00");
  EXPECT_EQ(parse_member_name("eth0_diagnostic_logging_tcpdump00_vcsc_2022-07-11_16_55_44.pcap").host,
            "vcsc");
  EXPECT_EQ(parse_member_name("loggingsnapshot_vcsc_2022-07-11_17_33_18.txt").year, LogYear(2022, 7));
  EXPECT_EQ(parse_member_name("loggingsnapshot_localhost_2022-07-11_17_33_18.txt").host, "");
  EXPECT_EQ(parse_member_name("loggingsnapshot_test.txt").host, "");
  EXPECT_EQ(parse_member_name("SR123_loggingsnapshot_vcsc_2022-07-11_17_33_18.txt").host, "vcsc");
  EXPECT_EQ(parse_member_name("Copy of xconf_dump_vcsc_2022-07-11_17_33_18 (1).txt").host, "vcsc");
  EXPECT_EQ(parse_member_name("SR-123-ca_vcsc_2022-07-11_17_33_18.pem").host, "vcsc");
  EXPECT_EQ(parse_member_name("SR-123-ca_vcsc_2022-07-11_17_33_18.pem").kind, "ca_");
  EXPECT_EQ(parse_member_name("xconf_dump_ca_host_2022-07-11_17_33_18.pem").host, "ca_host");
  EXPECT_EQ(parse_member_name("old_server_logs_2022-07-11_17_33_18.txt").host, "");
  EXPECT_EQ(parse_member_name("myloggingsnapshot_vcsc_2022-07-11_17_33_18.txt").host, "");
  EXPECT_EQ(parse_member_name("_2022-07-11_17_33_1").year, std::nullopt);
  EXPECT_EQ(parse_member_name("").host, "");
}

const std::string kOwnMessage =
    "2018-01-01T12:56:48.975-05:00 vcse1 tvcs: UTCTime=\"2018-01-01 17:56:48,975\" Module=\"network.sip\" "
    "Level=\"DEBUG\":  Action=\"Sent\" Local-ip=\"192.0.2.5\"\n"
    " SIPMSG:\n"
    " |SIP/2.0 100 Trying\n"
    " Via: SIP/2.0/TLS 192.0.2.183:47177;rport\n"
    " Server: TANDBERG/4135 (X8.10.2)\n"
    " Content-Length: 0\n"
    "\n"
    " |\n";

std::string with(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

TEST(Read, TheVersionOfAMessageThatThisDeviceMadeIsItsOwn) {
  const Reading reading = read_log(kOwnMessage);
  EXPECT_EQ(reading.fact("product.version"), "X8.10.2");
  EXPECT_EQ(reading.inventory.facts[0].rank, 10);
  EXPECT_EQ(reading.inventory.facts[0].line, 1U);
}

TEST(Read, TheVersionOfAMessageThatOthersMadeIsNot) {
  EXPECT_EQ(read_log(with(kOwnMessage, "Sent", "Received")).fact("product.version"), "");
  EXPECT_EQ(read_log(with(kOwnMessage, "100 Trying", "200 OK")).fact("product.version"), "");
  EXPECT_EQ(read_log(with(kOwnMessage, "TANDBERG/4135 (X8.10.2)", "TANDBERG/529 (ce9.2.0)"))
                .fact("product.version"),
            "");
}

TEST(Read, ARequestIsOurOwnWhereItHasOneVia) {
  const std::string options = with(with(kOwnMessage, "SIP/2.0 100 Trying", "OPTIONS sip:example.com SIP/2.0"),
                                   "Server:", "User-Agent:");
  EXPECT_EQ(read_log(options).fact("product.version"), "X8.10.2");
  EXPECT_EQ(read_log(with(options, " User-Agent:", " Via: SIP/2.0/TLS 192.0.2.1\n User-Agent:"))
                .fact("product.version"),
            "");
}

std::string http(std::string_view detail, std::string_view block) {
  return "2022-07-11T18:55:25.910+02:00 vcs traffic_server[1]: Module=\"network.http.trafficserver\" "
         "Detail=\"" +
         std::string(detail) + "\" Txn-id=\"1\"\nHTTPMSG:\n|" + std::string(block) + "\n |\n";
}

TEST(Read, TheTrafficServerTellsTheRole) {
  EXPECT_EQ(read_log(http("Receive Request", "GET http://vcs_control.example.com:8443/x HTTP/1.1"))
                .fact("product.role"),
            "expressway-c");
  EXPECT_EQ(read_log(http("Sending Request", "GET http://vcs_control.example.com:8443/x HTTP/1.1"))
                .fact("product.role"),
            "");
  EXPECT_EQ(read_log(http("Sending Response", "HTTP/1.1 200 OK\n Server: CE_C ECS")).fact("product.role"),
            "expressway-c");
  EXPECT_EQ(read_log(http("Receive Response", "HTTP/1.1 200 OK\n Server: CE_C ECS")).fact("product.role"),
            "");
  // An Expressway-E passes on what its Expressway-C answered; what it writes itself decides.
  EXPECT_EQ(read_log(http("Sending Response", "HTTP/1.1 200 OK\n Server: CE_C ECS") +
                     http("Sending Response", "HTTP/1.1 403 Forbidden\n Server: CE_E"))
                .fact("product.role"),
            "expressway-e");
}

}  // namespace
}  // namespace assay
