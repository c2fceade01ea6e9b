// What must be uploaded for failed connections to succeed, from reports whose outcomes are changed by hand.
#include <gtest/gtest.h>

#include "assay/analyze.h"
#include "assay/certificates.h"

namespace assay {
namespace {

Input captured(const std::string& name) {
  return Input::from_path(ASSAY_SOURCE_DIR "/testdata/captures/" + name);
}

Report report_on(const std::vector<Input>& inputs) {
  Options options;
  options.handshakes = true;
  options.certificates = true;
  return analyze(SignatureSet::from_text({}), inputs, options);
}

std::vector<std::string> subjects(const std::vector<MissingCertificate>& missing) {
  std::vector<std::string> all;
  for (const MissingCertificate& one : missing)
    all.push_back(one.subject + (one.certificate ? "" : " (no valid one)"));
  return all;
}

using Subjects = std::vector<std::string>;

TEST(MissingCertificates, AreThoseOfFailedConnectionsOnly) {
  Report report = report_on({captured("tls12_ecdsa.pcap"), captured("ca_root.pem")});
  ASSERT_EQ(report.handshakes.size(), 1U);
  EXPECT_EQ(report.handshakes[0].outcome, HandshakeOutcome::completed);
  EXPECT_EQ(subjects(missing_certificates(report)), Subjects{}) << "it completed all the same";
  report.handshakes[0].outcome = HandshakeOutcome::refused_by_client;
  EXPECT_EQ(subjects(missing_certificates(report)), Subjects{"CN=Example EC Root CA"})
      << "the root, not the leaf";
  report.handshakes[0].outcome = HandshakeOutcome::cut;
  EXPECT_EQ(subjects(missing_certificates(report)), Subjects{"CN=Example EC Root CA"});
  report.handshakes[0].outcome = HandshakeOutcome::unfinished;
  EXPECT_EQ(subjects(missing_certificates(report)), Subjects{}) << "nothing has failed yet";
}

TEST(MissingCertificates, AreNoneWhereTheChainIsTrusted) {
  const Report report = report_on({captured("tls12_dhe_refused.pcap"), captured("ca_root.pem")});
  EXPECT_EQ(report.handshakes.at(0).outcome, HandshakeOutcome::refused_by_client) << "for its small group";
  EXPECT_EQ(subjects(missing_certificates(report)), Subjects{});
}

TEST(MissingCertificates, WithoutATrustStoreAreKnownByTheAlertAlone) {
  Report report = report_on({captured("tls12_self_signed_refused.pcap")});
  EXPECT_EQ(subjects(missing_certificates(report)), Subjects{"CN=self.example.com"});
  report.handshakes.at(0).alerts.at(0).description = "certificate_unknown";
  EXPECT_EQ(subjects(missing_certificates(report)), Subjects{}) << "that may be anything";
}

TEST(MissingCertificates, AreAllOnTheWayUp) {
  // The leaf came alone, and the trust store holds neither its issuer nor the root.
  const Report report =
      report_on({captured("tls12_no_intermediate.pcap"), captured("chain.p7b"), captured("tls12_pss.pcap")});
  EXPECT_EQ(subjects(missing_certificates(report)),
            (Subjects{"CN=Example Issuing CA,O=Example", "CN=Example Root CA,O=Example"}));
  const Report without_root = report_on({captured("tls12_no_intermediate.pcap"), captured("chain.p7b")});
  EXPECT_EQ(subjects(missing_certificates(without_root)),
            (Subjects{"CN=Example Issuing CA,O=Example", "CN=Example Root CA,O=Example (no valid one)"}));
}

// Everything that was seen of this chain has run out by then; what the store holds of it is no help.
TEST(MissingCertificates, AreNoneThatHaveExpired) {
  Report report = report_on({captured("tls12_dhe_refused.pcap"), captured("ca_root.pem")});
  Handshake& handshake = report.handshakes.at(0);
  handshake.trust.error = "certificate has expired";
  EXPECT_EQ(subjects(missing_certificates(report)), Subjects{}) << "not yet";
  handshake.begin = Time{2'556'144'000'000'000};  // in 2051
  EXPECT_EQ(subjects(missing_certificates(report)),
            Subjects{"CN=Example Issuing CA,O=Example (no valid one)"});
}

TEST(MissingCertificates, AreNotThoseThatAStrangerLacks) {
  // The node's own certificate was refused: the trust store that lacks its issuer is the client's.
  Report report = report_on({captured("tls12_no_intermediate.pcap"), captured("ca_root.pem")});
  ASSERT_EQ(missing_certificates(report).size(), 1U);
  for (SeenCertificate& seen : report.certificates) {
    if (seen.certificate != report.handshakes.at(0).server_certificates.at(0)) continue;
    Sighting own = seen.sightings.front();
    own.use = "server";
    seen.sightings.push_back(own);
  }
  EXPECT_EQ(subjects(missing_certificates(report)), Subjects{});
}

TEST(MissingCertificates, AreTheClientsWhereTheServerRefused) {
  const Report report = report_on({captured("tls12_client_refused.pcap")});
  const std::vector<MissingCertificate> missing = missing_certificates(report);
  EXPECT_EQ(subjects(missing), Subjects{"CN=phone.example.com"});
  EXPECT_EQ(missing.at(0).needed_for, std::vector<std::string>{"198.51.100.20"});
}

// A server presents the way to a root that has expired; its authority was signed by another one, too.
Report report_on_crossed_chain() {
  Report report = report_on({captured("tls12_self_signed_refused.pcap"), captured("crossed.pem")});
  Handshake& handshake = report.handshakes.at(0);
  handshake.begin = Time{1'830'000'000'000'000};  // in 2027
  handshake.trust.known = true;
  handshake.trust.error = "certificate has expired";
  handshake.server_certificates.clear();
  for (const std::string subject :
       {"CN=crossed.example.com", "CN=Example Crossed CA", "CN=Example Old Root CA"}) {
    for (const SeenCertificate& seen : report.certificates) {
      const bool is_old = seen.certificate->issuer != "CN=Example New Root CA";
      if (seen.certificate->subject == subject && is_old)
        handshake.server_certificates.push_back(seen.certificate);
    }
  }
  return report;
}

TEST(MissingCertificates, AreNotOfAWayThatHasExpiredIfThereIsAnother) {
  Report report = report_on_crossed_chain();
  ASSERT_EQ(report.handshakes.at(0).server_certificates.size(), 3U);
  EXPECT_EQ(subjects(missing_certificates(report)),
            (Subjects{"CN=Example Crossed CA", "CN=Example New Root CA"}));
  for (SeenCertificate& seen : report.certificates) {
    if (seen.certificate->issuer == "CN=Example New Root CA") seen.sightings.front().use = "trust_store";
  }
  EXPECT_EQ(subjects(missing_certificates(report)), Subjects{}) << "the store holds the other way";
}

TEST(MissingCertificates, AreThoseOfTheExpiredWayIfNoOtherWasSeen) {
  Report report = report_on_crossed_chain();
  std::erase_if(report.certificates, [](const SeenCertificate& seen) {
    return seen.certificate->issuer == "CN=Example New Root CA";
  });
  EXPECT_EQ(subjects(missing_certificates(report)), Subjects{"CN=Example Old Root CA (no valid one)"});
}

TEST(MissingCertificates, AreSignedByNoImpostor) {
  // Another certificate of the issuer's name does not verify the signature of the leaf.
  Report report = report_on({captured("tls12_no_intermediate.pcap"), captured("tls12_ecdsa.pcap")});
  for (SeenCertificate& seen : report.certificates) {
    if (seen.certificate->subject != "CN=Example EC Root CA") continue;
    auto impostor = std::make_shared<Certificate>(*seen.certificate);
    impostor->subject = "CN=Example Issuing CA,O=Example";
    seen.certificate = impostor;
  }
  EXPECT_EQ(subjects(missing_certificates(report)),
            Subjects{"CN=Example Issuing CA,O=Example (no valid one)"});
}

TEST(Pem, IsThatOfTheFileItCameFrom) {
  const Report report = report_on({captured("ca_root.pem"), captured("leaf.der")});
  ASSERT_EQ(report.certificates.size(), 2U);
  for (const SeenCertificate& seen : report.certificates) {
    const std::string pem = to_pem(*seen.certificate);
    const Report again = report_on({Input::from_bytes("x.pem", pem)});
    ASSERT_EQ(again.certificates.size(), 1U);
    EXPECT_EQ(again.certificates[0].certificate->der, seen.certificate->der);
  }
  EXPECT_EQ(to_pem(Certificate()), "");
}

}  // namespace
}  // namespace assay
