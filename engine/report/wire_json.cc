// TLS handshakes and certificates as JSON. What the wire did not show is null, never an empty word.
#include "report/wire_json.h"

#include <map>

#include "report/sightings.h"

namespace assay {
namespace {

// The keys are the types; a certificate without SANs has an empty object.
Json sans_by_type(const Certificate& certificate) {
  Json object = Json::object();
  for (const SubjectName& name : certificate.sans)
    object[words_of(name.type)].push_back(value_of(name.value));
  return object;
}

// The keys are the types of the parts; an empty name has an empty object.
Json parts_of(const std::vector<NamePart>& parts) {
  Json object = Json::object();
  for (const NamePart& part : parts) object[words_of(part.type)].push_back(value_of(part.value));
  return object;
}

Json sans_of(const Certificate& certificate) {
  Json array = Json::array();
  for (const SubjectName& name : certificate.sans) array.push_back(value_of(name.value));
  return array;
}

Json certificate_of(const Certificate& certificate) {
  return {{"sha256", value_or_null(certificate.sha256)},
          {"subject", value_of(certificate.subject)},
          {"issuer", value_of(certificate.issuer)},
          {"subject_parts", parts_of(certificate.subject_parts)},
          {"issuer_parts", parts_of(certificate.issuer_parts)},
          {"common_names", values_of(certificate.common_names)},
          {"sans", sans_of(certificate)},
          {"sans_by_type", sans_by_type(certificate)},
          {"serial", value_or_null(certificate.serial)},
          {"not_before", time_of(certificate.not_before)},
          {"not_after", time_of(certificate.not_after)},
          {"key_type", value_or_null(certificate.key_type)},
          {"key_bits", certificate.key_bits == 0 ? Json(nullptr) : Json(certificate.key_bits)},
          {"key_sha256", value_or_null(certificate.key_sha256)},
          {"signature_algorithm", value_or_null(certificate.signature_algorithm)},
          {"signature_algorithm_oid", value_or_null(certificate.signature_algorithm_oid)},
          {"signature_hash", value_or_null(certificate.signature_hash)},
          {"signature_salt", optional_of(certificate.signature_salt)},
          {"subject_key_id", value_or_null(certificate.subject_key_id)},
          {"authority_key_id", value_or_null(certificate.authority_key_id)},
          {"is_ca", optional_of(certificate.is_ca)},
          {"path_length", optional_of(certificate.path_length)},
          {"key_usage", values_of(certificate.key_usage)},
          {"extended_key_usage", values_of(certificate.extended_key_usage)},
          {"self_signed", certificate.self_signed},
          {"unreadable", words_or_null(certificate.unreadable)}};
}

Json chain_of(const std::vector<CertificatePointer>& chain) {
  Json array = Json::array();
  for (const CertificatePointer& certificate : chain) array.push_back(certificate_of(*certificate));
  return array;
}

Json alerts_of(const std::vector<Alert>& alerts) {
  Json array = Json::array();
  for (const Alert& alert : alerts) {
    array.push_back({{"level", words_or_null(alert.level)},
                     {"description", words_or_null(alert.description)},
                     {"code", alert.code < 0 ? Json(nullptr) : Json(alert.code)},
                     {"from", to_string(alert.from)},
                     {"encrypted", alert.encrypted},
                     {"time", time_of(alert.time)}});
  }
  return array;
}

Json trust_of(const TrustVerdict& trust) {
  const bool has_error = trust.known && !trust.error.empty();
  return {{"verdict", to_string(verdict_of(trust))},
          {"error", has_error ? Json(words_of(trust.error)) : Json(nullptr)},
          {"depth", has_error ? Json(trust.depth) : Json(nullptr)},
          {"missing_issuer", value_or_null(trust.missing_issuer)}};
}

Json trust_with_names(const TrustVerdict& trust) {
  Json json = trust_of(trust);
  json["name_by_standard"] = optional_of(trust.name_by_standard);
  json["name_by_traffic_server"] = optional_of(trust.name_by_traffic_server);
  return json;
}

Json sightings_of(const std::vector<Sighting>& sightings) {
  Json array = Json::array();
  for (const Sighting& sighting : sightings) {
    array.push_back({{"node", words_of(sighting.node)},
                     {"use", words_of(sighting.use)},
                     {"path", words_of(sighting.place.path)},
                     {"packet", line_of(sighting.place)},
                     {"offset", sighting.place.offset},
                     {"position", sighting.position},
                     {"endpoint", words_or_null(sighting.endpoint)},
                     {"time", time_of(sighting.time)},
                     {"trust", trust_of(sighting.trust)}});
  }
  return array;
}

}  // namespace

Json handshake_of(const Handshake& handshake) {
  return {{"node", words_of(handshake.node)},
          {"path", words_of(handshake.place.path)},
          {"packet", line_of(handshake.place)},
          {"offset", handshake.place.offset},
          {"time", time_of(handshake.begin)},
          {"end", time_of(handshake.end)},
          {"client", to_string(handshake.client)},
          {"server", to_string(handshake.server)},
          {"protocol_before", words_or_null(handshake.protocol_before)},
          {"sni", value_or_null(handshake.sni)},
          {"asked_name", value_or_null(handshake.asked_name)},
          {"offered_versions", words_of(handshake.offered_versions)},
          {"version", words_or_null(handshake.version)},
          {"offered_ciphers", words_of(handshake.offered_ciphers)},
          {"offered_cipher_numbers", handshake.offered_cipher_numbers},
          {"cipher", words_or_null(handshake.cipher)},
          {"cipher_number", handshake.cipher_number < 0 ? Json(nullptr) : Json(handshake.cipher_number)},
          {"signature_algorithms", words_of(handshake.signature_algorithms)},
          {"groups", words_of(handshake.groups)},
          {"group", words_or_null(handshake.group)},
          {"dh_bits", handshake.dh_bits == 0 ? Json(nullptr) : Json(handshake.dh_bits)},
          {"client_certificate_asked", handshake.client_certificate_asked},
          {"certificates", to_string(handshake.server_certificates_seen)},
          {"server_certificates", chain_of(handshake.server_certificates)},
          {"client_certificates", chain_of(handshake.client_certificates)},
          {"alerts", alerts_of(handshake.alerts)},
          {"outcome", to_string(handshake.outcome)},
          {"partial", handshake.partial},
          {"trust", trust_with_names(handshake.trust)}};
}

Json seen_certificate_of(const SeenCertificate& seen) {
  const std::optional<Time> moment = latest_time_of(seen);
  Json json = certificate_of(*seen.certificate);
  json["validity"] = to_string(validity_at(*seen.certificate, moment));
  json["validity_at"] = time_of(moment);
  json["trust"] = to_string(verdict_of(seen));
  json["sightings"] = sightings_of(seen.sightings);
  return json;
}

Json missing_certificate_of(const MissingCertificate& missing, const SeenCertificate* seen) {
  return {{"node", words_of(missing.node)},
          {"subject", value_of(missing.subject)},
          {"needed_for", words_of(missing.needed_for)},
          {"seen", seen != nullptr},
          {"certificate", seen == nullptr ? Json(nullptr) : seen_certificate_of(*seen)}};
}

}  // namespace assay
