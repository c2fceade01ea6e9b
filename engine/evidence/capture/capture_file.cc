// libpcap wants a FILE; fopencookie makes one out of a stream, so that a capture inside an archive is read
// without a temporary file.
#include "evidence/capture/capture_file.h"

#include <pcap/pcap.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <vector>

#include "evidence/capture/sections.h"

namespace assay {
namespace {

constexpr std::size_t kBufferBytes = 1U << 20;

// pcapng can say seconds of 64 bits; what is no moment of this age or the next is taken for its edge.
Time time_of(const timeval& moment) {
  constexpr std::int64_t kMicroseconds = 1'000'000;
  constexpr std::int64_t kLatest = 253'402'300'799;  // the end of the year 9999
  return {std::clamp<std::int64_t>(moment.tv_sec, -kLatest, kLatest) * kMicroseconds + moment.tv_usec};
}

struct ClosePcap {
  void operator()(pcap_t* capture) const { pcap_close(capture); }
};

ssize_t read_cookie(void* cookie, char* buffer, std::size_t size) {
  return static_cast<ssize_t>(static_cast<CaptureSections*>(cookie)->read({buffer, size}));
}

// Nothing but where it is, for ftello.
int seek_cookie(void* cookie, off64_t* offset, int whence) {
  if (whence != SEEK_CUR || *offset != 0) return -1;
  *offset = static_cast<off64_t>(static_cast<CaptureSections*>(cookie)->position());
  return 0;
}

std::uint64_t position_in(std::FILE* file) {
  const off_t position = ftello(file);
  return position < 0 ? 0 : static_cast<std::uint64_t>(position);
}

// Reads on from `end` to the end of the section.
void read_section(CaptureSections& sections, std::vector<char>& buffer, CaptureEnd& end,
                  const std::function<void(const CapturedPacket&)>& visit) {
  std::FILE* file = fopencookie(
      &sections, "rb", {.read = read_cookie, .write = nullptr, .seek = seek_cookie, .close = nullptr});
  if (file == nullptr) {
    end.error = "cannot be opened as a stream";
    return;
  }
  std::setvbuf(file, buffer.data(), _IOFBF, buffer.size());
  std::array<char, PCAP_ERRBUF_SIZE> error{};
  const std::unique_ptr<pcap_t, ClosePcap> capture(pcap_fopen_offline(file, error.data()));
  if (!capture) {
    std::fclose(file);  // pcap_close does it once there is a capture
    end.error = error.data();
    if (end.packets == 0) end.error += " (editcap -F pcapng FILE NEW, of Wireshark, makes one that is read)";
    return;
  }
  pcap_pkthdr* header = nullptr;
  const u_char* bytes = nullptr;
  const int link_type = pcap_datalink(capture.get());
  end.offset = position_in(file);
  int status = 0;
  while ((status = pcap_next_ex(capture.get(), &header, &bytes)) == 1) {
    end.offset = position_in(file);
    const CaptureSections::Packet packet =
        sections.pcapng()
            ? sections.take_packet()
            : CaptureSections::Packet{
                  .link_type = link_type, .offset = end.offset - header->caplen, .has_time = true};
    visit({.link_type = packet.link_type,
           .number = ++end.packets,
           .offset = packet.offset,
           .time = packet.has_time ? std::optional(time_of(header->ts)) : std::nullopt,
           .bytes = Bytes(bytes, header->caplen),
           .cut_bytes = header->len > header->caplen ? header->len - header->caplen : 0});
  }
  if (status == PCAP_ERROR) end.error = pcap_geterr(capture.get());
}

// Captures that libpcap does not read: snoop of Solaris, Network Monitor of Windows, Sniffer.
bool is_foreign(std::string_view front) {
  constexpr std::size_t kVersion = 5;
  if (front.size() <= kVersion) return false;
  const bool of_network_monitor = (front.starts_with("RTSS") && front[kVersion] == 1) ||
                                  (front.starts_with("GMBU") && front[kVersion] == 2);
  return of_network_monitor || front.starts_with(std::string_view("snoop\0\0\0", 8)) ||
         front.starts_with("TRSNIFF data    \x1a");
}

}  // namespace

bool looks_like_capture(std::string_view front) {
  using namespace std::string_view_literals;
  if (is_foreign(front)) return true;
  // Microseconds, nanoseconds, and the longer headers of old Linux kernels (Kuznetzov's); in both byte
  // orders.
  static constexpr std::array<std::string_view, 6> kMagic = {"\xd4\xc3\xb2\xa1"sv, "\xa1\xb2\xc3\xd4"sv,
                                                             "\x4d\x3c\xb2\xa1"sv, "\xa1\xb2\x3c\x4d"sv,
                                                             "\x34\xcd\xb2\xa1"sv, "\xa1\xb2\xcd\x34"sv};
  for (const std::string_view magic : kMagic) {
    if (front.starts_with(magic)) return true;
  }
  return is_pcapng(front) && front.size() >= 12 &&
         (front.substr(8, 4) == "\x1a\x2b\x3c\x4d"sv || front.substr(8, 4) == "\x4d\x3c\x2b\x1a"sv);
}

CaptureEnd for_each_packet(ByteStream& content, const std::function<void(const CapturedPacket&)>& visit) {
  CaptureEnd end;
  CaptureSections sections(content);
  std::vector<char> buffer(kBufferBytes);
  do {
    read_section(sections, buffer, end, visit);
  } while (end.error.empty() && sections.next());
  return end;
}

}  // namespace assay
