// What one record of the traffic server says about an HTTP transaction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assay/time.h"
#include "evidence/event.h"
#include "text/record.h"

namespace assay {

// All views point into the record, or into the memory of a KeptHttpPart.
struct HttpPart {
  // In the order in which they happen, which decides where times are equal.
  enum class Step {
    receive_request,
    other,
    send_request,
    access,  // the event of a decision ("Request Allowed"), which names user and URL but may have no Txn-id
    diagnostic,
    receive_response,
    send_response,
    error_response,  // the event of one, which carries no Txn-id
  };
  Step step = Step::other;
  std::optional<Time> time;
  EventPlace place;
  std::optional<std::uint32_t> pid;
  std::optional<int> status;
  std::string_view host;
  std::string_view process;
  std::string_view id;            // Txn-id; empty for an access decision, a diagnostic and an error response
  std::string_view peer_address;  // of the other side
  std::string_view peer_port;
  std::string_view method;       // of a request
  std::string_view url;          // of a request, or that an access decision speaks of
  std::string_view server_host;  // Host header of a request; for a diagnostic the server that it names
  std::string_view address;      // for a diagnostic: the address of the server, where it names one
  std::string_view reason;
  std::string_view tracking_id;
  std::string_view user;  // as the traffic server names it
  std::string_view text;  // of a diagnostic: its message
};

// A part with words of its own. Used again, it keeps its memory: a log has millions of parts.
class KeptHttpPart {
 public:
  void keep(const HttpPart& part);

  HttpPart& part() { return part_; }
  const HttpPart& part() const { return part_; }
  std::size_t bytes() const;  // about how much memory it takes

 private:
  HttpPart part_;
  std::vector<char> words_;
};

// Nothing for records that belong to no transaction. `text_limit` bounds each text.
std::optional<HttpPart> http_part_of(const Record& record, const EventPlace& place, std::size_t text_limit);

// Its time in microseconds; 0 if it has none.
inline std::int64_t moment(const HttpPart& part) {
  return part.time ? part.time->microseconds : 0;
}

// "192.0.2.10:8443", "[2001:db8::1]:8443" of the other side, or "".
std::string peer_of(const HttpPart& part);

}  // namespace assay
