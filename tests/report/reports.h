// Reports for the tests of the outputs, and the comparison with golden files.
//
// UPDATE_GOLDEN=1 writes the golden files anew; read the difference before it is kept.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "assay/report.h"

namespace assay::test {

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void expect_golden(const std::string& file, const std::string& text) {
  const std::string path = std::string(ASSAY_SOURCE_DIR) + "/tests/" + file;
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
  EXPECT_EQ(text, read_file(path)) << "differs from " << path << "; UPDATE_GOLDEN=1 writes it anew";
}

// 2022-07-11T16:55:26.016Z and a bit later.
inline Time moment(std::int64_t milliseconds) {
  return Time{1'657'558'526'016'000 + milliseconds * 1000};
}

inline Evidence evidence_of(std::string target, std::int64_t at, std::uint64_t line) {
  return {.observation = "untrusted",
          .place = {"case.zip!/diag.tar.gz!/loggingsnapshot_vcsc.txt", line, line * 100},
          .time = moment(at),
          .captures = {{"target", target}, {"error", "self signed certificate"}},
          .text =
              "2022-07-11T16:55:26.016+00:00 vcsc traffic_server[18242]: [ET_NET 0] WARNING: Core server "
              "certificate verification failed for (" +
              target + "). Action=Terminate Error=self signed certificate server=" + target +
              "(192.0.2.10) depth=0"};
}

inline Finding untrusted_servers() {
  Finding finding;
  finding.id = "CSCwc69661";
  finding.status = Status::issue;
  finding.node = "vcsc.example.com";
  finding.kind = Kind::defect;
  finding.severity = Severity::high;
  finding.title = "Traffic Server enforces certificate validation of UCM, IM&P and Unity nodes for MRA";
  finding.description =
      "The Expressway-C does not trust the certificates of these servers:\n"
      "- cucm.example.com (self signed certificate)\n- imp.example.com (self signed certificate)\n\n"
      "Mobile and remote access fails for every client that needs one of them.";
  finding.condition = "Expressway-C X14.2 or later, and certificates that no trusted authority has signed.";
  finding.further_information = "Before X14.2 the Traffic Server did not verify these certificates.";
  finding.actions = {
      "Have the certificates of the servers signed by an authority, and add it to the trusted "
      "certificates of the Expressway-C.",
      "Try the login again."};
  finding.references = {"https://bst.cisco.com/quickview/bug/CSCwc69661"};
  finding.also_known_as = {"CSCwa25108"};
  for (const char* target : {"cucm.example.com", "imp.example.com"}) {
    Group group;
    group.captures = {{"target", target}, {"error", "self signed certificate"}};
    group.count = 3;
    group.first = moment(0);
    group.last = moment(90'500);
    group.evidence = {evidence_of(target, 90'500, 4711)};
    finding.groups.push_back(std::move(group));
  }
  return finding;
}

inline Finding finding_of(std::string id, Status status, std::string title) {
  Finding finding;
  finding.id = std::move(id);
  finding.status = status;
  finding.node = "vcsc.example.com";
  finding.kind = Kind::configuration;
  finding.severity = Severity::medium;
  finding.title = std::move(title);
  finding.description = finding.title + ".";
  return finding;
}

inline Transaction refused_request() {
  Transaction one;
  one.node = "vcsc.example.com";
  one.id = "12";
  one.process = "traffic_server";
  one.pid = 18242;
  one.begin = moment(0);
  one.end = moment(42);
  one.client = "198.51.100.7:4711";
  one.method = "GET";
  one.url_asked = "https://vcse.example.com:8443/bGFiL2h0dHBzL2N1Y20ubGFiLzg0NDM/cucm-uds/servers";
  one.url_sent = "https://cucm.lab:8443/cucm-uds/servers";
  one.target = Target{"bGFiL2h0dHBzL2N1Y20ubGFiLzg0NDM", true, "lab", "https", "cucm.lab", 8443};
  one.server = "192.0.2.10:8443";
  one.status = 502;
  one.reason = "connect failed";
  one.complete = true;
  one.diagnostics = {
      {{"diag.tar.gz!/log.txt", 7, 700}, moment(30), "ERROR: SSL connection failed", Join::nearest}};
  one.handshake = JoinedHandshake{
      {"diag.tar.gz!/eth0.pcap", 12, 3000}, moment(5), "refused_by_client", Join::only_candidate};
  one.place = {"diag.tar.gz!/log.txt", 5, 500};
  return one;
}

inline CertificatePointer certificate_of(std::string name, std::string issuer, char digit) {
  auto one = std::make_shared<Certificate>();
  one->sha256 = std::string(64, digit);
  one->subject = "CN=" + name + ",O=Example";
  one->issuer = "CN=" + issuer + ",O=Example";
  one->subject_parts = {{"CN", name}, {"O", "Example"}};
  one->issuer_parts = {{"CN", issuer}, {"O", "Example"}};
  one->common_names = {name};
  one->sans = {{"dns", name}, {"ip", "192.0.2.10"}};
  one->serial = "0a1b";
  one->not_before = moment(-86'400'000LL * 300);
  one->not_after = moment(86'400'000LL * 65);
  one->key_type = "RSA";
  one->key_bits = 2048;
  one->signature_algorithm = "RSASSA-PSS";
  one->signature_algorithm_oid = "1.2.840.113549.1.1.10";
  one->signature_hash = "SHA256";
  one->signature_salt = 32;
  one->subject_key_id = "c0ffee";
  one->authority_key_id = "facade";
  one->key_usage = {"digitalSignature", "keyEncipherment"};
  one->extended_key_usage = {"serverAuth", "clientAuth"};
  one->self_signed = name == issuer;
  one->der = "0";
  return one;
}

// Of a leaf whose issuer nobody trusts.
inline TrustVerdict untrusted() {
  return {.known = true,
          .error = "unable to get local issuer certificate",
          .depth = 0,
          .missing_issuer = "CN=Example CA,O=Example",
          .held = {},
          .lacking = {"CN=Example CA,O=Example"},
          .name_by_standard = true,
          .name_by_traffic_server = false};
}

inline Handshake refused_handshake() {
  Handshake one;
  one.node = "vcsc.example.com";
  one.place = {"diag.tar.gz!/eth0.pcap", 12, 3000};
  one.begin = moment(5);
  one.end = moment(25);
  one.client = {"192.0.2.20", 31576};
  one.server = {"2001:db8::10", 8443};
  one.sni = "cucm.example.com";
  one.asked_name = "cucm.example.com";
  one.offered_versions = {"TLS 1.2", "TLS 1.1"};
  one.version = "TLS 1.2";
  one.offered_ciphers = {"TLS_DHE_RSA_WITH_AES_256_CBC_SHA", "0x1234"};
  one.offered_cipher_numbers = {0x0039, 0x1234};
  one.cipher = "TLS_DHE_RSA_WITH_AES_256_CBC_SHA";
  one.cipher_number = 0x39;
  one.signature_algorithms = {"rsa_pkcs1_sha256"};
  one.groups = {"x25519"};
  one.dh_bits = 1024;
  one.client_certificate_asked = true;
  one.server_certificates_seen = CertificateVisibility::visible;
  one.server_certificates = {certificate_of("cucm.example.com", "Example CA", 'a')};
  one.client_certificates = {certificate_of("phone.example.com", "phone.example.com", 'b')};
  one.alerts = {{"fatal", "unknown_ca", 48, Peer::client, false, moment(25)},
                {"", "", -1, Peer::server, true, moment(26)}};
  one.outcome = HandshakeOutcome::refused_by_client;
  one.trust = untrusted();
  return one;
}

// Begun before the capture: nothing is known but that it was there.
inline Handshake handshake_in_part() {
  Handshake one;
  one.node = "vcsc.example.com";
  one.place = {"diag.tar.gz!/eth0.pcap", 40, 9000};
  one.client = {"192.0.2.20", 31577};
  one.server = {"192.0.2.10", 443};
  one.partial = true;
  return one;
}

inline Sighting sighting_of(std::string use, std::string endpoint, Place place, bool is_trusted) {
  Sighting one;
  one.node = "vcsc.example.com";
  one.place = std::move(place);
  one.use = std::move(use);
  one.endpoint = std::move(endpoint);
  one.time = moment(5);
  one.trust.known = true;
  if (!is_trusted) one.trust = untrusted();
  return one;
}

inline std::vector<SeenCertificate> seen_certificates() {
  const Place capture{"diag.tar.gz!/eth0.pcap", 12, 3000};
  SeenCertificate leaf{certificate_of("cucm.example.com", "Example CA", 'a'), {}};
  leaf.sightings = {sighting_of("presented_by_server", "[2001:db8::10]:8443", capture, false),
                    sighting_of("file", "", {"diag.tar.gz!/leaf.pem", 0, 0}, false)};
  SeenCertificate root{certificate_of("Old Root", "Old Root", 'c'), {}};
  auto expired = std::make_shared<Certificate>(*root.certificate);
  expired->not_after = moment(-86'400'000LL * 12);
  root.certificate = expired;
  root.sightings = {sighting_of("trust_store", "", {"diag.tar.gz!/ca_vcsc.pem", 0, 0}, true)};
  auto broken = std::make_shared<Certificate>();
  broken->sha256 = std::string(64, 'd');
  broken->unreadable = "wrong tag";
  SeenCertificate unreadable{broken,
                             {sighting_of("server", "", {"diag.tar.gz!/server_vcsc.pem", 0, 0}, true)}};
  unreadable.sightings.front().trust = {};
  return {std::move(leaf), std::move(root), std::move(unreadable)};
}

// One of everything that a report can hold.
inline Report full_report() {
  Report report;
  report.packs = {"assay 0.1.0", "site 7"};
  report.findings.push_back(untrusted_servers());
  Finding off =
      finding_of("mra-verification-off", Status::potential_problem, "Certificates are not verified");
  off.kind = Kind::security;
  off.maturity = Maturity::experimental;
  off.missing = {
      {"product.version", "The version of the product is not known.", "Collect a diagnostic log."}};
  off.notes = {"Only the first 2000 of 5000 records were kept."};
  report.findings.push_back(std::move(off));
  Finding hidden = finding_of("generic-tls", Status::issue, "A TLS handshake failed");
  hidden.hidden_by = "CSCwc69661";
  report.findings.push_back(std::move(hidden));
  for (const char* id : {"CSCvz20720", "ssh-tunnels-down"}) {
    Finding missing = finding_of(id, Status::missing_information, "Something else");
    missing.missing = {
        {"status", "There is no status dump.", "Download a diagnostic log, which holds xstat_dump."}};
    report.findings.push_back(std::move(missing));
  }
  Finding broken = finding_of("broken", Status::error, "Broken");
  broken.notes = {"The condition names a fact that compares with no version."};
  report.findings.push_back(std::move(broken));
  report.findings.push_back(
      finding_of("zone-password", Status::no_issue, "The traversal zone's password is wrong"));
  report.findings.push_back(finding_of("edge-only", Status::not_applicable, "Concerns the Expressway-E"));
  report.nodes = {{"vcsc.example.com",
                   {"case.zip!/diag.tar.gz"},
                   {{"product.role", "expressway-c", {"case.zip!/diag.tar.gz!/xconf.txt", 3, 99}, "the dump"},
                    {"product.version", "X14.2", {"case.zip!/diag.tar.gz!/xconf.txt", 1, 0}, "the dump"}},
                   {"configuration", "log", "log.traffic_server"}}};
  report.transactions = {refused_request()};
  report.transaction_count = 1;
  report.handshakes = {refused_handshake(), handshake_in_part()};
  report.handshake_count = 2;
  report.certificates = seen_certificates();
  report.unexplained = {
      .groups = {{.node = "vcsc.example.com",
                  .kind = "log",
                  .level = "WARNING",
                  .shape = "traffic_server: cache * is full",
                  .count = 12,
                  .first = Time{1'657'558'526'016'000},
                  .last = Time{1'657'558'633'662'000},
                  .place = {"case.zip!/diag.tar.gz!/loggingsnapshot.txt", 7, 812},
                  .text = "2022-07-11T18:55:26.016+02:00 vcsc traffic_server[18242]: [ET_NET 0] WARNING: "
                          "cache 3 is full"}},
      .count = 15};
  report.problems = {
      {"truncated", "case.zip!/old.tar.gz", "The archive ends too early; what came before was read", 4096},
      {"capture-malformed-packets", "case.zip!/diag.tar.gz!/eth0.pcap",
       "Packets with unsound headers were left out: 2 of 40, packet 12 first", 3000, 12}};
  report.members = 14;
  report.bytes = 312'400'000;
  report.records = 1'234'567;
  report.complete = false;
  return report;
}

}  // namespace assay::test
