// Certificates out of files of every form, and what OpenSSL says of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "capture_files.h"
#include "evidence/certificates/certificate_reader.h"
#include "made_capture.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<FoundCertificate> read(const std::string& bytes) {
  return read_certificates(bytes, 100);
}

std::vector<std::string> subjects(const std::vector<FoundCertificate>& found) {
  std::vector<std::string> result;
  for (const FoundCertificate& one : found) result.push_back(one.certificate->subject);
  return result;
}

const std::string kLeaf = "CN=cucm.example.com,O=Example";
const std::string kIssuing = "CN=Example Issuing CA,O=Example";

TEST(Certificates, ComeOutOfPemWithAnythingBetween) {
  const std::string chain = captured_file("server_chain.pem");
  EXPECT_THAT(subjects(read(chain)), ElementsAre(kLeaf, kIssuing));

  const std::string prose = "Bag Attributes\n    friendlyName: cucm\n" + chain + "\nThe end of the file.\n";
  EXPECT_THAT(subjects(read(prose)), ElementsAre(kLeaf, kIssuing));

  std::string windows;
  for (const char c : chain) windows += c == '\n' ? "\r\n" : std::string(1, c);
  EXPECT_THAT(subjects(read("\xef\xbb\xbf" + windows)), ElementsAre(kLeaf, kIssuing));

  const std::string key =
      "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n";
  EXPECT_THAT(subjects(read(key + chain + key)), ElementsAre(kLeaf, kIssuing));
  EXPECT_TRUE(looks_like_certificates(key + chain));
  EXPECT_FALSE(looks_like_certificates(key));
}

TEST(Certificates, TellWhereInTheFileTheyAre) {
  const std::string chain = captured_file("server_chain.pem");
  const std::string prose = "Some words before.\n";
  const auto found = read(prose + chain);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].offset, prose.size());
  EXPECT_EQ(found[1].offset, prose.size() + chain.rfind("-----BEGIN"));
}

TEST(Certificates, ComeOutOfDerAndPkcs7) {
  EXPECT_THAT(subjects(read(captured_file("leaf.der"))), ElementsAre(kLeaf));
  EXPECT_THAT(subjects(read(captured_file("chain.p7b"))), testing::UnorderedElementsAre(kLeaf, kIssuing));
  EXPECT_THAT(subjects(read(captured_file("chain.p7c"))), testing::UnorderedElementsAre(kLeaf, kIssuing));
}

TEST(Certificates, ComeOutOfPkcs7WhoseLengthIsLeftOpen) {
  constexpr std::size_t kHeaderBytes = 4;
  const std::string open =
      "\x30\x80" + captured_file("chain.p7c").substr(kHeaderBytes) + std::string(2, '\0');
  EXPECT_TRUE(looks_like_certificates(open));
  EXPECT_THAT(subjects(read(open)), testing::UnorderedElementsAre(kLeaf, kIssuing));
}

// ---- key stores ------------------------------------------------------------------------------------------

std::string java_store(std::uint32_t magic, std::uint32_t version, const std::vector<std::string>& entries) {
  std::string bytes = big_endian(magic, 4) + big_endian(version, 4) + big_endian(entries.size(), 4);
  for (const std::string& entry : entries) bytes += entry;
  return bytes + std::string(20, '\xd1');  // a digest
}

std::string java_entry(std::uint32_t kind, const std::string& content) {
  return big_endian(kind, 4) + piece(2, "alias") + std::string(8, '\0') + content;
}

std::string java_certificate(const std::string& der, const std::string& type = "X.509") {
  return piece(2, type) + piece(4, der);
}

// What keytool writes, with a password that nobody needs to know.
TEST(Certificates, ComeOutOfJavasKeyStores) {
  const std::string store = captured_file("trust.jks");
  EXPECT_TRUE(looks_like_certificates(store));
  const auto found = read(store);
  EXPECT_THAT(subjects(found), testing::UnorderedElementsAre("CN=Example Root CA,O=Example", kIssuing));
  EXPECT_EQ(found.at(0).certificate->der,
            store.substr(found.at(0).offset, found.at(0).certificate->der.size()));
  EXPECT_THAT(read_certificates(store, 1), SizeIs(1));
}

