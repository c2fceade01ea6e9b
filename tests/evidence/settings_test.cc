// Dumps in all their forms become the same settings and facts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evidence/derived_facts.h"
#include "reading.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// "path = value" of every setting of one file.
std::vector<std::string> settings_of(const std::string& text,
                                     const std::string& name = "xconf_dump_test.txt") {
  std::vector<std::string> lines;
  for (const SeenSetting& setting : read_files({{name, text}}).settings)
    lines.push_back(setting.path + " = " + setting.value);
  return lines;
}

TEST(Settings, OfAConfigurationDump) {
  const Reading reading =
      read_files({{"xconf_dump_vcsc_2022-07-11_17_33_18.txt",
                   "*c xConfiguration Zones Zone 7 Name: \"Hybrid: Call \"Service\"\"\r\n"
                   "*c xConfiguration Zones Zone 7 TraversalServer SIP Port: \"7003\"\r\n"
                   "*c xConfiguration Zones Policy SearchRules Rule 3 Pattern Replace: \r\n"
                   "\r\n"
                   "OK\r\n"}});
  ASSERT_THAT(reading.settings, SizeIs(3));
  EXPECT_EQ(reading.settings[0].path, "Zones Zone 7 Name");
  EXPECT_EQ(reading.settings[0].value, "Hybrid: Call \"Service\"");
  EXPECT_EQ(reading.settings[1].place.line, 2U);
  EXPECT_EQ(reading.settings[1].place.offset, 63U);
  EXPECT_EQ(reading.settings[2].path, "Zones Policy SearchRules Rule 3 Pattern Replace");
  EXPECT_EQ(reading.settings[2].value, "");
  const MemberRead& member = reading.inventory.members[0];
  EXPECT_EQ(member.reader, "configuration");
  EXPECT_EQ(member.host, "vcsc");
  EXPECT_EQ(member.kinds.at("configuration"), 3U);
  EXPECT_EQ(reading.fact("configuration.Zones Zone 7 TraversalServer SIP Port"), "7003");
}

TEST(Settings, OfACommandWithoutQuotesOrMarker) {
  EXPECT_THAT(
      settings_of("xconfiguration edgeconfigserver VerifyOriginServer: Off\n"
                  "xConfiguration  SIP   TLS Mode: On\n"
                  "xConfiguration Address: 2001:db8::1\n"),
      ElementsAre("edgeconfigserver VerifyOriginServer = Off", "SIP TLS Mode = On", "Address = 2001:db8::1"));
}

TEST(Settings, OfADumpBehindAByteOrderMark) {
  EXPECT_THAT(settings_of("\xEF\xBB\xBF*c xConfiguration SIP TLS Mode: \"On\"\r\n"),
              ElementsAre("SIP TLS Mode = On"));
  EXPECT_THAT(settings_of("\xEF\xBB\xBF*c xConfiguration SIP TLS Mode: \"On\"\r\n", "saved.txt"),
              ElementsAre("SIP TLS Mode = On"));
}

TEST(Settings, OfAStatusTree) {
  EXPECT_THAT(settings_of("*s SystemUnit: /\n"
                          "  Product: \"Cisco Expressway-C\"\n"
                          "  Software: Version: \"X14.2\"\n"
                          "    Build: \"oak\"\n"
                          "    Options: /\n"
                          "      Item 1: \"x\"\n"
                          "  Uptime: 120\n"
                          "  Note:\n"
                          "  Empty:\n"
                          "*s/end\n"
                          "*s Zones (ver=2):\n"
                          "Zone 1 Status: \"Active\"\n"
                          "*s/end\n"
                          "Zone 2: \"no longer in a tree\"\n"),
              ElementsAre("SystemUnit Product = Cisco Expressway-C", "SystemUnit Software Version = X14.2",
                          "SystemUnit Software Build = oak", "SystemUnit Software Options Item 1 = x",
                          "SystemUnit Uptime = 120",
                          "SystemUnit Note = ", "SystemUnit Empty = ", "Zones Zone 1 Status = Active"));
}

