// The captures and certificates of testdata/captures, and captures taken apart and put together anew.
#pragma once

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "evidence/capture/capture_reader.h"
#include "evidence/capture/packet.h"
#include "reading.h"

namespace assay {

inline std::string captured_file(const std::string& name) {
  std::ifstream file(ASSAY_SOURCE_DIR "/testdata/captures/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A pcap file in the byte order of this machine: its header, and its packets each with its own.
struct PcapFile {
  static constexpr std::size_t kHeaderBytes = 24;
  static constexpr std::size_t kPacketHeaderBytes = 16;

  explicit PcapFile(const std::string& bytes) : header(bytes.substr(0, kHeaderBytes)) {
    for (std::size_t at = kHeaderBytes; at + kPacketHeaderBytes <= bytes.size();) {
      std::uint32_t captured = 0;
      std::memcpy(&captured, bytes.data() + at + 8, sizeof captured);
      packets.push_back(bytes.substr(at, kPacketHeaderBytes + captured));
      at += kPacketHeaderBytes + captured;
    }
  }

  std::string bytes() const {
    std::string all = header;
    for (const std::string& packet : packets) all += packet;
    return all;
  }

  TcpSegment segment(std::size_t index) const {
    const std::string& packet = packets.at(index);
    constexpr int kEthernet = 1;
    const Bytes bytes(reinterpret_cast<const std::uint8_t*>(packet.data()), packet.size());
    return decode_packet(kEthernet, bytes.subspan(kPacketHeaderBytes)).segment;
  }

  std::string header;
  std::vector<std::string> packets;
};

struct CaptureReading {
  std::vector<SeenHandshake> handshakes;
  std::vector<Problem> problems;
};

inline CaptureReading read_capture(const std::string& bytes) {
  CaptureReading reading;
  CaptureMemory memory;
  CaptureReader reader(memory);
  TextStream stream(bytes, 777);
  reader.read(stream, 0, "x.pcap", std::nullopt, reading.problems);
  reading.handshakes = reader.finish(reading.problems);
  return reading;
}

}  // namespace assay
