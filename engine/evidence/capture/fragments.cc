// Few connections are cut into fragments, and those that never become whole must not gather: when many have
// come, all that wait are dropped.
#include "evidence/capture/fragments.h"

#include <tins/ip.h>

#include <algorithm>
#include <exception>

namespace assay {
namespace {

constexpr std::size_t kMostFragments = 4096;
constexpr std::size_t kIpv6HeaderBytes = 40;
constexpr std::size_t kMostBytes = 65'535;
constexpr std::uint8_t kFragmentHeader = 44;

// An IPv6 fragment: RFC 8200 section 4.5.
struct Piece {
  std::uint8_t next = 0;
  std::size_t at = 0;
  bool last = false;
  std::uint32_t identification = 0;
  Bytes body;
};

// Other extension headers may stand before the fragment header; they are passed over.
bool read_piece(Bytes network, Piece& piece) {
  if (network.size() < kIpv6HeaderBytes) return false;
  const std::size_t length = static_cast<std::size_t>(network[4] << 8 | network[5]);
  std::uint8_t next = network[6];
  Cursor cursor(network.subspan(kIpv6HeaderBytes).first(std::min(length, network.size() - kIpv6HeaderBytes)));
  while (next != kFragmentHeader) {
    const auto following = static_cast<std::uint8_t>(cursor.number(1));
    const std::size_t units = cursor.number(1);
    cursor.take(6 + units * 8);
    if (cursor.failed()) return false;
    next = following;
  }
  piece.next = static_cast<std::uint8_t>(cursor.number(1));
  cursor.number(1);
  const std::uint32_t place = cursor.number(2);
  piece.at = place & 0xfff8;
  piece.last = (place & 1) == 0;
  piece.identification = cursor.number(4);
  piece.body = cursor.take(cursor.left());
  return !cursor.failed() && !piece.body.empty() && piece.at + piece.body.size() <= kMostBytes;
}

}  // namespace

bool Fragments::take(Bytes network, std::vector<std::uint8_t>& whole) {
  if (++seen_ > kMostFragments) {
    ipv4_.clear_streams();
    ipv6_.clear();
    seen_ = 1;
  }
  return (network[0] >> 4) == 4 ? take_ipv4(network, whole) : take_ipv6(network, whole);
}

bool Fragments::take_ipv4(Bytes network, std::vector<std::uint8_t>& whole) {
  try {
    Tins::IP ip(network.data(), static_cast<std::uint32_t>(network.size()));
    if (ipv4_.process(ip) != Tins::IPv4Reassembler::REASSEMBLED) return false;
    whole = ip.serialize();
    return true;
  } catch (const std::exception&) {
    return false;  // libtins' word for a packet that it cannot read; it stays a lost fragment
  }
}

bool Fragments::take_ipv6(Bytes network, std::vector<std::uint8_t>& whole) {
  Piece piece;
  if (!read_piece(network, piece)) return false;
  const Bytes addresses = network.subspan(8, 32);
  const Key key{{addresses.begin(), addresses.end()}, piece.identification};
  Datagram& datagram = ipv6_[key];
  if (piece.at == 0) {
    datagram.header.assign(network.begin(), network.begin() + kIpv6HeaderBytes);
    datagram.header[6] = piece.next;
  }
  if (piece.last) datagram.size = piece.at + piece.body.size();
  const auto [at, added] = datagram.pieces.try_emplace(piece.at, piece.body.begin(), piece.body.end());
  if (added) datagram.bytes += piece.body.size();
  if (datagram.size == 0 || datagram.bytes < datagram.size || datagram.header.empty()) return false;

  // Pieces that overlap make a datagram that must not be used (RFC 5722).
  const Datagram done = std::move(datagram);
  ipv6_.erase(key);
  whole = done.header;
  for (const auto& [place, bytes] : done.pieces) {
    if (place != whole.size() - kIpv6HeaderBytes) return false;
    whole.insert(whole.end(), bytes.begin(), bytes.end());
  }
  whole[4] = static_cast<std::uint8_t>(done.size >> 8);
  whole[5] = static_cast<std::uint8_t>(done.size & 0xff);
  return whole.size() == kIpv6HeaderBytes + done.size;
}

}  // namespace assay
