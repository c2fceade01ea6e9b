// Judges chains the way the traffic server's OpenSSL would: its own trust store and nothing else, no
// revocation lists, at the time of the evidence rather than now.
#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include <algorithm>

#include "evidence/certificates/certificate_reader.h"
#include "evidence/certificates/openssl_pointers.h"

namespace assay {

struct TrustStore::Inside {
  std::vector<CertificatePointer> trusted;
  Store store;
};

TrustStore::TrustStore(std::vector<CertificatePointer> trusted) : inside_(std::make_unique<Inside>()) {
  inside_->trusted = std::move(trusted);
  inside_->store.reset(X509_STORE_new());
  for (const CertificatePointer& certificate : inside_->trusted) {
    const X509Pointer x509 = parse(certificate->der);
    if (x509) X509_STORE_add_cert(inside_->store.get(), x509.get());
  }
}

TrustStore::~TrustStore() = default;
TrustStore::TrustStore(TrustStore&&) noexcept = default;

const std::vector<CertificatePointer>& TrustStore::trusted() const {
  return inside_->trusted;
}

namespace {

struct FreeStack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
using Stack = std::unique_ptr<STACK_OF(X509), FreeStack>;

bool is_missing_issuer(int error) {
  return error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
         error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
         error == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE;
}

bool is_issuer(const Certificate& issuer, const Certificate& of) {
  if (issuer.subject != of.issuer) return false;
  const bool has_ids = !of.authority_key_id.empty() && !issuer.subject_key_id.empty();
  return !has_ids || of.authority_key_id == issuer.subject_key_id;
}

const Certificate* find_issuer(const std::vector<CertificatePointer>& among, const Certificate& of) {
  const auto found = std::find_if(among.begin(), among.end(),
                                  [&](const CertificatePointer& one) { return is_issuer(*one, of); });
  return found == among.end() ? nullptr : found->get();
}

// Climbs from the certificate to its root, by names and key identifiers.
void note_issuers(const std::vector<CertificatePointer>& chain,
                  const std::vector<CertificatePointer>& trusted, TrustVerdict& verdict) {
  const auto holds = [&](const Certificate& one) {
    return std::any_of(trusted.begin(), trusted.end(),
                       [&](const CertificatePointer& other) { return other->sha256 == one.sha256; });
  };
  const Certificate* current = chain.front().get();
  if (current->self_signed) {
    (holds(*current) ? verdict.held : verdict.lacking).push_back(current->subject);
    return;
  }
  constexpr std::size_t kDeepest = 20;
  for (std::size_t depth = 0; depth < kDeepest && !current->self_signed; ++depth) {
    const Certificate* issuer = find_issuer(trusted, *current);
    const bool is_held = issuer != nullptr;
    if (issuer == nullptr) issuer = find_issuer(chain, *current);
    (is_held ? verdict.held : verdict.lacking).push_back(current->issuer);
    if (issuer == nullptr || issuer == current) return;
    current = issuer;
  }
}

void set_purpose(X509_STORE_CTX* context, Purpose purpose) {
  if (purpose == Purpose::tls_server) X509_STORE_CTX_set_default(context, "ssl_server");
  if (purpose == Purpose::tls_client) X509_STORE_CTX_set_default(context, "ssl_client");
}

void set_moment(X509_STORE_CTX* context, std::optional<Time> at) {
  constexpr std::int64_t kMicroseconds = 1'000'000;
  if (at) {
    X509_STORE_CTX_set_time(context, 0, static_cast<time_t>(at->microseconds / kMicroseconds));
  } else {
    X509_STORE_CTX_set_flags(context, X509_V_FLAG_NO_CHECK_TIME);
  }
}

}  // namespace

TrustVerdict TrustStore::judge(const std::vector<CertificatePointer>& chain, std::optional<Time> at,
                               std::string_view asked_name, Purpose purpose) const {
  TrustVerdict verdict;
  if (chain.empty()) return verdict;
  const X509Pointer leaf = parse(chain.front()->der);
  if (!leaf) return verdict;
  const Stack others(sk_X509_new_null());
  for (std::size_t i = 1; i < chain.size(); ++i) {
    X509Pointer x509 = parse(chain[i]->der);
    if (x509 && sk_X509_push(others.get(), x509.get()) > 0)
      static_cast<void>(x509.release());  // others owns it
  }
  const StoreContext context(X509_STORE_CTX_new());
  if (X509_STORE_CTX_init(context.get(), inside_->store.get(), leaf.get(), others.get()) != 1) return verdict;
  set_purpose(context.get(), purpose);
  set_moment(context.get(), at);

  verdict.known = true;
  note_issuers(chain, inside_->trusted, verdict);
  if (X509_verify_cert(context.get()) != 1) {
    const int error = X509_STORE_CTX_get_error(context.get());
    verdict.error = X509_verify_cert_error_string(error);
    verdict.depth = X509_STORE_CTX_get_error_depth(context.get());
    const X509* current = X509_STORE_CTX_get_current_cert(context.get());
    if (is_missing_issuer(error) && current != nullptr)
      verdict.missing_issuer = rfc4514(X509_get_issuer_name(current));
  }
  if (!asked_name.empty()) {
    verdict.name_by_standard = name_matches_by_standard(*chain.front(), asked_name);
    verdict.name_by_traffic_server = name_matches_by_traffic_server(*chain.front(), asked_name);
  }
  return verdict;
}

bool is_issued_by(const Certificate& certificate, const Certificate& issuer) {
  if (certificate.issuer != issuer.subject) return false;
  const X509Pointer child = parse(certificate.der);
  const X509Pointer parent = parse(issuer.der);
  if (!child || !parent || X509_check_issued(parent.get(), child.get()) != X509_V_OK) return false;
  EVP_PKEY* key = X509_get0_pubkey(parent.get());
  const bool verifies = key != nullptr && X509_verify(child.get(), key) == 1;
  ERR_clear_error();
  return verifies;
}

}  // namespace assay