TEST(Certificates, ComeOutOfTheChainsOfKeysInOldStoresAndJceks) {
  const auto chain = read(captured_file("server_chain.pem"));
  const std::string leaf = chain.at(0).certificate->der;
  const std::string issuing = chain.at(1).certificate->der;
  const std::string key = java_entry(
      1, piece(4, "locked") + big_endian(2, 4) + java_certificate(leaf) + java_certificate(issuing));
  EXPECT_THAT(subjects(read(java_store(0xcececece, 2, {key, java_entry(2, java_certificate(issuing))}))),
              ElementsAre(kLeaf, kIssuing, kIssuing));
  EXPECT_THAT(subjects(read(java_store(0xfeedfeed, 1, {java_entry(2, piece(4, leaf))}))), ElementsAre(kLeaf));
  const std::string other = java_entry(2, java_certificate("?", "PGP"));
  EXPECT_THAT(subjects(read(java_store(0xfeedfeed, 2, {other, key}))), ElementsAre(kLeaf, kIssuing));
}

TEST(Certificates, OfAKeyStoreThatCannotBeReadToItsEndAreNamed) {
  const std::string der = captured_file("leaf.der");
  const std::string entry = java_entry(2, java_certificate(der));
  const std::size_t second = 12 + entry.size();
  const std::string cut = java_store(0xfeedfeed, 2, {entry, entry}).substr(0, second + 40);
  constexpr std::size_t kBeforeCertificate = 19;
  struct Case {
    std::string bytes;
    std::string words;
    std::size_t offset;
  };
  const std::vector<Case> cases = {
      {cut, "ends too early", second + kBeforeCertificate},
      {java_store(0xcececece, 2, {entry, java_entry(3, "object"), entry}), "behind a secret key", second},
      {java_store(0xfeedfeed, 2, {entry, java_entry(9, ""), entry}), "of an unknown kind", second},
      {java_store(0xfeedfeed, 2, {entry}).replace(8, 4, "\xff\xff\xff\xff"), "ends too early", second},
  };
  for (const auto& [bytes, words, offset] : cases) {
    const auto found = read(bytes);
    ASSERT_THAT(found, SizeIs(2)) << words;
    EXPECT_EQ(found[0].certificate->subject, kLeaf);
    EXPECT_THAT(found[1].certificate->unreadable, HasSubstr(words));
    EXPECT_EQ(found[1].offset, offset) << words;
  }
}

TEST(Certificates, InPkcs12AreNotReadAndItIsSaidHowToGetThem) {
  const std::string store = captured_file("trust.p12");
  for (const auto& [name, kind] : {std::pair{"ca_vcsc_2022-07-11_17_33_18.pem", "trust_store"},
                                   std::pair{"keystore.p12", "certificate"}}) {
    const Reading reading = read_files({{name, store}});
    EXPECT_THAT(reading.certificates, IsEmpty());
    ASSERT_THAT(reading.inventory.problems, SizeIs(1));
    EXPECT_EQ(reading.inventory.problems[0].code, "keystore-locked");
    EXPECT_THAT(reading.inventory.problems[0].message, HasSubstr("keytool -list -rfc -keystore FILE"));
    // Nothing else of the bundle is incomplete for it.
    EXPECT_THAT(reading.inventory.members[0].kinds, ElementsAre(testing::Pair(kind, 0)));
  }
  EXPECT_FALSE(looks_like_certificates("\x30\x0a\x02\x01\x00\x30" + std::string(6, 'k')));  // a private key
}

TEST(Certificates, AreTheSameWhateverFormTheyComeIn) {
  const auto pem = read(captured_file("server_chain.pem"));
  const auto der = read(captured_file("leaf.der"));
  EXPECT_EQ(pem.at(0).certificate->sha256, der.at(0).certificate->sha256);
  EXPECT_EQ(pem.at(0).certificate->der, der.at(0).certificate->der);
  EXPECT_THAT(der.at(0).certificate->sha256, SizeIs(64));
  // What stands behind a certificate is not a part of it.
  EXPECT_EQ(read_der(captured_file("leaf.der") + "rest")->sha256, der.at(0).certificate->sha256);
}

