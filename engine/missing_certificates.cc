// What a trust store lacks, found by climbing: from the leaf that was not accepted to its issuer, and on to a
// self-signed certificate, as OpenSSL does without partial chains. Signatures are verified on the way,
// because names alone deceive: an authority that was set up anew has its old name. And what was out of its
// time then is no way up: another one is missing, even if that one is in the trust store. An authority that
// several others have signed has several ways up: the one that asks for least is taken.
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "assay/certificates.h"
#include "evidence/certificates/certificate_reader.h"

namespace assay {
namespace {

constexpr std::size_t kHighestClimb = 16;
constexpr std::size_t kMostIssuersTried = 64;  // of one name; more is no accident
constexpr std::size_t kMostDetours = 256;      // in all

using Chain = std::vector<CertificatePointer>;
using Fingerprints = std::set<std::string, std::less<>>;

bool holds(const Fingerprints& fingerprints, const Chain& chain) {
  return !chain.empty() && fingerprints.contains(chain.front()->sha256);
}

// What is known of the certificates of a case.
struct Known {
  std::multimap<std::string, CertificatePointer, std::less<>> by_subject;
  std::map<std::string, Fingerprints, std::less<>> trusted;  // by node
  std::map<std::string, Fingerprints, std::less<>> own;      // by node
  Fingerprints trusted_by_any;
};

Known known_of(const Report& report) {
  Known known;
  for (const SeenCertificate& seen : report.certificates) {
    if (!seen.certificate->unreadable.empty()) continue;
    known.by_subject.emplace(seen.certificate->subject, seen.certificate);
    for (const Sighting& sighting : seen.sightings) {
      const bool is_own = sighting.use == "server" || sighting.use == "client";
      if (is_own) known.own[sighting.node].insert(seen.certificate->sha256);
      if (sighting.use != "trust_store") continue;
      known.trusted[sighting.node].insert(seen.certificate->sha256);
      known.trusted_by_any.insert(seen.certificate->sha256);
    }
  }
  return known;
}

// A chain that was not accepted by the node on whose side it was captured.
struct Refused {
  const Chain* chain = nullptr;
  std::string presented_by;
};

bool has_unknown_ca(const Handshake& handshake, Peer from) {
  return std::any_of(handshake.alerts.begin(), handshake.alerts.end(), [from](const Alert& alert) {
    return alert.from == from && alert.description == "unknown_ca";
  });
}

// Whoever refuses is taken for the node, unless what it presents itself shows that it is the other one: the
// trust store of a stranger is not in the bundle.
Refused refused_in(const Handshake& handshake, const Known& known) {
  const auto own = known.own.find(handshake.node);
  const Fingerprints none;
  const Fingerprints& of_node = own == known.own.end() ? none : own->second;
  const bool by_client =
      handshake.outcome == HandshakeOutcome::refused_by_client || handshake.outcome == HandshakeOutcome::cut;
  if (by_client && !handshake.server_certificates.empty() && !holds(of_node, handshake.server_certificates)) {
    const bool shown =
        handshake.trust.known ? !handshake.trust.error.empty() : has_unknown_ca(handshake, Peer::client);
    if (shown) return {&handshake.server_certificates, to_string(handshake.server)};
  }
  const bool by_server = handshake.outcome == HandshakeOutcome::refused_by_server;
  if (by_server && !handshake.client_certificates.empty() && !holds(of_node, handshake.client_certificates) &&
      has_unknown_ca(handshake, Peer::server)) {
    return {&handshake.client_certificates, handshake.client.address};
  }
  return {};
}

const Fingerprints& trusted_by(const Handshake& handshake, const Known& known) {
  static const Fingerprints none;
  const auto of_node = known.trusted.find(handshake.node);
  if (of_node != known.trusted.end()) return of_node->second;
  // Files given one by one make nodes of their own; the verdict knows that one of them is the trust store.
  return handshake.trust.known ? known.trusted_by_any : none;
}

bool is_in(const Chain& chain, const CertificatePointer& certificate) {
  return std::any_of(chain.begin(), chain.end(),
                     [&](const CertificatePointer& one) { return one->sha256 == certificate->sha256; });
}

// What must be uploaded if this certificate is to be used: nothing, if it is trusted; nothing, if it comes
// with the chain and leads on; else itself.
enum class Source { trusted, presented, elsewhere };

// What must be uploaded for a chain to end in a trusted root, the root first.
struct Way {
  std::vector<MissingCertificate> missing;
  std::size_t unseen = 0;  // of these, that nobody has

  void add(MissingCertificate one) {
    unseen += one.certificate ? 0 : 1;
    missing.push_back(std::move(one));
  }
  bool operator<(const Way& other) const {
    return std::pair(unseen, missing.size()) < std::pair(other.unseen, other.missing.size());
  }
};

struct Climb {
  const Known& known;
  const Fingerprints& trusted;
  const Chain& chain;
  const std::optional<Time> moment;                                     // of the connection
  std::map<std::string, std::vector<CertificatePointer>> issuers = {};  // that were asked for, by fingerprint
  std::size_t detours = 0;  // ways that were tried besides the first

