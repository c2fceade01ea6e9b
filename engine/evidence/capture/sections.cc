// A block of pcapng is its type, its length and its body. That of a section begins with a number that tells
// the byte order; that of an interface with the link type and the snap length; that of a packet with the
// number of its interface.
#include "evidence/capture/sections.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace assay {
namespace {

constexpr std::size_t kAheadBytes = 256U << 10;
constexpr std::size_t kBlockFrontBytes = 12;  // type, length, and the first number of the body
constexpr std::size_t kNumberAt = 8;
constexpr std::size_t kInterfaceFrontBytes = 16;
constexpr int kNoLinkType = -1;
constexpr char kEthernet = 1;

enum Block : std::size_t {
  kSection = 0x0a0d0d0a,  // the same in either byte order
  kInterface = 1,
  kOldPacket = 2,
  kSimplePacket = 3,
  kPacket = 6,
};

}  // namespace

bool is_pcapng(std::string_view front) {
  return front.starts_with("\x0a\x0d\x0d\x0a");
}

CaptureSections::CaptureSections(ByteStream& content) : content_(content), buffer_(kAheadBytes) {
  look(kBlockFrontBytes);
  is_pcapng_ = assay::is_pcapng({buffer_.data(), ahead()});
  is_lost_ = !is_pcapng_;
  if (!is_pcapng_) begin_pcap();
}

void CaptureSections::begin_pcap() {
  constexpr std::size_t kHeaderBytes = 24;
  constexpr std::size_t kSnapLengthAt = 16;
  constexpr std::size_t kSnapLengthBytes = 4;
  if (look(kHeaderBytes)) std::fill_n(buffer_.data() + at_ + kSnapLengthAt, kSnapLengthBytes, '\0');
}

// Makes sure that so many bytes lie in the buffer; false if there are fewer.
bool CaptureSections::look(std::size_t bytes) {
  if (ahead() >= bytes) return true;
  std::memmove(buffer_.data(), buffer_.data() + at_, ahead());
  end_ = ahead();
  at_ = 0;
  while (end_ < bytes) {
    const std::size_t got = content_.read(std::span(buffer_).subspan(end_));
    if (got == 0) return false;
    end_ += got;
  }
  return true;
}

std::size_t CaptureSections::number(std::size_t at, std::size_t size) const {
  std::size_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t place = is_big_endian_ ? at + i : at + size - 1 - i;
    value = value << 8 | static_cast<unsigned char>(buffer_[at_ + place]);
  }
  return value;
}

bool CaptureSections::next() {
  const bool is_there =
      in_section_ && !is_lost_ && left_ == 0 && look(kBlockFrontBytes) && number(0, 4) == kSection;
  in_section_ = false;
  return is_there;
}

std::size_t CaptureSections::read(std::span<char> out) {
  const std::size_t wanted = out.size();
  while (!out.empty() && (left_ > 0 || begin_block())) {
    const std::size_t size = take(out);
    if (size == 0) break;
    position_ += size;
    left_ -= size;
    out = out.subspan(size);
  }
  return wanted - out.size();
}

std::size_t CaptureSections::take(std::span<char> out) {
  if (is_lost_ && ahead() == 0) return content_.read(out);
  if (!look(1)) return 0;
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>({left_, ahead(), out.size()}));
  std::memcpy(out.data(), buffer_.data() + at_, size);
  at_ += size;
  return size;
}

// False at the end of the section.
bool CaptureSections::begin_block() {
  is_lost_ = is_lost_ || !look(kBlockFrontBytes);
  if (!is_lost_ && number(0, 4) == kSection) {
    if (in_section_) return false;
    begin_section();
  }
  const std::size_t length = is_lost_ ? 0 : number(4, 4);
  is_lost_ = is_lost_ || length < kBlockFrontBytes;
  if (!is_lost_) note_block();
  left_ = is_lost_ ? std::numeric_limits<std::uint64_t>::max() : length;
  return true;
}

void CaptureSections::begin_section() {
  in_section_ = true;
  is_big_endian_ = buffer_[at_ + kNumberAt] == '\x1a';
  link_types_.clear();
}

void CaptureSections::note_block() {
  switch (number(0, 4)) {
    case kInterface:
      return begin_interface();
    case kPacket:
      return note_packet(number(kNumberAt, 4), true);
    case kOldPacket:
      return note_packet(number(kNumberAt, 2), true);
    case kSimplePacket:
      return note_packet(0, false);
    default:
      return;
  }
}

void CaptureSections::begin_interface() {
  is_lost_ = !look(kInterfaceFrontBytes);
  if (is_lost_) return;
  link_types_.push_back(static_cast<std::uint16_t>(number(kNumberAt, 2)));
  char* const link_type = buffer_.data() + at_ + kNumberAt;
  link_type[0] = is_big_endian_ ? '\0' : kEthernet;
  link_type[1] = is_big_endian_ ? kEthernet : '\0';
  std::fill_n(buffer_.data() + at_ + kBlockFrontBytes, kInterfaceFrontBytes - kBlockFrontBytes, '\0');
}

void CaptureSections::note_packet(std::size_t interface, bool has_time) {
  const int link_type = interface < link_types_.size() ? link_types_[interface] : kNoLinkType;
  packets_.push_back({.link_type = link_type, .offset = position_, .has_time = has_time});
}

CaptureSections::Packet CaptureSections::take_packet() {
  if (packets_.empty()) return {.link_type = kNoLinkType, .offset = position_, .has_time = false};
  const Packet packet = packets_.front();
  packets_.pop_front();
  return packet;
}

}  // namespace assay
