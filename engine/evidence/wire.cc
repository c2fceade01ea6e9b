// Captures are read as they come; certificates are few. Both wait here for the end of the walk.
#include "evidence/wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <tuple>

#include "evidence/certificates/certificate_reader.h"
#include "evidence/certificates/key_stores.h"
#include "evidence/inventory.h"
#include "evidence/member_name.h"
#include "evidence/node_trust.h"

namespace assay {
namespace {

constexpr std::size_t kMostCertificatesInAFile =
    5'000;  // a trust store of a whole operating system has some 150

// "eth0_diagnostic_logging_tcpdump00_vcsc_….pcap" and "…tcpdump01…" are of "eth0"; any other file stands
// alone.
struct CaptureName {
  std::string interface;
  std::optional<int> number;
};
CaptureName parse_capture_name(std::string_view name) {
  constexpr std::string_view kMark = "_diagnostic_logging_tcpdump";
  const auto at = name.find(kMark);
  if (at == std::string_view::npos) return {.interface = std::string(name), .number = std::nullopt};
  const std::string_view digits = name.substr(at + kMark.size());
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return {.interface = std::string(name.substr(0, at)),
          .number = error == std::errc() ? std::optional(number) : std::nullopt};
}

std::string_view use_of(std::string_view name) {
  const std::string_view kind = parse_member_name(name).kind;
  if (kind == "ca_") return "trust_store";
  if (kind == "server_") return "server";
  if (kind == "client_") return "client";
  if (name.starts_with("ca_") || name.starts_with("ca.") || name.starts_with("cacert")) return "trust_store";
  if (name.starts_with("server_") || name.starts_with("server.")) return "server";
  if (name.starts_with("client_") || name.starts_with("client.")) return "client";
  return "file";
}

// What a handshake says in one line, for reports.
std::string line_of(const Handshake& handshake) {
  std::string line = fmt::format("TLS {} -> {}", to_string(handshake.client), to_string(handshake.server));
  if (!handshake.sni.empty()) line += fmt::format(" for {}", handshake.sni);
  if (!handshake.version.empty()) line += fmt::format(", {} {}", handshake.version, handshake.cipher);
  if (!handshake.server_certificates.empty()) {
    const Certificate& leaf = *handshake.server_certificates.front();
    line += fmt::format(", presented {} issued by {}", leaf.subject, leaf.issuer);
  }
  line += fmt::format(", {}", to_string(handshake.outcome));
  for (const Alert& alert : handshake.alerts) {
    const std::string what = alert.encrypted ? "encrypted" : alert.level + " " + alert.description;
    line += fmt::format(", {} alert from {}", what, to_string(alert.from));
  }
  if (handshake.trust.known && !handshake.trust.error.empty()) {
    line += fmt::format("; with this node's trust store: {} at depth {}", handshake.trust.error,
                        handshake.trust.depth);
  }
  return line;
}

std::string line_of(const Certificate& certificate, const Sighting& sighting) {
  if (!certificate.unreadable.empty())
    return fmt::format("certificate that cannot be read: {}", certificate.unreadable);
  return fmt::format("certificate {} issued by {}, valid {} to {}, SHA-256 {} ({}{}{})", certificate.subject,
                     certificate.issuer, certificate.not_before ? to_string(*certificate.not_before) : "?",
                     certificate.not_after ? to_string(*certificate.not_after) : "?", certificate.sha256,
                     sighting.use, sighting.endpoint.empty() ? "" : " ", sighting.endpoint);
}

// What it holds is nobody's to open here; but it may be the very trust store that is looked for.
void leave_locked(std::string_view use, const MemberSink& sink) {
  sink.read.reader = "certificate";
  sink.read.kinds.try_emplace(use == "trust_store" ? "trust_store" : "certificate", 0);
  sink.problems.push_back({.code = "keystore-locked",
                           .path = sink.read.path,
                           .message = "The file is a PKCS#12 key store, which is not opened; \"keytool -list "
                                      "-rfc -keystore FILE\" (or \"openssl pkcs12 -nokeys -in FILE\") shows "
                                      "its certificates as PEM: give assay that",
                           .offset = 0});
}

}  // namespace

void WireEvidence::read_capture(ByteStream& content, std::string_view name, const MemberSink& sink) {
  const CaptureName parsed = parse_capture_name(name);
  const std::size_t problems = sink.problems.size();
  sink.read.reader = "capture";
  sink.read.kinds.try_emplace("tls", 0);  // a capture without TLS has been looked through all the same
  CaptureReader alone(memory_);
  CaptureReader& capture =
      parsed.number ? captures_.try_emplace({sink.read.container, parsed.interface}, memory_).first->second
                    : alone;
  capture.read(content, sink.member, sink.read.path, parsed.number, sink.problems);
  sink.read.cut = sink.read.cut || sink.problems.size() > problems;
  if (!parsed.number) finish_capture(alone, sink.problems);
}

void WireEvidence::finish_capture(CaptureReader& capture, std::vector<Problem>& problems) {
  for (SeenHandshake& seen : capture.finish(problems)) {
    seen.handshake.place = {.path = {}, .line = seen.packet, .offset = seen.offset};
    handshakes_.push_back({.member = seen.member, .handshake = std::move(seen.handshake)});
  }
}

void WireEvidence::read_certificates(std::string_view bytes, std::string_view name, const MemberSink& sink) {
  const std::string_view use = use_of(name);
  if (looks_like_pkcs12(bytes)) return leave_locked(use, sink);
  int position = 0;
  std::vector<FoundCertificate> found = assay::read_certificates(bytes, kMostCertificatesInAFile + 1);
  if (found.size() > kMostCertificatesInAFile) {
    sink.problems.push_back({.code = "limit-certificates",
                             .path = sink.read.path,
                             .message = fmt::format("The file holds more than {} certificates; only these "
                                                    "are used",
                                                    kMostCertificatesInAFile),
                             .offset = found.back().offset});
    found.pop_back();
  }
  for (auto& [certificate, offset, flaw] : found) {
    if (!flaw.empty()) {
      sink.problems.push_back(
          {.code = "certificate-malformed",
           .path = sink.read.path,
           .message = fmt::format("Certificate {} of the file is not sound: {}", position + 1, flaw),
           .offset = offset});
    }
    if (!certificate->unreadable.empty()) {
      sink.problems.push_back({.code = "certificate-unreadable",
                               .path = sink.read.path,
                               .message = fmt::format("Certificate {} of the file cannot be read: {}",
                                                      position + 1, certificate->unreadable),
                               .offset = offset});
    }
    sightings_.push_back({.member = sink.member,
                          .certificate = std::move(certificate),
                          .sighting = {.node = {},
                                       .place = {.path = {}, .line = 0, .offset = offset},
                                       .use = std::string(use),
                                       .position = position++,
                                       .endpoint = {},
                                       .time = {},
                                       .trust = {}}});
  }
  if (position == 0) return;
  sink.read.reader = "certificate";
  sink.read.kinds["certificate"] = static_cast<std::uint64_t>(position);
  if (use == "trust_store") sink.read.kinds["trust_store"] = static_cast<std::uint64_t>(position);
  if (use == "server") sink.read.kinds["server_certificate"] = static_cast<std::uint64_t>(position);
}

void WireEvidence::finish(Inventory& inventory, const std::function<void(const Event&)>& visit) {
  for (auto& [key, capture] : captures_) finish_capture(capture, inventory.problems);
  captures_.clear();
  std::stable_sort(
      handshakes_.begin(), handshakes_.end(), [](const JudgedHandshake& a, const JudgedHandshake& b) {
        return std::pair(a.member, a.handshake.place.line) < std::pair(b.member, b.handshake.place.line);
      });
  note_times(inventory);
  const NodeTrust trust(inventory, sightings_);
  for (JudgedHandshake& judged : handshakes_) judged.handshake.trust = trust.judge(judged);
  trust.judge_files(sightings_);
  add_presented(trust);
  note_kinds(inventory);
  hand_out(trust, visit);
}

// Servers present the same chain again and again: each certificate is noted once for each member and
// endpoint.
void WireEvidence::add_presented(const NodeTrust& trust) {
  std::set<std::tuple<std::uint32_t, const Certificate*, std::string>> noted;
  const auto add_chain = [&](const JudgedHandshake& judged, const std::vector<CertificatePointer>& chain,
                             Peer from, const Endpoint& endpoint) {
    const std::string use = fmt::format("presented_by_{}", to_string(from));
    for (auto at = chain.begin(); at != chain.end(); ++at) {
      const std::string who = to_string(endpoint);
      if (!noted.emplace(judged.member, at->get(), use + who).second) continue;
      const Purpose of_leaf = from == Peer::server ? Purpose::tls_server : Purpose::tls_client;
      const Purpose purpose = at == chain.begin() ? of_leaf : Purpose::any;
      const std::optional<Time> time = trust.time_of(judged);
      sightings_.push_back(
          {.member = judged.member,
           .certificate = *at,
           .sighting = {.node = {},
                        .place = judged.handshake.place,
                        .use = use,
                        .position = static_cast<int>(at - chain.begin()),
                        .endpoint = who,
                        .time = time,
                        .trust = trust.judge(judged.member, {at, chain.end()}, time, purpose)}});
    }
  };
  for (const JudgedHandshake& judged : handshakes_) {
    const Handshake& handshake = judged.handshake;
    add_chain(judged, handshake.server_certificates, Peer::server, handshake.server);
    // A client has another port each time; its address says who it is.
    add_chain(judged, handshake.client_certificates, Peer::client,
              {.address = handshake.client.address, .port = 0});
  }
}

void WireEvidence::note_times(Inventory& inventory) const {
  for (const JudgedHandshake& judged : handshakes_) {
    MemberRead& read = inventory.members[judged.member];
    for (const std::optional<Time>& time : {judged.handshake.begin, judged.handshake.end}) {
      if (!time) continue;
      if (!read.span.first || *time < *read.span.first) read.span.first = time;
      if (!read.span.last || *time > *read.span.last) read.span.last = time;
    }
  }
}

void WireEvidence::note_kinds(Inventory& inventory) const {
  for (const JudgedHandshake& judged : handshakes_) ++inventory.members[judged.member].kinds["tls"];
  for (const CertificateSighting& seen : sightings_) {
    if (!seen.sighting.use.starts_with("presented")) continue;
    ++inventory.members[seen.member].kinds["certificate"];
    if (seen.sighting.use == "presented_by_server")
      ++inventory.members[seen.member].kinds["presented_certificate"];
  }
}

void WireEvidence::hand_out(const NodeTrust& trust, const std::function<void(const Event&)>& visit) const {
  for (const auto& [member, handshake] : handshakes_) {
    const std::string line = line_of(handshake);
    visit({.place = {.member = member, .line = handshake.place.line, .offset = handshake.place.offset},
           .time = handshake.begin,
           .text = line,
           .what = TlsEvent{&handshake},
           .literals = {}});
  }
  for (const auto& [member, certificate, sighting] : sightings_) {
    const std::string line = line_of(*certificate, sighting);
    visit({.place = {.member = member, .line = sighting.place.line, .offset = sighting.place.offset},
           .time = std::nullopt,
           .text = line,
           .what = CertificateEvent{certificate.get(), &sighting, trust.time_of(member)},
           .literals = {}});
  }
}

}  // namespace assay