  bool is_in_time(const Certificate& certificate) const {
    const Validity validity = validity_at(certificate, moment);
    return validity != Validity::expired && validity != Validity::not_yet_valid;
  }

  Source source_of(const CertificatePointer& certificate) const {
    if (trusted.contains(certificate->sha256)) return Source::trusted;
    return is_in(chain, certificate) ? Source::presented : Source::elsewhere;
  }

  const std::vector<CertificatePointer>& issuers_of(const Certificate& certificate) {
    const auto [at, added] = issuers.try_emplace(certificate.sha256);
    if (added) at->second = find_issuers(certificate);
    return at->second;
  }

  std::vector<CertificatePointer> find_issuers(const Certificate& certificate) const {
    std::vector<CertificatePointer> found;
    std::size_t tried = 0;
    const auto [first, last] = known.by_subject.equal_range(certificate.issuer);
    for (auto at = first; at != last && tried < kMostIssuersTried; ++at, ++tried) {
      if (is_in_time(*at->second) && is_issued_by(certificate, *at->second)) found.push_back(at->second);
    }
    // Where ways are equally good, trusted before presented before seen elsewhere.
    std::stable_sort(found.begin(), found.end(),
                     [this](const auto& a, const auto& b) { return source_of(a) < source_of(b); });
    return found;
  }

  bool is_needed(const CertificatePointer& certificate) const {
    const Source source = source_of(certificate);
    return certificate->self_signed ? source != Source::trusted : source == Source::elsewhere;
  }

  // An authority may have been signed by several others: of all ways up to a root the best one is taken.
  Way way_up(const CertificatePointer& from, std::size_t height = 0) {
    Way best = from->self_signed ? Way{} : way_over_issuers(*from, height);
    if (is_needed(from)) best.add({{}, from->subject, is_in_time(*from) ? from : nullptr, {}});
    return best;
  }

  Way way_over_issuers(const Certificate& certificate, std::size_t height) {
    std::optional<Way> best;
    if (height == kHighestClimb) return nowhere(certificate);
    for (const CertificatePointer& issuer : issuers_of(certificate)) {
      if (best && (best->missing.empty() || ++detours > kMostDetours)) break;
      Way way = way_up(issuer, height + 1);
      if (!best || way < *best) best = std::move(way);
    }
    return best ? *std::move(best) : nowhere(certificate);
  }

  static Way nowhere(const Certificate& certificate) {
    Way way;
    way.add({{}, certificate.issuer, nullptr, {}});
    return way;
  }

  std::vector<MissingCertificate> missing() {
    std::vector<MissingCertificate> missing = way_up(chain.front()).missing;
    std::reverse(missing.begin(), missing.end());  // from the leaf on
    return missing;
  }
};

std::optional<std::int64_t> hour_of(std::optional<Time> moment) {
  constexpr std::int64_t kMicrosecondsInAnHour = std::int64_t{3'600} * 1'000'000;
  if (!moment) return std::nullopt;
  return moment->microseconds / kMicrosecondsInAnHour;
}

std::string key_of(const Chain& chain) {
  std::string key;
  for (const CertificatePointer& certificate : chain) key += certificate->sha256;
  return key;
}

}  // namespace

std::vector<MissingCertificate> missing_certificates(const Report& report) {
  const Known known = known_of(report);
  // The same server is asked again and again: each chain is climbed once for each node and hour, within which
  // hardly a certificate runs out.
  std::map<std::tuple<std::string, std::string, std::optional<std::int64_t>>, std::vector<MissingCertificate>>
      climbed;
  struct Found {
    MissingCertificate missing;
    std::set<std::string> needed_for;
  };
  std::map<std::tuple<std::string, std::string, std::string>, Found> found;  // by node, subject, fingerprint
  for (const Handshake& handshake : report.handshakes) {
    const Refused refused = refused_in(handshake, known);
    if (refused.chain == nullptr || !refused.chain->front()->unreadable.empty()) continue;
    const auto [at, added] =
        climbed.try_emplace({handshake.node, key_of(*refused.chain), hour_of(handshake.begin)});
    if (added)
      at->second = Climb{known, trusted_by(handshake, known), *refused.chain, handshake.begin}.missing();
    for (const MissingCertificate& missing : at->second) {
      const std::string fingerprint = missing.certificate ? missing.certificate->sha256 : "";
      Found& entry = found[{handshake.node, missing.subject, fingerprint}];
      entry.missing = missing;
      entry.missing.node = handshake.node;
      entry.needed_for.insert(refused.presented_by);
    }
  }
  std::vector<MissingCertificate> result;
  for (auto& [key, entry] : found) {
    entry.missing.needed_for.assign(entry.needed_for.begin(), entry.needed_for.end());
    result.push_back(std::move(entry.missing));
  }
  return result;
}

}  // namespace assay
