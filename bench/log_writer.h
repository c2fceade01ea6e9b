// Makes the log of an Expressway-C that never was: SIP calls, connections, licences, and clients of Mobile
// and Remote Access whose HTTP requests the traffic server forwards, some of them to servers whose
// certificates it refuses. The same seed makes the same bytes.
#pragma once

#include <cstdint>
#include <queue>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {

// SplitMix64: small, fast, and the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  bool one_in(std::uint64_t chance) { return below(chance) == 0; }

 private:
  std::uint64_t state_;
};

class LogWriter {
 public:
  explicit LogWriter(std::uint64_t seed);

  // Appends the next record, whole and with its newlines. Records are in order but for a few milliseconds.
  void append_record(std::string& log);

  // Appends one record of exactly `bytes` bytes, to fill a log up. REQUIRES: bytes >= kFillerBytes.
  void append_filler(std::string& log, std::size_t bytes);
  static constexpr std::size_t kFillerBytes = 200;

 private:
  // What happens at one moment makes one or several records, some of them a little later.
  void happen();
  void sip_message();
  void tcp_connection();
  void developer_line();
  void licence();
  void transaction();
  void refused_transaction(std::uint64_t start, std::uint64_t id, const std::string& user);

  std::string sip_text(std::string_view method);
  std::string hex(std::size_t digits);
  std::string uuid();
  std::string address();

  // Begins a record at `time`: header, tag, UTCTime.
  std::string begin(std::uint64_t time, std::string_view tag) const;
  void emit(std::uint64_t time, std::string record);

  Random random_;
  std::uint64_t now_;  // microseconds since 1970
  std::uint64_t next_transaction_ = 1;
  std::uint64_t emitted_ = 0;

  // (time, order of emission), so that equal times stay in order.
  using Waiting = std::pair<std::pair<std::uint64_t, std::uint64_t>, std::string>;
  struct Later {
    bool operator()(const Waiting& one, const Waiting& other) const { return one.first > other.first; }
  };
  std::priority_queue<Waiting, std::vector<Waiting>, Later> waiting_;
};

// The dumps that stand beside the log in a bundle.
std::string configuration_dump();
std::string status_dump();

}  // namespace bench
