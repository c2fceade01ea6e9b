// Puts IP datagrams together that were sent in fragments. The home of libtins, which does it for IPv4.
#pragma once

#include <tins/ip_reassembler.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "evidence/tls/cursor.h"

namespace assay {

class Fragments {
 public:
  // Takes an IP packet that is a fragment. True if it was the last missing piece: then `whole` is the
  // datagram, with a header as if it had never been cut.
  bool take(Bytes network, std::vector<std::uint8_t>& whole);

 private:
  struct Datagram {
    std::vector<std::uint8_t> header;  // of IPv6 alone, once the first fragment is there
    std::map<std::size_t, std::vector<std::uint8_t>> pieces;
    std::size_t bytes = 0;
    std::size_t size = 0;  // 0: the last fragment has not come
  };
  using Key = std::pair<std::vector<std::uint8_t>, std::uint32_t>;  // addresses, identification

  bool take_ipv4(Bytes network, std::vector<std::uint8_t>& whole);
  bool take_ipv6(Bytes network, std::vector<std::uint8_t>& whole);

  Tins::IPv4Reassembler ipv4_;
  std::map<Key, Datagram> ipv6_;
  std::size_t seen_ = 0;  // since everything was dropped
};

}  // namespace assay
