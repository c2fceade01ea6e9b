// What the trust store holds of a chain, and what it lacks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "evidence/certificates/certificate_reader.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<CertificatePointer> certificates(const std::string& name) {
  std::ifstream file(ASSAY_SOURCE_DIR "/signatures/captures/" + name, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  EXPECT_FALSE(bytes.empty()) << name;
  std::vector<CertificatePointer> found;
  for (FoundCertificate& one : read_certificates(bytes, 10)) found.push_back(std::move(one.certificate));
  return found;
}

constexpr Time kThen{1'677'661'200'000'000};  // 2023-03-01T09:00:00Z

TrustVerdict verdict(const std::vector<CertificatePointer>& chain, const std::string& store) {
  return TrustStore(certificates(store)).judge(chain, kThen, "");
}

constexpr const char* kRoot = "CN=Example Root CA,O=Example";
constexpr const char* kIntermediate = "CN=Example Issuing CA,O=Example";

TEST(ChainVerdict, NamesTheIssuersThatAreHeldUpToTheRoot) {
  const TrustVerdict whole = verdict(certificates("server_expc.pem"), "ca_example.pem");
  EXPECT_EQ(whole.error, "");
  EXPECT_THAT(whole.held, ElementsAre(kIntermediate, kRoot));
  EXPECT_THAT(whole.lacking, IsEmpty());
}

TEST(ChainVerdict, NamesAnIssuerThatIsSentAlongAndNotHeld) {
  std::vector<CertificatePointer> chain = certificates("server_expc.pem");
  chain.push_back(certificates("ca_example.pem").back());
  const TrustVerdict accepted = verdict(chain, "ca_example_root.pem");
  EXPECT_EQ(accepted.error, "") << "OpenSSL takes the intermediate from the chain";
  EXPECT_THAT(accepted.held, ElementsAre(kRoot));
  EXPECT_THAT(accepted.lacking, ElementsAre(kIntermediate));
}

TEST(ChainVerdict, NamesAnIssuerThatIsNowhere) {
  const TrustVerdict missing = verdict(certificates("server_expc.pem"), "ca_example_root.pem");
  EXPECT_EQ(missing.missing_issuer, kIntermediate);
  EXPECT_THAT(missing.held, IsEmpty());
  EXPECT_THAT(missing.lacking, ElementsAre(kIntermediate));
}

TEST(ChainVerdict, NamesASelfSignedCertificateItself) {
  const std::vector<CertificatePointer> store = certificates("ca_same_name.pem");
  const std::vector<CertificatePointer> chain = {store.back()};
  EXPECT_THAT(verdict(chain, "ca_same_name.pem").held, ElementsAre("CN=cucm2.example.com,O=Example"));
  EXPECT_THAT(verdict(chain, "ca_example.pem").lacking, ElementsAre("CN=cucm2.example.com,O=Example"));
}

}  // namespace
}  // namespace assay
