// OpenSSL takes certificates apart; here its answers become plain data. Everything of OpenSSL is freed by the
// pointers of openssl_pointers.h, and nothing of it leaves this folder.
#include "evidence/certificates/certificate_reader.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <chrono>
#include <ctime>

#include "evidence/certificates/openssl_pointers.h"

namespace assay {
namespace {

std::string hex(const unsigned char* bytes, std::size_t size) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
}

std::string hex(const ASN1_OCTET_STRING* bytes) {
  return bytes == nullptr
             ? ""
             : hex(ASN1_STRING_get0_data(bytes), static_cast<std::size_t>(ASN1_STRING_length(bytes)));
}

std::string sha256_of(std::string_view der) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(der.data(), der.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return hex(digest.data(), size);
}

std::string text_of(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string string_of(const ASN1_STRING* value) {
  unsigned char* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, value);
  if (size < 0) return {};
  std::string text(reinterpret_cast<char*>(utf8), static_cast<std::size_t>(size));
  OPENSSL_free(utf8);
  return text;
}

std::string object_text(const ASN1_OBJECT* object) {
  std::array<char, 128> buffer{};
  constexpr int kNumbersOnly = 1;
  OBJ_obj2txt(buffer.data(), static_cast<int>(buffer.size()), object, kNumbersOnly);
  return buffer.data();
}

std::string object_name(const ASN1_OBJECT* object, bool long_name) {
  const int nid = OBJ_obj2nid(object);
  if (nid == NID_undef) return object_text(object);
  if (nid == NID_rsassaPss) return "RSASSA-PSS";
  return long_name ? OBJ_nid2ln(nid) : OBJ_nid2sn(nid);
}

std::optional<Time> time_of(const ASN1_TIME* value) {
  std::tm parts{};
  if (value == nullptr || ASN1_TIME_to_tm(value, &parts) != 1) return std::nullopt;
  using namespace std::chrono;
  const year_month_day day{year(parts.tm_year + 1900), month(static_cast<unsigned>(parts.tm_mon + 1)),
                           std::chrono::day(static_cast<unsigned>(parts.tm_mday))};
  if (!day.ok()) return std::nullopt;
  const auto moment = sys_days(day) + hours(parts.tm_hour) + minutes(parts.tm_min) + seconds(parts.tm_sec);
  return Time{duration_cast<microseconds>(moment.time_since_epoch()).count()};
}

// ---- names -------------------------------------------------------------------------------------------

std::vector<std::string> common_names(const X509_NAME* name) {
  std::vector<std::string> names;
  for (int at = -1; (at = X509_NAME_get_index_by_NID(name, NID_commonName, at)) >= 0;) {
    names.push_back(string_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at))));
  }
  return names;
}

// From the last to the first, as RFC 4514 writes them.
std::vector<NamePart> parts_of(const X509_NAME* name) {
  std::vector<NamePart> parts;
  for (int at = X509_NAME_entry_count(name); at-- > 0;) {
    const X509_NAME_ENTRY* part = X509_NAME_get_entry(name, at);
    parts.push_back({.type = object_name(X509_NAME_ENTRY_get_object(part), false),
                     .value = string_of(X509_NAME_ENTRY_get_data(part))});
  }
  return parts;
}

std::string address_of(const ASN1_OCTET_STRING* bytes) {
  const unsigned char* data = ASN1_STRING_get0_data(bytes);
  const int size = ASN1_STRING_length(bytes);
  std::array<char, 48> text{};
  if (size == 4) {
    std::snprintf(text.data(), text.size(), "%d.%d.%d.%d", data[0], data[1], data[2], data[3]);
    return text.data();
  }
  return size == 16 ? ipv6_text(data) : hex(bytes);
}

// "1.3.6.1.5.5.7.8.5:chat.example.com": a name of a type that is registered elsewhere; XMPP servers have
// some.
std::string other_name(const OTHERNAME* name) {
  std::string text = object_text(name->type_id);
  const ASN1_TYPE* value = name->value;
  const bool is_text = value->type == V_ASN1_UTF8STRING || value->type == V_ASN1_IA5STRING ||
                       value->type == V_ASN1_PRINTABLESTRING || value->type == V_ASN1_BMPSTRING;
  if (is_text) text += ":" + string_of(value->value.asn1_string);
  return text;
}

