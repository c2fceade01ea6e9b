// OpenSSL's objects, freed when they go; and what the files of this folder share of it.
#pragma once

#include <openssl/bio.h>
#include <openssl/pkcs7.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <string_view>

namespace assay {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

// What OpenSSL gives to be freed with OPENSSL_free, which is a macro.
struct FreeBuffer {
  void operator()(unsigned char* bytes) const { OPENSSL_free(bytes); }
};

using Buffer = std::unique_ptr<unsigned char, FreeBuffer>;
using X509Pointer = std::unique_ptr<X509, Freed<X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using GeneralNames = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;
using BitString = std::unique_ptr<ASN1_BIT_STRING, Freed<ASN1_BIT_STRING_free>>;
using ExtendedUsage = std::unique_ptr<EXTENDED_KEY_USAGE, Freed<EXTENDED_KEY_USAGE_free>>;
using BasicConstraints = std::unique_ptr<BASIC_CONSTRAINTS, Freed<BASIC_CONSTRAINTS_free>>;
using PssParameters = std::unique_ptr<RSA_PSS_PARAMS, Freed<RSA_PSS_PARAMS_free>>;
using Pkcs7 = std::unique_ptr<PKCS7, Freed<PKCS7_free>>;
using Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Freed<X509_STORE_CTX_free>>;

// A parsed certificate, or nothing; then last_error() says why.
X509Pointer parse(std::string_view der);

// The words of OpenSSL's last error, which is taken from its queue.
std::string last_error();

// A distinguished name as RFC 4514 writes it, with UTF-8 left readable.
std::string rfc4514(const X509_NAME* name);

// 16 bytes as the text form of RFC 5952.
std::string ipv6_text(const unsigned char* bytes);

}  // namespace assay
