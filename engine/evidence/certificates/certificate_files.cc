// Certificates out of files: PEM blocks with anything between them, DER, PKCS#7 in either form, and Java's
// key stores; and one as the text of such a file.
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>

#include "assay/certificates.h"
#include "evidence/certificates/certificate_reader.h"
#include "evidence/certificates/key_stores.h"
#include "evidence/certificates/openssl_pointers.h"

namespace assay {
namespace {

constexpr std::string_view kPemBegin = "-----BEGIN ";
constexpr std::array<std::string_view, 3> kCertificateLabels = {"CERTIFICATE", "X509 CERTIFICATE",
                                                                "TRUSTED CERTIFICATE"};

// DER begins with SEQUENCE and a length of its own in one to three bytes; BER, as some write PKCS#7, may
// leave it open. In a certificate and in PKCS#7 the next is another SEQUENCE or the object identifier of the
// type; a private key begins with a number.
bool looks_like_der(std::string_view front) {
  if (front.size() < 6 || front[0] != '\x30') return false;
  const auto length = static_cast<unsigned char>(front[1]);
  if (length < 0x80 || length > 0x83) return false;
  const char next = front[2U + (length & 3U)];
  return next == '\x30' || next == '\x06';
}

// A certificate says its version first; a request or a revocation list begins with something else.
bool says_version(std::string_view der) {
  const auto inside = [&] {  // passes the header of a SEQUENCE
    const auto size = der.size() < 2 ? 0U : static_cast<unsigned char>(der[1]);
    der.remove_prefix(std::min<std::size_t>(der.size(), 2 + (size > 0x80 ? size & 0x0f : 0)));
  };
  inside();
  inside();
  return der.starts_with('\xa0');
}

std::string der_of(X509* x509) {
  unsigned char* der = nullptr;
  const int size = i2d_X509(x509, &der);
  if (size < 0) return {};
  std::string bytes(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

FoundCertificate unreadable(std::string why, std::size_t offset) {
  auto broken = std::make_shared<Certificate>();
  broken->unreadable = std::move(why);
  return {std::move(broken), offset};
}

// DER whose type is signedData (RFC 2315): PKCS#7 that may hold certificates.
bool says_pkcs7(std::string_view der) {
  constexpr std::string_view kSignedData = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
  constexpr std::size_t kLongestHeader = 5;
  return der.substr(0, kLongestHeader + kSignedData.size()).find(kSignedData) != std::string_view::npos;
}

void add_pkcs7(std::string_view der, std::size_t offset, std::size_t most,
               std::vector<FoundCertificate>& certificates) {
  const auto* front = reinterpret_cast<const unsigned char*>(der.data());
  const Pkcs7 bundle(d2i_PKCS7(nullptr, &front, static_cast<long>(der.size())));
  if (!bundle && says_pkcs7(der)) {
    certificates.push_back(unreadable("the PKCS#7 structure cannot be decoded", offset));
  }
  if (!bundle || !PKCS7_type_is_signed(bundle.get()) || bundle->d.sign == nullptr) return;
  const STACK_OF(X509)* stack = bundle->d.sign->cert;
  for (int i = 0; i < sk_X509_num(stack) && certificates.size() < most; ++i) {
    const std::string one = der_of(sk_X509_value(stack, i));
    certificates.push_back({read_der(one), offset, flaw_of(one)});
  }
}

// One PEM block, as OpenSSL decodes it.
struct Pem {
  std::string label;
  std::string data;
};

std::optional<Pem> next_pem(BIO* memory) {
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* data = nullptr;
  long size = 0;
  if (PEM_read_bio(memory, &name, &header, &data, &size) != 1) return std::nullopt;
  Pem pem{name, std::string(reinterpret_cast<char*>(data), static_cast<std::size_t>(size))};
  OPENSSL_free(name);
  OPENSSL_free(header);
  OPENSSL_free(data);
  return pem;
}

// A trusted certificate of OpenSSL has words of its own behind the certificate.
std::string certificate_part(std::string_view label, const std::string& data) {
  if (label != "TRUSTED CERTIFICATE") return data;
  const X509Pointer x509 = parse(data);
  return x509 ? der_of(x509.get()) : data;
}

// A block that does not decode is passed over by going on at the next BEGIN.
std::vector<FoundCertificate> read_pem(std::string_view text, std::size_t most) {
  std::vector<FoundCertificate> certificates;
  for (auto at = text.find(kPemBegin); at != std::string_view::npos && certificates.size() < most;
       at = text.find(kPemBegin, at + kPemBegin.size())) {
    const std::size_t next = text.find(kPemBegin, at + kPemBegin.size());
    const std::string_view block = text.substr(at, next == std::string_view::npos ? next : next - at);
    const Bio memory(
        BIO_new_mem_buf(block.data(), static_cast<int>(std::min<std::size_t>(block.size(), 1U << 24))));
    const auto pem = next_pem(memory.get());
    ERR_clear_error();
    const std::string_view label =
        block.substr(kPemBegin.size(), block.find("-----", kPemBegin.size()) - kPemBegin.size());
    const bool is_certificate =
        std::find(kCertificateLabels.begin(), kCertificateLabels.end(), label) != kCertificateLabels.end();
    if (pem && is_certificate) {
      const std::string one = certificate_part(label, pem->data);
      certificates.push_back({read_der(one), at, flaw_of(one)});
    }
    const bool is_pkcs7 = label == "PKCS7" || label == "CMS";
    if (!pem && (is_certificate || is_pkcs7)) {
      certificates.push_back(unreadable("the PEM block cannot be decoded", at));
    }
    if (pem && is_pkcs7) add_pkcs7(pem->data, at, most, certificates);
  }
  return certificates;
}

// One behind the other.
void add_der(std::string_view bytes, std::size_t most, std::vector<FoundCertificate>& certificates) {
  for (std::size_t at = 0; looks_like_der(bytes.substr(at)) && certificates.size() < most;) {
    const std::string_view rest = bytes.substr(at);
    CertificatePointer one = read_der(rest);
    const bool is_readable = one->unreadable.empty();
    if (!is_readable && !says_version(rest)) return;
    const std::size_t size = one->der.size();
    const bool has_more = looks_like_der(rest.substr(size));
    certificates.push_back({std::move(one), at, flaw_of(has_more ? rest.substr(0, size) : rest)});
    if (!is_readable) return;
    at += size;
  }
}

void add_java_store(std::string_view bytes, std::size_t most, std::vector<FoundCertificate>& certificates) {
  const JavaStore store = read_java_store(bytes, most);
  for (const auto& [der, offset] : store.certificates) {
    certificates.push_back({read_der(der), offset, flaw_of(der)});
  }
  if (!store.flaw.empty()) certificates.push_back(unreadable(store.flaw, store.flaw_offset));
}

bool is_label_of_certificates(std::string_view label) {
  static constexpr std::array<std::string_view, 5> kFronts = {"CERTIFICATE-", "X509 CERT", "TRUSTED CERT",
                                                              "PKCS7", "CMS"};
  return std::any_of(kFronts.begin(), kFronts.end(),
                     [&](std::string_view front) { return label.starts_with(front); });
}

}  // namespace

bool looks_like_certificates(std::string_view front) {
  if (looks_like_der(front) || looks_like_java_store(front) || looks_like_pkcs12(front)) return true;
  // The private key may stand before its certificate.
  for (auto at = front.find(kPemBegin); at != front.npos; at = front.find(kPemBegin, at + 1)) {
    if (is_label_of_certificates(front.substr(at + kPemBegin.size()))) return true;
  }
  return false;
}

std::vector<FoundCertificate> read_certificates(std::string_view bytes, std::size_t most) {
  std::vector<FoundCertificate> certificates;
  if (looks_like_java_store(bytes)) {
    add_java_store(bytes, most, certificates);
    return certificates;
  }
  if (!looks_like_der(bytes)) return read_pem(bytes, most);
  add_pkcs7(bytes, 0, most, certificates);
  if (certificates.empty()) add_der(bytes, most, certificates);
  ERR_clear_error();
  return certificates;
}

std::string to_pem(const Certificate& certificate) {
  if (certificate.der.empty()) return {};
  const Bio memory(BIO_new(BIO_s_mem()));
  const auto* der = reinterpret_cast<const unsigned char*>(certificate.der.data());
  PEM_write_bio(memory.get(), PEM_STRING_X509, "", der, static_cast<long>(certificate.der.size()));
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace assay
