// Every capture of testdata/ says the same to assay and to tshark: connections, names, versions, ciphers,
// alerts, certificates. Where they differ, the reason stands here.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "assay/analyze.h"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// What is compared of a connection, as text, so that a difference can be read.
struct Told {
  std::string server;
  std::string sni;
  std::string version;
  int cipher = -1;
  std::size_t offered_ciphers = 0;
  std::vector<std::string> alerts;               // "fatal 48 from client"; those in the clear
  std::vector<std::string> server_certificates;  // DER in hexadecimal
  std::vector<std::string> client_certificates;
};

// Why a field of a capture may differ. An empty field stands for all of them.
const std::multimap<std::string, std::pair<std::string, std::string>> kExplained = {
    {"java_old_hello.pcap",
     {"offered_ciphers", "tshark names those of an SSLv2-style hello in another field"}},
    {"derived_snapped.pcap", {"server", "tshark reads no ClientHello of which only the front is there"}},
    {"derived_middle.pcap",
     {"", "there is no ClientHello, by which this test tells the sides of tshark apart"}},
    {"derived_disordered.pcap", {"", "tshark reads no ClientHello that lies behind its answer"}},
};

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string output;
  std::array<char, 65536> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
    output.append(buffer.data(), size);
  }
  return output;
}

bool has_tshark() {
  static const bool there = std::system("tshark --version >/dev/null 2>&1") == 0;  // NOLINT: a fixed command
  return there;
}

// ---- what tshark says ----------------------------------------------------------------------------------

constexpr std::array kFields = {"tcp.stream",
                                "ip.src",
                                "ip.dst",
                                "ipv6.src",
                                "ipv6.dst",
                                "tcp.srcport",
                                "tcp.dstport",
                                "tls.record.content_type",
                                "tls.record.version",
                                "tls.handshake.type",
                                "tls.handshake.version",
                                "tls.handshake.extensions_server_name",
                                "tls.handshake.extensions.supported_version",
                                "tls.handshake.ciphersuite",
                                "tls.handshake.certificate",
                                "tls.alert_message.level",
                                "tls.alert_message.desc"};

// Ports tell tshark what is spoken before TLS.
std::string decoder_of(const std::string& name) {
  for (const char* protocol : {"smtp", "imap", "xmpp"}) {
    if (name.find(protocol) != std::string::npos) return protocol;
  }
  return name.find("connect") != std::string::npos ? "http" : "tls";
}

std::vector<std::string> values(const Json& layers, const std::string& field) {
  const auto at = layers.find(field);
  return at == layers.end() ? std::vector<std::string>{} : at->get<std::vector<std::string>>();
}

std::string value(const Json& layers, const std::string& field) {
  const auto all = values(layers, field);
  return all.empty() ? "" : all.front();
}

std::string version_of(const std::string& number) {
  static const std::map<int, std::string> kNames = {
      {0x300, "SSL 3.0"}, {0x301, "TLS 1.0"}, {0x302, "TLS 1.1"}, {0x303, "TLS 1.2"}, {0x304, "TLS 1.3"}};
  const auto at = kNames.find(std::stoi(number, nullptr, 16));
  return at == kNames.end() ? number : at->second;
}

bool is_grease(int number) {
  return (number & 0x0f0f) == 0x0a0a && number >> 8 == (number & 0xff);
}

struct Stream {
  Told told;
  std::string client;  // who said ClientHello
  bool tls = false;
};

void read_packet(const Json& layers, Stream& stream) {
  Told& told = stream.told;
  const bool v6 = value(layers, "ip.src").empty();
  const auto end = [&](const char* which, const char* port) {
    const std::string address = value(layers, (v6 ? "ipv6." : "ip.") + std::string(which));
    return (v6 ? "[" + address + "]" : address) + ":" + value(layers, port);
  };
  const std::string source = end("src", "tcp.srcport");
  const std::string target = end("dst", "tcp.dstport");
  const auto types = values(layers, "tls.handshake.type");
  const auto has = [&](const char* type) {
    return std::find(types.begin(), types.end(), type) != types.end();
  };
  stream.tls = stream.tls || !values(layers, "tls.record.content_type").empty() || !types.empty() ||
               !values(layers, "tls.record.version").empty();
  const auto ciphers = values(layers, "tls.handshake.ciphersuite");
  if (has("1") && told.cipher < 0) {
    stream.client = source;
    told.server = target;
    told.sni = value(layers, "tls.handshake.extensions_server_name");
    told.offered_ciphers =
        static_cast<std::size_t>(std::count_if(ciphers.begin(), ciphers.end(), [](const std::string& one) {
          return !is_grease(std::stoi(one, nullptr, 0));
        }));
  }
  if (has("2")) {
    if (!ciphers.empty()) told.cipher = std::stoi(ciphers.front(), nullptr, 0);
    const std::string chosen = value(layers, "tls.handshake.extensions.supported_version");
    told.version = version_of(chosen.empty() ? value(layers, "tls.handshake.version") : chosen);
  }
  const std::string from = source == stream.client ? "client" : "server";
  const auto levels = values(layers, "tls.alert_message.level");
  const auto descriptions = values(layers, "tls.alert_message.desc");
  for (std::size_t i = 0; i < std::min(levels.size(), descriptions.size()); ++i) {
    told.alerts.push_back((levels[i] == "2" ? "fatal " : "warning ") + descriptions[i] + " from " + from);
  }
  for (std::string der : values(layers, "tls.handshake.certificate")) {
    std::erase(der, ':');
    (from == "client" ? told.client_certificates : told.server_certificates).push_back(std::move(der));
  }
}