TEST(Settings, OfAFlatStatus) {
  const Reading reading = read_files({{"anything.txt",
                                       "*s SystemUnit Product: \"Cisco Expressway-E\"\n"
                                       "xStatus SystemUnit Software Version: X14.0.7\n"}});
  EXPECT_EQ(reading.inventory.members[0].reader, "status");
  EXPECT_EQ(reading.fact("product.role"), "expressway-e");
  EXPECT_EQ(reading.fact("product.version"), "X14.0.7");
  EXPECT_EQ(reading.fact("status.SystemUnit Software Version"), "X14.0.7");
}

const std::string kConfigurationXml =
    "<?xml version=\"1.0\"?>\n"
    "<!DOCTYPE x [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]>\n"
    "<Configuration>\n"
    "  <Zones><Zone item=\"7\"><Name>A &amp; B &#60;&#x3e; &secret; "
    "&bogus</Name><Type>TraversalClient</Type></Zone></Zones>\n"
    "  <!-- <Zones><Zone item=\"8\"/></Zones> -->\n"
    "  <Banner><![CDATA[<b>&amp;</b>]]></Banner>\n"
    "  <Empty/>\n"
    "</Configuration>\n";

TEST(Settings, OfXml) {
  const Reading reading = read_files({{"xconf_dump_vcsc_2022-07-11_17_33_18.xml", kConfigurationXml}});
  ASSERT_THAT(reading.settings, SizeIs(4));
  EXPECT_EQ(reading.settings[0].path, "Zones Zone 7 Name");
  EXPECT_EQ(reading.settings[0].value, "A & B <> &secret; &bogus");
  EXPECT_EQ(reading.settings[0].place.line, 4U);
  EXPECT_EQ(reading.settings[0].place.offset, kConfigurationXml.find("<Name>"));
  EXPECT_EQ(reading.settings[2].value, "<b>&amp;</b>");
  EXPECT_EQ(reading.settings[3].path, "Empty");
  EXPECT_EQ(reading.inventory.members[0].reader, "configuration");
}

TEST(Settings, MayHaveValuesOfSeveralLines) {
  EXPECT_THAT(settings_of("*s Banner:\n  Text: \"Welcome\n   to: this device\n  bye\"\n  Mode: On\n*s/end\n"),
              ElementsAre("Banner Text = Welcome\n   to: this device\n  bye", "Banner Mode = On"));
  EXPECT_THAT(settings_of("*c xConfiguration A: \"without an end\n*c xConfiguration B: \"2\"\n"),
              ElementsAre("A = without an end", "B = 2"));
  EXPECT_THAT(settings_of("*s A:\n  B: \"without an end\n  C: \"3\"\n*s/end\n"),
              ElementsAre("A B = without an end", "A C = 3"));
  const Reading reading = read_files({{"xconf_dump_a.txt",
                                       "*c xConfiguration A: \"1\n2\"\n"
                                       "*c xConfiguration B: \"3\"\n"}});
  EXPECT_EQ(reading.settings.at(1).place.line, 3U);
}

// Where every element has an item, the first one is an index only for what can occur more than once.
TEST(Settings, OfXmlInWhichEveryElementHasAnItem) {
  EXPECT_THAT(
      settings_of("<XmlDoc><Configuration>"
                  "<Zones item=\"1\"><Zone item=\"1\"><Name item=\"1\">a</Name></Zone></Zones>"
                  "<NTP item=\"1\"><Server item=\"1\"><Address item=\"1\">192.0.2.1</Address></Server>"
                  "<Server item=\"2\"><Address item=\"1\">192.0.2.2</Address></Server></NTP>"
                  "<CollaborationEdge item=\"1\"><Enabled item=\"1\">On</Enabled></CollaborationEdge>"
                  "</Configuration></XmlDoc>"),
      ElementsAre("Zones Zone 1 Name = a", "NTP Server 1 Address = 192.0.2.1",
                  "NTP Server 2 Address = 192.0.2.2", "CollaborationEdge Enabled = On"));
}

