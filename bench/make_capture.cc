// Writes a capture as a busy edge device has it: media of calls, packet by packet, with some conversations in
// the clear and some thousands of TLS connections between.
//
//   make_capture --out FILE [--bytes 400M] [--connections 5000] HANDSHAKE.pcap...
//
// The handshakes of the TLS connections are those of the given captures (testdata/captures), each with other
// addresses, ports and numbers. The same arguments make the same file.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace {

constexpr std::size_t kFileHeader = 24;
constexpr std::size_t kPacketHeader = 16;
constexpr std::size_t kEthernet = 14;
constexpr std::size_t kIpv4 = 20;

void put(std::string& bytes, std::size_t at, std::uint32_t value, int size) {
  for (int i = 0; i < size; ++i) {
    bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (8 * (size - 1 - i)) & 0xff);
  }
}

std::uint32_t get(const std::string& bytes, std::size_t at, int size) {
  std::uint32_t value = 0;
  for (int i = 0; i < size; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

// An Ethernet frame with IPv4 in it. `port` is the source's; media run between even ones.
std::string frame(int protocol, std::uint32_t source, std::uint32_t target, const std::string& content) {
  std::string bytes(kEthernet + kIpv4, '\0');
  put(bytes, 12, 0x0800, 2);
  put(bytes, 14, 0x4500, 2);
  put(bytes, 16, static_cast<std::uint32_t>(kIpv4 + content.size()), 2);
  put(bytes, 22, 0x4000U | static_cast<std::uint32_t>(protocol), 2);
  put(bytes, 26, source, 4);
  put(bytes, 30, target, 4);
  return bytes + content;
}

// The frames of a capture of one connection over IPv4.
std::vector<std::string> frames_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::string> frames;
  for (std::size_t at = kFileHeader; at + kPacketHeader <= bytes.size();) {
    std::uint32_t size = 0;
    std::memcpy(&size, bytes.data() + at + 8, sizeof size);
    frames.push_back(bytes.substr(at + kPacketHeader, size));
    at += kPacketHeader + size;
  }
  return frames;
}

// The connection with another client, and other sequence numbers.
void disguise(std::string& frame, std::uint16_t server_port, std::uint32_t number) {
  const std::size_t tcp = kEthernet + kIpv4;
  const bool from_server = get(frame, tcp, 2) == server_port;
  put(frame, from_server ? 30 : 26, 0x0a000000U + number / 40'000, 4);
  put(frame, tcp + (from_server ? 2 : 0), 20'000 + number % 40'000, 2);
  put(frame, tcp + 4, get(frame, tcp + 4, 4) + number * 7919, 4);
  put(frame, tcp + 8, get(frame, tcp + 8, 4) + number * 7919, 4);
}

class Capture {
 public:
  explicit Capture(const std::string& path) : file_(path, std::ios::binary) {
    std::string header(kFileHeader, '\0');
    const std::uint32_t words[] = {0xa1b2c3d4, 2 | 4 << 16, 0, 0, 262144, 1};
    std::memcpy(header.data(), words, sizeof words);
    file_ << header;
    written_ = header.size();
  }
  void add(const std::string& frame) {
    micros_ += 40;
    const auto size = static_cast<std::uint32_t>(frame.size());
    const std::uint32_t words[] = {1'657'554'944U + static_cast<std::uint32_t>(micros_ / 1'000'000),
                                   static_cast<std::uint32_t>(micros_ % 1'000'000), size, size};
    file_.write(reinterpret_cast<const char*>(words), sizeof words);
    file_ << frame;
    written_ += sizeof words + frame.size();
  }
  std::uint64_t written() const { return written_; }
  bool good() const { return file_.good(); }

 private:
  std::ofstream file_;
  std::uint64_t written_ = 0;
  std::uint64_t micros_ = 0;
};

// Three of four packets are audio (20 ms of it), one is video.
std::string media(std::mt19937& random, const std::string& noise) {
  const auto call = static_cast<std::uint32_t>(random() % 400);
  const bool video = random() % 4 == 0;
  const std::size_t size = video ? 700 + random() % 500 : 172;
  std::string udp(8, '\0');
  put(udp, 0, 36'000 + call * 2, 2);
  put(udp, 2, 24'000 + call * 2, 2);
  put(udp, 4, static_cast<std::uint32_t>(8 + size), 2);
  udp.append(noise, random() % (noise.size() - size), size);
  udp[8] = '\x80';  // RTP
  return frame(17, 0x0a010000 + call, 0xc0000214, udp);
}

// Data of connections that are open all the time: one in the clear, and TLS of which the handshake is over.
std::string plain_tcp(std::mt19937& random, const std::string& noise, std::vector<std::uint32_t>& sequences) {
  const auto which = static_cast<std::uint32_t>(random() % sequences.size());
  const std::size_t size = 200 + random() % 1200;
  std::string tcp(20, '\0');
  put(tcp, 0, 30'000 + which, 2);
  put(tcp, 2, which % 2 == 0 ? 5060 : 22, 2);
  put(tcp, 4, sequences[which], 4);
  tcp[12] = '\x50';
  tcp[13] = '\x18';
  sequences[which] += static_cast<std::uint32_t>(size);
  return frame(6, 0x0a020000 + which, 0xc0000215, tcp + noise.substr(random() % (noise.size() - size), size));
}

std::uint64_t bytes_of(const std::string& text) {
  const std::uint64_t number = std::stoull(text);
  return text.ends_with('G') ? number << 30 : text.ends_with('M') ? number << 20 : number;
}

}  // namespace

int main(int count, char** words) {
  std::string out;
  std::uint64_t bytes = 400U << 20;
  std::uint32_t connections = 5000;
  std::vector<std::vector<std::string>> handshakes;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const bool more = i + 1 < count;
    if (word == "--out" && more) {
      out = words[++i];
    } else if (word == "--bytes" && more) {
      bytes = bytes_of(words[++i]);
    } else if (word == "--connections" && more) {
      connections = static_cast<std::uint32_t>(bytes_of(words[++i]));
    } else {
      handshakes.push_back(frames_of(word));
    }
  }
  if (out.empty() || handshakes.empty()) {
    std::cerr << "usage: make_capture --out FILE [--bytes 400M] [--connections 5000] HANDSHAKE.pcap...\n";
    return 2;
  }

  std::mt19937 random(1);
  std::string noise(1U << 20, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  std::vector<std::uint32_t> sequences(200, 1000);

  // A handful of handshakes is under way at any time, each a packet now and then.
  struct UnderWay {
    const std::vector<std::string>* frames = nullptr;
    std::size_t next = 0;
    std::uint32_t number = 0;
  };
  std::vector<UnderWay> under_way(20);
  std::uint32_t begun = 0;
  Capture capture(out);
  while (capture.written() < bytes && capture.good()) {
    const auto due = static_cast<std::uint32_t>(capture.written() * connections / bytes) + 1;
    UnderWay& one = under_way[random() % under_way.size()];
    if (one.frames == nullptr && begun < std::min(due, connections)) {
      one = {.frames = &handshakes[begun % handshakes.size()], .next = 0, .number = begun};
      ++begun;
    }
    if (one.frames != nullptr) {
      std::string frame = (*one.frames)[one.next++];
      constexpr std::uint16_t kServerPort = 8443;
      disguise(frame, kServerPort, one.number);
      capture.add(frame);
      if (one.next == one.frames->size()) one.frames = nullptr;
    }
    for (int i = 0; i < 8; ++i) {
      capture.add(random() % 12 == 0 ? plain_tcp(random, noise, sequences) : media(random, noise));
    }
  }
  return capture.good() ? 0 : 1;
}
