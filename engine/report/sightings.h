// What several sightings of one certificate say together, and words for each.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assay/tls.h"

namespace assay {

enum class SeenTrust { trusted, not_trusted, differs, unknown };
std::string_view to_string(SeenTrust verdict);

SeenTrust verdict_of(const TrustVerdict& trust);

// The order in which people look at sightings: what was presented first, a trust store last.
std::size_t rank_of(const Sighting& sighting);
std::vector<const Sighting*> in_order(const std::vector<Sighting>& sightings);

// Where it was presented, those sightings alone: a leaf in a file of its own has lost its issuers. Differs
// where one chain or node has it trusted and another does not.
SeenTrust verdict_of(const SeenCertificate& seen);

// OpenSSL's words where it is not trusted, or "".
std::string error_of(const SeenCertificate& seen);

std::optional<Time> latest_time_of(const SeenCertificate& seen);

// "presented by 192.0.2.10:8443", "in the trust store".
std::string words_for_use(const Sighting& sighting);

// "case.zip!/eth0.pcap, packet 12".
std::string words_for_place(const Place& place);

// The front of the SHA-256 that tables show, and that names of exported files hold; "" where it is not known.
std::string short_fingerprint(const Certificate& certificate);

// "2027-01-01", or "?".
std::string day_of(const std::optional<Time>& time);

// "2022-07-11 16:55:26.016", or "?".
std::string moment_of(const std::optional<Time>& time);

// "2022-01-01 to 2027-01-01".
std::string words_for_span(const Certificate& certificate);

// "valid on 2022-07-11", "expired 12 days before 2022-07-11", or "" where no time is known.
std::string words_for_validity(const Certificate& certificate, std::optional<Time> moment);

}  // namespace assay
