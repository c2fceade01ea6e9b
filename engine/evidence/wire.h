// What captures and certificate files of all bundles hold, kept until all is read: a chain is judged against
// the trust store of its bundle, and that may lie behind the capture in the archive.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assay/tls.h"
#include "evidence/capture/capture_reader.h"
#include "evidence/member_sink.h"

namespace assay {

// A handshake or certificate with the member that it comes from.
struct JudgedHandshake {
  std::uint32_t member = 0;
  Handshake handshake;
};
struct CertificateSighting {
  std::uint32_t member = 0;
  CertificatePointer certificate;
  Sighting sighting;  // `node` and the path of `place` are empty
};

class NodeTrust;

class WireEvidence {
 public:
  // Captures of one interface of one bundle are one capture: "eth0_diagnostic_logging_tcpdump00_…", "…01_…".
  void read_capture(ByteStream& content, std::string_view name, const MemberSink& sink);

  // `bytes`: a whole file. Its name tells what the certificates are for: "ca_…" is the trust store.
  void read_certificates(std::string_view bytes, std::string_view name, const MemberSink& sink);

  // After the last member: judges, and hands out an event for each handshake and certificate, in order of
  // member and place. Nothing is left afterwards but what the two functions below return.
  void finish(Inventory& inventory, const std::function<void(const Event&)>& visit);

  std::vector<JudgedHandshake> take_handshakes() { return std::exchange(handshakes_, {}); }
  std::vector<CertificateSighting> take_certificates() { return std::exchange(sightings_, {}); }

 private:
  void finish_capture(CaptureReader& capture, std::vector<Problem>& problems);
  void note_times(Inventory& inventory) const;
  void add_presented(const NodeTrust& trust);
  void note_kinds(Inventory& inventory) const;
  void hand_out(const NodeTrust& trust, const std::function<void(const Event&)>& visit) const;

  CaptureMemory memory_;
  std::map<std::pair<std::string, std::string>, CaptureReader> captures_;  // by container and interface
  std::vector<JudgedHandshake> handshakes_;
  std::vector<CertificateSighting> sightings_;
};

}  // namespace assay
