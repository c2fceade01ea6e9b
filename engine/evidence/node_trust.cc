// A chain is judged by the trust store of its own bundle. Files given one by one have no bundle: there the
// host in their names tells which belong together, as it does for several bundles of one host.
#include "evidence/node_trust.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "evidence/words.h"

namespace assay {
namespace {

constexpr std::size_t kLongestChain = 16;
// Of one trust store's own files; real ones hold some 150. What lies beyond stays unjudged.
constexpr std::size_t kMostJudgedFiles = 1'000;

std::string key_of_host(std::string_view host) {
  return "host " + lower_case(host);
}

std::string key_of_container(std::string_view container) {
  return "container " + std::string(container);
}

bool is_readable(const CertificatePointer& certificate) {
  return certificate->unreadable.empty();
}

// The certificates of one file by their subjects, to find issuers.
using BySubject = std::map<std::string_view, CertificatePointer>;

std::vector<CertificatePointer> chain_in_file(const CertificatePointer& first, const BySubject& file) {
  std::vector<CertificatePointer> chain{first};
  while (!chain.back()->self_signed && chain.size() < kLongestChain) {
    const auto issuer = file.find(chain.back()->issuer);
    if (issuer == file.end() || issuer->second == chain.back()) break;
    chain.push_back(issuer->second);
  }
  return chain;
}

// Behind the node's own certificate stand its issuers, which serve no purpose of their own.
Purpose purpose_of(const Sighting& sighting) {
  if (sighting.position > 0) return Purpose::any;
  if (sighting.use == "server") return Purpose::tls_server;
  return sighting.use == "client" ? Purpose::tls_client : Purpose::any;
}

}  // namespace

NodeTrust::NodeTrust(const Inventory& inventory, const std::vector<CertificateSighting>& files)
    : inventory_(inventory) {
  std::map<std::string, std::vector<CertificatePointer>> trusted;
  for (const CertificateSighting& seen : files) {
    if (seen.sighting.use != "trust_store" || !is_readable(seen.certificate)) continue;
    const MemberRead& member = inventory.members[seen.member];
    if (!member.host.empty()) trusted[key_of_host(member.host)].push_back(seen.certificate);
    // Files without a bundle and without a host belong together: somebody put them side by side.
    if (!member.container.empty() || member.host.empty())
      trusted[key_of_container(member.container)].push_back(seen.certificate);
  }
  for (auto& [key, certificates] : trusted) stores_.emplace(key, TrustStore(std::move(certificates)));

  for (const MemberRead& member : inventory.members) {
    if (!member.span.last) continue;
    const auto [at, added] = times_.try_emplace(member.container, *member.span.last);
    if (!added) at->second = std::max(at->second, *member.span.last);
  }
}

const TrustStore* NodeTrust::store_of(std::uint32_t member) const {
  const MemberRead& read = inventory_.members[member];
  const bool is_alone = read.container.empty() && !read.host.empty();
  auto store = is_alone ? stores_.end() : stores_.find(key_of_container(read.container));
  if (store == stores_.end() && !read.host.empty()) store = stores_.find(key_of_host(read.host));
  return store == stores_.end() ? nullptr : &store->second;
}

std::optional<Time> NodeTrust::time_of(std::uint32_t member) const {
  const auto time = times_.find(inventory_.members[member].container);
  return time == times_.end() ? std::nullopt : std::optional(time->second);
}

std::optional<Time> NodeTrust::time_of(const JudgedHandshake& judged) const {
  return judged.handshake.begin ? judged.handshake.begin : time_of(judged.member);
}

bool NodeTrust::matches_by_standard(const Certificate& leaf, const std::string& name) const {
  const auto [answer, is_new] = answers_.try_emplace(std::pair(leaf.sha256, name), false);
  if (is_new) answer->second = name_matches_by_standard(leaf, name);
  return answer->second;
}

TrustVerdict NodeTrust::judge(const JudgedHandshake& judged) const {
  const Handshake& handshake = judged.handshake;
  if (handshake.server_certificates.empty() || !is_readable(handshake.server_certificates.front())) return {};
  const std::string& asked = handshake.asked_name;
  if (const TrustStore* store = store_of(judged.member))
    return store->judge(handshake.server_certificates, time_of(judged), asked);
  TrustVerdict verdict;
  if (asked.empty()) return verdict;
  const Certificate& leaf = *handshake.server_certificates.front();
  verdict.name_by_standard = matches_by_standard(leaf, asked);
  verdict.name_by_traffic_server = name_matches_by_traffic_server(leaf, asked);
  return verdict;
}

TrustVerdict NodeTrust::judge(std::uint32_t member, std::vector<CertificatePointer> chain,
                              std::optional<Time> at, Purpose purpose) const {
  const TrustStore* store = store_of(member);
  if (store == nullptr || chain.empty() || !is_readable(chain.front())) return {};
  return store->judge(chain, at, {}, purpose);
}

void NodeTrust::judge_files(std::vector<CertificateSighting>& files) const {
  std::map<const TrustStore*, std::size_t> judged;
  for (auto first = files.begin(); first != files.end();) {
    const std::uint32_t member = first->member;
    const auto last =
        std::find_if(first, files.end(), [member](const auto& seen) { return seen.member != member; });
    BySubject file;
    std::for_each(first, last, [&file](const CertificateSighting& seen) {
      if (is_readable(seen.certificate)) file.try_emplace(seen.certificate->subject, seen.certificate);
    });
    for (; first != last; ++first) {
      first->sighting.time = time_of(member);
      if (++judged[store_of(member)] > kMostJudgedFiles) continue;
      first->sighting.trust = judge(member, chain_in_file(first->certificate, file), first->sighting.time,
                                    purpose_of(first->sighting));
    }
  }
}

}  // namespace assay
