// Members into events: looks at each member, gives it to the reader of its kind, and hands out what that
// finds.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "assay/options.h"
#include "evidence/event.h"
#include "evidence/inventory.h"
#include "evidence/wire.h"
#include "input/walk.h"
#include "text/literals.h"

namespace assay {

using EventVisitor = std::function<void(const Event&)>;

// What somebody wants to see of the logs.
struct Wanted {
  // Literals of which a record must hold at least one to become a LogEvent. Their index is the id in
  // Event::literals.
  std::vector<std::string> literals;
  // True if every record is wanted, for signatures that name no literal. Slow.
  bool every_record = false;
  // Processes whose presence in the log is asked for ("log.traffic_server" of `needs`).
  std::vector<std::string> processes;
};

// Reads members one after the other. One for each analysis; not thread-safe.
class EvidenceReader {
 public:
  // Compiles one literal set out of `wanted` and of what the readers themselves need.
  EvidenceReader(const Wanted& wanted, const Limits& limits);
  ~EvidenceReader();

  // Reads one member and calls `visit` for every event in it: log records in order of their offset, an
  // HTTP transaction when it is complete or the member ends.
  void read(Member& member, const EventVisitor& visit);

  // After the last member: hands out what can only be judged when all is read, TLS handshakes and
  // certificates.
  void finish(const EventVisitor& visit);

  // After finish: all of them, for the report.
  std::vector<JudgedHandshake> take_handshakes();
  std::vector<CertificateSighting> take_certificates();

  // After finish: what there was. The reader is empty afterwards.
  Inventory take_inventory();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace assay
