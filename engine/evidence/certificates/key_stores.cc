// In Java's store numbers are big-endian, and texts and certificates have their length before them. Behind
// the entries stands a digest that takes the password to verify: it is left alone.
#include "evidence/certificates/key_stores.h"

#include <cstdint>
#include <utility>

#include "evidence/tls/cursor.h"

namespace assay {
namespace {

constexpr std::uint32_t kJks = 0xfeedfeed, kJceks = 0xcececece;
constexpr std::size_t kStoreHeaderBytes = 12;

Bytes octets_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view view_of(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class JavaReader {
 public:
  JavaReader(std::string_view bytes, std::size_t most)
      : size_(bytes.size()), most_(most), cursor_(octets_of(bytes)) {
    cursor_.take(4);
    has_types_ = cursor_.number(4) > 1;
  }

  JavaStore read() {
    const std::uint32_t entries = cursor_.number(4);
    for (std::uint32_t i = 0; i < entries && goes_on(); ++i) entry();
    return std::move(store_);
  }

 private:
  bool goes_on() const { return store_.flaw.empty() && store_.certificates.size() < most_; }

  void stop(std::size_t at, std::string why) {
    store_.flaw = std::move(why);
    store_.flaw_offset = at;
  }

  void entry() {
    constexpr std::uint32_t kKey = 1, kTrusted = 2, kSecret = 3;
    constexpr std::size_t kTimeBytes = 8;
    const std::size_t at = size_ - cursor_.left();
    const std::uint32_t kind = cursor_.number(4);
    cursor_.piece(2);  // its name
    cursor_.take(kTimeBytes);
    std::uint32_t certificates = 1;
    if (kind == kKey) {
      cursor_.piece(4);
      certificates = cursor_.number(4);
    }
    if (cursor_.failed()) return stop(at, "the key store ends too early");
    // It is an object of Java, which does not say how long it is.
    if (kind == kSecret) return stop(at, "what stands behind a secret key of a key store is not read");
    if (kind != kKey && kind != kTrusted) return stop(at, "an entry of the key store is of an unknown kind");
    for (std::uint32_t i = 0; i < certificates && goes_on(); ++i) certificate();
  }

  void certificate() {
    const std::size_t at = size_ - cursor_.left();
    const std::string_view type = has_types_ ? view_of(cursor_.piece(2)) : "X.509";
    const std::string_view der = view_of(cursor_.piece(4));
    if (cursor_.failed()) return stop(at, "the key store ends too early");
    if (type == "X.509") store_.certificates.push_back({der, size_ - cursor_.left() - der.size()});
  }

  std::size_t size_;
  std::size_t most_;
  Cursor cursor_;
  bool has_types_ = false;
  JavaStore store_;
};

}  // namespace

bool looks_like_java_store(std::string_view front) {
  if (front.size() < kStoreHeaderBytes) return false;
  const std::uint32_t mark = number_at(octets_of(front), 0, 4);
  const std::uint32_t version = number_at(octets_of(front), 4, 4);
  return (mark == kJks || mark == kJceks) && (version == 1 || version == 2);
}

// A SEQUENCE of version 3 and of contents whose type is one of PKCS#7.
bool looks_like_pkcs12(std::string_view front) {
  constexpr std::string_view kVersion = "\x02\x01\x03\x30";
  constexpr std::string_view kPkcs7 = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07";
  constexpr std::size_t kLongestHeader = 6;
  if (!front.starts_with('\x30')) return false;
  const std::size_t version = front.substr(0, kLongestHeader + kVersion.size()).find(kVersion);
  if (version == front.npos) return false;
  const std::string_view contents = front.substr(version + kVersion.size(), kLongestHeader + kPkcs7.size());
  return contents.find(kPkcs7) != contents.npos;
}

JavaStore read_java_store(std::string_view bytes, std::size_t most) {
  return JavaReader(bytes, most).read();
}

}  // namespace assay
