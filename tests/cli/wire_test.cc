// What captures and certificate files show, from the shell: handshakes, certificates, and files to upload.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <set>
#include <vector>

#include "program.h"

namespace assay::test {
namespace {

const std::string kCaptures = kSource + "/testdata/captures/";
const std::string kSelfSigned = kCaptures + "tls12_self_signed_refused.pcap";
const std::string kNoIntermediate = kCaptures + "tls12_no_intermediate.pcap";
const std::string kRoot = kCaptures + "ca_root.pem";
const std::string kChain = kCaptures + "chain.p7b";

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::set<std::string> files_in(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.insert(entry.path().filename());
  return names;
}

TEST(Handshakes, AreListedInEveryFormat) {
  const Outcome table = assay("handshakes " + kSelfSigned);
  EXPECT_EQ(table.status, 0) << table.err;
  EXPECT_TRUE(table.out.starts_with("time ")) << table.out;
  EXPECT_NE(table.out.find("refused by client"), std::string::npos) << table.out;
  EXPECT_TRUE(assay("handshakes --format csv " + kSelfSigned).out.starts_with("node,path,packet,"));
  const std::string line = assay("handshakes --format jsonl " + kSelfSigned).out;
  EXPECT_EQ(lines_in(line), 1U);
  for (const char* part : {"\"server\":\"192.0.2.10:8443\"", "\"sni\":\"self.example.com\"",
                           "\"version\":\"TLS 1.2\"", "\"cipher\":\"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"",
                           "{\"level\":\"fatal\",\"description\":\"unknown_ca\",\"code\":48,\"from\":"
                           "\"client\",\"encrypted\":false",
                           "\"outcome\":\"refused_by_client\""}) {
    EXPECT_NE(line.find(part), std::string::npos) << part << " is not in\n" << line;
  }
}

TEST(Handshakes, OfAConnectionSeenInPartAreALineToo) {
  const Outcome outcome =
      shell("head -c 700 " + kSelfSigned + " > front.pcap; $assay handshakes --format jsonl front.pcap");
  EXPECT_EQ(lines_in(outcome.out), 1U) << outcome.out << outcome.err;
  EXPECT_EQ(outcome.status, 3) << "the file ends within a packet";
  EXPECT_NE(outcome.out.find("\"outcome\":\"unfinished\""), std::string::npos) << outcome.out;
}

// The capture without its first packets, of which the fourth is the ClientHello.
std::string without_its_front(const std::string& capture) {
  std::size_t at = 24;
  for (int packet = 0; packet < 5; ++packet) {
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, capture.data() + at + 8, sizeof bytes);
    at += 16 + bytes;
  }
  return capture.substr(0, 24) + capture.substr(at);
}

TEST(Handshakes, DoNotTellWhichNameAnUnseenClientHelloAskedFor) {
  const Folder folder;
  const std::string late = folder.write("late.pcap", without_its_front(read_file(kSelfSigned)));
  const Outcome outcome = assay("handshakes --format jsonl " + late);
  EXPECT_EQ(lines_in(outcome.out), 1U) << outcome.err;
  for (const char* part :
       {"\"partial\":true", "\"outcome\":\"refused_by_client\"", "\"name_by_standard\":null"}) {
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part << " is not in\n" << outcome.out;
  }
}

TEST(Handshakes, SaysIfThereIsNone) {
  const Outcome outcome = assay("handshakes " + kRoot);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "assay: there is no TLS connection in the captures\n");
}

TEST(Certificates, AreListedInEveryFormat) {
  const std::string paths = kSelfSigned + " " + kRoot;
  const Outcome table = assay("certificates " + paths);
  EXPECT_EQ(table.status, 0) << table.err;
  EXPECT_NE(table.out.find("not trusted: self-signed certificate"), std::string::npos) << table.out;
  EXPECT_NE(table.out.find("in the trust store"), std::string::npos) << table.out;
  EXPECT_TRUE(assay("certificates --format csv " + paths).out.starts_with("sha256,subject,issuer,"));
  EXPECT_EQ(lines_in(assay("certificates --format jsonl " + paths).out), 2U);
}

TEST(Certificates, AreNeitherTrustedNorRefusedWithoutATrustStore) {
  const std::string line = assay("certificates --format jsonl " + kSelfSigned).out;
  EXPECT_NE(line.find("\"trust\":\"unknown\""), std::string::npos) << line;
}

TEST(Export, WritesEachCertificateToAFileOfItsName) {
  const Folder folder;
  const std::string target = folder.path("new/pem");
  const Outcome outcome = assay("certificates --export " + target + " " + kSelfSigned + " " + kRoot);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("2 files written to " + target), std::string::npos) << outcome.err;
  const std::set<std::string> names = files_in(target);
  ASSERT_EQ(names.size(), 2U);
  EXPECT_TRUE(names.begin()->starts_with("Example_Root_CA-"));
  EXPECT_TRUE(names.rbegin()->starts_with("self.example.com-"));
  EXPECT_EQ(read_file(std::filesystem::path(target) / *names.begin()), read_file(kRoot));
}

