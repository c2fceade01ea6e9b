// Sightings in words: where a certificate was seen, whether it was valid then, and who trusts it.
#include "report/sightings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "assay/certificates.h"

namespace assay {
namespace {

constexpr std::int64_t kDay = 86'400'000'000;  // microseconds
constexpr std::int64_t kSoon = 30;             // days

std::string days(std::int64_t microseconds) {
  const std::int64_t count = microseconds / kDay;
  return count == 1 ? "1 day" : fmt::format("{} days", count);
}

// Those that the verdict on a certificate rests on.
std::vector<const Sighting*> telling(const SeenCertificate& seen) {
  std::vector<const Sighting*> sightings = in_order(seen.sightings);
  const auto is_presented = [](const Sighting* one) { return one->use.starts_with("presented"); };
  const auto last = std::partition_point(sightings.begin(), sightings.end(), is_presented);
  if (last != sightings.begin()) sightings.erase(last, sightings.end());
  return sightings;
}

}  // namespace

std::string_view to_string(SeenTrust verdict) {
  switch (verdict) {
    case SeenTrust::trusted:
      return "trusted";
    case SeenTrust::not_trusted:
      return "not_trusted";
    case SeenTrust::differs:
      return "differs";
    case SeenTrust::unknown:
      return "unknown";
  }
  return "unknown";
}

SeenTrust verdict_of(const TrustVerdict& trust) {
  if (!trust.known) return SeenTrust::unknown;
  return trust.error.empty() ? SeenTrust::trusted : SeenTrust::not_trusted;
}

std::size_t rank_of(const Sighting& sighting) {
  constexpr std::array<std::string_view, 6> kOrder{
      "presented_by_server", "presented_by_client", "server", "client", "file", "trust_store"};
  const auto at = std::find(kOrder.begin(), kOrder.end(), sighting.use);
  return static_cast<std::size_t>(at - kOrder.begin());
}

std::vector<const Sighting*> in_order(const std::vector<Sighting>& sightings) {
  std::vector<const Sighting*> order;
  for (const Sighting& sighting : sightings) order.push_back(&sighting);
  std::stable_sort(order.begin(), order.end(),
                   [](const Sighting* a, const Sighting* b) { return rank_of(*a) < rank_of(*b); });
  return order;
}

SeenTrust verdict_of(const SeenCertificate& seen) {
  SeenTrust verdict = SeenTrust::unknown;
  for (const Sighting* sighting : telling(seen)) {
    const SeenTrust one = verdict_of(sighting->trust);
    if (one == SeenTrust::unknown || one == verdict) continue;
    if (verdict != SeenTrust::unknown) return SeenTrust::differs;
    verdict = one;
  }
  return verdict;
}

std::string error_of(const SeenCertificate& seen) {
  for (const Sighting* sighting : telling(seen)) {
    if (verdict_of(sighting->trust) == SeenTrust::not_trusted) return sighting->trust.error;
  }
  return {};
}

std::optional<Time> latest_time_of(const SeenCertificate& seen) {
  std::optional<Time> latest;
  for (const Sighting& sighting : seen.sightings) latest = std::max(latest, sighting.time);
  return latest;
}

std::string words_for_use(const Sighting& sighting) {
  if (sighting.use == "trust_store") return "in the trust store";
  if (sighting.use == "server") return "server certificate of the node";
  if (sighting.use == "client") return "client certificate of the node";
  if (sighting.use == "presented_by_server") return "presented by server " + sighting.endpoint;
  if (sighting.use == "presented_by_client") return "presented by client " + sighting.endpoint;
  return "in a file";
}

std::string words_for_place(const Place& place) {
  return place.line == 0 ? place.path : fmt::format("{}, packet {}", place.path, place.line);
}

std::string short_fingerprint(const Certificate& certificate) {
  constexpr std::size_t kDigits = 16;
  return certificate.sha256.substr(0, kDigits);
}

std::string day_of(const std::optional<Time>& time) {
  return time ? to_string(*time).substr(0, std::string_view("2022-07-11").size()) : "?";
}

std::string moment_of(const std::optional<Time>& time) {
  if (!time) return "?";
  std::string text = to_string(Time{time->microseconds / 1000 * 1000});
  text.replace(text.find('T'), 1, " ");
  text.pop_back();
  return text;
}

std::string words_for_span(const Certificate& certificate) {
  return fmt::format("{} to {}", day_of(certificate.not_before), day_of(certificate.not_after));
}

std::string words_for_validity(const Certificate& certificate, std::optional<Time> moment) {
  switch (validity_at(certificate, moment)) {
    case Validity::unknown:
      return {};
    case Validity::expired:
      return fmt::format("expired {} before {}",
                         days(moment->microseconds - certificate.not_after->microseconds), day_of(moment));
    case Validity::not_yet_valid:
      return fmt::format("not yet valid on {}", day_of(moment));
    case Validity::valid:
      break;
  }
  const std::int64_t left = certificate.not_after->microseconds - moment->microseconds;
  if (left / kDay > kSoon) return fmt::format("valid on {}", day_of(moment));
  return fmt::format("expires {} after {}", days(left), day_of(moment));
}

}  // namespace assay
