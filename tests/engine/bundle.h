// Bundles in memory for tests: named files, packed as a tar, and a log to put into them.
#pragma once

#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assay/analyze.h"

namespace assay::testing {

struct File {
  std::string name;
  std::string content;
};

// A ustar archive: a header block and padded content for each file, and two empty blocks.
inline std::string tar_of(const std::vector<File>& files) {
  std::string tar;
  for (const File& file : files) {
    char header[512] = {};
    std::snprintf(header, 100, "%s", file.name.c_str());
    std::snprintf(header + 100, 8, "%07o", 0644U);
    std::snprintf(header + 108, 8, "%07o", 0U);
    std::snprintf(header + 116, 8, "%07o", 0U);
    std::snprintf(header + 124, 12, "%011zo", file.content.size());
    std::snprintf(header + 136, 12, "%011o", 0U);
    std::memset(header + 148, ' ', 8);
    header[156] = '0';
    std::memcpy(header + 257, "ustar\00000", 8);
    unsigned sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    std::snprintf(header + 148, 8, "%06o", sum);
    tar.append(header, sizeof header);
    tar += file.content;
    tar.append((512 - file.content.size() % 512) % 512, '\0');
  }
  return tar.append(1024, '\0');
}

inline Input input_of(std::string name, const std::string& bytes) {
  return Input::from_bytes(std::move(name), std::span(bytes.data(), bytes.size()));
}

// A traffic server that refuses the certificate of `server`, at second `second` of a minute.
inline std::string refusal(std::string_view host, std::string_view server, int second) {
  char line[512];
  const auto size =
      std::snprintf(line, sizeof line,
                    "2022-07-11T18:55:%02d.016+02:00 %.*s traffic_server[18242]: [ET_NET 0] WARNING: Core "
                    "server certificate "
                    "verification failed for (%.*s). Action=Terminate Error=self signed certificate "
                    "server=%.*s(10.48.36.215) "
                    "depth=0\n",
                    second, static_cast<int>(host.size()), host.data(), static_cast<int>(server.size()),
                    server.data(), static_cast<int>(server.size()), server.data());
  return {line, static_cast<std::size_t>(size)};
}

// A line that no signature of these tests asks for.
inline std::string noise(std::string_view host, int second) {
  char line[256];
  const auto size =
      std::snprintf(line, sizeof line,
                    "2022-07-11T18:55:%02d.100+02:00 %.*s tvcs: UTCTime=\"2022-07-11 16:55:%02d,100\" "
                    "Module=\"network.tcp\" Level=\"DEBUG\": Detail=\"TCP Connecting\"\n",
                    second, static_cast<int>(host.size()), host.data(), second);
  return {line, static_cast<std::size_t>(size)};
}

// A signature that needs the traffic server's log on an Expressway-C from X14.2 on.
inline SignatureSet refusal_signature() {
  static const std::string text = R"(
id: REFUSED
title: Certificates are refused
kind: defect
severity: high
applies:
  all:
    - {fact: product.role, is: expressway-c}
    - {fact: product.version, at_least: X14.2}
needs: [log.traffic_server]
observe:
  untrusted:
    log:
      process: traffic_server
      message: 'Core server certificate verification failed for \((?P<target>[^()]+)\)'
conclude:
  - {status: issue, when: untrusted, group_by: target}
text:
  description: "Refused: {{all.target}}."
  actions: [Upload the certificate.]
)";
  const SignatureSource source{"refused.yaml", text};
  return SignatureSet::from_text(std::span(&source, 1));
}

inline std::string configuration_dump() {
  return "*c xConfiguration CollaborationEdge Enabled: \"On\"\n"
         "*c xConfiguration Zones Zone 3 Type: \"TraversalClient\"\n";
}

inline std::string status_dump(std::string_view version, std::string_view product = "Cisco Expressway-C") {
  return "*s SystemUnit:\n  Product: \"" + std::string(product) + "\"\n  Software:\n    Version: \"" +
         std::string(version) + "\"\n*s/end\n";
}

// The members of a bundle as an Expressway makes it.
inline std::vector<File> bundle_files(const std::string& host, std::string_view version,
                                      const std::string& log) {
  const std::string tail = "_" + host + "_2022-07-11_16_55_44.txt";
  return {{"loggingsnapshot" + tail, log},
          {"xconf_dump" + tail, configuration_dump()},
          {"xstat_dump" + tail, status_dump(version)}};
}

}  // namespace assay::testing
