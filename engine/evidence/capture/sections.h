// A capture file, cut into pieces that libpcap can read. Of a pcapng file it wants all sections in one byte
// order, and one link type and snap length of all interfaces; captures of several interfaces, and merged
// ones, have several. So each section is handed out as a file of its own in which every interface has the
// same link type and no snap length; which link type a packet really has is told beside it. A pcap file is
// one section, and loses its snap length, too.
//
// The snap length is of no use here: every packet says itself how much of it is there, and libpcap would cut
// those that are longer than a header says. Only a "simple packet" of pcapng does not, and nobody writes
// those with a snap length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string_view>
#include <vector>

#include "input/byte_stream.h"

namespace assay {

bool is_pcapng(std::string_view front);

class CaptureSections {
 public:
  struct Packet {
    int link_type = 0;         // as the file numbers it
    std::uint64_t offset = 0;  // of its block in the file
    bool has_time = false;
  };

  explicit CaptureSections(ByteStream& content);

  // The next bytes of the section, the first one's to begin with; 0 at its end.
  std::size_t read(std::span<char> out);

  // Goes on to the next section once all of this one was read; false if there is none.
  bool next();

  bool pcapng() const { return is_pcapng_; }
  std::uint64_t position() const { return position_; }  // in the file, of the next byte to be read

  // Of the packet that follows the one asked for before, or nothing known. REQUIRES: pcapng()
  Packet take_packet();

 private:
  std::size_t ahead() const { return end_ - at_; }
  bool look(std::size_t bytes);
  std::size_t take(std::span<char> out);
  void begin_pcap();
  bool begin_block();
  void begin_section();
  void note_block();
  void begin_interface();
  void note_packet(std::size_t interface, bool has_time);
  std::size_t number(std::size_t at, std::size_t size) const;

  ByteStream& content_;
  std::vector<char> buffer_;
  std::size_t at_ = 0;  // in the buffer, of the next byte
  std::size_t end_ = 0;
  std::uint64_t position_ = 0;
  std::uint64_t left_ = 0;  // bytes of the block that is being read
  bool is_pcapng_ = false;
  bool is_lost_ = false;  // no pcapng, or not sound, which libpcap says: what is left is handed out as it is
  bool in_section_ = false;
  bool is_big_endian_ = false;
  std::vector<std::uint16_t> link_types_;  // by number of the interface
  std::deque<Packet> packets_;             // read ahead
};

}  // namespace assay