// A single value has no index, and neither has what holds a list; so items say nothing here, though some
// elements have none.
TEST(Settings, OfXmlInWhichSomeElementsLackTheItemOfTheOthers) {
  EXPECT_THAT(settings_of("<Configuration><Zones item=\"1\"><Zone item=\"1\"><Name item=\"1\">a</Name>"
                          "<Type>Neighbor</Type></Zone></Zones></Configuration>"),
              ElementsAre("Zones Zone 1 Name = a", "Zones Zone 1 Type = Neighbor"));
  EXPECT_THAT(settings_of("<Status><SystemUnit item=\"1\"><Product item=\"1\">Cisco Expressway-C</Product>"
                          "<Software><Version>X14.2</Version></Software></SystemUnit></Status>"),
              ElementsAre("SystemUnit Product = Cisco Expressway-C", "SystemUnit Software Version = X14.2"));
  EXPECT_THAT(settings_of("<Status><SystemUnit item=\"1\"><Software item=\"1\"><Version>X14.2</Version>"
                          "</Software></SystemUnit></Status>"),
              ElementsAre("SystemUnit Software Version = X14.2"))
      << "every element that holds others has an item";
}

TEST(Settings, OfXmlWhoseListsAreNamedAsLists) {
  EXPECT_THAT(
      settings_of(
          "<Configuration item=\"1\"><Zones item=\"1\"><Policy item=\"1\"><SearchRules item=\"1\">"
          "<Rule item=\"1\"><Name item=\"1\">a</Name></Rule></SearchRules></Policy></Zones>"
          "<Ethernet item=\"1\"><IP item=\"1\"><V4 item=\"1\"><Address item=\"1\">192.0.2.1</Address>"
          "</V4></IP></Ethernet>"
          "<NTP item=\"1\"><Server item=\"1\"><Address item=\"1\">192.0.2.2</Address></Server></NTP>"
          "<SIP item=\"1\"><Server item=\"1\"><Mode item=\"1\">On</Mode></Server></SIP></Configuration>"),
      ElementsAre("Zones Policy SearchRules Rule 1 Name = a", "Ethernet 1 IP V4 Address = 192.0.2.1",
                  "NTP Server 1 Address = 192.0.2.2", "SIP Server Mode = On"));
}

TEST(Settings, OfXmlCountElementsOfAListThatHaveNoItem) {
  EXPECT_THAT(
      settings_of("<Configuration><Zones><Zone><Name>a</Name></Zone><Zone><Name>b</Name></Zone></Zones>"
                  "<NTP><Server item=\"1\"><Address>192.0.2.1</Address></Server>"
                  "<Server><Address>192.0.2.2</Address></Server></NTP>"
                  "<SIP><Mode>On</Mode></SIP><SIP><Port>5060</Port></SIP></Configuration>"),
      ElementsAre("Zones Zone 1 Name = a", "Zones Zone 2 Name = b", "NTP Server 1 Address = 192.0.2.1",
                  "NTP Server 2 Address = 192.0.2.2", "SIP Mode = On", "SIP Port = 5060"))
      << "what is no list may come in parts";
}

