// Reads the fields of TLS handshakes and certificates.
#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <unordered_set>

#include "characters.h"
#include "evidence/field_getters.h"
#include "evidence/words.h"

namespace assay {
namespace {

using Unused = std::string_view;

const Handshake* handshake_of(const Event& event) {
  const auto* tls = std::get_if<TlsEvent>(&event.what);
  return tls == nullptr ? nullptr : tls->handshake;
}

const CertificateEvent* sighting_of(const Event& event) {
  return std::get_if<CertificateEvent>(&event.what);
}

// The certificate that a field group speaks of: of a certificate event, or the leaf of one side of a
// handshake.
enum class Whose { event, server_leaf, client_leaf };

template <Whose whose>
const Certificate* certificate_of(const Event& event) {
  if constexpr (whose == Whose::event) {
    const CertificateEvent* sighting = sighting_of(event);
    return sighting == nullptr ? nullptr : sighting->certificate;
  } else {
    const Handshake* handshake = handshake_of(event);
    if (handshake == nullptr) return nullptr;
    const auto& chain =
        whose == Whose::server_leaf ? handshake->server_certificates : handshake->client_certificates;
    return chain.empty() ? nullptr : chain.front().get();
  }
}

// ---- values ------------------------------------------------------------------------------------------

void add_if_any(int number, FieldValues& values) {
  if (number > 0) add_value(number, values);
}
void add_made(std::string value, FieldValues& values) {
  values.storage = std::move(value);
  add_value(std::string_view(values.storage), values);
}

constexpr std::size_t kLongestLine = 800;

// As many of the words as fit in a line; a certificate can have ten thousand names.
template <class Word, class Text = std::identity>
std::string in_a_line(const std::vector<Word>& words, std::string_view separator, Text text = {}) {
  std::string line;
  for (const Word& word : words) {
    if (line.size() > kLongestLine) return line.append(separator).append("...");
    if (!line.empty()) line += separator;
    line += std::invoke(text, word);
  }
  return line;
}

// ---- handshakes --------------------------------------------------------------------------------------

template <auto member>
void of_handshake(const Event& event, Unused, FieldValues& values) {
  if (const Handshake* handshake = handshake_of(event)) add_value(handshake->*member, values);
}

template <auto member>
void endpoint_text(const Event& event, Unused, FieldValues& values) {
  if (const Handshake* handshake = handshake_of(event)) add_made(to_string(handshake->*member), values);
}

template <auto member>
void endpoint_address(const Event& event, Unused, FieldValues& values) {
  if (const Handshake* handshake = handshake_of(event)) add_value((handshake->*member).address, values);
}

void server_port(const Event& event, Unused, FieldValues& values) {
  if (const Handshake* handshake = handshake_of(event)) add_value(handshake->server.port, values);
}

void cipher_number(const Event& event, Unused, FieldValues& values) {
  const Handshake* handshake = handshake_of(event);
  if (handshake != nullptr && handshake->cipher_number >= 0) add_value(handshake->cipher_number, values);
}

void dh_bits(const Event& event, Unused, FieldValues& values) {
  if (const Handshake* handshake = handshake_of(event)) add_if_any(handshake->dh_bits, values);
}

void outcome(const Event& event, Unused, FieldValues& values) {
  if (const Handshake* handshake = handshake_of(event)) add_value(to_string(handshake->outcome), values);
}

void visibility(const Event& event, Unused, FieldValues& values) {
  if (const Handshake* handshake = handshake_of(event))
    add_value(to_string(handshake->server_certificates_seen), values);
}

// The alert that ended the handshake, or else the first one.
const Alert* telling_alert(const Event& event) {
  const Handshake* handshake = handshake_of(event);
  if (handshake == nullptr || handshake->alerts.empty()) return nullptr;
  const auto& alerts = handshake->alerts;
  const auto fatal =
      std::find_if(alerts.begin(), alerts.end(), [](const Alert& alert) { return alert.level == "fatal"; });
  return fatal == alerts.end() ? &alerts.front() : &*fatal;
}

template <auto member>
void of_alert(const Event& event, Unused, FieldValues& values) {
  if (const Alert* alert = telling_alert(event)) add_value(alert->*member, values);
}

void alert_from(const Event& event, Unused, FieldValues& values) {
  if (const Alert* alert = telling_alert(event)) add_value(to_string(alert->from), values);
}

template <auto member>
void of_verdict(const Event& event, Unused, FieldValues& values) {
  const Handshake* handshake = handshake_of(event);
  if (handshake != nullptr && handshake->trust.known) add_value(handshake->trust.*member, values);
}

void verdict_known(const Event& event, Unused, FieldValues& values) {
  if (const Handshake* handshake = handshake_of(event)) add_value(handshake->trust.known, values);
}

void verdict_depth(const Event& event, Unused, FieldValues& values) {
  const Handshake* handshake = handshake_of(event);
  if (handshake == nullptr || !handshake->trust.known || handshake->trust.error.empty()) return;
  add_value(handshake->trust.depth, values);
}

// In one line, since it is shown.
template <auto member>
void verdict_names(const Event& event, Unused, FieldValues& values) {
  const Handshake* handshake = handshake_of(event);
  if (handshake == nullptr || !handshake->trust.known) return;
  add_made(in_a_line(handshake->trust.*member, "; "), values);
}

// The names can be compared without a trust store.
template <auto member>
void of_names(const Event& event, Unused, FieldValues& values) {
  if (const Handshake* handshake = handshake_of(event)) add_value(handshake->trust.*member, values);
}

void chain_signature_algorithms(const Event& event, Unused, FieldValues& values) {
  const Handshake* handshake = handshake_of(event);
  if (handshake == nullptr) return;
  for (const auto& certificate : handshake->server_certificates)
    add_value(certificate->signature_algorithm, values);
}

void chain_in_a_line(const Event& event, Unused, FieldValues& values) {
  const Handshake* handshake = handshake_of(event);
  if (handshake == nullptr) return;
  std::vector<std::string> words;
  for (const auto& certificate : handshake->server_certificates) {
    if (!certificate->unreadable.empty()) continue;
    words.push_back(certificate->subject + " (" + certificate->key_type + " " +
                    std::to_string(certificate->key_bits) + ", " + certificate->signature_algorithm + ")");
  }
  add_made(in_a_line(words, "; "), values);
}

void chain_key_bits(const Event& event, Unused, FieldValues& values) {
  const Handshake* handshake = handshake_of(event);
  if (handshake == nullptr) return;
  for (const auto& certificate : handshake->server_certificates) {
    if (certificate->key_type == "RSA" || certificate->key_type == "DSA")
      add_if_any(certificate->key_bits, values);
  }
}

// ---- certificates ------------------------------------------------------------------------------------

template <Whose whose, auto member>
void of_certificate(const Event& event, Unused, FieldValues& values) {
  if (const Certificate* certificate = certificate_of<whose>(event)) add_value(certificate->*member, values);
}

// The parts of a name that are of one type, as log.pair.* without regard to its case.
template <auto member>
void name_part(const Event& event, std::string_view type, FieldValues& values) {
  const Certificate* certificate = certificate_of<Whose::event>(event);
  if (certificate == nullptr) return;
  for (const NamePart& part : certificate->*member)
    if (equal_ignoring_case(part.type, type)) add_value(part.value, values);
}

template <Whose whose>
void sans(const Event& event, Unused, FieldValues& values) {
  const Certificate* certificate = certificate_of<whose>(event);
  if (certificate == nullptr) return;
  for (const SubjectName& name : certificate->sans) add_value(name.value, values);
}

// Every name that somebody could look for, each once.
template <Whose whose>
void each_name(const Event& event, Unused, FieldValues& values) {
  const Certificate* certificate = certificate_of<whose>(event);
  if (certificate == nullptr) return;
  std::unordered_set<std::string_view> known;
  const auto add_new = [&](std::string_view name) {
    if (known.insert(name).second) add_value(name, values);
  };
  for (const SubjectName& name : certificate->sans) add_new(name.value);
  for (const std::string& name : certificate->common_names) add_new(name);
}

template <Whose whose>
void names(const Event& event, Unused, FieldValues& values) {
  const Certificate* certificate = certificate_of<whose>(event);
  if (certificate == nullptr) return;
  add_made(certificate->sans.empty() ? in_a_line(certificate->common_names, ", ")
                                     : in_a_line(certificate->sans, ", ", &SubjectName::value),
           values);
}

template <Whose whose>
void key_bits(const Event& event, Unused, FieldValues& values) {
  if (const Certificate* certificate = certificate_of<whose>(event))
    add_if_any(certificate->key_bits, values);
}

void use(const Event& event, Unused, FieldValues& values) {
  if (const CertificateEvent* sighting = sighting_of(event)) add_value(sighting->sighting->use, values);
}

void endpoint(const Event& event, Unused, FieldValues& values) {
  if (const CertificateEvent* sighting = sighting_of(event)) add_value(sighting->sighting->endpoint, values);
}

void position(const Event& event, Unused, FieldValues& values) {
  if (const CertificateEvent* sighting = sighting_of(event)) add_value(sighting->sighting->position, values);
}

// Whole days from `from` to `to`, rounded down.
std::int64_t days_between(Time from, Time to) {
  using namespace std::chrono;
  return floor<days>(microseconds(to.microseconds - from.microseconds)).count();
}

void days_left(const Event& event, Unused, FieldValues& values) {
  const CertificateEvent* sighting = sighting_of(event);
  if (sighting == nullptr || !sighting->bundle_time || !sighting->certificate->not_after) return;
  add_value(days_between(*sighting->bundle_time, *sighting->certificate->not_after), values);
}

void days_until_valid(const Event& event, Unused, FieldValues& values) {
  const CertificateEvent* sighting = sighting_of(event);
  if (sighting == nullptr || !sighting->bundle_time || !sighting->certificate->not_before) return;
  if (*sighting->certificate->not_before <= *sighting->bundle_time) return;
  add_value(days_between(*sighting->bundle_time, *sighting->certificate->not_before), values);
}

using enum Whose;

constexpr std::array kWireGetters = std::to_array<FieldGetter>({
    {"tls.time", of_handshake<&Handshake::begin>},
    {"tls.client", endpoint_text<&Handshake::client>},
    {"tls.client.address", endpoint_address<&Handshake::client>},
    {"tls.server", endpoint_text<&Handshake::server>},
    {"tls.server.address", endpoint_address<&Handshake::server>},
    {"tls.server.port", server_port},
    {"tls.protocol_before", of_handshake<&Handshake::protocol_before>},
    {"tls.sni", of_handshake<&Handshake::sni>},
    {"tls.asked_name", of_handshake<&Handshake::asked_name>},
    {"tls.offered_version", of_handshake<&Handshake::offered_versions>},
    {"tls.version", of_handshake<&Handshake::version>},
    {"tls.offered_cipher", of_handshake<&Handshake::offered_ciphers>},
    {"tls.cipher", of_handshake<&Handshake::cipher>},
    {"tls.cipher_number", cipher_number},
    {"tls.signature_algorithm", of_handshake<&Handshake::signature_algorithms>},
    {"tls.offered_group", of_handshake<&Handshake::groups>},
    {"tls.group", of_handshake<&Handshake::group>},
    {"tls.dh_bits", dh_bits},
    {"tls.client_certificate_asked", of_handshake<&Handshake::client_certificate_asked>},
    {"tls.certificates", visibility},
    {"tls.outcome", outcome},
    {"tls.partial", of_handshake<&Handshake::partial>},
    {"tls.alert.level", of_alert<&Alert::level>},
    {"tls.alert.description", of_alert<&Alert::description>},
    {"tls.alert.from", alert_from},
    {"tls.alert.encrypted", of_alert<&Alert::encrypted>},
    {"tls.verify.known", verdict_known},
    {"tls.verify.error", of_verdict<&TrustVerdict::error>},
    {"tls.verify.depth", verdict_depth},
    {"tls.verify.missing_issuer", of_verdict<&TrustVerdict::missing_issuer>},
    {"tls.verify.held", verdict_names<&TrustVerdict::held>},
    {"tls.verify.lacking", verdict_names<&TrustVerdict::lacking>},
    {"tls.name.standard", of_names<&TrustVerdict::name_by_standard>},
    {"tls.name.traffic_server", of_names<&TrustVerdict::name_by_traffic_server>},
    {"tls.leaf.subject", of_certificate<server_leaf, &Certificate::subject>},
    {"tls.leaf.issuer", of_certificate<server_leaf, &Certificate::issuer>},
    {"tls.leaf.common_name", of_certificate<server_leaf, &Certificate::common_names>},
    {"tls.leaf.san", sans<server_leaf>},
    {"tls.leaf.name", each_name<server_leaf>},
    {"tls.leaf.names", names<server_leaf>},
    {"tls.leaf.not_before", of_certificate<server_leaf, &Certificate::not_before>},
    {"tls.leaf.not_after", of_certificate<server_leaf, &Certificate::not_after>},
    {"tls.leaf.sha256", of_certificate<server_leaf, &Certificate::sha256>},
    {"tls.leaf.key_type", of_certificate<server_leaf, &Certificate::key_type>},
    {"tls.leaf.key_bits", key_bits<server_leaf>},
    {"tls.leaf.self_signed", of_certificate<server_leaf, &Certificate::self_signed>},
    {"tls.chain.certificates", chain_in_a_line},
    {"tls.chain.signature_algorithm", chain_signature_algorithms},
    {"tls.chain.key_bits", chain_key_bits},
    {"tls.client_leaf.subject", of_certificate<client_leaf, &Certificate::subject>},
    {"tls.client_leaf.issuer", of_certificate<client_leaf, &Certificate::issuer>},
    {"tls.client_leaf.name", each_name<client_leaf>},
    {"tls.client_leaf.names", names<client_leaf>},
    {"tls.client_leaf.extended_key_usage", of_certificate<client_leaf, &Certificate::extended_key_usage>},
    {"certificate.use", use},
    {"certificate.position", position},
    {"certificate.endpoint", endpoint},
    {"certificate.subject", of_certificate<Whose::event, &Certificate::subject>},
    {"certificate.subject.part.*", name_part<&Certificate::subject_parts>},
    {"certificate.issuer", of_certificate<Whose::event, &Certificate::issuer>},
    {"certificate.issuer.part.*", name_part<&Certificate::issuer_parts>},
    {"certificate.common_name", of_certificate<Whose::event, &Certificate::common_names>},
    {"certificate.san", sans<Whose::event>},
    {"certificate.name", each_name<Whose::event>},
    {"certificate.names", names<Whose::event>},
    {"certificate.serial", of_certificate<Whose::event, &Certificate::serial>},
    {"certificate.not_before", of_certificate<Whose::event, &Certificate::not_before>},
    {"certificate.not_after", of_certificate<Whose::event, &Certificate::not_after>},
    {"certificate.days_left", days_left},
    {"certificate.days_until_valid", days_until_valid},
    {"certificate.key_type", of_certificate<Whose::event, &Certificate::key_type>},
    {"certificate.key_bits", key_bits<Whose::event>},
    {"certificate.key_sha256", of_certificate<Whose::event, &Certificate::key_sha256>},
    {"certificate.key_id", of_certificate<Whose::event, &Certificate::subject_key_id>},
    {"certificate.authority_key_id", of_certificate<Whose::event, &Certificate::authority_key_id>},
    {"certificate.signature_algorithm", of_certificate<Whose::event, &Certificate::signature_algorithm>},
    {"certificate.signature_hash", of_certificate<Whose::event, &Certificate::signature_hash>},
    {"certificate.signature_salt", of_certificate<Whose::event, &Certificate::signature_salt>},
    {"certificate.self_signed", of_certificate<Whose::event, &Certificate::self_signed>},
    {"certificate.is_ca", of_certificate<Whose::event, &Certificate::is_ca>},
    {"certificate.path_length", of_certificate<Whose::event, &Certificate::path_length>},
    {"certificate.key_usage", of_certificate<Whose::event, &Certificate::key_usage>},
    {"certificate.extended_key_usage", of_certificate<Whose::event, &Certificate::extended_key_usage>},
    {"certificate.sha256", of_certificate<Whose::event, &Certificate::sha256>},
    {"certificate.unreadable", of_certificate<Whose::event, &Certificate::unreadable>},
});

}  // namespace

std::span<const FieldGetter> wire_getters() {
  return kWireGetters;
}

}  // namespace assay