SubjectName subject_name(const GENERAL_NAME* name) {
  switch (name->type) {
    case GEN_DNS:
      return {"dns", string_of(name->d.dNSName)};
    case GEN_IPADD:
      return {"ip", address_of(name->d.iPAddress)};
    case GEN_EMAIL:
      return {"email", string_of(name->d.rfc822Name)};
    case GEN_URI:
      return {"uri", string_of(name->d.uniformResourceIdentifier)};
    case GEN_DIRNAME:
      return {"other", rfc4514(name->d.directoryName)};
    case GEN_RID:
      return {"other", object_text(name->d.registeredID)};
    case GEN_OTHERNAME:
      return {"other", other_name(name->d.otherName)};
    default:
      return {"other", ""};
  }
}

void read_names(X509* x509, Certificate& certificate) {
  certificate.subject = rfc4514(X509_get_subject_name(x509));
  certificate.issuer = rfc4514(X509_get_issuer_name(x509));
  certificate.subject_parts = parts_of(X509_get_subject_name(x509));
  certificate.issuer_parts = parts_of(X509_get_issuer_name(x509));
  certificate.common_names = common_names(X509_get_subject_name(x509));
  const GeneralNames names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(x509, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    certificate.sans.push_back(subject_name(sk_GENERAL_NAME_value(names.get(), i)));
  }
}

// ---- keys and signatures -----------------------------------------------------------------------------

std::string key_sha256(X509* x509) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509), &bytes);
  if (size <= 0) return {};
  const Buffer buffer(bytes);
  return sha256_of({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)});
}

void read_key(X509* x509, Certificate& certificate) {
  certificate.key_sha256 = key_sha256(x509);
  EVP_PKEY* key = X509_get0_pubkey(x509);
  if (key == nullptr) {  // of a kind that OpenSSL does not know
    ASN1_OBJECT* algorithm = nullptr;
    X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr, X509_get_X509_PUBKEY(x509));
    certificate.key_type = object_name(algorithm, false);
    return;
  }
  certificate.key_bits = EVP_PKEY_get_bits(key);
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
      certificate.key_type = "RSA";
      break;
    case EVP_PKEY_RSA_PSS:
      certificate.key_type = "RSASSA-PSS";
      break;
    case EVP_PKEY_EC:
      certificate.key_type = "EC";
      break;
    case EVP_PKEY_DSA:
      certificate.key_type = "DSA";
      break;
    case EVP_PKEY_ED25519:
      certificate.key_type = "Ed25519";
      break;
    case EVP_PKEY_ED448:
      certificate.key_type = "Ed448";
      break;
    default:
      certificate.key_type = OBJ_nid2sn(EVP_PKEY_get_base_id(key));
  }
  constexpr int kOwnKeyVerifies = 1;
  certificate.self_signed = X509_self_signed(x509, kOwnKeyVerifies) == 1;
}

void read_signature(X509* x509, Certificate& certificate) {
  const X509_ALGOR* algorithm = X509_get0_tbs_sigalg(x509);
  const ASN1_OBJECT* object = nullptr;
  int parameter_type = 0;
  const void* parameter = nullptr;
  X509_ALGOR_get0(&object, &parameter_type, &parameter, algorithm);
  certificate.signature_algorithm = object_name(object, true);
  certificate.signature_algorithm_oid = object_text(object);
  int digest = NID_undef;
  if (X509_get_signature_info(x509, &digest, nullptr, nullptr, nullptr) == 1 && digest != NID_undef) {
    certificate.signature_hash = OBJ_nid2sn(digest);
  }
  if (OBJ_obj2nid(object) != NID_rsassaPss || parameter_type != V_ASN1_SEQUENCE) return;
  const PssParameters pss(static_cast<RSA_PSS_PARAMS*>(
      ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(RSA_PSS_PARAMS), algorithm->parameter)));
  if (!pss) return;
  constexpr int kDefaultSalt = 20;  // RFC 8017 appendix A.2.3
  certificate.signature_salt =
      pss->saltLength == nullptr ? kDefaultSalt : static_cast<int>(ASN1_INTEGER_get(pss->saltLength));
  if (certificate.signature_hash.empty()) {
    certificate.signature_hash =
        pss->hashAlgorithm == nullptr ? "SHA1" : object_name(pss->hashAlgorithm->algorithm, false);
  }
}

// ---- extensions --------------------------------------------------------------------------------------

