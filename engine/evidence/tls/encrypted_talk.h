// How a TLS 1.3 handshake ended, told from the sizes of the records behind its hellos, and from who said them
// when: nothing else of them can be read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "assay/tls.h"

namespace assay {

class EncryptedTalk {
 public:
  // What is heard, in the order in which it was said. Without the server's hello the version may be another
  // one as well; then nobody is known to refuse.
  void client_hello(bool offers_early_data);  // again behind a HelloRetryRequest: everything begins anew
  void server_hello(std::string_view cipher);
  // `other_left`: the other side had hung up by then.
  void record(Peer from, std::size_t length, std::optional<Time> time, bool other_left);
  void bytes_missing(Peer from);

  // A record of this length, before the client said anything encrypted, to a side that has hung up.
  bool may_be_complaint(std::size_t length) const;

  // Both sides have the other one's Finished.
  bool completed() const { return client_says_only_finished_ || answered_; }

  struct Refusal {
    Peer by = Peer::client;
    std::optional<Time> time;  // of its alert
  };
  std::optional<Refusal> refusal(bool server_left_first) const;

  // The client said its Finished, and the server not a word behind it.
  bool unanswered() const { return whole() && client_.spoke && !completed() && !short_answer_; }

 private:
  struct Side {
    bool holes = false;         // behind the server's hello
    bool heard = false;         // anything
    bool spoke = false;         // at more length than an alert has
    std::optional<Time> first;  // when it was heard first
  };
  struct Record {
    std::size_t length = 0;
    std::optional<Time> time;
  };

  struct ShortAnswer {
    std::optional<Time> time;
    bool may_be_goodbye = false;  // the client had taken leave by then; or it may be a ticket, or data
  };

  void forget_disorder();
  void client_record(std::size_t length, std::optional<Time> time);
  void server_record(std::size_t length, std::optional<Time> time, bool client_left);
  void answer(std::size_t length, std::optional<Time> time, bool client_left);
  bool may_be_padded_alert(std::size_t length) const;
  bool whole() const { return hello_ && !client_.holes && !server_.holes; }
  bool has_size_of_finished(std::size_t length) const;
  bool is_short_message(std::size_t length) const;
  bool has_size_of_alert(std::size_t length, bool may_be_padded) const;
  std::optional<Refusal> refusal_in_flight(bool server_left_first) const;

  Side client_;
  Side server_;
  bool client_heard_ = false;
  bool early_data_ = false;
  bool hello_ = false;
  std::size_t tag_bytes_ = 16;
  std::size_t finished_bytes_ = 0;           // of a record with a Finished that is not padded
  std::optional<Record> flight_end_;         // what the server said last before the client
  bool flight_is_short_ = true;              // it holds short messages only
  bool end_stands_behind_short_ = false;     // its end, behind short messages only
  bool client_says_only_finished_ = false;   // there is no certificate that could be refused
  bool client_takes_leave_ = false;          // by something of an alert's size behind its Finished
  bool answered_ = false;                    // at more length than an alert has, behind the client's Finished
  std::optional<ShortAnswer> short_answer_;  // with an alert's size, before any other
};

}  // namespace assay
