// Behind a gap nothing tells where a message begins but the record itself: its first byte is a known type,
// and the length behind it is usual.
#include "evidence/tls/message_cutter.h"

namespace assay {
namespace {

constexpr std::size_t kMessageHeaderBytes = 4;
constexpr std::size_t kLargestMessage = 512U << 10;  // a chain of certificates is rarely above 16 KiB
constexpr std::size_t kUsualMessage = 64U << 10;

bool is_known(MessageType type) {
  switch (type) {
    case MessageType::hello_request:
    case MessageType::client_hello:
    case MessageType::server_hello:
    case MessageType::hello_verify_request:
    case MessageType::session_ticket:
    case MessageType::end_of_early_data:
    case MessageType::encrypted_extensions:
    case MessageType::certificate:
    case MessageType::server_key_exchange:
    case MessageType::certificate_request:
    case MessageType::server_hello_done:
    case MessageType::certificate_verify:
    case MessageType::client_key_exchange:
    case MessageType::finished:
    case MessageType::certificate_url:
    case MessageType::certificate_status:
    case MessageType::supplemental_data:
    case MessageType::key_update:
    case MessageType::compressed_certificate:
    case MessageType::next_protocol:
      return true;
  }
  return false;
}

std::size_t length_of_message(Bytes message) {
  return static_cast<std::size_t>(message[1] << 16 | message[2] << 8 | message[3]);
}

}  // namespace

void MessageCutter::gap() {
  begun_.clear();
  lost_ = true;
}

bool MessageCutter::fits(Bytes record) const {
  return !lost_ || (record.size() >= kMessageHeaderBytes && is_known(static_cast<MessageType>(record[0])) &&
                    length_of_message(record) <= kUsualMessage);
}

std::string_view MessageCutter::record(Bytes record, const Visit& visit) {
  lost_ = false;
  begun_.insert(begun_.end(), record.begin(), record.end());
  Bytes rest(begun_);
  while (rest.size() >= kMessageHeaderBytes) {
    const std::size_t length = length_of_message(rest);
    const auto type = static_cast<MessageType>(rest[0]);
    if (length > kLargestMessage || !is_known(type)) {
      gap();
      return length > kLargestMessage ? "a handshake message of a size that is not sound"
                                      : "a handshake message of an unknown type";
    }
    if (rest.size() < kMessageHeaderBytes + length) break;
    visit(type, rest.subspan(kMessageHeaderBytes, length));
    rest = rest.subspan(kMessageHeaderBytes + length);
  }
  begun_ = std::vector<std::uint8_t>(rest.begin(), rest.end());
  return {};
}

}  // namespace assay
