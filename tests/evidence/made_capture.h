// Captures made in a test: TCP conversations of which every byte and every flag is chosen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay {

using namespace std::string_literals;

inline std::string big_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i) & 0xff);
  return text;
}

inline std::string little_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xff);
  return text;
}

// Pieces with their length before them, as TLS has them everywhere.
inline std::string piece(int length_bytes, const std::string& content) {
  return big_endian(content.size(), length_bytes) + content;
}

inline std::string tls_record(int type, const std::string& body, int version = 0x0303) {
  return big_endian(static_cast<std::uint64_t>(type), 1) +
         big_endian(static_cast<std::uint64_t>(version), 2) + piece(2, body);
}

inline std::string tls_message(int type, const std::string& body) {
  return big_endian(static_cast<std::uint64_t>(type), 1) + piece(3, body);
}

inline std::string client_hello(const std::string& name) {
  const std::string sni = piece(2, std::string(1, '\0') + piece(2, name));
  const std::string extensions = big_endian(0, 2) + piece(2, sni);
  return tls_message(1, big_endian(0x0303, 2) + std::string(32, 'r') + piece(1, "") + piece(2, "\xc0\x2f") +
                            piece(1, std::string(1, '\0')) + piece(2, extensions));
}

inline std::string server_hello() {
  return tls_message(
      2, big_endian(0x0303, 2) + std::string(32, 's') + piece(1, "") + "\xc0\x2f" + std::string(1, '\0'));
}

inline std::string certificate_message(const std::string& der) {
  return tls_message(11, piece(3, piece(3, der)));
}

constexpr std::uint8_t kFin = 1, kSyn = 2, kRst = 4, kAck = 16;

// A pcap file of raw IP, written packet by packet.
class MadeCapture {
 public:
  explicit MadeCapture(std::int64_t seconds = 1'700'000'000) : seconds_(seconds) {
    constexpr int kRawIp = 101;
    bytes_ = little_endian(0xa1b2c3d4, 4) + little_endian(2, 2) + little_endian(4, 2) + little_endian(0, 8) +
             little_endian(262144, 4) + little_endian(kRawIp, 4);
  }

  struct End {
    std::uint32_t address;
    std::uint16_t port;
  };

  void packet(const std::string& content, std::size_t cut = 0) {
    bytes_ += little_endian(static_cast<std::uint64_t>(seconds_), 4) + little_endian(micros_++, 4) +
              little_endian(content.size() - cut, 4) + little_endian(content.size(), 4) +
              content.substr(0, content.size() - cut);
  }

  void tcp(End from, End to, std::uint32_t sequence, std::uint32_t acknowledged, std::uint8_t flags,
           std::string_view payload = {}, std::size_t cut = 0) {
    const std::string segment = big_endian(from.port, 2) + big_endian(to.port, 2) + big_endian(sequence, 4) +
                                big_endian(acknowledged, 4) + big_endian(0x5000U | flags, 2) +
                                big_endian(1000, 2) + big_endian(0, 4) + std::string(payload);
    packet(big_endian(0x4500, 2) + big_endian(20 + segment.size(), 2) + big_endian(0, 4) +
               big_endian(0x4006, 2) + big_endian(0, 2) + big_endian(from.address, 4) +
               big_endian(to.address, 4) + segment,
           cut);
  }

  void later(std::int64_t seconds) { seconds_ += seconds; }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::int64_t seconds_;
  std::uint32_t micros_ = 0;
};

// A pcapng file, written block by block; each section may have a byte order of its own.
class MadeBlocks {
 public:
  void section(bool is_big_endian) {
    is_big_endian_ = is_big_endian;
    block(0x0a0d0d0a, number(0x1a2b3c4d, 4) + number(1, 2) + number(0, 2) + std::string(8, '\xff'));
  }
  // The time of its packets is told in parts of a second, of this many digits.
  void interface(int link_type, int digits = 6) {
    const std::string resolution = number(9, 2) + number(1, 2) + static_cast<char>(digits) + "\0\0\0"s;
    const std::string end = number(0, 4);
    block(1, number(static_cast<std::uint64_t>(link_type), 2) + number(0, 2) + number(65'535, 4) +
                 resolution + end);
  }
  void packet(std::uint32_t interface, std::uint64_t parts, const std::string& frame) {
    const std::string padding((4 - frame.size() % 4) % 4, '\0');
    block(6, number(interface, 4) + number(parts >> 32, 4) + number(parts & 0xffffffff, 4) +
                 number(frame.size(), 4) + number(frame.size(), 4) + frame + padding);
  }
  // A "simple packet" has no time.
  void packet_without_time(const std::string& frame) {
    block(3, number(frame.size(), 4) + frame + std::string((4 - frame.size() % 4) % 4, '\0'));
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string number(std::uint64_t value, int bytes) const {
    return is_big_endian_ ? big_endian(value, bytes) : little_endian(value, bytes);
  }
  void block(std::uint32_t type, const std::string& body) {
    const std::string length = number(12 + body.size(), 4);
    bytes_ += number(type, 4) + length + body + length;
  }

  std::string bytes_;
  bool is_big_endian_ = false;
};

// Both sides of one connection, in order: each says something, and acknowledges what it has heard.
class Conversation {
 public:
  Conversation(MadeCapture& capture, std::uint16_t client_port, std::uint32_t first = 1000)
      : capture_(&capture),
        client_{0xc6336414, client_port},
        client_next_(first),
        server_next_(first + 5000) {}

  void open() {
    capture_->tcp(client_, server_, client_next_++, 0, kSyn);
    capture_->tcp(server_, client_, server_next_++, client_next_, kSyn | kAck);
  }
  void client(std::string_view words, std::size_t cut = 0) {
    capture_->tcp(client_, server_, client_next_, server_next_, kAck, words, cut);
    client_next_ += static_cast<std::uint32_t>(words.size());
  }
  void server(std::string_view words, std::size_t cut = 0) {
    capture_->tcp(server_, client_, server_next_, client_next_, kAck, words, cut);
    server_next_ += static_cast<std::uint32_t>(words.size());
  }
  void go_on_in(MadeCapture& capture) { capture_ = &capture; }
  void lose_client(std::uint32_t bytes) { client_next_ += bytes; }
  void lose_server(std::uint32_t bytes) { server_next_ += bytes; }
  void client_leaves() { capture_->tcp(client_, server_, client_next_++, server_next_, kFin | kAck); }
  void server_leaves() { capture_->tcp(server_, client_, server_next_++, client_next_, kFin | kAck); }
  void close() {
    client_leaves();
    server_leaves();
  }
  void reset() { capture_->tcp(client_, server_, client_next_, server_next_, kRst | kAck); }

 private:
  MadeCapture* capture_;
  MadeCapture::End client_;
  MadeCapture::End server_{0xc000020a, 8443};
  std::uint32_t client_next_;
  std::uint32_t server_next_;
};

}  // namespace assay
