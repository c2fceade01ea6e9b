// All TCP connections of a run of captures: which are followed, which were let go, and what was learned.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "assay/tls.h"
#include "evidence/capture/connection.h"
#include "evidence/capture/origin.h"

namespace assay {

// A connection that spoke TLS, as it was seen.
struct SeenHandshake {
  std::uint32_t member = 0;  // of its first packet
  std::uint64_t packet = 0;  // number in that member, from 1
  std::uint64_t offset = 0;  // of that packet's bytes in the member
  Handshake handshake;       // without node, place and trust
};

// Something that is not sound on a connection, and how often it was; the first time is described.
struct SeenFault {
  std::uint64_t count = 0;
  Origin origin;
  std::string connection;
};
// By member, code of the problem and words.
using SeenFaults = std::map<std::tuple<std::uint32_t, std::string, std::string>, SeenFault>;

class Connections;

// What all captures of an analysis hold together, and its bounds.
class CaptureMemory {
 public:
  std::size_t held = 0;  // bytes of connections that are followed
  std::size_t kept = 0;  // bytes of handshakes that are over
  std::set<Connections*> tables;

  struct Presented {
    CertificatePointer certificate;
    std::string flaw;
  };
  const Presented& presented(const std::string& der);
  void hold_bounds(Connections& growing);

 private:
  std::map<std::string, Presented, std::less<>> presented_;  // by DER
};

class Connections {
 public:
  // `may_go_on`: these captures may go on where others end that are read later, as those of one interface do.
  Connections(CaptureMemory& memory, bool may_go_on);
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  void segment(const TcpSegment& segment, const Origin& origin);

  // Goes on with the connections of `later`, whose captures begin where these end.
  void append(Connections& later);

  // Lets go of the connection that was silent for longest; false if there is none.
  bool forget_oldest();

  // The captures end.
  void finish();

  std::vector<SeenHandshake> take_handshakes() { return std::exchange(handshakes_, {}); }
  const SeenFaults& faults() const { return faults_; }
  std::uint64_t forgotten_connections() const { return forgotten_connections_; }
  std::uint64_t forgotten_handshakes() const { return forgotten_handshakes_; }
  // Segments of followed connections of which the capture holds only the front, and the first of them.
  std::uint64_t cut_segments() const { return cut_segments_; }
  const Origin& first_cut() const { return first_cut_; }

 private:
  // The two ends of a connection, in an order that is the same for both directions.
  struct Key {
    PacketEndpoint low;
    PacketEndpoint high;
    bool operator==(const Key&) const = default;
  };
  struct HashKey {
    std::size_t operator()(const Key& key) const;
  };
  struct Flow {
    std::unique_ptr<Connection> followed;  // none: let go, or begun in the middle
    // The first segments of one whose beginning may lie in an earlier capture, and what it tells without
    // that.
    std::vector<KeptSegment> middle;
    std::optional<SeenHandshake> told;
    bool is_gathering = false;         // nothing of the middle is followed yet
    std::optional<std::uint32_t> syn;  // sequence number, to tell a repeated one from a new connection
    std::list<Key>::iterator recent;
    std::size_t held = 0;  // bytes of it, as they were counted last
  };

  Flow& touch(const Key& key, Flow* known);
  bool is_new(const Flow& flow, const TcpSegment& segment) const;
  void begin(Flow& flow, const TcpSegment& segment, const Origin& origin);
  void follow(Flow& flow, const TcpSegment& segment, const Origin& origin);
  void keep_middle(Flow& flow, const TcpSegment& segment, const Origin& origin);
  void follow_middle(Flow& flow);
  void take_over(const Key& key, Flow& theirs);
  void go_on(const Key& key, Flow& theirs);
  void count_held(Flow& flow);
  void let_go(Flow& flow, bool capture_ended);
  void end(Flow& flow, bool capture_ended);
  std::optional<SeenHandshake> keep(Connection& connection, WireHandshake wire);
  void note_fault(std::string code, std::string words, const Origin& origin, const Handshake& handshake);
  std::vector<CertificatePointer> chain(const std::vector<std::string>& ders, const Origin& origin, Peer from,
                                        const Handshake& handshake);

  CaptureMemory& memory_;
  bool may_go_on_;
  std::unordered_map<Key, Flow, HashKey> flows_;
  std::list<Key> recent_;  // of all flows, the latest last
  std::vector<SeenHandshake> handshakes_;
  SeenFaults faults_;
  std::uint64_t forgotten_connections_ = 0;
  std::uint64_t forgotten_handshakes_ = 0;
  std::uint64_t cut_segments_ = 0;
  Origin first_cut_;
};

}  // namespace assay
