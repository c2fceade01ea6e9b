// What the nodes of a case trust: the trust store that each member of a bundle is judged by, and the
// judgements.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "evidence/certificates/certificate_reader.h"
#include "evidence/inventory.h"
#include "evidence/wire.h"

namespace assay {

class NodeTrust {
 public:
  // `files`: the certificates of files, of which some are trust stores. REQUIRES: both outlive this.
  NodeTrust(const Inventory& inventory, const std::vector<CertificateSighting>& files);

  // The server's chain, and the name that the client asked for.
  TrustVerdict judge(const JudgedHandshake& judged) const;

  // A presented certificate, with those that were presented behind it.
  TrustVerdict judge(std::uint32_t member, std::vector<CertificatePointer> chain, std::optional<Time> at,
                     Purpose purpose) const;

  // The certificates of files, each with its issuers in the same file; sets their times too.
  void judge_files(std::vector<CertificateSighting>& files) const;

  // The latest moment that the bundle of a member knows of.
  std::optional<Time> time_of(std::uint32_t member) const;
  // That of a handshake, or if its packets tell none, of its bundle.
  std::optional<Time> time_of(const JudgedHandshake& judged) const;

 private:
  const TrustStore* store_of(std::uint32_t member) const;
  // As name_matches_by_standard, which reads the certificate anew: thousands of connections show the same
  // one.
  bool matches_by_standard(const Certificate& leaf, const std::string& name) const;

  const Inventory& inventory_;
  std::map<std::string, TrustStore, std::less<>> stores_;                // by container, and by host
  std::map<std::string, Time, std::less<>> times_;                       // by container
  mutable std::map<std::pair<std::string, std::string>, bool> answers_;  // by fingerprint and name
};

}  // namespace assay