TEST(Settings, OfDamagedXmlGiveWhatCanBeRead) {
  EXPECT_THAT(settings_of("<Configuration><A>1</A><B><C>2</D></B><E x=\"><F>3</F"),
              ElementsAre("A = 1", "B C = 2"));
  EXPECT_THAT(settings_of("<Configuration><A>1</A>"), ElementsAre("A = 1"));
  std::string deep = "<Configuration>";
  for (int i = 0; i < 10'000; ++i) deep += "<x>";
  EXPECT_THAT(settings_of(deep), IsEmpty());
}

TEST(Settings, OfXmlThatEndsTooEarlyAreKeptAndItIsSaid) {
  const std::string xml = kConfigurationXml.substr(0, kConfigurationXml.find("<Banner>"));
  const Reading reading = read_files({{"xconf_dump_vcsc_2022-07-11_17_33_18.xml", xml}});
  EXPECT_THAT(reading.settings, SizeIs(2));
  ASSERT_THAT(reading.inventory.problems, SizeIs(1));
  EXPECT_EQ(reading.inventory.problems[0].code, "truncated");
  EXPECT_EQ(reading.inventory.problems[0].offset, xml.size());
  EXPECT_TRUE(reading.inventory.members[0].cut);
  EXPECT_THAT(read_files({{"xconf_dump_vcsc_2022-07-11_17_33_18.xml", kConfigurationXml}}).inventory.problems,
              SizeIs(0));
}

TEST(Settings, AreTheSameFactsInAllForms) {
  const std::string configuration_text =
      "*c xConfiguration CollaborationEdge Enabled: \"On\"\n"
      "*c xConfiguration EdgeConfigServer VerifyOriginServer: \"Off\"\n"
      "*c xConfiguration Ciphers UcClientTLSCiphers Value: \"EECDH:!aNULL\"\n"
      "*c xConfiguration IP DNS Hostname: \"vcsc\"\n";
  const std::string configuration_xml =
      "<Configuration><CollaborationEdge><Enabled>On</Enabled></CollaborationEdge>"
      "<EdgeConfigServer><VerifyOriginServer>Off</VerifyOriginServer></EdgeConfigServer>"
      "<Ciphers><UcClientTLSCiphers><Value>EECDH:!aNULL</Value></UcClientTLSCiphers></Ciphers>"
      "<IP><DNS><Hostname>vcsc</Hostname></DNS></IP></Configuration>";
  const std::string status_text =
      "*s SystemUnit:\n  Product: \"Cisco Expressway-C\"\n  Software:\n    Version: \"X14.2\"\n*s/end\n";
  const std::string status_flat =
      "*s SystemUnit Product: \"Cisco Expressway-C\"\n*s SystemUnit Software Version: \"X14.2\"\n";
  const std::string status_xml =
      "<Status><SystemUnit item=\"1\"><Product item=\"1\">Cisco Expressway-C</Product>"
      "<Software item=\"1\"><Version item=\"1\">X14.2</Version></Software></SystemUnit></Status>";
  const auto facts_of = [](const std::string& text) {
    std::map<std::string, std::string> facts;
    for (const FoundFact& found : read_files({{"file", text}}).inventory.facts)
      facts[found.name] = found.value;
    return facts;
  };
  EXPECT_EQ(facts_of(configuration_text), facts_of(configuration_xml));
  EXPECT_EQ(facts_of(status_text), facts_of(status_flat));
  EXPECT_EQ(facts_of(status_text), facts_of(status_xml));

  const Reading reading = read_files({{"a", configuration_text}, {"b", status_text}});
  EXPECT_EQ(reading.fact("mra.enabled"), "On");
  EXPECT_EQ(reading.fact("mra.verify_origin_server"), "Off");
  EXPECT_EQ(reading.fact("ciphers.uc_client"), "EECDH:!aNULL");
  EXPECT_EQ(reading.fact("host.name"), "vcsc");
  EXPECT_EQ(reading.fact("product.name"), "Cisco Expressway-C");
  EXPECT_EQ(reading.fact("product.role"), "expressway-c");
  EXPECT_EQ(reading.fact("product.version"), "X14.2");
}

TEST(Settings, OfTheTextAndTheXmlOfOneDumpAreOneEventEach) {
  const std::string text =
      "*c xConfiguration NTP Server 1 Address: \"192.0.2.1\"\n"
      "*c xConfiguration SIP TLS Mode: \"On\"\n";
  const std::string xml =
      "<Configuration><NTP><Server item=\"1\"><Address>192.0.2.1</Address></Server></NTP>"
      "<SIP><TLS><Mode>Off</Mode></TLS><UDP><Mode>Off</Mode></UDP></SIP></Configuration>";
  const auto seen = [](const Files& files) {
    std::vector<std::string> lines;
    for (const SeenSetting& setting : read_files(files).settings)
      lines.push_back(setting.path + " = " + setting.value);
    return lines;
  };
  EXPECT_THAT(seen({{"xconf_dump_a.txt", text}, {"xconf_dump_a.xml", xml}}),
              ElementsAre("NTP Server 1 Address = 192.0.2.1", "SIP TLS Mode = On", "SIP TLS Mode = Off",
                          "SIP UDP Mode = Off"))
      << "what they disagree in, and what only one has, is all there";
  EXPECT_THAT(seen({{"xconf_dump_a.xml", xml}, {"xconf_dump_a.txt", text}}), SizeIs(4));
  EXPECT_THAT(seen({{"xconf_dump_a.txt", text}, {"xconf_dump_b.xml", xml}}), SizeIs(5))
      << "a dump of another device, or of another time";
}

// The dumps are from the start of the log; this event came later.
std::string change(std::string_view detail, int second = 24) {
  return "2020-08-12T15:13:" + std::to_string(second) +
         ".100-05:00 expc01 httpd[15060]: web: Event=\"System Configuration Changed\" Detail=\"" +
         std::string(detail) +
         "\" Src-ip=\"192.0.2.30\" User=\"admin\" Level=\"1\" UTCTime=\"2020-08-12 20:13:" +
         std::to_string(second) + "\" \n";
}

TEST(Settings, ThatTheLogSaysWereChangedAreFacts) {
  const Reading reading = read_log(
      change("configuration/cluster/tls_verify - changed from: 'Permissive' to: 'Enforcing'") +
      change("configuration/edgeconfigserver/VerifyOriginServer - changed from: 'Off' to: 'On'", 40) +
      change("configuration/edgeconfigserver/VerifyOriginServer - changed from: 'On' to: 'Off'", 30) +
      change("configuration/sip/domain - changed from: 'it's' to: 'it' to: 'me'") +
      change("configuration/x - changed") + change("changed from: 'a' to: 'b'"));
  EXPECT_EQ(reading.fact("configuration.cluster tls_verify"), "Enforcing");
  EXPECT_EQ(reading.fact("configuration.edgeconfigserver VerifyOriginServer"), "On") << "the last one";
  EXPECT_EQ(reading.fact("mra.verify_origin_server"), "On");
  EXPECT_EQ(reading.fact("configuration.sip domain"), "me");
  EXPECT_THAT(reading.inventory.facts, SizeIs(6)) << "one for each of the four, the host, and the family";
}

TEST(Settings, WhatADumpLeavesOutIsUnknown) {
  const Reading reading = read_files({{"a", "*c xConfiguration SIP TLS Mode: \"On\"\n"}});
  for (const char* const name :
       {"mra.enabled", "mra.verify_origin_server", "product.role", "product.version"}) {
    EXPECT_EQ(reading.fact(name), "") << name;
  }
}

TEST(Settings, TraversalZonesTellTheRoleOnlyWhereTheyAgree) {
  const std::string server = "*c xConfiguration Zones Zone 2 Type: \"TraversalServer\"\n";
  const std::string client = "*c xConfiguration Zones Zone 3 Type: \"TraversalClient\"\n";
  EXPECT_EQ(read_files({{"a", server}}).fact("product.role"), "expressway-e");
  EXPECT_EQ(read_files({{"a", client}}).fact("product.role"), "expressway-c");
  EXPECT_EQ(read_files({{"a", server + client}}).fact("product.role"), "");
  // What the device says of itself wins over what its zones suggest.
  EXPECT_EQ(read_files({{"a", client}, {"b", "*s SystemUnit Product: \"Cisco Expressway-E\"\n"}})
                .fact("product.role"),
            "expressway-e");
}

TEST(Settings, TooManyAreReportedAndLongValuesCut) {
  std::string dump = "*c xConfiguration Long Value: \"" + std::string(100'000, 'x') + "\"\n";
  for (std::size_t i = 0; i < SettingFacts::kMaxSettings; ++i)
    dump += "*c xConfiguration Item " + std::to_string(i) + ": \"v\"\n";
  dump += "*c xConfiguration CollaborationEdge Enabled: \"On\"\n";
  const Reading reading = read_files({{"a", dump}});
  EXPECT_EQ(reading.settings.size(), SettingFacts::kMaxSettings + 2);
  EXPECT_EQ(reading.fact("configuration.Long Value").size(), SettingFacts::kMaxValue);
  EXPECT_EQ(reading.fact("mra.enabled"), "On");
  EXPECT_LE(reading.inventory.facts.size(), SettingFacts::kMaxSettings + 10);
  ASSERT_THAT(reading.inventory.problems, SizeIs(1));
  EXPECT_EQ(reading.inventory.problems[0].code, "limit-settings");
}

}  // namespace
}  // namespace assay
