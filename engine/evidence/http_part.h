// What one record of the traffic server says about an HTTP transaction, copied out of the record.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "assay/time.h"
#include "evidence/event.h"
#include "text/record.h"

namespace assay {

struct HttpPart {
  // In the order in which they happen, which decides where times are equal.
  enum class Step {
    receive_request,
    other,
    send_request,
    access,  // the event of a decision about a request, which names its user and URL but no Txn-id
    diagnostic,
    receive_response,
    send_response,
    error_response,  // the event of one, which carries no Txn-id
  };
  Step step = Step::other;
  std::optional<Time> time;
  EventPlace place;
  std::string host;
  std::string process;
  std::optional<std::uint32_t> pid;
  std::string id;           // Txn-id; empty for an access decision, a diagnostic and an error response
  std::string peer;         // address:port of the other side
  std::string method;       // of a request
  std::string url;          // of a request, or that an access decision speaks of
  std::string server_host;  // Host header of a request; for a diagnostic the server that it names
  std::string address;      // for a diagnostic: the address of the server, where it names one
  std::optional<int> status;
  std::string reason;
  std::string tracking_id;
  std::string user;  // as the traffic server names it
  std::string text;  // of a diagnostic: its message

  std::size_t bytes() const;  // about how much memory it takes
};

// Null for records that belong to no transaction. `text_limit` bounds each text.
std::unique_ptr<HttpPart> http_part_of(const Record& record, const EventPlace& place, std::size_t text_limit);

// The user that a URL is about ("/cucm-uds/user/alice/devices", "clusterUser?username=alice"), or "".
std::string user_of_url(std::string_view url);

}  // namespace assay
