// Cuts one direction of a TLS connection into records (RFC 5246 section 6.2), holding back no more than it
// must: the bodies of application data are passed over, not kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "evidence/tls/cursor.h"

namespace assay {

enum class RecordType : std::uint8_t {
  change_cipher_spec = 20,
  alert = 21,
  handshake = 22,
  application_data = 23,
  heartbeat = 24,
};

// One record. `body` is empty for application data, whatever its `length`; it lives during the call.
struct TlsRecord {
  RecordType type = RecordType::handshake;
  int version = 0;  // of the record layer
  std::size_t length = 0;
  Bytes body;
};

class RecordCutter {
 public:
  using Visit = std::function<void(const TlsRecord&)>;

  // Takes the next bytes. Returns false if they are no records: the direction is lost from here on, until
  // bytes() is given some that begin with a record again.
  bool bytes(Bytes data, const Visit& visit);

  // Bytes are missing: what was begun is dropped.
  void gap();

  std::size_t memory() const { return begun_.capacity(); }
  bool lost() const { return lost_; }

  // True if `front` can be the beginning of a record that is not empty. Needs five bytes.
  static bool plausible(Bytes front);
  // Empty records say nothing and should not be, but are put up with.
  static Bytes behind_empty_records(Bytes front);

 private:
  std::size_t visit_in_place(Bytes data, const Visit& visit);
  bool header_done(const Visit& visit);

  std::vector<std::uint8_t> begun_;  // header and body so far of a record that is not whole
  std::size_t skip_ = 0;             // bytes of application data still to pass over
  bool lost_ = false;
};

}  // namespace assay
