// Puts the handshake messages of one direction together out of its records (RFC 5246 section 7.4): a message
// may run over several, and a record may hold several.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "evidence/tls/cursor.h"
#include "evidence/tls/messages.h"

namespace assay {

class MessageCutter {
 public:
  using Visit = std::function<void(MessageType, Bytes body)>;

  // False if the record cannot be read: bytes were missing, and it does not begin with a message.
  bool fits(Bytes record) const;

  // Takes a record that fits. Returns "" or what of it is not sound; what was begun is dropped then.
  std::string_view record(Bytes record, const Visit& visit);

  // Bytes are missing: a record may begin inside a message from here on.
  void gap();

  bool begun() const { return !begun_.empty(); }  // a message that is not whole
  void drop() { begun_.clear(); }
  std::size_t memory() const { return begun_.capacity(); }

 private:
  std::vector<std::uint8_t> begun_;
  bool lost_ = false;
};

}  // namespace assay
