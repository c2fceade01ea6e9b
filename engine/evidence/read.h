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
#include "evidence/log_literals.h"
#include "evidence/setting_names.h"
#include "evidence/wire.h"
#include "input/walk.h"

namespace assay {

using EventVisitor = std::function<void(const Event&)>;

// Reads members one after the other. One for each analysis; not thread-safe.
class EvidenceReader {
 public:
  // `literals` must outlive it. With more than one thread `visit` may be called on another one, while read()
  // lasts. Of all settings only `settings` become facts.
  EvidenceReader(const LogLiterals& literals, const Limits& limits, unsigned threads = 1,
                 WantedSettings settings = {});
  ~EvidenceReader();

  // Reads one member and calls `visit` for every event in it: log records in order of their offset but for
  // those that wait, an HTTP transaction when it is complete or the member ends.
  void read(Member& member, const EventVisitor& visit);

  // After the last member: hands out what can only be judged when all is read, TLS handshakes and
  // certificates.
  void finish(const EventVisitor& visit);

  // After finish: hands out the log records that waited for this (Wanted::waiting) and have a literal that is
  // asked for.
  void hand_out_waiting(const std::function<bool(std::uint32_t literal)>& is_asked_for,
                        const EventVisitor& visit);

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
