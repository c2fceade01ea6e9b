// HTTP transactions of the traffic server, joined from its records.
//
// The records of one transaction carry its Txn-id; certificate warnings and TLS errors carry none and are
// joined by process, time and server, access decisions by process, time and URL. Records are put in order of
// their time first, within a grace of log time, so that the small disorder of real logs changes nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "assay/report.h"
#include "evidence/event.h"
#include "evidence/http_part_order.h"
#include "text/record.h"

namespace assay {

class HttpTransactions {
 public:
  using Visit = std::function<void(const Transaction&, const EventPlace&)>;

  // `path` is that of the member, for the places in transactions.
  HttpTransactions(std::string_view path, Visit visit);
  ~HttpTransactions();

  // Takes a record of the traffic server; others are passed over. May hand out transactions.
  void add(const Record& record, const EventPlace& place);

  // At the end of the member: hands out what is left, in order of its begin.
  void finish();

  // How many were handed out early while they were under way. Each counts twice if its response then came.
  std::uint64_t handed_out_early() const;

  // Bounds on what is held. Reaching one hands out the oldest transactions early; it never loses one.
  static constexpr std::size_t kMaxOpen = 4'096;
  static constexpr std::size_t kMaxText = 2'048;  // of a URL or diagnostic; the traffic server cuts there too
  // Of one transaction. Its first ones say what there is to say, and as records of the log all are seen.
  static constexpr std::size_t kMaxDiagnostics = 64;

 private:
  class Joiner;
  std::unique_ptr<HttpPartOrder> order_;
  std::unique_ptr<Joiner> joiner_;
};

}  // namespace assay