TEST(Certificates, ThatAreBrokenSayWhyAndAreNoReasonToStop) {
  const std::string chain = captured_file("server_chain.pem");
  const std::size_t second = chain.rfind("-----BEGIN");
  std::string broken = chain;
  broken[100] = '!';
  const auto found = read(broken);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_NE(found[0].certificate->unreadable, "");
  EXPECT_EQ(found[1].certificate->subject, kIssuing);

  std::string not_der = "-----BEGIN CERTIFICATE-----\nbm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n";
  const auto words = read(not_der + chain.substr(second));
  ASSERT_THAT(words, SizeIs(2));
  EXPECT_NE(words[0].certificate->unreadable, "");
  EXPECT_EQ(words[0].certificate->der, "no certificate");

  const auto cut = read(chain.substr(0, second - 200));
  ASSERT_THAT(cut, SizeIs(1));
  EXPECT_THAT(cut[0].certificate->unreadable, HasSubstr("PEM"));

  EXPECT_THAT(read(""), IsEmpty());
  EXPECT_THAT(read("-----BEGIN "), IsEmpty());
  EXPECT_THAT(read("no certificate at all"), IsEmpty());
}

TEST(Certificates, ADerFileThatIsCutIsUnreadable) {
  const std::string leaf = captured_file("leaf.der");
  const auto found = read(leaf.substr(0, leaf.size() - 20));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_NE(found[0].certificate->unreadable, "");
}

TEST(Certificates, APkcs7FileThatIsCutIsUnreadable) {
  for (const std::string name : {"chain.p7b", "chain.p7c"}) {
    const std::string chain = captured_file(name);
    const auto found = read(chain.substr(0, chain.size() - 100));
    ASSERT_THAT(found, SizeIs(1)) << name;
    EXPECT_THAT(found[0].certificate->unreadable, HasSubstr("cannot be decoded")) << name;
  }
}

TEST(Certificates, AreNoMoreThanAskedFor) {
  const std::string chain = captured_file("server_chain.pem");
  EXPECT_THAT(read_certificates(chain + chain + chain, 4), SizeIs(4));
  EXPECT_THAT(read_certificates(captured_file("chain.p7b"), 1), SizeIs(1));
}

std::string text_of(const std::vector<NamePart>& parts) {
  std::string text;
  for (const NamePart& part : parts) text += (text.empty() ? "" : ",") + part.type + "=" + part.value;
  return text;
}

// As `openssl x509 -pubkey -noout | openssl pkey -pubin -outform der | sha256sum` says it.
TEST(Certificates, HaveTheDigestOfTheirKey) {
  const auto found = read(
      "-----BEGIN CERTIFICATE-----\n"
      "MIIBiTCCAS+gAwIBAgIUAq/NuT1LWN07AdckB8tjbkaIATgwCgYIKoZIzj0EAwIw\n"
      "GjEYMBYGA1UEAwwPa2V5LmV4YW1wbGUuY29tMB4XDTI2MTEyMjEwMjU1MloXDTM2\n"
      "MTExOTEwMjU1MlowGjEYMBYGA1UEAwwPa2V5LmV4YW1wbGUuY29tMFkwEwYHKoZI\n"
      "zj0CAQYIKoZIzj0DAQcDQgAEfeXoRTjIYVvHKrC+6Mdt8QakNOCM2qemGDWWqnFn\n"
      "ri/EAI6Ix9k7GcBK5tCrhycl7HzvtvqMf5TQdJp955vJjKNTMFEwHQYDVR0OBBYE\n"
      "FB6M7xGzh1U3uUE7qxwJsSznjOnUMB8GA1UdIwQYMBaAFB6M7xGzh1U3uUE7qxwJ\n"
      "sSznjOnUMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgOToU7yHW\n"
      "O/RBnMe+phqzIyhKNt2LcjQKeaX/fEbMb1QCIQC9T1eCdrorMkxm1TTapC33rYE8\n"
      "mDAgLp1Bvvz+bOnEUw==\n"
      "-----END CERTIFICATE-----\n");
  EXPECT_EQ(found.at(0).certificate->key_sha256,
            "c8d6e58a82c2ad805e57b0ea7fcec75451dcf553d5efc90559818f8c743d1d69");
}