TEST(Export, LeavesAloneWhatIsThereAlready) {
  const Folder folder;
  const std::string command = "certificates --export " + folder.path("pem") + " " + kRoot;
  EXPECT_EQ(assay(command).status, 0);
  const std::filesystem::path file = folder.path("pem/" + *files_in(folder.path("pem")).begin());
  EXPECT_NE(assay(command).err.find("0 files written"), std::string::npos)
      << "the same content is no conflict";

  std::ofstream(file) << "mine";
  const Outcome refused = assay(command);
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find(file.string()), std::string::npos) << refused.err;
  EXPECT_EQ(read_file(file), "mine");
  EXPECT_EQ(assay("certificates --force --export " + folder.path("pem") + " " + kRoot).status, 0);
  EXPECT_EQ(read_file(file), read_file(kRoot));
}

TEST(Export, WritesNothingIfOneFileIsInTheWay) {
  const Folder folder;
  const std::string pem = folder.path("pem");
  EXPECT_EQ(assay("certificates --export " + pem + " " + kRoot).status, 0);
  std::ofstream(std::filesystem::path(pem) / *files_in(pem).begin()) << "mine";
  EXPECT_EQ(assay("certificates --export " + pem + " " + kSelfSigned + " " + kRoot).status, 2);
  EXPECT_EQ(files_in(pem).size(), 1U);
}

TEST(Export, FollowsNoLinkOutOfTheFolder) {
  const Folder folder;
  const std::string pem = folder.path("pem");
  EXPECT_EQ(assay("certificates --export " + pem + " " + kRoot).status, 0);
  const std::filesystem::path file = std::filesystem::path(pem) / *files_in(pem).begin();
  const std::string outside = folder.write("outside", "mine");
  std::filesystem::remove(file);
  std::filesystem::create_symlink(outside, file);
  EXPECT_EQ(assay("certificates --export " + pem + " " + kRoot).status, 2);
  EXPECT_EQ(assay("certificates --force --export " + pem + " " + kRoot).status, 0);
  EXPECT_EQ(read_file(outside), "mine");
  EXPECT_FALSE(std::filesystem::is_symlink(file));
}

// The names are those of the certificate that `openssl req` made with the given subject.
TEST(Export, NamesFilesSafelyWhateverTheCertificateSays) {
  const Folder folder;
  const std::string made = folder.path("made.pem");
  const std::string pem = folder.path("pem");
  const std::vector<std::string> subjects = {"/CN=..\\/..\\/etc\\/passwd", "/CN=-rf *", "/CN=*.example.com",
                                             "/O=No common name", "/CN=" + std::string(60, 'x')};
  for (const std::string& subject : subjects) {
    const Outcome outcome = shell(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout key.pem -subj '" +
        subject + "' -out " + made + " 2>/dev/null && $assay certificates --export " + pem + " " + made);
    ASSERT_EQ(outcome.status, 0) << subject << outcome.err;
  }
  const std::set<std::string> names = files_in(pem);
  EXPECT_EQ(names.size(), 5U);
  for (const std::string& name : names) {
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"),
              std::string::npos)
        << name;
    EXPECT_TRUE(name.front() != '.' && name.front() != '-') << name;
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path("etc")));
}

TEST(Missing, IsTheSelfSignedCertificateThatWasRefused) {
  const Folder folder;
  const std::string pem = folder.path("pem");
  const Outcome outcome =
      assay("certificates --missing --export " + pem + " " + kSelfSigned + " " + kRoot + " " + kChain);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const std::set<std::string> names = files_in(pem);
  ASSERT_EQ(names.size(), 1U) << outcome.out;
  EXPECT_TRUE(names.begin()->starts_with("self.example.com-"));
}

TEST(Missing, IsNamedWhereItWasNeverSeen) {
  const Outcome outcome = assay("certificates --missing --format jsonl " + kNoIntermediate + " " + kRoot);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(
      outcome.out.find("\"subject\":\"CN=Example Issuing CA,O=Example\",\"needed_for\":[\"192.0.2.10:8443\"],"
                       "\"seen\":false,\"certificate\":null"),
      std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.err.find("CN=Example Issuing CA,O=Example is missing"), std::string::npos) << outcome.err;
}

TEST(Missing, IsTheIssuerThatWasSeenElsewhere) {
  const Outcome outcome = assay("certificates --missing " + kNoIntermediate + " " + kRoot + " " + kChain);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.out.find("CN=Example Issuing CA,O=Example"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("no valid one"), std::string::npos) << outcome.out;
}

// What is exported is put into the trust store; then the chain is trusted and nothing is missing.
TEST(Missing, IsExactlyWhatTheTrustStoreNeeds) {
  for (const std::string& capture : {kSelfSigned, kNoIntermediate}) {
    const Outcome outcome =
        shell("mkdir case && cp " + capture + " " + kRoot + " " + kChain +
              " case; $assay certificates --missing --export pem case >/dev/null || exit 9; cat pem/*.pem >> "
              "case/ca_root.pem; $assay certificates --missing case; $assay handshakes case");
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_NE(outcome.err.find("no connection failed for want of a trusted certificate"), std::string::npos)
        << outcome.err;
    EXPECT_NE(outcome.out.find("chain trusted"), std::string::npos) << outcome.out;
  }
}

TEST(Missing, SaysWhatCannotBeSeen) {
  const Outcome outcome = assay("certificates --missing " + kCaptures + "tls13_refused.pcap " + kRoot);
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find("of 1 failed connection the certificates are not visible (TLS 1.3)"),
            std::string::npos)
      << outcome.err;
}

}  // namespace
}  // namespace assay::test
