// Any bytes as a capture: read to the end, within the bounds, and the same whatever pieces they come in. In
// half of the runs the bytes are packets of one connection instead, so that reassembly is reached at once.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/capture/capture_reader.h"

namespace {

using namespace assay;

class Pieces : public ByteStream {
 public:
  Pieces(std::string_view bytes, std::size_t piece) : bytes_(bytes), piece_(piece) {}
  std::size_t read(std::span<char> buffer) override {
    const std::size_t size = std::min({buffer.size(), bytes_.size(), piece_});
    std::memcpy(buffer.data(), bytes_.data(), size);
    bytes_.remove_prefix(size);
    return size;
  }

 private:
  std::string_view bytes_;
  std::size_t piece_;
};

void require(bool holds) {
  if (!holds) std::abort();
}

std::string told(const std::vector<SeenHandshake>& handshakes, const std::vector<Problem>& problems) {
  std::string text;
  for (const SeenHandshake& seen : handshakes) {
    const Handshake& handshake = seen.handshake;
    text += std::to_string(seen.packet) + to_string(handshake.client) + to_string(handshake.server) +
            handshake.sni + handshake.version + handshake.cipher + handshake.protocol_before +
            std::string(to_string(handshake.outcome)) + std::to_string(handshake.alerts.size()) +
            std::to_string(handshake.server_certificates.size()) + "\n";
  }
  for (const Problem& problem : problems) text += problem.code + problem.message + "\n";
  return text;
}

std::string read(std::string_view bytes, std::size_t piece) {
  CaptureMemory memory;
  CaptureReader reader(memory);
  std::vector<Problem> problems;
  // In two files, as captures of one interface come.
  Pieces first(bytes, piece);
  reader.read(first, 0, "0", 0, problems);
  Pieces again(bytes.substr(0, bytes.size() / 2), piece);
  reader.read(again, 1, "1", 1, problems);
  require(memory.held < 64U << 20);
  const auto handshakes = reader.finish(problems);
  require(memory.held == 0);
  return told(handshakes, problems);
}

std::string number(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xff);
  return text;
}
std::string network(std::uint64_t value, int bytes) {
  std::string text = number(value, bytes);
  std::reverse(text.begin(), text.end());
  return text;
}

// Each packet: flags and direction, place in the stream, acknowledgement, length; then its bytes.
std::string as_packets(std::string_view data) {
  std::string capture =
      number(0xa1b2c3d4, 4) + number(2, 2) + number(4, 2) + number(0, 8) + number(65535, 4) + number(101, 4);
  constexpr std::size_t kHeader = 6;
  while (data.size() >= kHeader) {
    const auto at = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(data[i]));
    };
    const std::uint32_t flags = at(0) & 0x17;
    const bool server = (at(0) & 0x80) != 0;
    const std::uint32_t sequence = 0xffffff00U + (at(1) << 8 | at(2));
    const std::uint32_t acknowledged = 0xffffff00U + (at(3) << 8 | at(4));
    const std::size_t length = std::min<std::size_t>(at(5), data.size() - kHeader);
    const std::string payload(data.substr(kHeader, length));
    data.remove_prefix(kHeader + length);
    const std::string ports =
        server ? network(443, 2) + network(50000, 2) : network(50000, 2) + network(443, 2);
    const std::string addresses = server ? network(0x0a000002, 4) + network(0x0a000001, 4)
                                         : network(0x0a000001, 4) + network(0x0a000002, 4);
    const std::string tcp = ports + network(sequence, 4) + network(acknowledged, 4) +
                            network(0x5000 | flags, 2) + network(0, 6) + payload;
    const std::string ip = network(0x4500, 2) + network(static_cast<std::uint32_t>(20 + tcp.size()), 2) +
                           network(0, 4) + network(0x4006, 2) + network(0, 2) + addresses + tcp;
    const auto size = static_cast<std::uint32_t>(ip.size());
    capture += number(1, 4) + number(0, 4) + number(size, 4) + number(size, 4) + ip;
  }
  return capture;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string packets;
  if (size > 0 && data[0] == 'P') bytes = packets = as_packets(bytes.substr(1));
  require(read(bytes, 1U << 20) == read(bytes, 7));
  return 0;
}