void read_key_usage(X509* x509, Certificate& certificate) {
  static constexpr std::array<std::string_view, 9> kBits = {
      "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement",
      "keyCertSign",      "cRLSign",        "encipherOnly",    "decipherOnly"};
  const BitString bits(
      static_cast<ASN1_BIT_STRING*>(X509_get_ext_d2i(x509, NID_key_usage, nullptr, nullptr)));
  for (std::size_t i = 0; bits && i < kBits.size(); ++i) {
    if (ASN1_BIT_STRING_get_bit(bits.get(), static_cast<int>(i)) == 1) {
      certificate.key_usage.emplace_back(kBits[i]);
    }
  }
  const ExtendedUsage usage(
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(x509, NID_ext_key_usage, nullptr, nullptr)));
  for (int i = 0; usage && i < sk_ASN1_OBJECT_num(usage.get()); ++i) {
    certificate.extended_key_usage.push_back(object_name(sk_ASN1_OBJECT_value(usage.get(), i), false));
  }
}

void read_extensions(X509* x509, Certificate& certificate) {
  certificate.subject_key_id = hex(X509_get0_subject_key_id(x509));
  certificate.authority_key_id = hex(X509_get0_authority_key_id(x509));
  const BasicConstraints basic(
      static_cast<BASIC_CONSTRAINTS*>(X509_get_ext_d2i(x509, NID_basic_constraints, nullptr, nullptr)));
  if (basic) {
    certificate.is_ca = basic->ca != 0;
    if (basic->pathlen != nullptr)
      certificate.path_length = static_cast<int>(ASN1_INTEGER_get(basic->pathlen));
  }
  read_key_usage(x509, certificate);
}

// How long the object at the front of parsed DER bytes is.
std::size_t size_of_der(std::string_view der) {
  const auto* front = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* content = front;
  long size = 0;
  int tag = 0;
  int kind = 0;
  ASN1_get_object(&content, &size, &tag, &kind, static_cast<long>(der.size()));
  return static_cast<std::size_t>(content - front) + static_cast<std::size_t>(size);
}

}  // namespace

std::string rfc4514(const X509_NAME* name) {
  const Bio memory(BIO_new(BIO_s_mem()));
  constexpr unsigned long kReadable = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  X509_NAME_print_ex(memory.get(), name, 0, kReadable);
  return text_of(memory.get());
}

std::string last_error() {
  const unsigned long error = ERR_get_error();
  ERR_clear_error();
  const char* reason = error == 0 ? nullptr : ERR_reason_error_string(error);
  return reason == nullptr ? "not a certificate" : reason;
}

X509Pointer parse(std::string_view der) {
  const auto* front = reinterpret_cast<const unsigned char*>(der.data());
  ERR_clear_error();
  return X509Pointer(d2i_X509(nullptr, &front, static_cast<long>(der.size())));
}

std::string flaw_of(std::string_view der) {
  const X509Pointer x509 = parse(der);
  std::string flaw;
  if (!x509) return flaw;
  if (der.find_first_not_of(std::string_view("\r\n\0", 3), size_of_der(der)) != std::string_view::npos) {
    flaw = "bytes stand behind its end";
  } else if (!time_of(X509_get0_notBefore(x509.get())) || !time_of(X509_get0_notAfter(x509.get()))) {
    flaw = "its dates are no dates";
  } else if ((X509_get_extension_flags(x509.get()) & EXFLAG_INVALID) != 0) {
    flaw = "an extension of it is not sound";
  }
  ERR_clear_error();
  return flaw;
}

CertificatePointer read_der(std::string_view der) {
  auto certificate = std::make_shared<Certificate>();
  const X509Pointer x509 = parse(der);
  const std::string reason = x509 ? "" : last_error();
  // What stands behind the certificate is not a part of it.
  certificate->der = x509 ? der.substr(0, size_of_der(der)) : der;
  certificate->sha256 = sha256_of(certificate->der);
  if (!x509) {
    certificate->unreadable = reason;
    return certificate;
  }
  const ASN1_INTEGER* serial = X509_get0_serialNumber(x509.get());
  const bool is_negative = ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER;  // no serial should be, some are
  certificate->serial = (is_negative ? "-" : "") + hex(serial);
  certificate->not_before = time_of(X509_get0_notBefore(x509.get()));
  certificate->not_after = time_of(X509_get0_notAfter(x509.get()));
  read_names(x509.get(), *certificate);
  read_key(x509.get(), *certificate);
  read_signature(x509.get(), *certificate);
  read_extensions(x509.get(), *certificate);
  ERR_clear_error();
  return certificate;
}

}  // namespace assay