TEST(Certificates, SayAllThatSignaturesAskFor) {
  const Certificate leaf = *read(captured_file("leaf.der")).at(0).certificate;
  EXPECT_EQ(leaf.issuer, kIssuing);
  EXPECT_THAT(leaf.common_names, ElementsAre("cucm.example.com"));
  EXPECT_EQ(text_of(leaf.subject_parts), leaf.subject);
  EXPECT_EQ(text_of(leaf.issuer_parts), leaf.issuer);
  EXPECT_THAT(leaf.sans, ElementsAre(SubjectName{"dns", "cucm.example.com"},
                                     SubjectName{"dns", "*.phones.example.com"}));
  EXPECT_THAT(leaf.extended_key_usage, ElementsAre("serverAuth", "clientAuth"));
  EXPECT_EQ(leaf.key_type, "RSA");
  EXPECT_EQ(leaf.key_bits, 2048);
  EXPECT_EQ(leaf.signature_algorithm, "sha256WithRSAEncryption");
  EXPECT_EQ(leaf.signature_algorithm_oid, "1.2.840.113549.1.1.11");
  EXPECT_EQ(leaf.signature_hash, "SHA256");
  EXPECT_EQ(leaf.signature_salt, std::nullopt);
  EXPECT_FALSE(leaf.self_signed);
  EXPECT_LT(*leaf.not_before, *leaf.not_after);
  EXPECT_NE(leaf.serial, "");

  const Certificate root = *read(captured_file("ca_root.pem")).at(0).certificate;
  EXPECT_TRUE(root.self_signed);
  EXPECT_EQ(root.is_ca, true);
  EXPECT_THAT(root.key_usage, ElementsAre("keyCertSign", "cRLSign"));
  EXPECT_NE(root.subject_key_id, "");

  const Certificate address = *read(captured_file("address.pem")).at(0).certificate;
  EXPECT_THAT(address.sans, ElementsAre(SubjectName{"ip", "192.0.2.10"}));

  const Certificate pss = *read(captured_file("pss.pem")).at(0).certificate;
  EXPECT_EQ(pss.signature_algorithm, "RSASSA-PSS");
  EXPECT_EQ(pss.signature_algorithm_oid, "1.2.840.113549.1.1.10");
  EXPECT_EQ(pss.signature_hash, "SHA256");
  EXPECT_EQ(pss.signature_salt, 32);
}

TEST(Certificates, AreSelfSignedIfTheirOwnKeyVerifiesThem) {
  // Subject and issuer have the same name here, but another key signed it.
  const Certificate same_names = *read(captured_file("same_names.pem")).at(0).certificate;
  EXPECT_EQ(same_names.subject, same_names.issuer);
  EXPECT_FALSE(same_names.self_signed);
}

TEST(Certificates, TellNamesOfEveryType) {
  const Certificate names = *read(captured_file("names.pem")).at(0).certificate;
  EXPECT_THAT(names.sans,
              ElementsAre(SubjectName{"dns", "a.example.com"}, SubjectName{"ip", "2001:db8::10"},
                          SubjectName{"email", "a@example.com"}, SubjectName{"uri", "sip:a@example.com"},
                          SubjectName{"other", "CN=a directory"}, SubjectName{"other", "1.2.3.4"}));
  EXPECT_EQ(names.subject, "CN=J\xc3\xb6rg\\, \\\"x\\\",OU=two+OU=one,C=DE");
  EXPECT_EQ(names.path_length, 3);
  EXPECT_THAT(names.extended_key_usage, ElementsAre("emailProtection", "1.2.3.4.5"));
  EXPECT_EQ(names.key_type, "Ed25519");
}

// In the place of the address and the URI of "names.pem" stands the address of a chat server.
TEST(Certificates, TellNamesThatXmppServersHave) {
  std::string der = read(captured_file("names.pem")).at(0).certificate->der;
  const std::string email = "\x81\x0d" + "a@example.com"s;
  const std::string uri = "\x86\x11" + "sip:a@example.com"s;
  const std::string chat =
      "\xa0\x20\x06\x08\x2b\x06\x01\x05\x05\x07\x08\x05\xa0\x14\x0c\x12" + "chat.a.example.com"s;
  ASSERT_EQ(chat.size(), email.size() + uri.size());
  der.replace(der.find(email + uri), chat.size(), chat);
  EXPECT_THAT(read_der(der)->sans,
              testing::Contains(SubjectName{"other", "1.3.6.1.5.5.7.8.5:chat.a.example.com"}));
}