std::vector<Told> by_tshark(const fs::path& file) {
  std::string command = "tshark -r '" + file.string() +
                        "' -T json -o tcp.reassemble_out_of_order:TRUE -d tcp.port==8443," +
                        decoder_of(file.filename().string());
  for (const char* field : kFields) command += std::string(" -e ") + field;
  const Json packets = Json::parse(output_of(command + " 2>/dev/null"), nullptr, false);
  std::map<int, Stream> streams;
  for (const Json& packet : packets) {
    const Json& layers = packet.at("_source").at("layers");
    const std::string stream = value(layers, "tcp.stream");
    if (!stream.empty()) read_packet(layers, streams[std::stoi(stream)]);
  }
  std::vector<Told> result;
  for (auto& [number, stream] : streams) {
    if (stream.tls) result.push_back(std::move(stream.told));
  }
  return result;
}

// ---- what assay says -----------------------------------------------------------------------------------

std::string hex(const std::string& bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::vector<std::string> ders(const std::vector<assay::CertificatePointer>& chain) {
  std::vector<std::string> result;
  for (const assay::CertificatePointer& certificate : chain) result.push_back(hex(certificate->der));
  return result;
}

std::vector<Told> by_assay(const fs::path& file) {
  assay::Options options;
  options.handshakes = true;
  const std::array inputs = {assay::Input::from_path(file)};
  const assay::Report report = assay::analyze(assay::SignatureSet::from_text({}), inputs, options);
  std::vector<Told> result;
  for (const assay::Handshake& handshake : report.handshakes) {
    Told told{.server = assay::to_string(handshake.server),
              .sni = handshake.sni,
              .version = handshake.version,
              .cipher = handshake.cipher_number,
              .offered_ciphers = handshake.offered_ciphers.size(),
              .alerts = {},
              .server_certificates = ders(handshake.server_certificates),
              .client_certificates = ders(handshake.client_certificates)};
    for (const assay::Alert& alert : handshake.alerts) {
      if (alert.encrypted) continue;
      told.alerts.push_back(alert.level + " " + std::to_string(alert.code) + " from " +
                            std::string(assay::to_string(alert.from)));
    }
    result.push_back(std::move(told));
  }
  return result;
}

// ---- held against each other ---------------------------------------------------------------------------

class Captures : public testing::TestWithParam<std::string> {};

TEST_P(Captures, SayTheSameToTshark) {
  if (!has_tshark()) GTEST_SKIP() << "tshark is not installed: nothing was compared. apt-get install tshark";
  const std::string& name = GetParam();
  const fs::path file = fs::path(ASSAY_SOURCE_DIR) / "testdata/captures" / name;
  const std::vector<Told> ours = by_assay(file);
  const std::vector<Told> theirs = by_tshark(file);
  ASSERT_EQ(ours.size(), theirs.size());
  EXPECT_FALSE(ours.empty());
  const auto explained = [&](const std::string& field) {
    const auto [first, last] = kExplained.equal_range(name);
    return std::any_of(first, last, [&](const auto& entry) {
      return entry.second.first.empty() || entry.second.first == field;
    });
  };
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const auto same = [&](const char* field, const auto& mine, const auto& other) {
      if (explained(field)) return;
      EXPECT_EQ(mine, other) << field << " of connection " << i;
    };
    same("server", ours[i].server, theirs[i].server);
    same("sni", ours[i].sni, theirs[i].sni);
    same("version", ours[i].version, theirs[i].version);
    same("cipher", ours[i].cipher, theirs[i].cipher);
    same("offered_ciphers", ours[i].offered_ciphers, theirs[i].offered_ciphers);
    same("alerts", ours[i].alerts, theirs[i].alerts);
    same("server_certificates", ours[i].server_certificates, theirs[i].server_certificates);
    same("client_certificates", ours[i].client_certificates, theirs[i].client_certificates);
  }
}

std::vector<std::string> all_captures() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(ASSAY_SOURCE_DIR) / "testdata/captures")) {
    if (entry.path().extension().string().starts_with(".pcap"))
      names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Testdata, Captures, testing::ValuesIn(all_captures()), [](const auto& instance) {
  std::string name = instance.param;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

}  // namespace
