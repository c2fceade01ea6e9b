// Stores of keys and certificates that are no list of certificates: Java's own (JKS, JCEKS), whose
// certificates stand in the clear, and PKCS#12 (RFC 7292), which hides them behind a password.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

// By the front of a file.
bool looks_like_java_store(std::string_view front);
bool looks_like_pkcs12(std::string_view front);

struct JavaStore {
  struct Entry {
    std::string_view der;    // of a certificate; a view into the bytes of the store
    std::size_t offset = 0;  // in the store
  };
  std::vector<Entry> certificates;  // trusted ones, and the chains of keys
  std::string flaw;                 // why the store was not read further; "" if it was
  std::size_t flaw_offset = 0;
};

// At most `most` certificates. REQUIRES: looks_like_java_store
JavaStore read_java_store(std::string_view bytes, std::size_t most);

}  // namespace assay