TEST(Certificates, HaveSerialNumbersBelowZeroIfSomebodyGaveThemOne) {
  std::string der = read(captured_file("names.pem")).at(0).certificate->der;
  der[der.find("\x02\x14") + 2] = '\x80';  // of a number of 20 bytes
  EXPECT_EQ(read_der(der)->serial.front(), '-');
}

// ---- in a bundle
// -------------------------------------------------------------------------------------------

TEST(Certificates, OfABundleThatAreBrokenAreNamedWithTheirPlace) {
  std::string chain = captured_file("server_chain.pem");
  const std::size_t second = chain.rfind("-----BEGIN");
  chain[second + 100] = '!';
  const Reading reading = read_files({{"ca_vcsc_2022-07-11_17_33_18.pem", chain}});
  ASSERT_THAT(reading.inventory.problems, SizeIs(1));
  EXPECT_EQ(reading.inventory.problems[0].code, "certificate-unreadable");
  EXPECT_THAT(reading.inventory.problems[0].message, HasSubstr("Certificate 2 of the file"));
  EXPECT_EQ(reading.inventory.problems[0].offset, second);
  EXPECT_THAT(reading.certificates, SizeIs(2));
}

TEST(Certificates, InDerMayStandOneBehindTheOther) {
  const std::string one = captured_file("leaf.der");
  const Reading reading = read_files({{"two.der", one + one + "\n"}});
  EXPECT_THAT(reading.inventory.problems, SizeIs(0));
  EXPECT_THAT(reading.certificates, SizeIs(2));
}

TEST(Certificates, ThatCanBeReadButAreNotSoundAreNamed) {
  const std::string sound = captured_file("leaf.der");
  const std::size_t dates = sound.find("\x17\x0d");
  const std::size_t basic = sound.find("\x06\x03\x55\x1d\x25"s);  // extended key usage
  std::string undated = sound;
  undated.replace(dates + 2, 4, "9913");
  std::string without_usage = sound;
  without_usage[basic + 7] = '\x02';  // a number where a list should be
  const std::vector<std::pair<std::string, std::string>> cases = {
      {sound + "garbage", "bytes stand behind its end"},
      {undated, "its dates are no dates"},
      {without_usage, "an extension of it is not sound"},
  };
  for (const auto& [der, words] : cases) {
    const Reading reading = read_files({{"one.der", der}});
    ASSERT_THAT(reading.inventory.problems, SizeIs(1)) << words;
    EXPECT_EQ(reading.inventory.problems[0].code, "certificate-malformed");
    EXPECT_EQ(reading.inventory.problems[0].message, "Certificate 1 of the file is not sound: " + words);
    EXPECT_THAT(reading.certificates, SizeIs(1)) << words;
  }
}

TEST(Certificates, OfAKeyThatIsNotKnownNameItsNumber) {
  std::string bytes = read_certificates(captured_file("same_names.pem"), 1).front().certificate->der;
  const std::string ed25519 = "\x06\x03\x2b\x65\x70";
  const std::size_t key = bytes.find(ed25519 + "\x03"s);
  ASSERT_NE(key, std::string::npos);
  bytes[key + 4] = '\x7f';
  EXPECT_EQ(read_der(bytes)->key_type, "1.3.101.127");
}

TEST(Certificates, OfAFileThatHoldsTooManyAreNamed) {
  const std::string one = captured_file("ca_root.pem");
  std::string many;
  for (int i = 0; i < 5'001; ++i) many += one;
  const Reading reading = read_files({{"many.pem", many}});
  ASSERT_THAT(reading.inventory.problems, SizeIs(1));
  EXPECT_EQ(reading.inventory.problems[0].code, "limit-certificates");
  EXPECT_EQ(reading.inventory.problems[0].offset, 5'000 * one.size());
  EXPECT_THAT(reading.certificates, SizeIs(5'000));
}

}  // namespace
}  // namespace assay
